"""The seam of the face engine: what an engine can be asked, and which one is here. It is loaded when first asked.

The default engine is dlib with the models of `face_recognition_models` (`dlib_engine.py`). Another one, for example
OFIQ (the reference implementation of ISO/IEC 29794-5), takes its place by `SROK_FACE_ENGINE=module:Class`: a class
without arguments that keeps `FaceEngine`.
"""

import os
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from typing import Protocol

from PIL import Image

from srok.ground.kernel.refusal import Refusal

DEFAULT = "srok.identity.biometrics.dlib_engine:DlibEngine"
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class FoundFace:
    """A face in a picture, in its pixels: `box` left, top, right, bottom; `eyes` as seen, the left one of the picture
    first; `score` in the engine's own measure (larger is surer); `turned` degrees by which the whole picture was
    turned before the face was found (0, 90, 180 or 270)."""

    box: tuple[float, float, float, float]
    eyes: tuple[Point, Point]
    score: float
    turned: int = 0


class FaceEngine(Protocol):
    """What a face engine promises. It may be called from any thread and never reads anything but the picture."""

    name: str
    version: str

    def faces(self, picture: Image.Image) -> list[FoundFace]:
        """Every face in an upright RGB picture, the surest first; empty when there is none. Bounded in time."""
        ...

    def template(self, picture: Image.Image, face: FoundFace) -> bytes:
        """The face as 128 little-endian float32 (512 bytes); near faces have a small Euclidean distance."""
        ...


@lru_cache(maxsize=1)
def engine() -> FaceEngine | None:
    """The face engine of this machine, or None where none is installed. Raises `biometrics.engine_broken`."""
    named = os.environ.get("SROK_FACE_ENGINE", DEFAULT)
    if named == "none" or (named == DEFAULT and not _dlib_is_here()):
        return None
    module, _, name = named.partition(":")
    try:
        made: FaceEngine = getattr(import_module(module), name)()
    except (ImportError, AttributeError, OSError, RuntimeError, TypeError) as error:
        raise Refusal("biometrics.engine_broken", engine=named[:80]) from error
    return made


def _dlib_is_here() -> bool:
    return find_spec("dlib") is not None and find_spec("face_recognition_models") is not None
