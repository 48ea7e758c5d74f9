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
class Quality:
    """The verdict on a portrait: usable or not, why not, and what nobody looked at."""

    ok: bool
    problems: tuple[str, ...]
    not_checked: tuple[str, ...] = (NO_FACE_ENGINE,)


# Facts of the journal that must carry a public leaf: none in this room.
COVERED: frozenset[str] = frozenset()
