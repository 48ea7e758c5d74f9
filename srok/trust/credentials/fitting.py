"""Making a card fit its QR: the portrait shrinks, then goes, then the address; the name never shrinks."""

import hashlib
import io
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from PIL import Image, UnidentifiedImageError

from srok.ground.kernel.refusal import Refusal
from srok.trust.credentials import claims, cose, qr
from srok.trust.credentials.terms import MAX_PORTRAIT_BYTES, MAX_QR_CHARACTERS, CardToSign

_BUDGETS: Final = (420, 340, 260, 190)
_SIZES: Final = ((60, 75), (48, 60), (40, 50))
_QUALITIES: Final = (40, 25, 15, 8, 3)
# Before signing, size is measured with a stand-in of the same length; deflate may differ by a few bytes on
# the real one.
_MARGIN: Final = 12
_STAND_IN: Final = hashlib.sha512(b"srok: length of a signature").digest()
_LONGEST_KID: Final = "card-2025-1234"


def fitted(card: CardToSign) -> bytes:
    """The claims of the card in a QR of version 24 level M or smaller.

    Raises `credentials.portrait_not_webp`, `credentials.portrait_too_large` (over 500 bytes), and
    `credentials.too_long` where the names alone do not fit.
    """
    if card.portrait is not None:
        _check_portrait(card.portrait)
    for candidate in _candidates(card):
        payload = claims.write(candidate)
        if characters(payload) <= MAX_QR_CHARACTERS - _MARGIN:
            return payload
    raise Refusal("credentials.too_long", field="name")


def characters(payload: bytes) -> int:
    """How many characters the QR of these claims will have, within a few."""
    return len(qr.pack(cose.envelope(cose.protected_header(_LONGEST_KID), payload, _STAND_IN)))


def _candidates(card: CardToSign) -> Iterator[CardToSign]:
    yield card
    if card.portrait is not None:
        for budget in _BUDGETS:
            smaller = shrunk(card.portrait, budget)
            if smaller is not None:
                yield replace(card, portrait=smaller)
        yield replace(card, portrait=None)
    yield replace(card, portrait=None, address="")


def _check_portrait(portrait: bytes) -> None:
    if portrait[:4] != b"RIFF" or portrait[8:12] != b"WEBP":
        raise Refusal("credentials.portrait_not_webp", field="portrait")
    if len(portrait) > MAX_PORTRAIT_BYTES:
        raise Refusal("credentials.portrait_too_large", field="portrait", bytes=len(portrait))


def shrunk(portrait: bytes, budget: int) -> bytes | None:
    """The portrait in grey as WebP of at most `budget` bytes, as large and good as that allows, or None."""
    try:
        with Image.open(io.BytesIO(portrait), formats=["WEBP"]) as opened:
            picture = opened.convert("L")
    except (UnidentifiedImageError, OSError) as error:
        raise Refusal("credentials.portrait_not_webp", field="portrait") from error
    for size in _SIZES:
        smaller = picture.resize(size, Image.Resampling.LANCZOS)
        for quality in _QUALITIES:
            written = io.BytesIO()
            smaller.save(written, "WEBP", quality=quality, method=6)
            if written.tell() <= budget:
                return written.getvalue()
    return None
