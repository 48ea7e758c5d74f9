"""Reading the QR out of a picture that somebody uploads; the picture is looked at in memory and forgotten."""

import io
from typing import Final

import zxingcpp
from PIL import Image, UnidentifiedImageError

from srok.ground.kernel.refusal import Refusal

MAX_BYTES: Final = 10 * 1024 * 1024
MAX_PIXELS: Final = 40_000_000
_FORMATS: Final = ("JPEG", "PNG", "WEBP")
_QR: Final = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
_LONG_SIDE: Final = 2_400


def qr_text(picture: bytes) -> str:
    """The text of the one QR in a JPEG, PNG or WebP picture.

    Raises `verification.picture_too_large`, `verification.picture_unreadable`, `verification.no_qr_in_picture`,
    `verification.many_qr_in_picture`.
    """
    if len(picture) > MAX_BYTES:
        raise Refusal("verification.picture_too_large", field="picture")
    grey = _grey(picture)
    found = {code.text for code in zxingcpp.read_barcodes(grey, formats=_QR)}
    if not found:
        raise Refusal("verification.no_qr_in_picture", field="picture")
    if len(found) > 1:
        raise Refusal("verification.many_qr_in_picture", field="picture")
    return str(found.pop())


def _grey(picture: bytes) -> Image.Image:
    try:
        with Image.open(io.BytesIO(picture), formats=_FORMATS) as opened:
            if opened.width * opened.height > MAX_PIXELS:
                raise Refusal("verification.picture_too_large", field="picture")
            opened.draft("L", (_LONG_SIDE, _LONG_SIDE))
            grey = opened.convert("L")
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Refusal("verification.picture_too_large", field="picture") from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise Refusal("verification.picture_unreadable", field="picture") from error
    grey.thumbnail((_LONG_SIDE, _LONG_SIDE))
    return grey
