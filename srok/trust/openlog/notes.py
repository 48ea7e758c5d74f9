"""Signed notes (c2sp.org/signed-note) with the three signature types Srok uses. Pure: keys are handed in.

0x01 Ed25519 over the text; 0x04 `cosignature/v1` (Ed25519 with a time); 0x06 ML-DSA-44 cosignature over the
`subtree/v1` message, both of c2sp.org/tlog-cosignature.
"""

import hashlib
import unicodedata
from base64 import b64decode, b64encode
from binascii import Error as Base64Error
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PublicKey

from srok.ground.kernel.refusal import Refusal
from srok.trust.openlog.checkpoints import parse_checkpoint

MAX_NOTE_BYTES: Final = 1 << 20
MAX_SIGNATURES: Final = 64
"""The format asks for at least 16; a checkpoint with every party's witness carries more."""
_DASH: Final = "\u2014 "
_TIME_BYTES: Final = 8
_SUBTREE: Final = b"subtree/v1\n\0"


class SignatureType(IntEnum):
    """The signature type byte of a key (c2sp.org/signed-note)."""

    ED25519 = 0x01
    COSIGNATURE = 0x04
    MLDSA = 0x06

    @property
    def timed(self) -> bool:
        """Whether its signatures carry a time before them (8 bytes, seconds since 1970)."""
        return self is not SignatureType.ED25519


_KEY_BYTES: Final = {SignatureType.ED25519: 32, SignatureType.COSIGNATURE: 32, SignatureType.MLDSA: 1_312}
SIGNATURE_BYTES: Final = {SignatureType.ED25519: 64, SignatureType.COSIGNATURE: 72, SignatureType.MLDSA: 2_428}


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """A public key under a name; `text` is its vkey."""

    name: str
    type: SignatureType
    raw: bytes

    def __post_init__(self) -> None:
        if not is_key_name(self.name) or len(self.raw) != _KEY_BYTES[self.type]:
            raise Refusal("openlog.bad_key", name=self.name[:80])

    @property
    def id(self) -> bytes:
        """The 4-byte key id: SHA-256(name, newline, type, key)[:4]."""
        return hashlib.sha256(self.name.encode() + b"\n" + bytes([self.type]) + self.raw).digest()[:4]

    @property
    def text(self) -> str:
        """The vkey: `name+hex id+base64(type || key)`."""
        return f"{self.name}+{self.id.hex()}+{b64encode(bytes([self.type]) + self.raw).decode()}"


@dataclass(frozen=True, slots=True)
class SignatureLine:
    """One signature line: who says to have signed, and the bytes (for timed types, with the time before them)."""

    name: str
    key_id: bytes
    signature: bytes

    def text(self) -> str:
        """The line, with its newline."""
        return f"{_DASH}{self.name} {b64encode(self.key_id + self.signature).decode()}\n"


@dataclass(frozen=True, slots=True)
class Note:
    """A text and its signature lines; nothing in it is true before `verify`."""

    text: str
    signatures: tuple[SignatureLine, ...]

    def data(self) -> bytes:
        """The note as it is published."""
        return (self.text + "\n" + "".join(line.text() for line in self.signatures)).encode()

    def with_lines(self, lines: Iterable[SignatureLine]) -> "Note":
        """The same note with more signatures behind; one that is there already is not repeated."""
        added = [line for line in lines if line not in self.signatures]
        return Note(self.text, (*self.signatures, *added))


@dataclass(frozen=True, slots=True)
class Signed:
    """A signature that holds: the key, and the time it states (None for plain Ed25519)."""

    key: VerifierKey
    time: int | None


def is_key_name(name: str) -> bool:
    """Whether this may name a key: not empty, at most 255 bytes, no space, plus or control character."""
    bad = any(character.isspace() or unicodedata.category(character).startswith("Z") for character in name)
    return 0 < len(name.encode(errors="replace")) <= 255 and not bad and "+" not in name and name.isprintable()


def parse_key(text: str) -> VerifierKey:
    """The key of a vkey whose id is its own; raises `openlog.bad_key`."""
    parts = text.split("+", 2)
    try:
        raw = b64decode(parts[2].encode("ascii"), validate=True)
        key = VerifierKey(parts[0], SignatureType(raw[0]), raw[1:])
    except (IndexError, ValueError, Base64Error) as error:
        raise Refusal("openlog.bad_key", name=text[:80]) from error
    if key.text != text:
        raise Refusal("openlog.bad_key", name=text[:80])
    return key


def parse(data: bytes) -> Note:
    """The note of these bytes in its one spelling; raises `openlog.bad_note` with the part that is wrong."""
    if len(data) > MAX_NOTE_BYTES:
        raise Refusal("openlog.bad_note", part="length")
    try:
        whole = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Refusal("openlog.bad_note", part="utf-8") from error
    if any(character < " " and character != "\n" for character in whole):
        raise Refusal("openlog.bad_note", part="control")
    text, separator, rest = whole.rpartition("\n\n")
    if not separator or not text or not rest.endswith("\n"):
        raise Refusal("openlog.bad_note", part="lines")
    lines = rest[:-1].split("\n")
    if len(lines) > MAX_SIGNATURES:
        raise Refusal("openlog.bad_note", part="signatures")
    return Note(text + "\n", tuple(parse_line(line) for line in lines))


def parse_line(line: str) -> SignatureLine:
    """The signature of one line (without its newline); raises `openlog.bad_note`."""
    name, _, encoded = line.removeprefix(_DASH).partition(" ")
    try:
        raw = b64decode(encoded.encode("ascii"), validate=True)
    except (Base64Error, ValueError) as error:
        raise Refusal("openlog.bad_note", part="base64") from error
    found = SignatureLine(name, raw[:4], raw[4:])
    if not line.startswith(_DASH) or not is_key_name(name) or not found.signature or found.text() != line + "\n":
        raise Refusal("openlog.bad_note", part="signature")
    return found


def message(key: VerifierKey, text: str, time: int | None) -> bytes:
    """The bytes that this key signs for this text, at this time (timed types only).

    Raises `openlog.bad_checkpoint` where a cosignature is asked over something else than a checkpoint.
    """
    if key.type is SignatureType.ED25519:
        return text.encode()
    assert time is not None
    checkpoint = parse_checkpoint(text)
    if key.type is SignatureType.COSIGNATURE:
        return f"cosignature/v1\ntime {time}\n{text}".encode()
    name, origin = key.name.encode(), checkpoint.origin.encode()
    if len(origin) > 255:
        raise Refusal("openlog.bad_checkpoint", part="origin")
    return b"".join(
        (
            _SUBTREE, bytes([len(name)]), name, time.to_bytes(_TIME_BYTES), bytes([len(origin)]), origin,
            bytes(_TIME_BYTES), checkpoint.size.to_bytes(8), checkpoint.root,
        )
    )  # fmt: skip


def sign(key: VerifierKey, text: str, signer: Callable[[bytes], bytes], time: int | None = None) -> SignatureLine:
    """The line of this key over this text; `signer` makes the raw signature, `time` is seconds since 1970.

    Raises `openlog.bad_checkpoint` as `message` does.
    """
    stamp = time.to_bytes(_TIME_BYTES) if key.type.timed and time is not None else b""
    return SignatureLine(key.name, key.id, stamp + signer(message(key, text, time)))


def check_line(line: SignatureLine, key: VerifierKey, text: str) -> Signed:
    """Check one line with the key it names; raises `openlog.bad_signature`."""
    if len(line.signature) != SIGNATURE_BYTES[key.type]:
        raise Refusal("openlog.bad_signature", name=key.name)
    time = int.from_bytes(line.signature[:_TIME_BYTES]) if key.type.timed else None
    made = line.signature[_TIME_BYTES:] if key.type.timed else line.signature
    maker = (
        MLDSA44PublicKey.from_public_bytes if key.type is SignatureType.MLDSA else Ed25519PublicKey.from_public_bytes
    )
    try:
        maker(key.raw).verify(made, message(key, text, time))
    except (InvalidSignature, ValueError) as error:
        raise Refusal("openlog.bad_signature", name=key.name) from error
    return Signed(key, time)


def verify(note: Note, keys: Iterable[VerifierKey]) -> tuple[Signed, ...]:
    """The signatures of known keys, all of which must hold; lines of unknown keys are ignored.

    A key is known by name and id together. Raises `openlog.bad_signature` where a known key's signature fails and
    `openlog.not_signed` where no known key signed.
    """
    known = {(key.name, key.id): key for key in keys}
    found = [
        check_line(line, known[line.name, line.key_id], note.text)
        for line in note.signatures
        if (line.name, line.key_id) in known
    ]
    if not found:
        raise Refusal("openlog.not_signed")
    return tuple(found)
