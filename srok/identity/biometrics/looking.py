"""What is measured of a portrait once the face is known: numpy only, the same for every engine."""

from math import atan2, degrees, hypot
from typing import Any

import numpy
from PIL import Image

from srok.ground.kernel.refusal import Refusal
from srok.identity.biometrics import images
from srok.identity.biometrics.engine import FaceEngine, FoundFace
from srok.identity.biometrics.terms import KEPT_WIDTH, FaceMeasures

# The picture is measured at this width; sharpness on the eyes' region at a width of its own.
WIDTH, REGION = 300, 160
# A step of light between neighbouring pixels that counts as an edge of the background.
EDGE = 14.0
LEAST_BACKGROUND = 400


def measured(picture: Image.Image, faces: list[FoundFace]) -> FaceMeasures:
    """Measures of the surest face; with no face only their number says something."""
    if not faces:
        return FaceMeasures(count=0)
    face = faces[0]
    (left_x, left_y), (right_x, right_y) = face.eyes
    apart = hypot(right_x - left_x, right_y - left_y)
    if face.turned:
        return FaceMeasures(count=len(faces), eyes_apart=apart, roll=float(face.turned))
    grey, scale = _grey(picture)
    dim, lit = _light(grey, face, scale)
    return FaceMeasures(
        count=len(faces), eyes_apart=apart, roll=degrees(atan2(right_y - left_y, right_x - left_x)),
        across=(left_x + right_x) / 2 / picture.width, down=(left_y + right_y) / 2 / picture.height,
        eyes_part=apart / picture.width, dim=dim, lit=lit, contrast=_contrast(grey, face, scale),
        edge=_sharpness(picture, face, apart), busy=_busy(picture, face, apart),
    )  # fmt: skip


def template_in(found: FaceEngine, data: bytes) -> bytes:
    """The numbers of the one face of a picture; raises `biometrics.no_face`, `biometrics.several_faces`, or the
    code of a picture that cannot be opened."""
    picture = images.smaller(images.open_picture(data), KEPT_WIDTH)
    faces = found.faces(picture)
    if len(faces) != 1 or faces[0].turned:
        raise Refusal("biometrics.several_faces" if len(faces) > 1 else "biometrics.no_face", field="portrait")
    return found.template(picture, faces[0])


def _grey(picture: Image.Image) -> tuple[Any, float]:
    scale = WIDTH / picture.width
    size = WIDTH, max(2, round(picture.height * scale))
    small = picture.convert("L").resize(size, Image.Resampling.BOX, reducing_gap=2.0)
    return numpy.asarray(small, dtype=numpy.float32), scale


def _part(grey: Any, left: float, top: float, right: float, bottom: float) -> Any:
    """The pixels of a box, cut at the border; at least one."""
    height, width = grey.shape
    x, y = min(max(0, int(left)), width - 1), min(max(0, int(top)), height - 1)
    return grey[y : max(y + 1, int(bottom)), x : max(x + 1, int(right))]


def _light(grey: Any, face: FoundFace, scale: float) -> tuple[float, float]:
    """The median light of the two cheeks, the darker one first."""
    (left_x, left_y), (right_x, right_y) = face.eyes
    apart = hypot(right_x - left_x, right_y - left_y) * scale
    sides = []
    for x, y in ((left_x * scale, left_y * scale), (right_x * scale, right_y * scale)):
        cheek = _part(grey, x - apart * 0.2, y + apart * 0.3, x + apart * 0.2, y + apart * 0.75)
        sides.append(float(numpy.median(cheek)))
    return min(sides), max(sides)


def _contrast(grey: Any, face: FoundFace, scale: float) -> float:
    """Light between the 2nd and the 98th of a hundred parts of the face."""
    inside = _part(grey, *(side * scale for side in face.box))
    return float(numpy.percentile(inside, 98) - numpy.percentile(inside, 2))


def _sharpness(picture: Image.Image, face: FoundFace, apart: float) -> float:
    """The steepest light change (99.5th percentile) around the eyes, at a width at which blur can be seen."""
    (left_x, left_y), (right_x, right_y) = face.eyes
    x, y = (left_x + right_x) / 2, (left_y + right_y) / 2
    box = (int(x - apart), int(y - apart * 0.5), int(x + apart) + 1, int(y + apart * 0.9) + 1)
    box = (max(0, box[0]), max(0, box[1]), min(picture.width, box[2]), min(picture.height, box[3]))
    if box[2] - box[0] < 8 or box[3] - box[1] < 8:
        return 0.0
    region = picture.crop(box).convert("L")
    height = max(8, round(region.height * REGION / region.width))
    light = numpy.asarray(region.resize((REGION, height), Image.Resampling.BOX), dtype=numpy.float32)
    steps = [numpy.abs(numpy.diff(light, axis=axis)) for axis in (0, 1)]
    return float(max(numpy.percentile(step, 99.5) for step in steps))


def _busy(picture: Image.Image, face: FoundFace, apart: float) -> float:
    """The part of the background, from the top of the picture down to the chin, that shows edges (0 to 1).

    Hair and shoulders are left out: 1.75 eye distances to either side of the middle, and all below the mouth.
    """
    scale = WIDTH / picture.width
    size = WIDTH, max(2, round(picture.height * scale))
    rgb = numpy.asarray(picture.resize(size, Image.Resampling.BOX, reducing_gap=2.0), dtype=numpy.float32)
    across = numpy.abs(numpy.diff(rgb, axis=1)).max(axis=2)[:-1, :]
    down = numpy.abs(numpy.diff(rgb, axis=0)).max(axis=2)[:, :-1]
    edges = numpy.maximum(across, down) > EDGE
    middle = (face.eyes[0][0] + face.eyes[1][0]) / 2 * scale
    line = (face.eyes[0][1] + face.eyes[1][1]) / 2 * scale
    columns = numpy.abs(numpy.arange(edges.shape[1]) - middle) > 1.75 * apart * scale
    rows = numpy.arange(edges.shape[0]) < line + 0.8 * apart * scale
    high = numpy.arange(edges.shape[0]) < line - 1.9 * apart * scale
    seen = (rows[:, None] & columns[None, :]) | high[:, None]
    return float(edges[seen].mean()) if int(seen.sum()) >= LEAST_BACKGROUND else 0.0
