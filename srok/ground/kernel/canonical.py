"""Canonical bytes of a value (RFC 8785), and the hashes and commitments made over them."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from datetime import UTC, date, datetime
from enum import Enum
from typing import Final, TypeAlias
from uuid import UUID

from srok.ground.kernel.dates import PartialDate
from srok.ground.kernel.refusal import Refusal

OPENING_LENGTH: Final = 32
_LARGEST: Final = 2**53 - 1

Jsonable: TypeAlias = "None | bool | int | str | list[Jsonable] | dict[str, Jsonable]"


def canonical_bytes(value: object) -> bytes:
    """The RFC 8785 (JCS) bytes of a value: the same value gives the same bytes on every machine.

    Takes dict (string keys), list, tuple, str, int, bool and None; dates and partial dates become ISO
    strings, instants ISO strings in UTC ending in Z, UUIDs and enums their text. Raises Refusal
    `kernel.not_canonical` for anything else: floats and integers beyond 2**53 - 1 would not survive another
    reader.
    """
    import rfc8785

    try:
        return rfc8785.dumps(_plain(value))
    except rfc8785.CanonicalizationError as problem:
        raise Refusal("kernel.not_canonical") from problem


def sha256_hex(data: bytes) -> str:
    """The SHA-256 of the bytes in lower-case hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def commitment(key: bytes, opening: bytes, label: str, version: int, row: Mapping[str, object]) -> bytes:
    """The 32-byte commitment to one version of a row (transparency.md section 2).

    HMAC-SHA256(key, opening[32] || u8 len(label) || label || u32 version || u32 len || JCS(row)), big-endian.
    The opening is fresh and random for each version and kept apart: destroying it erases the row there.
    Raises ValueError when a part does not fit its length field or the opening is not 32 bytes.
    """
    name = label.encode("ascii")
    if len(opening) != OPENING_LENGTH or not 0 < len(name) < 256 or not 0 <= version < 2**32:
        raise ValueError("opening of 32 bytes, label of 1 to 255, version of 32 bits")
    body = canonical_bytes(row)
    parts = (opening, bytes([len(name)]), name, version.to_bytes(4), len(body).to_bytes(4), body)
    return hmac.digest(key, b"".join(parts), "sha256")


def _plain(value: object) -> Jsonable:
    if isinstance(value, Enum):
        return _plain(value.value)
    if value is None or isinstance(value, str | bool):
        return value
    if isinstance(value, int) and abs(value) <= _LARGEST:
        return value
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Mapping) and all(isinstance(key, str) for key in value):
        return {key: _plain(item) for key, item in value.items()}
    return _text(value)


def _text(value: object) -> str:
    if isinstance(value, datetime) and value.tzinfo is not None:
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, datetime):
        raise Refusal("kernel.not_canonical", type="naive datetime")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, PartialDate):
        return value.iso()
    if isinstance(value, UUID):
        return str(value)
    raise Refusal("kernel.not_canonical", type=type(value).__name__)
