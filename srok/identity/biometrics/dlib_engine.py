"""The default face engine: dlib's HOG detector, 5-point predictor and ResNet (design/cards.md section 6).

The model files are read by path: the package that brings them is never imported (it needs `pkg_resources`, which
newer setuptools no longer have). A picture is looked at in a bounded size, so an answer takes bounded time.
"""

from functools import cached_property
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import Any

import dlib
import numpy
from PIL import Image

from srok.identity.biometrics.engine import FoundFace, Point

# Widths at which a picture is looked at; the last one only when nothing was found: somebody stands far away.
WIDTHS, FAR_WIDTH = (600, 400), 1200
# dlib's own threshold is 0. The one person in front of the camera is believed a little earlier, a second one is not.
SURE, POSSIBLE = 0.0, -0.3
LARGEST_HEIGHT = 1600
TURNS = {90: Image.Transpose.ROTATE_90, 180: Image.Transpose.ROTATE_180, 270: Image.Transpose.ROTATE_270}
SAME_FACE = 0.25


class DlibEngine:
    """dlib behind the seam. The detector takes a third of a second to load, the network less than a tenth."""

    name = "dlib"

    def __init__(self) -> None:
        self.version = version("dlib-bin")
        self._one_at_a_time = Lock()
        spec = find_spec("face_recognition_models")
        if spec is None or not spec.submodule_search_locations:
            raise ImportError("face_recognition_models")
        self._models = Path(next(iter(spec.submodule_search_locations))) / "models"

    @cached_property
    def _detector(self) -> Any:
        return dlib.get_frontal_face_detector()

    @cached_property
    def _points(self) -> Any:
        return dlib.shape_predictor(str(self._models / "shape_predictor_5_face_landmarks.dat"))

    @cached_property
    def _network(self) -> Any:
        return dlib.face_recognition_model_v1(str(self._models / "dlib_face_recognition_resnet_model_v1.dat"))

    def faces(self, picture: Image.Image) -> list[FoundFace]:
        """Every face, the surest first. One that is found only lying or far away is found as that."""
        with self._one_at_a_time:
            found = self._looked(picture, WIDTHS[0])
            if not found or found[0].score < SURE:
                found = _best([*found, *self._looked(picture, WIDTHS[1])])
            if not found and picture.width > WIDTHS[0]:
                found = self._looked(picture, min(FAR_WIDTH, picture.width))
            return found or self._lying(picture)

    def template(self, picture: Image.Image, face: FoundFace) -> bytes:
        """128 float32 of the face as dlib's ResNet sees it, little-endian."""
        with self._one_at_a_time:
            pixels, scale = _scaled(picture, WIDTHS[0])
            left, top, right, bottom = (round(side * scale) for side in face.box)
            shape = self._points(pixels, dlib.rectangle(left, top, right, bottom))
            described = self._network.compute_face_descriptor(pixels, shape)
        return numpy.asarray(described, dtype="<f4").tobytes()

    def _lying(self, picture: Image.Image) -> list[FoundFace]:
        for degrees, turn in TURNS.items():
            found = self._looked(picture.transpose(turn), WIDTHS[1])
            if found and found[0].score >= SURE:
                return [FoundFace(one.box, one.eyes, one.score, degrees) for one in found]
        return []

    def _looked(self, picture: Image.Image, width: int) -> list[FoundFace]:
        pixels, scale = _scaled(picture, width)
        boxes, scores, _ = self._detector.run(pixels, 0, POSSIBLE)
        return _best([self._face(pixels, scale, box, score) for box, score in zip(boxes, scores, strict=True)])

    def _face(self, pixels: Any, scale: float, box: Any, score: float) -> FoundFace:
        corners = [(point.x / scale, point.y / scale) for point in self._points(pixels, box).parts()]
        right, left = _middle(corners[0], corners[1]), _middle(corners[2], corners[3])
        sides = (box.left() / scale, box.top() / scale, box.right() / scale, box.bottom() / scale)
        return FoundFace(sides, (left, right), float(score))


def _scaled(picture: Image.Image, width: int) -> tuple[Any, float]:
    """The pixels at this width (never more than LARGEST_HEIGHT high), and the scale."""
    scale = min(width / picture.width, LARGEST_HEIGHT / picture.height)
    size = max(1, round(picture.width * scale)), max(1, round(picture.height * scale))
    return numpy.asarray(picture.resize(size, Image.Resampling.BOX, reducing_gap=2.0)), scale


def _middle(one: Point, other: Point) -> Point:
    return (one[0] + other[0]) / 2, (one[1] + other[1]) / 2


def _best(found: list[FoundFace]) -> list[FoundFace]:
    """The surest face, and those beside it that are sure; the same face found twice counts once."""
    kept: list[FoundFace] = []
    for one in sorted(found, key=lambda face: -face.score):
        if kept and (one.score < SURE or any(_overlap(one, other) > SAME_FACE for other in kept)):
            continue
        kept.append(one)
    return kept


def _overlap(one: FoundFace, other: FoundFace) -> float:
    """The part of the smaller box that lies in the other."""
    left, top = max(one.box[0], other.box[0]), max(one.box[1], other.box[1])
    right, bottom = min(one.box[2], other.box[2]), min(one.box[3], other.box[3])
    areas = [(face.box[2] - face.box[0]) * (face.box[3] - face.box[1]) for face in (one, other)]
    return max(0.0, right - left) * max(0.0, bottom - top) / max(1.0, min(areas))
