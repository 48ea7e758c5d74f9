"""What a holder takes home: the receipt, the desk's promise, and both as the text of a QR. Pure.

Formats: docs/formats/openlog-receipts.md. Nothing in `extra` is signed; only what it opens counts.
"""

import json
import re
from base64 import b32decode, b32encode
from binascii import Error as Base32Error
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from srok.ground.kernel.canonical import OPENING_LENGTH, canonical_bytes, commitment
from srok.ground.kernel.refusal import Refusal
from srok.trust.openlog import entries, proofs, tree
from srok.trust.openlog.policy import Accepted, Policy
from srok.trust.openlog.proofs import MAX_EXTRA, Proof

MAX_QR: Final = 700
"""Bytes of a slip's QR (transparency.md section 2)."""
_HEX: Final = re.compile(r"[0-9a-f]{64}", re.ASCII)
_LARGEST: Final = 2**32


@dataclass(frozen=True, slots=True)
class Opened:
    """What opens a commitment: label, version, row and the 32-byte opening."""

    label: str
    version: int
    row: Mapping[str, Any]
    opening: bytes

    def commitment(self, key: bytes) -> str:
        """The commitment it opens, hexadecimal; raises `openlog.bad_receipt` where it cannot be one."""
        try:
            return commitment(key, self.opening, self.label, self.version, self.row).hex()
        except (ValueError, TypeError, Refusal) as error:
            raise bad("row") from error


@dataclass(frozen=True, slots=True)
class Receipt:
    """A receipt as read: the proof, the entry, what opens it, and the commitment key it was made with."""

    proof: Proof
    entry: Mapping[str, Any]
    opened: Opened
    key: bytes


@dataclass(frozen=True, slots=True)
class Slip:
    """A slip's QR as read: the log's name and the entry's index."""

    log: str
    index: int
    opened: Opened


def write_extra(opened: Opened, key: bytes, entry: Mapping[str, Any] | None = None) -> bytes:
    """The `extra` of a receipt, or of a promise where no entry is given."""
    members: dict[str, object] = {
        "v": 1, "label": opened.label, "version": opened.version, "row": opened.row,
        "opening": opened.opening.hex(), "key": key.hex(),
    }  # fmt: skip
    return canonical_bytes(members if entry is None else {**members, "entry": entry})


def read_extra(data: bytes | None, *, with_entry: bool) -> tuple[Opened, bytes, Mapping[str, Any]]:
    """What opens, the commitment key, and the entry (empty without); raises `openlog.bad_receipt`."""
    wanted = {"v", "label", "version", "row", "opening", "key"} | ({"entry"} if with_entry else set())
    read = _object(data or b"", wanted, MAX_EXTRA)
    if not _HEX.fullmatch(str(read["opening"])) or not _HEX.fullmatch(str(read["key"])):
        raise bad("opening")
    opened = _opened(read["label"], read["version"], read["row"], bytes.fromhex(read["opening"]))
    entry = read.get("entry", {})
    if not isinstance(entry, dict):
        raise bad("entry")
    return opened, bytes.fromhex(read["key"]), entry


def read_receipt(data: bytes) -> Receipt:
    """The receipt of a `.tlog-proof` file; raises `openlog.bad_receipt`, `openlog.bad_note`."""
    proof = proofs.parse(data)
    opened, key, entry = read_extra(proof.extra, with_entry=True)
    return Receipt(proof, entry, opened, key)


def check_receipt(receipt: Receipt, policy: Policy) -> Accepted:
    """Check checkpoint, policy, inclusion and opening, in this order.

    Raises what `proofs.verify` raises, and `openlog.opening_differs` where the row is not the one of the entry.
    """
    accepted = proofs.verify(receipt.proof, tree.leaf_hash(entries.write_entry(receipt.entry)), policy)
    if receipt.entry.get("c") != receipt.opened.commitment(receipt.key):
        raise Refusal("openlog.opening_differs")
    return accepted


def slip_text(slip: Slip) -> str:
    """The text of a slip's QR; raises `openlog.slip_too_long` beyond 700 bytes."""
    return bounded({"v": 1, "k": slip.log, "i": slip.index, **opened_members(slip.opened)})


def read_slip(text: str) -> Slip:
    """The slip of a QR's text; raises `openlog.bad_receipt`."""
    read = _object(text.encode("utf-8", "replace"), {"v", "k", "i", "l", "n", "o", "r"}, MAX_QR)
    index = read["i"]
    if not isinstance(read["k"], str) or type(index) is not int or not 0 <= index < tree.MAX_SIZE:
        raise bad("index")
    return Slip(read["k"], index, opened_of(read))


def opened_members(opened: Opened) -> dict[str, object]:
    """What opens, as members of a QR's text."""
    return {"l": opened.label, "n": opened.version, "r": opened.row, "o": opening_text(opened.opening, grouped=False)}


def opened_of(read: Mapping[str, Any]) -> Opened:
    """What opens, from the members of a QR's text; raises `openlog.bad_receipt`."""
    return _opened(read["l"], read["n"], read["r"], read_opening(str(read["o"])))


def bounded(members: Mapping[str, object]) -> str:
    """Canonical JSON for a QR; raises `openlog.slip_too_long` beyond 700 bytes."""
    data = canonical_bytes(members)
    if len(data) > MAX_QR:
        raise Refusal("openlog.slip_too_long", bytes=len(data))
    return data.decode()


def read_members(text: str, wanted: set[str]) -> dict[str, Any]:
    """The members of a QR's text, exactly these; raises `openlog.bad_receipt`."""
    return _object(text.encode("utf-8", "replace"), wanted, MAX_QR)


def opening_text(opening: bytes, *, grouped: bool = True) -> str:
    """An opening in base32 without padding: 52 letters and digits, for people in groups of four."""
    text = b32encode(opening).decode().rstrip("=")
    return " ".join(text[at : at + 4] for at in range(0, len(text), 4)) if grouped else text


def read_opening(text: str) -> bytes:
    """The opening of its base32, in any case and grouping; raises `openlog.bad_receipt`."""
    plain = "".join(text.split()).upper()
    try:
        opening = b32decode(plain + "=" * (-len(plain) % 8))
    except (Base32Error, ValueError) as error:
        raise bad("opening") from error
    if len(opening) != OPENING_LENGTH or opening_text(opening, grouped=False) != plain:
        raise bad("opening")
    return opening


def bad(part: str) -> Refusal:
    """What is not of the format."""
    return Refusal("openlog.bad_receipt", part=part)


def _opened(label: object, version: object, row: object, opening: bytes) -> Opened:
    named = isinstance(label, str) and label.isascii() and 0 < len(label) < 256
    if not named or type(version) is not int or not 0 <= version < _LARGEST or not isinstance(row, dict):
        raise bad("row")
    return Opened(str(label), version, row, opening)


def _object(data: bytes, wanted: set[str], limit: int) -> dict[str, Any]:
    """A JSON object in its canonical bytes with exactly these members."""
    if len(data) > limit:
        raise bad("length")
    try:
        read = json.loads(data)
        canonical = isinstance(read, dict) and set(read) == wanted and canonical_bytes(read) == data
    except (ValueError, RecursionError, Refusal) as error:
        raise bad("json") from error
    if not canonical or type(read["v"]) is not int or read["v"] != 1:
        raise bad("json")
    return dict(read)
