"""The one place where a stranger's picture is opened: bounds first, pixels after.

Pillow reads the header before it unpacks anything, so the stated size is known before memory is spent.
"""

import warnings
from io import BytesIO

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
THUMBNAIL_STEPS = [(blur, quality) for blur in (0.0, 0.6, 1.2, 2.0, 4.0) for quality in range(70, -1, -5)]


def open_picture(data: bytes) -> Image.Image:
    """The upright picture in RGB, wholly decoded and without what the camera wrote into it.

    Raises `Refusal` with `biometrics.too_large` or `biometrics.unreadable`; nothing else escapes.
    """
    picture = _open(data)
    try:
        picture.load()
        upright = ImageOps.exif_transpose(picture)
        return _rgb(upright)
    except (OSError, SyntaxError, ValueError, MemoryError, OverflowError, KeyError, TypeError, IndexError) as error:
        raise Refusal(Problem.UNREADABLE) from error


def _open(data: bytes) -> Image.Image:
    if len(data) > MAX_BYTES:
        raise Refusal(Problem.TOO_LARGE)
    try:
        picture = Image.open(BytesIO(data), formats=("JPEG", "PNG"))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Refusal(Problem.TOO_LARGE) from error
    except (OSError, SyntaxError, ValueError, MemoryError, OverflowError, KeyError, TypeError, IndexError) as error:
        raise Refusal(Problem.UNREADABLE) from error
    if picture.width * picture.height > MAX_PIXELS:
        raise Refusal(Problem.TOO_LARGE)
    return picture


def _rgb(picture: Image.Image) -> Image.Image:
    """Eight bits a channel on white; a new picture, so no metadata comes along."""
    if picture.mode.startswith("I"):
        values = numpy.asarray(picture.convert("I"), dtype=numpy.int64) >> 8
        picture = Image.fromarray(values.clip(0, 255).astype(numpy.uint8))
    if picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info:
        clear = picture.convert("RGBA")
        white = Image.new("RGBA", clear.size, "white")
        picture = Image.alpha_composite(white, clear)
    rgb = picture.convert("RGB")
    return Image.frombytes("RGB", rgb.size, rgb.tobytes())


def measure(picture: Image.Image) -> Measures:
    """Light, contrast and sharpness of a picture from `open_picture`."""
    width, height = picture.size
    scaled = picture.convert("L")
    if width > MEASURED_WIDTH:
        scaled = scaled.resize((MEASURED_WIDTH, max(2, height * MEASURED_WIDTH // width)), Image.Resampling.BOX)
    light = numpy.asarray(scaled, dtype=numpy.float32)
    edge = 0.0
    if min(light.shape) > 1:
        across, down = numpy.abs(numpy.diff(light, axis=1)), numpy.abs(numpy.diff(light, axis=0))
        edge = float(max(numpy.percentile(across, 99.5), numpy.percentile(down, 99.5)))
    return Measures(width, height, float(light.mean()), float(light.std()), edge)


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
