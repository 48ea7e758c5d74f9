"""Words of the fingerprints (ស្នាមម្រាមដៃ): ten fingers, what was found of each, a device's shot. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID

from srok.ground.kernel.dates import PartialDate


class Finger(StrEnum):
    """The ten fingers, in the order of their codes 1 to 10 in ISO/IEC 19794-2."""

    RIGHT_THUMB = "right_thumb"
    RIGHT_INDEX = "right_index"
    RIGHT_MIDDLE = "right_middle"
    RIGHT_RING = "right_ring"
    RIGHT_LITTLE = "right_little"
    LEFT_THUMB = "left_thumb"
    LEFT_INDEX = "left_index"
    LEFT_MIDDLE = "left_middle"
    LEFT_RING = "left_ring"
    LEFT_LITTLE = "left_little"


class Found(StrEnum):
    """What was found of a finger."""

    CAPTURED = "captured"  # បានផ្ដិត
    MISSING = "missing"  # គ្មានម្រាម
    BANDAGED = "bandaged"  # រុំរបួស
    UNABLE = "unable"  # ផ្ដិតមិនបាន


EXCEPTIONS = frozenset({Found.MISSING, Found.BANDAGED, Found.UNABLE})
# Bounds of the service: a shot is at most this large and small, at 500 pixels an inch (the usual single-finger device).
MAX_SHOT_BYTES, MIN_SIDE, MAX_SIDE, PPI = 4 * 1024 * 1024, 200, 2000, 500
# A print of this NFIQ 2 quality is kept at once; after this many tries the best one is kept, whatever it is.
GOOD_QUALITY, MOST_TRIES = 35, 3
PRINTS_SEALED_FOR = "biometrics/finger-template"
# What a waiver by rule costs: the card is handed over only after two officers have compared the face.
CONSEQUENCE = "biometrics.two_officers_compare"
WAIVED_BY_AGE = "fingers.waiver_age"
# An officer stands out with this many people and twice the exceptions of the office.
ENOUGH_PEOPLE, TIMES_THE_OFFICE = 10, 2.0


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture of a device: an 8-bit grey PNG at 500 pixels an inch, and the quality the device itself gives it
    (0 to 100, None where it gives none)."""

    image: bytes
    quality: int | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read of a shot: quality (NFIQ 2, 0 to 100), points found, template (ISO/IEC 19794-2:2005)."""

    quality: int
    points: int
    template: bytes


@dataclass(frozen=True, slots=True)
class PrintMeasures:
    """How the finger lay: the part of the picture that is covered, and its middle light (0 black to 255 white)."""

    covered: float
    light: float


@dataclass(frozen=True, slots=True)
class CaptureFinger:
    """Command: take one print into the set under `key` (opaque; made by whoever takes the application)."""

    key: UUID
    finger: Finger


@dataclass(frozen=True, slots=True)
class NoteFinger:
    """Command: say why there is no print of this finger."""

    key: UUID
    finger: Finger
    found: Found


@dataclass(frozen=True, slots=True)
class WaiveFingers:
    """Command: take no fingers, by rule, of somebody born on `birth` (which is not kept here)."""

    key: UUID
    birth: PartialDate


@dataclass(frozen=True, slots=True)
class Told:
    """What to tell the person after one shot: `problems` with what to do; `kept` when this finger is finished."""

    kept: bool
    quality: int | None
    tries: int
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FingerFacts:
    """One finger of a set."""

    finger: Finger
    found: Found
    quality: int | None
    tries: int


@dataclass(frozen=True, slots=True)
class FingerRecord:
    """The set under a key: what was found of each finger, or the rule by which none is taken and what that costs."""

    key: UUID
    fingers: Mapping[Finger, FingerFacts] = field(default_factory=dict)
    waived_by: str = ""
    consequence: str = ""
    device: str = ""

    @property
    def complete(self) -> bool:
        """Whether every finger is accounted for."""
        return bool(self.waived_by) or set(self.fingers) == set(Finger)

    @property
    def found(self) -> Mapping[str, str]:
        """Per finger what was found, as plain words (`waived` for each where none is taken)."""
        if self.waived_by:
            return {str(finger): "waived" for finger in Finger}
        return {str(finger): str(one.found) for finger, one in self.fingers.items()}


@dataclass(frozen=True, slots=True)
class OfficerExceptions:
    """How often an officer found no print: people, fingers by what was found, waivers by rule, and whether that is
    far more than in the whole office."""

    officer: str
    people: int
    waived: int
    captured: int
    missing: int
    bandaged: int
    unable: int
    stands_out: bool = False

    @property
    def exceptions(self) -> int:
        """Fingers without a print."""
        return self.missing + self.bandaged + self.unable

    @property
    def rate(self) -> float:
        """The part of all fingers without a print (0 to 1)."""
        seen = self.captured + self.exceptions
        return self.exceptions / seen if seen else 0.0

    @property
    def in_hundred(self) -> int:
        """The same, of a hundred fingers, rounded."""
        return round(self.rate * 100)


@dataclass(frozen=True, slots=True)
class Span:
    """Days from `first` to `last`, both counted."""

    first: date
    last: date
