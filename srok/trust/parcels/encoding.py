"""Canonical CBOR (RFC 8949 section 4.2.1) of plain values: numbers, text, bytes, lists, maps by text, truth, null.

Numbers are whole; floats, tags and dates do not travel: each value has exactly one form, and what is read must be in
it. Instants are whole microseconds since 1970 in UTC, civil dates ISO 8601 text.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import cbor2

MAX_DEPTH: Final = 24
_LARGEST: Final = 2**63 - 1
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


class NotPlain(ValueError):
    """This value, or these bytes, are not in the one form."""


def encode(value: object) -> bytes:
    """The one form of a plain value; raises `NotPlain` for any other value."""
    return bytes(cbor2.dumps(_plain(value, MAX_DEPTH), canonical=True))


def decode(data: bytes) -> Any:
    """The plain value of these bytes; raises `NotPlain` unless they are its one form.

    Only for bytes whose signature or seal was checked: the reader behind it knows more than plain values.
    """
    try:
        value = _plain(cbor2.loads(data), MAX_DEPTH)
        same = cbor2.dumps(value, canonical=True) == data
    except (ValueError, TypeError, RecursionError, OverflowError, EOFError, cbor2.CBORError) as error:
        raise NotPlain(str(error)) from error
    if not same:
        raise NotPlain("not the canonical form")
    return value


def micros(at: datetime) -> int:
    """Whole microseconds since 1970 in UTC; raises ValueError for an instant without a time zone."""
    if at.tzinfo is None:
        raise ValueError("an instant has a time zone")
    return (at - _EPOCH) // timedelta(microseconds=1)


def instant(value: object) -> datetime:
    """The instant of these microseconds; raises `NotPlain`."""
    if not isinstance(value, int) or isinstance(value, bool):
        raise NotPlain("an instant is a whole number")
    try:
        return _EPOCH + timedelta(microseconds=value)
    except OverflowError as error:
        raise NotPlain("an instant that no calendar knows") from error


def _plain(value: object, depth: int) -> object:
    if depth == 0:
        raise NotPlain("too deep")
    if value is None or isinstance(value, bool | str | bytes):
        return value
    if isinstance(value, int):
        if abs(value) > _LARGEST:
            raise NotPlain("a number beyond 63 bits")
        return int(value)
    if isinstance(value, list | tuple):
        return [_plain(item, depth - 1) for item in value]
    if isinstance(value, Mapping) and all(isinstance(key, str) for key in value):
        return {str(key): _plain(item, depth - 1) for key, item in value.items()}
    raise NotPlain(f"{type(value).__name__} does not travel")
