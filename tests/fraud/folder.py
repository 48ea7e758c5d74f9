"""A published folder written by hand: tiles, bundles, checkpoints, cosignatures and receipts, apart from Srok's own.

Keys are made from a seed by hash, so that every run writes the same bytes (ML-DSA signatures apart).
"""

import base64
import hashlib
import hmac
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PrivateKey

REGISTER, ELECTION = "srok.example/register", "srok.example/election"
KC = hashlib.sha256(b"the commitment key of the synthetic logs").digest()
Entry = dict[str, object]


_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def canonical(value: object) -> bytes:
    """RFC 8785 for ASCII keys, integers and text."""
    return _ENCODER.encode(value).encode()


def commit(opening: bytes, label: str, version: int, row: object) -> bytes:
    """The commitment of docs/openlog.md, by hand."""
    body = canonical(row)
    name = label.encode()
    head = opening + bytes([len(name)]) + name + version.to_bytes(4, "big") + len(body).to_bytes(4, "big")
    return hmac.digest(KC, head + body, "sha256")


def leaf(entry: bytes) -> bytes:
    """The leaf hash of RFC 6962."""
    return hashlib.sha256(b"\0" + entry).digest()


def node(left: bytes, right: bytes) -> bytes:
    """The node hash of RFC 6962."""
    return hashlib.sha256(b"\1" + left + right).digest()


def root(leaves: Sequence[bytes]) -> bytes:
    """MTH of RFC 6962, word by word."""
    if len(leaves) < 2:
        return leaves[0] if leaves else hashlib.sha256().digest()
    half = 1 << (len(leaves) - 1).bit_length() - 1
    return node(root(leaves[:half]), root(leaves[half:]))


def path_of(index: int, leaves: Sequence[bytes]) -> list[bytes]:
    """PATH of RFC 6962, word by word."""
    if len(leaves) < 2:
        return []
    half = 1 << (len(leaves) - 1).bit_length() - 1
    if index < half:
        return [*path_of(index, leaves[:half]), root(leaves[half:])]
    return [*path_of(index - half, leaves[half:]), root(leaves[:half])]


def growth(old: int, leaves: Sequence[bytes], whole: bool = True) -> list[bytes]:
    """SUBPROOF of RFC 6962, word by word."""
    if old == len(leaves):
        return [] if whole else [root(leaves)]
    half = 1 << (len(leaves) - 1).bit_length() - 1
    if old <= half:
        return [*growth(old, leaves[:half], whole), root(leaves[half:])]
    return [*growth(old - half, leaves[half:], False), root(leaves[:half])]


@dataclass(frozen=True)
class Signer:
    """A named key of type 0x01, 0x04 or 0x06."""

    name: str
    kind: int
    seed: bytes = b"srok"

    @property
    def private(self) -> Ed25519PrivateKey | MLDSA44PrivateKey:
        """The key of this name, kind and seed."""
        return _private(self.name, self.kind, self.seed)

    @property
    def public(self) -> bytes:
        """The raw public key."""
        return self.private.public_key().public_bytes_raw()

    @property
    def id(self) -> bytes:
        """The 4 bytes that name the key in a note."""
        return hashlib.sha256(self.name.encode() + b"\n" + bytes([self.kind]) + self.public).digest()[:4]

    @property
    def vkey(self) -> str:
        """The verifier key as text."""
        return f"{self.name}+{self.id.hex()}+{base64.b64encode(bytes([self.kind]) + self.public).decode()}"

    def line(self, text: str, at: int = 0) -> str:
        """The signature line under a checkpoint's text."""
        stamp, body = at.to_bytes(8, "big") if self.kind != 1 else b"", text.encode()
        if self.kind == 4:
            body = f"cosignature/v1\ntime {at}\n{text}".encode()
        if self.kind == 6:
            origin, size, top = text.split("\n")[:3]
            body = b"subtree/v1\n\0" + bytes([len(self.name.encode())]) + self.name.encode() + stamp
            body += bytes([len(origin.encode())]) + origin.encode() + bytes(8) + int(size).to_bytes(8, "big")
            body += base64.b64decode(top)
        made = self.private.sign(body)
        return f"— {self.name} {base64.b64encode(self.id + stamp + made).decode()}\n"


@cache
def _private(name: str, kind: int, seed: bytes) -> Ed25519PrivateKey | MLDSA44PrivateKey:
    material = hashlib.sha256(b"%s\0%d\0%s" % (name.encode(), kind, seed)).digest()
    if kind == 6:
        return MLDSA44PrivateKey.from_seed_bytes(material)
    return Ed25519PrivateKey.from_private_bytes(material)


WITNESSES = tuple(Signer(f"witness.example/{name}", 4) for name in ("bopha", "dara", "rith", "sophea"))
POLICY_NAMES = ("W1", "W2", "W3", "W4")


def log_keys(origin: str) -> list[Signer]:
    """The two keys of a synthetic log."""
    return [Signer(origin, 1), Signer(origin, 6)]


def policy_text(origins: Iterable[str] = (REGISTER, ELECTION), least: int = 3) -> str:
    """Both logs, four witnesses in one group, `least` of them."""
    lines = [f"log {key.vkey}" for origin in origins for key in log_keys(origin)]
    lines += [f"witness {name} {key.vkey}" for name, key in zip(POLICY_NAMES, WITNESSES, strict=True)]
    return "\n".join([*lines, f"group all-of-us {least} {' '.join(POLICY_NAMES)}", "quorum all-of-us"]) + "\n"


def checkpoint_text(origin: str, size: int, top: bytes) -> str:
    """The three lines of a checkpoint."""
    return f"{origin}\n{size}\n{base64.b64encode(top).decode()}\n"


@dataclass
class Log:
    """Entries of one log, and what a folder of it holds."""

    origin: str
    entries: list[bytes] = field(default_factory=list)

    def add(self, entry: Entry) -> int:
        """Append an entry; its index."""
        self.entries.append(canonical(entry))
        return len(self.entries) - 1

    def leaves(self, size: int | None = None) -> list[bytes]:
        """The leaf hashes of the first entries."""
        return [leaf(entry) for entry in self.entries[:size]]

    def note(self, size: int | None = None, at: int = 1_746_000_000, signers: Sequence[Signer] = ()) -> bytes:
        """A signed and cosigned checkpoint."""
        leaves = self.leaves(size)
        text = checkpoint_text(self.origin, len(leaves), root(leaves))
        keys = signers or [*log_keys(self.origin), *WITNESSES]
        return (text + "\n" + "".join(key.line(text, 0 if key.name == self.origin else at) for key in keys)).encode()

    def write(self, folder: Path, at: int = 1_746_000_000) -> Path:
        """Tiles, entry bundles and checkpoint of a plain C2SP log."""
        leaves, level, hashes = self.leaves(), 0, self.leaves()
        for start in range(0, len(leaves), 256):
            chunk = self.entries[start : start + 256]
            put(folder, "entries", start // 256, b"".join(len(e).to_bytes(2, "big") + e for e in chunk), len(chunk))
        while hashes:
            for start in range(0, len(hashes), 256):
                chunk_ = hashes[start : start + 256]
                put(folder, str(level), start // 256, b"".join(chunk_), len(chunk_))
            whole = len(hashes) // 256
            hashes = [root(hashes[at_ * 256 : at_ * 256 + 256]) for at_ in range(whole)]
            level += 1
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "checkpoint").write_bytes(self.note(at=at))
        return folder

    def receipt(self, index: int, extra: object = None, size: int | None = None, at: int = 1_746_000_000) -> bytes:
        """The `.tlog-proof` of an entry."""
        lines = ["c2sp.org/tlog-proof@v1"]
        if extra is not None:
            lines.append("extra " + base64.b64encode(canonical(extra)).decode())
        path = [base64.b64encode(part).decode() for part in path_of(index, self.leaves(size))]
        return "\n".join([*lines, f"index {index}", *path, "", ""]).encode() + self.note(size, at)


def put(folder: Path, level: str, index: int, raw: bytes, width: int) -> None:
    """Write a tile or bundle under its C2SP name."""
    parts = [f"{index % 1000:03d}"]
    while index := index // 1000:
        parts.insert(0, f"x{index % 1000:03d}")
    path = folder / "tile" / level / "/".join(parts)
    path = path if width == 256 else path.with_name(path.name + ".p") / str(width)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(raw)


def write_index(top: Path, least: int = 3) -> None:
    """`index.json` beside the folders of the logs."""
    told = {"v": 1, "commitment_key": KC.hex(), "policy": policy_text(least=least)}
    (top / "index.json").write_bytes(canonical(told))
