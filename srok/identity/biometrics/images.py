"""The one place where a stranger's picture is opened: bounds first, pixels after.

Pillow reads the header before it unpacks anything, so the stated size is known before memory is spent.
"""

import struct
import warnings
from io import BytesIO
from typing import NamedTuple

import numpy
from PIL import Image, ImageFilter, ImageOps

from srok.ground.kernel.refusal import Refusal
from srok.identity.biometrics.terms import (
    KEPT_HEIGHT,
    KEPT_WIDTH,
    MAX_BYTES,
    MAX_PIXELS,
    THUMBNAIL_SIZE,
    Measures,
    Problem,
)

# Pillow's own recommendation: its bomb warning becomes an error, which `_open` turns into words.
warnings.filterwarnings("error", category=Image.DecompressionBombWarning)

MEASURED_WIDTH = 480
JPEG_QUALITY = 90
# What Pillow raises on files that somebody broke, by accident or on purpose.
BROKEN = (
    OSError, SyntaxError, ValueError, MemoryError, OverflowError, KeyError, TypeError, IndexError, struct.error,
)  # fmt: skip
# Exif's orientation: how the picture is turned upright.
_TURN = Image.Transpose
UPRIGHT = {
    2: _TURN.FLIP_LEFT_RIGHT, 3: _TURN.ROTATE_180, 4: _TURN.FLIP_TOP_BOTTOM, 5: _TURN.TRANSPOSE, 6: _TURN.ROTATE_270,
    7: _TURN.TRANSVERSE, 8: _TURN.ROTATE_90,
}  # fmt: skip
LYING = frozenset({_TURN.TRANSPOSE, _TURN.ROTATE_270, _TURN.TRANSVERSE, _TURN.ROTATE_90})
THUMBNAIL_STEPS = [(blur, quality) for blur in (0.0, 0.6, 1.2, 2.0, 4.0) for quality in range(70, -1, -5)]


class Opened(NamedTuple):
    """A picture as it is looked at, upright, and the size in which it came (upright as well)."""

    picture: Image.Image
    width: int
    height: int


def open_picture(data: bytes) -> Image.Image:
    """The upright picture in RGB, wholly decoded and without what the camera wrote into it.

    A very large JPEG is unpacked at a half, a quarter or an eighth, never below what is kept. Raises `Refusal` with
    `biometrics.too_large` or `biometrics.unreadable`; nothing else escapes.
    """
    return open_whole(data).picture


def open_whole(data: bytes) -> Opened:
    """The same, with the size in which the picture came."""
    picture = _open(data)
    size = picture.size
    try:
        picture.draft(None, (KEPT_HEIGHT, KEPT_HEIGHT))
        picture.load()
        turned = _orientation(picture)
        upright = _clean(picture if turned is None else picture.transpose(turned))
    except BROKEN as error:
        raise Refusal(Problem.UNREADABLE) from error
    return Opened(upright, *(size[::-1] if turned in LYING else size))


def _orientation(picture: Image.Image) -> Image.Transpose | None:
    return UPRIGHT.get(picture.getexif().get(0x0112, 1))


def _open(data: bytes) -> Image.Image:
    if len(data) > MAX_BYTES:
        raise Refusal(Problem.TOO_LARGE)
    try:
        picture = Image.open(BytesIO(data), formats=("JPEG", "PNG"))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Refusal(Problem.TOO_LARGE) from error
    except BROKEN as error:
        raise Refusal(Problem.UNREADABLE) from error
    if picture.width * picture.height > MAX_PIXELS:
        raise Refusal(Problem.TOO_LARGE)
    return picture


def _clean(picture: Image.Image) -> Image.Image:
    """Eight bits a channel on white; a new picture, so no metadata comes along."""
    if picture.mode.startswith("I"):
        values = numpy.asarray(picture.convert("I"), dtype=numpy.int64) >> 8
        picture = Image.fromarray(values.clip(0, 255).astype(numpy.uint8))
    clean = Image.new("RGB", picture.size, "white")
    if picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info:
        clear = picture.convert("RGBA")
        clean.paste(clear, (0, 0), clear)
    else:
        clean.paste(picture if picture.mode == "RGB" else picture.convert("RGB"))
    return clean


def measure(opened: Opened) -> Measures:
    """Light, contrast and sharpness of a picture from `open_whole`."""
    picture = smaller(opened.picture, 2 * MEASURED_WIDTH)
    width, height = picture.size
    scaled = picture.convert("L")
    if width > MEASURED_WIDTH:
        scaled = scaled.resize((MEASURED_WIDTH, max(2, height * MEASURED_WIDTH // width)), Image.Resampling.BOX)
    light = numpy.asarray(scaled, dtype=numpy.float32)
    edge = 0.0
    if min(light.shape) > 1:
        across, down = numpy.abs(numpy.diff(light, axis=1)), numpy.abs(numpy.diff(light, axis=0))
        edge = float(max(numpy.percentile(across, 99.5), numpy.percentile(down, 99.5)))
    return Measures(opened.width, opened.height, float(light.mean()), float(light.std()), edge)


def smaller(picture: Image.Image, width: int) -> Image.Image:
    """The picture divided by a whole number, still at least `width` wide; the picture itself where it is no wider."""
    times = picture.width // width
    return picture.reduce(times) if times > 1 and picture.height >= times else picture


def to_jpeg(picture: Image.Image) -> bytes:
    """The portrait as it is kept: at most 1200 x 1500, JPEG, no metadata."""
    kept = picture.copy()
    kept.thumbnail((KEPT_WIDTH, KEPT_HEIGHT), Image.Resampling.LANCZOS)
    out = BytesIO()
    kept.save(out, "JPEG", quality=JPEG_QUALITY, optimize=True)
    return out.getvalue()


def to_thumbnail(picture: Image.Image, max_bytes: int) -> bytes:
    """60 x 75 grey WebP of at most `max_bytes`, as sharp as fits; raises `biometrics.no_room` when nothing does."""
    small = ImageOps.fit(picture.convert("L"), THUMBNAIL_SIZE, Image.Resampling.LANCZOS, centering=(0.5, 0.4))
    for blur, quality in THUMBNAIL_STEPS:
        out = BytesIO()
        shown = small.filter(ImageFilter.GaussianBlur(blur)) if blur else small
        shown.save(out, "WEBP", quality=quality, method=6)
        if out.tell() <= max_bytes:
            return out.getvalue()
    raise Refusal("biometrics.no_room", bytes=max_bytes)
