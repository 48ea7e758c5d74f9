"""Portraits of people who do not exist: ellipses and lines whose measures come from a hash of the row."""

from dataclasses import dataclass
from hashlib import blake2b, shake_256

import numpy
from PIL import Image, ImageDraw, ImageFilter

WIDTH, HEIGHT, SCALE = 600, 750, 2
Colour = tuple[int, int, int]
Row = dict[str, str]


class Draws:
    """Whole numbers drawn from a hash of a text: the same text, the same numbers, on every machine."""

    def __init__(self, path: str) -> None:
        self._path, self._turn = path, 0

    def below(self, bound: int) -> int:
        """A number from 0 up to, not including, `bound`."""
        self._turn += 1
        return int.from_bytes(blake2b(f"{self._path}/{self._turn}".encode(), digest_size=6).digest()) % bound

    def near(self, middle: int, spread: int) -> int:
        """A number around `middle`."""
        return middle - spread + self.below(2 * spread + 1)


@dataclass(frozen=True)
class Face:
    """The measures of a face, in pixels of the doubled canvas."""

    woman: bool
    age: int
    monk: bool
    skin: Colour
    hair: Colour
    dress: Colour
    head_w: int
    head_h: int
    eyes: int
    eye_w: int
    brow: int
    nose: int
    mouth_w: int
    mouth_y: int
    fringe: int
    long_hair: bool
    glasses: bool
    tilt: int


SKINS = [(214, 170, 128), (200, 152, 110), (186, 138, 98), (222, 182, 142), (172, 124, 88), (206, 160, 122)]
DRESSES = [
    (44, 62, 92),
    (120, 40, 52),
    (58, 92, 76),
    (92, 82, 70),
    (70, 70, 78),
    (150, 120, 60),
    (64, 96, 130),
    (210, 210, 206),
]


def face_of(row: Row) -> Face:
    """The face of a person: by parents and birth date, so that one person twice, and twins, look the same."""
    parts = ("family_latin", "given_latin")
    parents = " ".join(sorted(row[f"{parent}_{part}"] for parent in ("father", "mother") for part in parts))
    draws = Draws(f"face {parents} {row['sex']} {row['birth_date']}")
    year = int(next(part for part in _digits(row["birth_date"]) if len(part) == 4))
    age, woman = 2025 - year, row["sex"] == "F"
    grey = max(0, min(150, (age - 48) * 5)) + draws.below(10)
    return Face(
        woman=woman, age=age, monk=row["status"] == "monk", skin=SKINS[draws.below(len(SKINS))],
        hair=(24 + grey, 20 + grey, 18 + grey), dress=DRESSES[draws.below(len(DRESSES))],
        head_w=draws.near(176 if woman else 188, 14), head_h=draws.near(236, 16), eyes=draws.near(92, 9),
        eye_w=draws.near(40, 6), brow=draws.near(0, 7), nose=draws.near(40, 9), mouth_w=draws.near(60, 12),
        mouth_y=draws.near(130, 8), fringe=draws.below(5), long_hair=woman and draws.below(3) > 0,
        glasses=age > 45 and draws.below(3) == 0, tilt=draws.near(0, 3),
    )  # fmt: skip


def _digits(text: str) -> list[str]:
    plain = text.translate({0x17E0 + number: str(number) for number in range(10)})
    return plain.replace(".", "-").replace("/", "-").split("-")


def shade(colour: Colour, by: int) -> Colour:
    """The colour, lighter or darker."""
    red, green, blue = (max(0, min(255, part + by)) for part in colour)
    return red, green, blue


def portrait(row: Row) -> Image.Image:
    """A drawn portrait, 600 by 750, upright, on light grey, with the grain of a photo."""
    face = face_of(row)
    canvas = _background()
    layer = Image.new("RGBA", canvas.size, (0, 0, 0, 0))
    pen = ImageDraw.Draw(layer)
    cx, cy = WIDTH * SCALE // 2, 640
    _hair_behind(pen, face, cx, cy)
    _body(pen, face, cx, cy)
    _head(pen, face, cx, cy)
    _light(layer, face, cx, cy)
    pen = ImageDraw.Draw(layer)
    _years(pen, face, cx, cy)
    _hair(pen, face, cx, cy)
    for side in (-1, 1):
        _eye(pen, face, cx + side * face.eyes, cy - 8, side)
    _nose_and_mouth(pen, face, cx, cy)
    _glasses(pen, face, cx, cy)
    layer = layer.rotate(face.tilt / 2, center=(cx, cy + 500), resample=Image.Resampling.BICUBIC)
    canvas.paste(layer, (0, 0), layer)
    # The head fills about two thirds of the height, as a passport photo's does.
    near = canvas.crop((cx - 380, cy - 400, cx + 380, cy + 550))
    small = near.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
    return _grained(small, row["reference"])


def _background() -> Image.Image:
    ramp = numpy.linspace(226, 204, HEIGHT * SCALE)[:, None] + numpy.linspace(4, -4, WIDTH * SCALE)[None, :]
    grey = numpy.repeat(ramp[:, :, None], 3, axis=2) + numpy.array([-2.0, 0.0, 3.0])
    return Image.fromarray(grey.clip(0, 255).astype(numpy.uint8))


def _grained(picture: Image.Image, seed: str) -> Image.Image:
    noise = numpy.frombuffer(shake_256(seed.encode()).digest(WIDTH * HEIGHT), dtype=numpy.uint8)
    grain = (noise.reshape(HEIGHT, WIDTH, 1).astype(numpy.int16) - 128) // 22
    pixels = numpy.asarray(picture, dtype=numpy.int16) + grain
    return Image.fromarray(pixels.clip(0, 255).astype(numpy.uint8))


def _hair_behind(pen: ImageDraw.ImageDraw, face: Face, cx: int, cy: int) -> None:
    if face.long_hair:
        w, h = face.head_w + 46, face.head_h
        pen.ellipse((cx - w, cy - h - 50, cx + w, cy + 200), fill=face.hair)
        pen.rounded_rectangle((cx - w + 8, cy - 20, cx + w - 8, cy + 440), 90, fill=face.hair)


def _body(pen: ImageDraw.ImageDraw, face: Face, cx: int, cy: int) -> None:
    neck = shade(face.skin, -26)
    dress = (206, 122, 34) if face.monk else face.dress
    top = cy + face.head_h + 90
    pen.ellipse((cx - 470, top, cx + 470, top + 1000), fill=dress)
    pen.rounded_rectangle((cx - 88, cy + 120, cx + 88, top + 70), 60, fill=neck)
    if face.monk:
        pen.polygon(
            [(cx - 330, top + 60), (cx + 120, top + 10), (cx + 40, 1500), (cx - 500, 1500)], fill=shade(dress, 18)
        )
        return
    pen.polygon([(cx - 92, top + 6), (cx + 92, top + 6), (cx, top + 150)], fill=shade(face.skin, -16))
    for side in (-1, 1):
        collar = [(cx + side * 96, top - 8), (cx + side * 210, top + 60), (cx, top + 190)]
        pen.polygon(collar, fill=shade(dress, 34), outline=shade(dress, -30), width=4)


def _head(pen: ImageDraw.ImageDraw, face: Face, cx: int, cy: int) -> None:
    w, h = face.head_w, face.head_h
    for side in (-1, 1):
        x = cx + side * (w - 2)
        pen.ellipse((x - 30, cy - 40, x + 30, cy + 70), fill=shade(face.skin, -16))
        pen.arc((x - 16, cy - 22, x + 16, cy + 50), 60, 300, fill=shade(face.skin, -50), width=5)
    pen.ellipse((cx - w, cy - h, cx + w, cy + h - 40), fill=face.skin)
    pen.rounded_rectangle((cx - w + 6, cy - 60, cx + w - 6, cy + h - 70), 130, fill=face.skin)
    pen.ellipse((cx - w + 34, cy - 40, cx + w - 34, cy + h), fill=face.skin)


def _light(layer: Image.Image, face: Face, cx: int, cy: int) -> None:
    """Soft shadow on one side of the face and warmth on the cheeks."""
    soft = Image.new("RGBA", layer.size, (0, 0, 0, 0))
    pen = ImageDraw.Draw(soft)
    pen.ellipse((cx + 70, cy - 160, cx + face.head_w + 60, cy + face.head_h), fill=(60, 30, 10, 74))
    for side in (-1, 1):
        pen.ellipse((cx + side * 100 - 56, cy + 50, cx + side * 100 + 56, cy + 120), fill=(196, 90, 70, 44))
    pen.ellipse((cx - 120, cy + face.head_h - 30, cx + 120, cy + face.head_h + 80), fill=(40, 20, 10, 90))
    soft = soft.filter(ImageFilter.GaussianBlur(34))
    inside = layer.getchannel("A")
    mixed = Image.alpha_composite(layer, soft)
    mixed.putalpha(inside)
    layer.paste(mixed)


def _hair(pen: ImageDraw.ImageDraw, face: Face, cx: int, cy: int) -> None:
    w, h = face.head_w, face.head_h
    if face.monk:
        pen.chord((cx - w + 4, cy - h + 2, cx + w - 4, cy + 40), 200, 340, fill=shade(face.skin, -10))
        return
    drop = 40 + face.fringe * 10
    pen.chord((cx - w - 14, cy - h - 34, cx + w + 14, cy + 190), 196, 344, fill=face.hair)
    if face.woman:
        part = cx - 60 + face.fringe * 30
        pen.polygon([(cx - w - 14, cy + 60), (cx - w + 26, cy + 30), (part, cy - h + drop), (cx + w - 26, cy + 30),
                     (cx + w + 14, cy + 60), (cx + w + 6, cy - 120), (cx, cy - h - 20), (cx - w - 6, cy - 120)],
                    fill=face.hair)  # fmt: skip
        pen.line((part, cy - h + drop, part + 8, cy - h - 26), fill=shade(face.hair, 34), width=6)
    else:
        pen.rectangle((cx - w - 8, cy - 110, cx - w + 22, cy - 10), fill=face.hair)
        pen.rectangle((cx + w - 22, cy - 110, cx + w + 8, cy - 10), fill=face.hair)
        pen.chord((cx - w + 6, cy - h + drop - 20, cx + w - 6, cy - h + drop + 150), 180, 360, fill=face.hair)
        pen.ellipse((cx - w + 24, cy - h + drop + 22, cx + w - 24, cy + 60), fill=face.skin)
    for number in range(5):
        inset = 26 + number * 22
        box = (cx - w + inset, cy - h - 34 + inset // 2, cx + w - inset, cy + 150)
        pen.arc(box, 238 + number * 3, 262 + number * 4, fill=shade(face.hair, 24), width=5)


def _eye(pen: ImageDraw.ImageDraw, face: Face, x: int, y: int, side: int) -> None:
    w, h = face.eye_w, 17 if face.age < 60 else 14
    pen.ellipse((x - w, y - h, x + w, y + h), fill=(244, 240, 234))
    pen.ellipse((x - 18, y - 18, x + 18, y + 18), fill=(58, 36, 24))
    pen.ellipse((x - 9, y - 9, x + 9, y + 9), fill=(12, 8, 8))
    pen.ellipse((x - 9, y - 11, x - 2, y - 4), fill=(250, 250, 250))
    pen.chord((x - w - 2, y - h - 8, x + w + 2, y + h + 6), 195, 345, fill=shade(face.skin, -12))
    pen.arc((x - w - 2, y - h - 2, x + w + 2, y + h + 8), 190, 350, fill=(28, 18, 14), width=8 if face.woman else 6)
    pen.arc((x - w, y - h - 6, x + w, y + h), 20, 160, fill=shade(face.skin, -46), width=3)
    lift = face.brow + (6 if face.woman else 0)
    brow = shade(face.hair, 12)
    pen.arc((x - w - 18, y - 62 - lift, x + w + 18, y + 10), 200 + side * 6, 340 + side * 6, fill=brow,
            width=9 if face.woman else 14)  # fmt: skip


def _nose_and_mouth(pen: ImageDraw.ImageDraw, face: Face, cx: int, cy: int) -> None:
    dark = shade(face.skin, -54)
    pen.arc((cx - face.nose, cy + 34, cx + face.nose, cy + 88), 20, 160, fill=dark, width=6)
    for side in (-1, 1):
        pen.ellipse((cx + side * face.nose // 2 - 9, cy + 72, cx + side * face.nose // 2 + 9, cy + 84), fill=dark)
        pen.arc((cx + side * face.nose - 16, cy + 48, cx + side * face.nose + 16, cy + 90), 20, 160, fill=dark, width=4)
    pen.line((cx + 14, cy - 20, cx + 18, cy + 50), fill=shade(face.skin, -24), width=5)
    y, w = cy + face.mouth_y, face.mouth_w
    lip = (168, 74, 72) if face.woman else shade(face.skin, -52)
    pen.chord((cx - w, y - 22, cx + w, y + 26), 0, 180, fill=shade(lip, 14))
    pen.chord((cx - w, y - 14, cx + w, y + 14), 180, 360, fill=lip)
    pen.line((cx - w, y, cx - w // 3, y + 3, cx + w // 3, y + 3, cx + w, y), fill=shade(lip, -70), width=5)


def _years(pen: ImageDraw.ImageDraw, face: Face, cx: int, cy: int) -> None:
    if face.age < 50:
        return
    line = shade(face.skin, -34)
    for side in (-1, 1):
        box = sorted((cx + side * 60, cx + side * 150))
        pen.arc(
            (box[0], cy + 50, box[1], cy + 170), 200 if side > 0 else 290, 250 if side > 0 else 340, fill=line, width=5
        )
        x = cx + side * face.eyes
        pen.arc((x - 46, cy + 4, x + 46, cy + 44), 20, 160, fill=line, width=4)
    for number in range(3 if face.age > 60 else 2):
        pen.arc((cx - 90, cy - 150 + number * 26, cx + 90, cy - 110 + number * 26), 200, 340, fill=line, width=4)


def _glasses(pen: ImageDraw.ImageDraw, face: Face, cx: int, cy: int) -> None:
    if not face.glasses:
        return
    frame = (34, 34, 40)
    for side in (-1, 1):
        x = cx + side * face.eyes
        pen.rounded_rectangle((x - 68, cy - 50, x + 68, cy + 42), 30, outline=frame, width=7)
    pen.line((cx - face.eyes + 68, cy - 14, cx + face.eyes - 68, cy - 14), fill=frame, width=7)
