"""Drawn pictures for tests: a face of circles, with the faults that a counter meets. Nobody real."""

from io import BytesIO

from PIL import Image, ImageDraw, ImageFilter


def face(width: int = 600, height: int = 750, *, background: str = "#d8dee6", skin: str = "#b98a62") -> Image.Image:
    """An upright drawn portrait: head, hair, eyes, mouth, shoulders."""
    picture = Image.new("RGB", (width, height), background)
    draw = ImageDraw.Draw(picture)
    across, down = width / 600, height / 750
    draw.ellipse((150 * across, 120 * down, 450 * across, 520 * down), fill=skin)
    draw.pieslice((140 * across, 90 * down, 460 * across, 420 * down), 180, 360, fill="#1c1512")
    for left in (235, 335):
        draw.ellipse((left * across, 300 * down, (left + 35) * across, 322 * down), fill="#101010")
    draw.arc((250 * across, 380 * down, 350 * across, 440 * down), 20, 160, fill="#5a2a22", width=6)
    draw.rectangle((90 * across, 560 * down, 510 * across, height), fill="#27406b")
    return picture


def coded(picture: Image.Image, kind: str = "JPEG", **options: object) -> bytes:
    """The picture as a file."""
    out = BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def blurred(picture: Image.Image) -> Image.Image:
    """As a shaking hand would have taken it."""
    return picture.filter(ImageFilter.GaussianBlur(14))
