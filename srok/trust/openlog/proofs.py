"""Proofs of inclusion as files: `.tlog-proof` of c2sp.org/tlog-proof, read in its one spelling. Pure."""

import re
from base64 import b64encode
from dataclasses import dataclass
from typing import Final

from srok.ground.kernel.refusal import Refusal
from srok.trust.openlog import notes, tree
from srok.trust.openlog.checkpoints import exact_base64
from srok.trust.openlog.notes import Note
from srok.trust.openlog.policy import Accepted, Policy, accept

HEADER: Final = "c2sp.org/tlog-proof@v1"
MAX_BYTES: Final = notes.MAX_NOTE_BYTES + 64 * 1024
MAX_EXTRA: Final = 32 * 1024
MAX_PATH: Final = 63
_NUMBER: Final = re.compile(r"0|[1-9][0-9]{0,18}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Proof:
    """An entry's place in a log: its index, the path from its leaf to the root, the checkpoint, and free `extra`."""

    index: int
    path: tuple[bytes, ...]
    note: Note
    extra: bytes | None = None

    def data(self) -> bytes:
        """The file."""
        lines = [HEADER]
        if self.extra is not None:
            lines.append(f"extra {b64encode(self.extra).decode()}")
        lines += [f"index {self.index}", *(b64encode(part).decode() for part in self.path), ""]
        return "".join(f"{line}\n" for line in lines).encode() + self.note.data()


def parse(data: bytes) -> Proof:
    """The proof of a file; raises `openlog.bad_receipt` with the part that is not of the format."""
    if len(data) > MAX_BYTES:
        raise _bad("length")
    head, separator, note = data.partition(b"\n\n")
    try:
        lines = head.decode("ascii").split("\n")
    except UnicodeDecodeError as error:
        raise _bad("header") from error
    if not separator or lines[0] != HEADER:
        raise _bad("header")
    rest = lines[1:]
    extra = None
    if rest and rest[0].startswith("extra "):
        extra = _bytes(rest.pop(0).removeprefix("extra "), "extra")
        if len(extra) > MAX_EXTRA:
            raise _bad("extra")
    if not rest or not rest[0].startswith("index "):
        raise _bad("index")
    path = tuple(_bytes(line, "path", tree.HASH_BYTES) for line in rest[1:])
    if len(path) > MAX_PATH:
        raise _bad("path")
    return Proof(_index(rest[0].removeprefix("index ")), path, notes.parse(note), extra)


def verify(proof: Proof, leaf: bytes, policy: Policy) -> Accepted:
    """Check that the leaf hash stands where the proof says, under a checkpoint that the policy accepts.

    Raises what `policy.accept` raises, and `openlog.bad_proof`.
    """
    accepted = accept(policy, proof.note)
    tree.verify_inclusion(proof.index, accepted.checkpoint.size, leaf, proof.path, accepted.checkpoint.root)
    return accepted


def _index(text: str) -> int:
    if not _NUMBER.fullmatch(text) or int(text) >= tree.MAX_SIZE:
        raise _bad("index")
    return int(text)


def _bytes(text: str, part: str, length: int | None = None) -> bytes:
    try:
        return exact_base64(text, length)
    except Refusal as refusal:
        raise _bad(part) from refusal


def _bad(part: str) -> Refusal:
    return Refusal("openlog.bad_receipt", part=part)
