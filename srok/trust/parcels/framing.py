"""A file of events: a CBOR sequence (RFC 8742) read strictly, event by event, on bytes that nobody vouched for yet.

Every event starts with the same eight bytes. A place that is not an event is stepped over up to the next such start,
so a damaged event costs itself and not those behind it; a cut file gives every whole event before the cut.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO, Final

from srok.trust.parcels.envelope import event_of
from srok.trust.parcels.terms import MAX_EVENT_BYTES, Event

START: Final = bytes.fromhex("a861760163") + b"kit"
_CHUNK: Final = 1024 * 1024
_TEXT, _BYTES, _NUMBER = 3, 2, 0
# The fields in their canonical order after `v`, with the type and the longest length (or largest number) of each.
_FIELDS: Final = (
    (b"\x63kit", _TEXT, 40), (b"\x63seq", _NUMBER, 2**53), (b"\x63sig", _BYTES, 64), (b"\x64prev", _BYTES, 32),
    (b"\x65suite", _TEXT, 80), (b"\x66sealed", _BYTES, MAX_EVENT_BYTES), (b"\x68seal_kid", _TEXT, 40),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Damaged:
    """Bytes that are no event: where they begin in the file, how many; `kept` is the beginning of them."""

    offset: int
    length: int
    kept: bytes


@dataclass(frozen=True, slots=True)
class Truncated:
    """The file ends in the middle of an event that begins here."""

    offset: int
    length: int


class _NoEvent(ValueError):
    pass


class _Short(Exception):
    """More bytes are needed."""


def frames(stream: BinaryIO) -> Iterator[Event | Damaged | Truncated]:
    """Every event of the stream in its order, and what lies between or is missing at the end.

    Reads on in pieces of a megabyte and holds one event at a time.
    """
    held, offset, ended = bytearray(), 0, False
    while True:
        found, length = _first(held, offset, ended=ended)
        if length:
            if found is not None:
                yield found
            del held[:length]
            offset += length
        elif ended:
            return
        else:
            piece = stream.read(_CHUNK)
            ended = not piece
            held += piece


def _first(held: bytearray, offset: int, *, ended: bool) -> tuple[Event | Damaged | Truncated | None, int]:
    """What these bytes begin with, and its length; 0 where more must be read (or nothing is left)."""
    try:
        return read_event(held) if held else (None, 0)
    except _Short:
        if not ended:
            return None, 0
        inside = held.find(START, 1)
        if inside < 0:
            return Truncated(offset, len(held)), len(held)
        return _damaged(held, offset, inside)
    except _NoEvent:
        inside = held.find(START, 1)
        if inside > 0:
            return _damaged(held, offset, inside)
        if ended:
            return _damaged(held, offset, len(held))
        # The start of the next event may lie across the end of what was read.
        return _damaged(held, offset, len(held) - len(START)) if len(held) > 2 * _CHUNK else (None, 0)


def _damaged(held: bytearray, offset: int, length: int) -> tuple[Damaged, int]:
    return Damaged(offset, length, bytes(held[: min(length, MAX_EVENT_BYTES)])), length


def one(data: bytes) -> Event:
    """The event that these bytes are, and nothing but it; raises ValueError."""
    try:
        event, length = read_event(bytearray(data))
    except _Short as error:
        raise ValueError("cut short") from error
    if length != len(data):
        raise ValueError("more than one event")
    return event


def within(event: Event) -> int:
    """Where another event may begin inside the bytes of this one (its length was a lie), or -1."""
    return event.raw.find(START, 1)


def read_event(held: bytearray) -> tuple[Event, int]:
    """The event at the beginning of these bytes, and its length; raises when it is none, or not all here."""
    begun = bytes(held[: len(START)])
    if not START.startswith(begun):
        raise _NoEvent("not the start of an event")
    if len(held) < len(START):
        raise _Short
    fields: dict[str, Any] = {}
    at = 4
    for name, kind, most in _FIELDS:
        at = _expect(held, at, name)
        value, at = _value(held, at, kind, most)
        fields[name[1:].decode()] = value
    if len(fields["sig"]) != 64 or len(fields["prev"]) != 32 or not fields["kit"] or not 1 <= fields["seq"] <= 2**53:
        raise _NoEvent("a field of another length")
    return event_of(fields, bytes(held[:at])), at


def _expect(held: bytearray, at: int, name: bytes) -> int:
    found = bytes(held[at : at + len(name)])
    if found == name:
        return at + len(name)
    if name.startswith(found):
        raise _Short
    raise _NoEvent("another field")


def _value(held: bytearray, at: int, kind: int, most: int) -> tuple[bytes | str | int, int]:
    number, at = _head(held, at, kind)
    if number > most:
        raise _NoEvent("too long")
    if kind == _NUMBER:
        return number, at
    if len(held) < at + number:
        raise _Short
    found = bytes(held[at : at + number])
    if kind == _BYTES:
        return found, at + number
    if not found.isascii() or not found.decode().isprintable():
        raise _NoEvent("a name of other letters")
    return found.decode(), at + number


def _head(held: bytearray, at: int, kind: int) -> tuple[int, int]:
    """Type and argument in the shortest form (RFC 8949 section 4.2.1)."""
    if at >= len(held):
        raise _Short
    major, info = held[at] >> 5, held[at] & 31
    if major != kind or info > 27:
        raise _NoEvent("another type")
    if info < 24:
        return info, at + 1
    size = 1 << (info - 24)
    if len(held) < at + 1 + size:
        raise _Short
    number = int.from_bytes(held[at + 1 : at + 1 + size], "big")
    if number < (24 if size == 1 else 1 << (4 * size)):
        raise _NoEvent("longer than needed")
    return number, at + 1 + size
