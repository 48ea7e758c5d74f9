"""Reading a card's QR out of a picture, where the desk has a camera and no scanner."""

import io

import zxingcpp
from PIL import Image, UnidentifiedImageError

from srok.ground.kernel.refusal import Refusal

QR_CODES = zxingcpp.barcode_formats_from_str("QRCode")
# A camera's picture, not a bomb: larger ones are never unpacked.
MAX_BYTES = 20 * 1024 * 1024
MAX_PIXELS = 50_000_000
BOMBS = (Image.DecompressionBombError, Image.DecompressionBombWarning)
BAD = (*BOMBS, UnidentifiedImageError, OSError, SyntaxError, ValueError)


def qr_text_of(picture: bytes) -> str:
    """The text of the one QR in a JPEG or PNG; raises `roll.unreadable_picture` for none, several, or no picture."""
    found = zxingcpp.read_barcodes(_opened(picture), formats=QR_CODES)
    texts = {code.text for code in found if code.text}
    if len(texts) != 1:
        raise Refusal("roll.unreadable_picture", field="picture")
    return str(texts.pop())


def _opened(picture: bytes) -> Image.Image:
    if len(picture) > MAX_BYTES:
        raise Refusal("roll.unreadable_picture", field="picture")
    try:
        opened = Image.open(io.BytesIO(picture), formats=["JPEG", "PNG"])
        if opened.width * opened.height > MAX_PIXELS:
            raise Refusal("roll.unreadable_picture", field="picture")
        return opened.convert("L")
    except BAD as error:
        raise Refusal("roll.unreadable_picture", field="picture") from error
