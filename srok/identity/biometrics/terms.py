"""Words of the biometrics: quality of a portrait (គុណភាពរូបថត) and the bounds of what is opened at all."""

from dataclasses import dataclass
from enum import StrEnum

# Bounds of the service: no law gives them. A picture outside them is never unpacked.
MAX_BYTES = 20 * 1024 * 1024
MAX_PIXELS = 50_000_000
MIN_WIDTH, MIN_HEIGHT = 480, 600
# What is kept: large enough for a card at 600 dpi, small enough for a mission's line.
KEPT_WIDTH, KEPT_HEIGHT = 1200, 1500
THUMBNAIL_SIZE = (60, 75)
THUMBNAIL_BYTES = 500
# The purpose under which portraits are sealed.
SEALED_FOR = "biometrics.portrait"


class Problem(StrEnum):
    """What is wrong with a picture; each has a sentence that says what to do."""

    UNREADABLE = "biometrics.unreadable"
    TOO_LARGE = "biometrics.too_large"
    TOO_SMALL = "biometrics.too_small"
    NOT_UPRIGHT = "biometrics.not_upright"
    TOO_DARK = "biometrics.too_dark"
    TOO_BRIGHT = "biometrics.too_bright"
    FLAT = "biometrics.flat"
    BLURRED = "biometrics.blurred"
    # What only a face engine can see: FACE, below.
    NO_FACE = "biometrics.no_face"
    SEVERAL_FACES = "biometrics.several_faces"
    EYES_TOO_NEAR = "biometrics.eyes_too_near"
    TOO_CLOSE = "biometrics.too_close"
    HEAD_ROLLED = "biometrics.head_rolled"
    OFF_CENTRE = "biometrics.off_centre"
    BUSY_BACKGROUND = "biometrics.busy_background"
    UNEVEN_LIGHT = "biometrics.uneven_light"
    FACE_DARK = "biometrics.face_dark"
    FACE_BRIGHT = "biometrics.face_bright"
    FACE_BLURRED = "biometrics.face_blurred"


# HARD problems block everywhere. FACE problems are told at once; at a counter they block until the officer takes the
# photo as it is, with a reason; a folder of a mission tells them and goes on.
FACE: frozenset[str] = frozenset(
    {
        Problem.NO_FACE, Problem.SEVERAL_FACES, Problem.EYES_TOO_NEAR, Problem.TOO_CLOSE, Problem.HEAD_ROLLED,
        Problem.OFF_CENTRE, Problem.BUSY_BACKGROUND, Problem.UNEVEN_LIGHT, Problem.FACE_DARK, Problem.FACE_BRIGHT,
        Problem.FACE_BLURRED,
    }
)  # fmt: skip
HARD: frozenset[str] = frozenset(Problem) - FACE

NO_FACE_ENGINE = "biometrics.no_face_engine"


@dataclass(frozen=True, slots=True)
class Measures:
    """What was measured on the upright grey picture. Light values run from 0 (black) to 255 (white).

    `edge` is the steepest light change between neighbouring pixels (99.5th percentile) at 480 pixels' width.
    """

    width: int
    height: int
    mean: float
    spread: float
    edge: float


@dataclass(frozen=True, slots=True)
class FaceMeasures:
    """What was measured of the surest of `count` faces. Light runs from 0 to 255.

    `eyes_apart` pixels between the middles of the eyes, `eyes_part` the same as a part of the width; `roll` degrees,
    positive when the picture's right eye lies lower; `across`, `down` where the middle of the eyes lies (0 to 1);
    `dim`, `lit` median light of the darker and the lighter cheek; `contrast` within the face; `edge` steepest light
    change at the eyes; `busy` the part of the background that shows edges (0 to 1).
    """

    count: int
    eyes_apart: float = 0.0
    roll: float = 0.0
    across: float = 0.5
    down: float = 0.4
    eyes_part: float = 0.2
    dim: float = 128.0
    lit: float = 128.0
    contrast: float = 255.0
    edge: float = 255.0
    busy: float = 0.0


@dataclass(frozen=True, slots=True)
class Quality:
    """The verdict on a portrait: usable or not, why not, and what nobody looked at.

    `problems` are all of them, to be told at once: the HARD ones first, the same on every machine, then those of the
    FACE, which only a face engine sees.
    """

    ok: bool
    problems: tuple[str, ...]
    not_checked: tuple[str, ...] = (NO_FACE_ENGINE,)

    @property
    def hard(self) -> tuple[str, ...]:
        """The problems that block everywhere: with any of them the portrait is not kept."""
        return tuple(code for code in self.problems if code not in FACE)

    @property
    def face(self) -> tuple[str, ...]:
        """The problems of the face: told; an officer may take the photo as it is, with a reason."""
        return tuple(code for code in self.problems if code in FACE)


# Facts of the journal that must carry a public leaf: none in this room.
COVERED: frozenset[str] = frozenset()
