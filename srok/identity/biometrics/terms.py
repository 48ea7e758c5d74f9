"""Words of the biometrics: quality of a portrait (គុណភាពរូបថត), comparison, and the search among all faces."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from uuid import UUID

# Bounds of the service: no law gives them. A picture outside them is never unpacked.
MAX_BYTES = 20 * 1024 * 1024
MAX_PIXELS = 50_000_000
MIN_WIDTH, MIN_HEIGHT = 480, 600
# What is kept: large enough for a card at 600 dpi, small enough for a mission's line.
KEPT_WIDTH, KEPT_HEIGHT = 1200, 1500
THUMBNAIL_SIZE = (60, 75)
THUMBNAIL_BYTES = 500
# The purpose under which portraits are sealed, and the one of the numbers made of a face.
SEALED_FOR = "biometrics.portrait"
TEMPLATES_SEALED_FOR = "biometrics/face-template"
# A face is 128 numbers. dlib's own threshold for one person is a distance of 0.6; between the two an officer looks
# closer, and nothing farther than the second is shown as a candidate. No rate of errors is claimed for either.
DIMENSIONS = 128
SAME_WITHIN, OTHER_BEYOND = 0.5, 0.65
MOST_CANDIDATES = 10


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


class Verdict(StrEnum):
    """What the distance of two faces suggests to the officer who looks at both; it never refuses anybody."""

    LIKELY_SAME = "likely_same"  # ទំនងជាមនុស្សតែមួយ
    LOOK_CLOSER = "look_closer"  # ត្រូវមើលឱ្យច្បាស់ជាងនេះ
    LIKELY_OTHER = "likely_other"  # ទំនងជាមនុស្សផ្សេង


@dataclass(frozen=True, slots=True)
class Comparison:
    """A portrait compared with a new photo: the distance and what it suggests, or what kept it from being compared."""

    distance: float | None = None
    verdict: Verdict | None = None
    not_checked: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody whose face is near: the key of their portrait and the distance. A person decides what it means."""

    key: UUID
    distance: float


class SearchState(StrEnum):
    """Whether a face was searched among all others."""

    DONE = "done"
    NOT_AVAILABLE = "not_available"


@dataclass(frozen=True, slots=True)
class FaceSearch:
    """The state of the search for one portrait. `reason` says why it is not done; `waiting` that it will be."""

    state: SearchState
    candidates: tuple[Candidate, ...] = ()
    reason: str = ""
    waiting: bool = False


class Message(StrEnum):
    """The messages to an automated biometric identification system (ABIS)."""

    INSERT = "insert"
    IDENTIFY = "identify"
    DELETE = "delete"
    PING = "ping"
    COUNT = "count"


class RequestState(StrEnum):
    """Where a message stands. Nothing is ever dropped: a system that is dead lets them wait."""

    WAITING = "waiting"  # រង់ចាំ
    DONE = "done"  # បានឆ្លើយ
    UNABLE = "unable"  # មិនអាចធ្វើបាន


class RequestAct(StrEnum):
    """What happens to a message."""

    ASK = "ask"  # ផ្ញើ
    ANSWER = "answer"  # ឆ្លើយ
    PUT_OFF = "put_off"  # ពន្យារ
    CANNOT = "cannot"  # មិនអាច


FLOW: Mapping[tuple[RequestState | None, RequestAct], RequestState] = MappingProxyType(
    {
        (None, RequestAct.ASK): RequestState.WAITING,
        (RequestState.WAITING, RequestAct.ANSWER): RequestState.DONE,
        (RequestState.WAITING, RequestAct.PUT_OFF): RequestState.WAITING,
        (RequestState.WAITING, RequestAct.CANNOT): RequestState.UNABLE,
    }
)


@dataclass(frozen=True, slots=True)
class QueueFacts:
    """The queue of messages: how many wait, since when, how often they failed, and how many there are in all."""

    waiting: int
    unable: int
    done: int
    oldest_at: datetime | None
    most_attempts: int


@dataclass(frozen=True, slots=True)
class Held:
    """What is held under one key: rows of each kind."""

    portraits: int = 0
    templates: int = 0
    messages: int = 0
    fingers: int = 0


# Facts of the journal that must carry a public leaf: none in this room.
COVERED: frozenset[str] = frozenset()
