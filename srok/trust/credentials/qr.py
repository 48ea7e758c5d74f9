"""From the bytes of a signed card to the text of its QR and back: zlib, then base45 (RFC 9285)."""

import hashlib
import zlib
from functools import cache
from typing import Final

import base45

# No QR holds more than 4,296 alphanumeric characters (version 40, level L).
MAX_TEXT: Final = 4_296
MAX_UNPACKED: Final = 4_096
_LEVEL: Final = 9
_HEADER: Final = b"\x78\xda"
# What zlib's own deflate makes of a vector shaped like a card; another deflate (zlib-ng) makes something else
# of it.
_VECTOR: Final = ("ភូមិអូរស្វាយ ឃុំសំរោង ស្រុកសំរោងទង ".encode() * 3) + b"".join(
    hashlib.sha256(bytes([n])).digest() for n in range(18)
)
_VECTOR_PACKED: Final = "fe6fd31d44dc342bd135ae75300a424c03ec78a44cd85de396987c4baf396f73"


class NotPacked(ValueError):
    """This text is not a packed card."""


def pack(data: bytes) -> str:
    """The QR text of these bytes; its characters are those of a QR's alphanumeric mode."""
    encoded: bytes = base45.b45encode(zlib.compress(data, _LEVEL))
    return encoded.decode("ascii")


def unpack(text: str) -> bytes:
    """The bytes of a QR text, at most 4,096; raises `NotPacked` for any text `pack` does not write.

    Deflate can say the same thing in several ways, so an altered text could unpack to the same bytes. Where
    this machine's zlib is the one cards are written with, the text must therefore be the one that packing
    again gives. Elsewhere the signature still covers every byte of the claims.
    """
    if not 0 < len(text) <= MAX_TEXT or text != text.strip():
        raise NotPacked("length")
    try:
        packed = base45.b45decode(text)
    except ValueError as error:
        raise NotPacked("base45") from error
    data = _inflate(packed)
    if same_deflate() and zlib.compress(data, _LEVEL) != packed:
        raise NotPacked("not the form a card is written in")
    return data


def _inflate(packed: bytes) -> bytes:
    if not packed.startswith(_HEADER):
        raise NotPacked("zlib")
    inflater = zlib.decompressobj()
    try:
        data = inflater.decompress(packed, MAX_UNPACKED)
    except zlib.error as error:
        raise NotPacked("zlib") from error
    if not inflater.eof or inflater.unused_data or inflater.unconsumed_tail:
        raise NotPacked("zlib")
    return data


@cache
def same_deflate() -> bool:
    """True when this machine's zlib writes what cards are written with."""
    return hashlib.sha256(zlib.compress(_VECTOR, _LEVEL)).hexdigest() == _VECTOR_PACKED
