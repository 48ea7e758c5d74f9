"""Logs, keys and witnesses of the tests: small, in memory, made anew each time."""

from collections.abc import Iterator
from functools import cache

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PrivateKey

from srok.trust.openlog import notes, tree
from srok.trust.openlog.checkpoints import Checkpoint
from srok.trust.openlog.notes import Note, SignatureLine, SignatureType, VerifierKey

ORIGIN = "srok.example/register"


class Signer:
    """A key pair of one type under a name."""

    def __init__(self, name: str, kind: SignatureType = SignatureType.ED25519) -> None:
        mldsa = kind is SignatureType.MLDSA
        self.private = MLDSA44PrivateKey.generate() if mldsa else Ed25519PrivateKey.generate()
        self.key = VerifierKey(name, kind, self.private.public_key().public_bytes_raw())

    def line(self, text: str, time: int = 0) -> SignatureLine:
        """This key's signature over a text."""
        return notes.sign(self.key, text, self.private.sign, time if self.key.type.timed else None)


class TinyLog:
    """A log in memory, with an Ed25519 key and an ML-DSA-44 key beside it."""

    def __init__(self, origin: str = ORIGIN, leaves: int = 0) -> None:
        self.origin = origin
        self.keys = (Signer(origin), Signer(origin, SignatureType.MLDSA))
        self.entries: list[bytes] = []
        self.grow(leaves)

    def grow(self, leaves: int) -> None:
        """Add entries."""
        self.entries += [b'{"n":%d}' % (len(self.entries) + n) for n in range(leaves)]

    def read(self, level: int, index: int) -> bytes:
        """A complete subtree."""
        return subtree(tuple(self.entries[index << level : (index + 1) << level]))

    def checkpoint(self, size: int | None = None) -> Checkpoint:
        """The unsigned state at a size."""
        at = len(self.entries) if size is None else size
        return Checkpoint(self.origin, at, tree.root_at(at, self.read))

    def note(self, size: int | None = None, *more: SignatureLine) -> Note:
        """The signed checkpoint at a size."""
        text = self.checkpoint(size).text()
        return Note(text, (*(signer.line(text, 7) for signer in self.keys), *more))

    def proof(self, old: int, new: int | None = None) -> list[bytes]:
        """The consistency proof between two sizes; empty from 0."""
        at = len(self.entries) if new is None else new
        return tree.consistency_proof(old, at, self.read) if 0 < old < at else []

    def path(self, index: int, size: int | None = None) -> list[bytes]:
        """The audit path of an entry."""
        return tree.inclusion_proof(index, len(self.entries) if size is None else size, self.read)

    def policy(self, *more: str) -> bytes:
        """A policy that knows this log; the last line given is the quorum, `quorum none` without any."""
        lines = [f"log {signer.key.text}" for signer in self.keys]
        return "".join(f"{line}\n" for line in (*lines, *(more or ("quorum none",)))).encode()


@cache
def subtree(entries: tuple[bytes, ...]) -> bytes:
    """The root over a power of two of entries."""
    if len(entries) == 1:
        return tree.leaf_hash(entries[0])
    half = len(entries) // 2
    return tree.node_hash(subtree(entries[:half]), subtree(entries[half:]))


def witnesses(count: int) -> Iterator[Signer]:
    """Witnesses w0, w1, ... with Ed25519 cosignature keys."""
    return (Signer(f"witness.example/w{n}", SignatureType.COSIGNATURE) for n in range(count))
