"""Drawn pictures for tests: faces of ellipses and soft shadow, with the faults that a counter meets. Nobody real.

They are drawn well enough for a detector of gradients (dlib's HOG) to find; they show nothing about how well any
engine finds or tells apart the faces of people.
"""

from dataclasses import dataclass, replace
from io import BytesIO

from PIL import Image, ImageDraw, ImageFilter

SKIN, BACKGROUND = "#b98a62", "#d8dee6"
# A head is drawn on a tile of this size, its eyes 150 apart on the middle line, and then scaled and turned.
TILE, EYES_APART, EYE_LINE = 640, 150, 300


@dataclass(frozen=True)
class Head:
    """One drawn head: who (0, 1, 2 ... differ in measures), where the eyes' middle is, how large, how turned."""

    who: int = 0
    at: tuple[float, float] = (0.5, 0.42)
    size: float = 0.30
    roll: float = 0.0
    skin: str = SKIN
    lit: tuple[float, float] = (1.0, 1.0)


def face(width: int = 600, height: int = 750, *, background: str = BACKGROUND, skin: str = SKIN) -> Image.Image:
    """An upright drawn portrait of one person: head, hair, eyes, mouth, shoulders."""
    return people(Head(skin=skin), width=width, height=height, background=background)


def people(*heads: Head, width: int = 600, height: int = 750, background: str = BACKGROUND) -> Image.Image:
    """A picture of these heads; `Head.size` is the distance of the eyes as a part of the width."""
    picture = Image.new("RGB", (width, height), background)
    for head in heads:
        scale = head.size * width / EYES_APART
        tile = _lit(_tile(head), head.lit)
        tile = tile.rotate(-head.roll, center=(TILE // 2, EYE_LINE), resample=Image.Resampling.BICUBIC)
        tile = tile.resize((round(TILE * scale), round(2 * TILE * scale)), Image.Resampling.LANCZOS)
        left = round(head.at[0] * width - TILE // 2 * scale)
        picture.paste(tile, (left, round(head.at[1] * height - EYE_LINE * scale)), tile)
    return picture


def turned(head: Head, degrees: float) -> Head:
    """The same head, rolled."""
    return replace(head, roll=degrees)


def _shade(colour: str, by: int) -> tuple[int, int, int]:
    parts = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    red, green, blue = (max(0, min(255, part + by)) for part in parts)
    return red, green, blue


def _tile(head: Head) -> Image.Image:
    """The head on a clear tile, twice as high as wide so that the shoulders come along."""
    tile = Image.new("RGBA", (TILE, 2 * TILE), (0, 0, 0, 0))
    pen = ImageDraw.Draw(tile)
    wide, long, who = 122 + 6 * (head.who % 3), 190 + 7 * (head.who % 4), head.who
    x, y = TILE // 2, EYE_LINE
    pen.ellipse((x - 300, y + long + 60, x + 300, y + long + 700), fill="#27406b")
    pen.rounded_rectangle((x - 62, y + 90, x + 62, y + long + 110), 40, fill=_shade(head.skin, -26))
    hair = ["#1c1512", "#3a2a20", "#4a4a4c", "#120e0c"][who % 4]
    pen.ellipse((x - wide - 12, y - 200, x + wide + 12, y + 110), fill=hair)
    for side in (-1, 1):
        pen.ellipse((x + side * wide - 16, y - 20, x + side * wide + 16, y + 60), fill=_shade(head.skin, -16))
    pen.ellipse((x - wide, y - 160, x + wide, y + long - 20), fill=head.skin)
    pen.chord((x - wide, y - 172, x + wide, y + 40), 196, 344, fill=hair)
    _shadow(tile, head, wide, long)
    _features(ImageDraw.Draw(tile), head)
    return tile


def _shadow(tile: Image.Image, head: Head, wide: int, long: int) -> None:
    """The soft light of a room: deep eyes, a nose that stands out, a chin above its shadow."""
    x, y = TILE // 2, EYE_LINE
    soft = Image.new("RGBA", tile.size, (0, 0, 0, 0))
    pen = ImageDraw.Draw(soft)
    for side in (-1, 1):
        eye = x + side * EYES_APART // 2
        pen.ellipse((eye - 44, y - 26, eye + 44, y + 20), fill=(40, 20, 10, 130))
        pen.ellipse((x + side * 96 - 26, y + 20, x + side * 96 + 26, y + 130), fill=(60, 30, 10, 60))
    pen.ellipse((x - 26, y + 62, x + 26, y + 88), fill=(40, 20, 10, 130))
    pen.ellipse((x - 90, y + long - 30, x + 90, y + long + 60), fill=(30, 14, 8, 120))
    soft = soft.filter(ImageFilter.GaussianBlur(11))
    clear = tile.getchannel("A")
    mixed = Image.alpha_composite(tile, soft)
    mixed.putalpha(clear)
    tile.paste(mixed)


def _features(pen: ImageDraw.ImageDraw, head: Head) -> None:
    x, y, dark, who = TILE // 2, EYE_LINE, _shade(head.skin, -62), head.who
    for side in (-1, 1):
        eye = x + side * EYES_APART // 2
        pen.ellipse((eye - 30, y - 12, eye + 30, y + 12), fill=_shade(head.skin, 60))
        pen.ellipse((eye - 13, y - 13, eye + 13, y + 13), fill=_shade(head.skin, -150))
        pen.ellipse((eye - 5, y - 8, eye, y - 3), fill=_shade(head.skin, 110))
        pen.arc((eye - 32, y - 16, eye + 32, y + 20), 190, 350, fill=_shade(head.skin, -140), width=6)
        lift = 44 + 4 * (who % 3)
        pen.arc((eye - 42, y - lift, eye + 42, y + 6), 205, 335, fill=_shade(head.skin, -130), width=9 + 2 * (who % 2))
    pen.arc((x - 24, y + 50, x + 24, y + 88), 20, 160, fill=dark, width=5)
    for side in (-1, 1):
        pen.ellipse((x + side * 13 - 6, y + 74, x + side * 13 + 6, y + 82), fill=_shade(head.skin, -110))
    low, half = y + 122 + 4 * (who % 3), 44 + 5 * (who % 4)
    pen.chord((x - half, low - 14, x + half, low + 18), 0, 180, fill=_shade(head.skin, -40))
    pen.chord((x - half, low - 10, x + half, low + 10), 180, 360, fill=dark)
    pen.line((x - half, low, x + half, low), fill=_shade(head.skin, -120), width=4)


def _lit(tile: Image.Image, lit: tuple[float, float]) -> Image.Image:
    """More or less light on the left and the right half."""
    if lit == (1.0, 1.0):
        return tile
    *colours, clear = tile.split()
    ramp = Image.linear_gradient("L").rotate(90).resize(tile.size)
    ramp = ramp.point(lambda at: max(0, min(255, 128 + (at - 128) * 2)))
    weak = [band.point(lambda light: round(light * lit[0])) for band in colours]
    strong = [band.point(lambda light: round(light * lit[1])) for band in colours]
    mixed = [Image.composite(one, other, ramp) for one, other in zip(weak, strong, strict=True)]
    return Image.merge("RGBA", [*mixed, clear])


def coded(picture: Image.Image, kind: str = "JPEG", **options: object) -> bytes:
    """The picture as a file."""
    out = BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def blurred(picture: Image.Image) -> Image.Image:
    """As a shaking hand would have taken it."""
    return picture.filter(ImageFilter.GaussianBlur(14))
