"""The desk's promise: by this day, the log holds an entry with this commitment. Signed by the log's own key. Pure.

A signed note of six lines, which can be no checkpoint. A broken promise is evidence: the promise, and a log whose
entries (all of them are public) hold no such commitment though something in it is dated later.
"""

import re
from base64 import b64decode, b64encode
from binascii import Error as Base64Error
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from srok.ground.journal.terms import LEAF_TYPES
from srok.ground.kernel.refusal import Refusal
from srok.trust.openlog import notes, receipts
from srok.trust.openlog.checkpoints import exact_base64
from srok.trust.openlog.notes import Note, SignatureLine, VerifierKey
from srok.trust.openlog.proofs import MAX_EXTRA
from srok.trust.openlog.receipts import Opened

HEADER: Final = "srok.example/openlog-promise@v1"
_FIRST: Final = "srok.example/promise/v1"
_NAMES: Final = ("log", "type", "commitment", "made", "latest")
_HEX: Final = re.compile(r"[0-9a-f]{64}", re.ASCII)
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_QR: Final = {"v", "k", "l", "n", "o", "r", "t", "m", "d", "s"}


class Kept(StrEnum):
    """How a promise stands before a log."""

    KEPT = "kept"
    OPEN = "open"  # the day has not passed in the log
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Promise:
    """What was promised: that the log of this origin holds an entry of this type and commitment by `latest`."""

    origin: str
    type: str
    commitment: str
    made: date
    latest: date

    def text(self) -> str:
        """The text of the note."""
        values = (self.origin, self.type, self.commitment, self.made.isoformat(), self.latest.isoformat())
        lines = [f"{name} {value}" for name, value in zip(_NAMES, values, strict=True)]
        return "".join(f"{line}\n" for line in (_FIRST, *lines))


@dataclass(frozen=True, slots=True)
class SignedPromise:
    """A promise with its signature and what opens its commitment; nothing is true before `check_promise`."""

    promise: Promise
    note: Note
    opened: Opened
    key: bytes

    def data(self) -> bytes:
        """The `.srok-promise` file."""
        extra = b64encode(receipts.write_extra(self.opened, self.key)).decode()
        return f"{HEADER}\nextra {extra}\n\n".encode() + self.note.data()


def sign_promise(promise: Promise, key: VerifierKey, signer: Callable[[bytes], bytes]) -> Note:
    """The promise as a note, signed with the log's Ed25519 key."""
    return Note(promise.text(), (notes.sign(key, promise.text(), signer),))


def read_promise(data: bytes) -> SignedPromise:
    """The promise of a file; raises `openlog.bad_receipt`, `openlog.bad_note`."""
    if len(data) > MAX_EXTRA * 2:
        raise receipts.bad("length")
    head, separator, rest = data.partition(b"\n\n")
    try:
        lines = head.decode("ascii").split("\n")
    except UnicodeDecodeError as error:
        raise receipts.bad("header") from error
    if not separator or len(lines) != 2 or lines[0] != HEADER or not lines[1].startswith("extra "):
        raise receipts.bad("header")
    try:
        extra = exact_base64(lines[1].removeprefix("extra "))
    except Refusal as refusal:
        raise receipts.bad("extra") from refusal
    opened, key, _ = receipts.read_extra(extra, with_entry=False)
    note = notes.parse(rest)
    return SignedPromise(parse_text(note.text), note, opened, key)


def parse_text(text: str) -> Promise:
    """The promise of a note's text in its one spelling; raises `openlog.bad_receipt`."""
    lines = text.split("\n")
    if len(lines) != len(_NAMES) + 2 or lines[0] != _FIRST or lines[-1]:
        raise receipts.bad("promise")
    found = dict(line.split(" ", 1) for line in lines[1:-1] if " " in line)
    if tuple(found) != _NAMES or not notes.is_key_name(found["log"]) or found["type"] not in LEAF_TYPES:
        raise receipts.bad("promise")
    if not _HEX.fullmatch(found["commitment"]):
        raise receipts.bad("promise")
    promise = Promise(found["log"], found["type"], found["commitment"], _day(found["made"]), _day(found["latest"]))
    if promise.text() != text or promise.latest < promise.made:
        raise receipts.bad("promise")
    return promise


def check_promise(signed: SignedPromise, keys: Iterable[VerifierKey]) -> Promise:
    """Check that the log itself promised, and for this very row.

    Raises `openlog.not_signed`, `openlog.bad_signature`, `openlog.opening_differs`.
    """
    notes.verify(signed.note, [key for key in keys if key.name == signed.promise.origin and not key.type.timed])
    if signed.opened.commitment(signed.key) != signed.promise.commitment:
        raise Refusal("openlog.opening_differs")
    return signed.promise


def judge(promise: Promise, commitments: Iterable[tuple[int, str]], newest: date | None) -> tuple[Kept, int | None]:
    """How the promise stands: `commitments` are index and `c` of the log's entries, `newest` its newest day.

    The newest day is that of an entry, or of a cosignature of the checkpoint, whichever is later.
    """
    index = next((index for index, found in commitments if found == promise.commitment), None)
    if index is not None:
        return Kept.KEPT, index
    late = newest is not None and newest > promise.latest
    return (Kept.BROKEN if late else Kept.OPEN), None


def slip_text(signed: SignedPromise, log: str) -> str:
    """The text of a promise's QR, from which its note can be written again; raises `openlog.slip_too_long`."""
    [line] = signed.note.signatures
    return receipts.bounded(
        {
            "v": 1, "k": log, **receipts.opened_members(signed.opened), "t": signed.promise.type,
            "m": signed.promise.made.isoformat(), "d": signed.promise.latest.isoformat(),
            "s": b64encode(line.key_id + line.signature).decode(),
        }
    )  # fmt: skip


def read_slip(text: str, origins: Callable[[str], str], key: bytes) -> SignedPromise:
    """The promise of a QR's text; `origins` gives the origin of a log's name. Raises `openlog.bad_receipt`."""
    read = receipts.read_members(text, _QR)
    opened = receipts.opened_of(read)
    if read["t"] not in LEAF_TYPES or not isinstance(read["k"], str):
        raise receipts.bad("promise")
    origin = origins(read["k"])
    try:
        raw = b64decode(str(read["s"]).encode("ascii"), validate=True)
    except (Base64Error, ValueError) as error:
        raise receipts.bad("signature") from error
    promise = Promise(origin, read["t"], opened.commitment(key), _day(read["m"]), _day(read["d"]))
    note = Note(promise.text(), (SignatureLine(origin, raw[:4], raw[4:]),))
    return SignedPromise(promise, note, opened, key)


def is_promise(data: bytes) -> bool:
    """Whether a file says of itself that it is a promise, and not a receipt."""
    return data.startswith(HEADER.encode() + b"\n")


def _day(text: object) -> date:
    try:
        return date.fromisoformat(text if isinstance(text, str) and _DAY.fullmatch(text) else "")
    except ValueError as error:
        raise receipts.bad("day") from error
