"""Identifiers: time-ordered ids for the machine, short references with a check character for people.

References follow ISO/IEC 7064, hybrid system MOD 31,30: every single wrong character is caught, and all but a
few swaps of two neighbours (the tests count them).
"""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from typing import Final
from uuid import UUID

from srok.ground.kernel.refusal import Refusal
from srok.ground.kernel.text import to_arabic_digits

ALPHABET: Final = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Thirty characters that are not mistaken for one another: no 0, 1, I, L, O, U."""
REFERENCE_LENGTH: Final = 12
_SEPARATORS: Final = dict.fromkeys(map(ord, " \t\u00a0\u200b-\u2010\u2011\u2012\u2013\u2014\u2212_."), None)
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


def new_id(at: datetime) -> UUID:
    """A UUIDv7 (RFC 9562) of the instant `at`: ids made later sort later, to the microsecond.

    The 12 bits after the milliseconds hold the fraction of the millisecond (method 3), 62 more are random.
    Raises ValueError when `at` has no time zone.
    """
    if at.tzinfo is None:
        raise ValueError("an id is made at an instant with a time zone")
    since = at - _EPOCH
    micros = (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds
    millis, rest = divmod(micros, 1_000)
    fraction = rest * 4096 // 1_000
    value = (millis & (1 << 48) - 1) << 80 | 0x7 << 76 | fraction << 64 | 0b10 << 62 | secrets.randbits(62)
    return UUID(int=value)


def random_id() -> UUID:
    """A random UUID (version 4): for opaque subjects whose age must not show in the id."""
    value = secrets.randbits(128)
    return UUID(int=value & ~(0xF << 76) & ~(0b11 << 62) | 0x4 << 76 | 0b10 << 62)


def new_reference() -> str:
    """A public reference `XXXX-XXXX-XXXX`: 11 random characters (54 bits) and one check character."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(REFERENCE_LENGTH - 1))
    return _dashed(body + check_character(body))


def check_character(body: str) -> str:
    """The ISO 7064 MOD 31,30 check character of `body`, which must be of ALPHABET only."""
    return ALPHABET[(1 - _doubled(_running(body))) % 30]


def read_reference(text: str) -> str:
    """The normal form of a reference as a person typed it: any case, spaces, dashes, Khmer digits.

    Raises Refusal `kernel.bad_reference` when the length, a character or the check character is wrong.
    """
    plain = to_arabic_digits(text).translate(_SEPARATORS).upper()
    known = len(plain) == REFERENCE_LENGTH and all(c in ALPHABET for c in plain)
    if not known or _running(plain) != 1:
        raise Refusal("kernel.bad_reference")
    return _dashed(plain)


def _running(text: str) -> int:
    """The running sum of ISO 7064's hybrid scheme, in 0..29; 1 for a whole reference that is right."""
    total = 15  # its double modulo 31 is 30, the starting product
    for character in text:
        total = (_doubled(total) + ALPHABET.index(character)) % 30
    return total


def _doubled(total: int) -> int:
    return (total or 30) * 2 % 31


def _dashed(plain: str) -> str:
    return "-".join(plain[i : i + 4] for i in range(0, REFERENCE_LENGTH, 4))
