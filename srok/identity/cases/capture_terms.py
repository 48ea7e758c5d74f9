"""Words of the capture: an application taken by one officer waits for a second one (ពាក្យសុំដែលកំពុងទទួល). Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType
from uuid import UUID

from srok.ground.accounts.terms import Ministry, Role


class Stage(StrEnum):
    """Where a capture stands."""

    STARTED = "started"  # កំពុងបំពេញ
    CAPTURED = "captured"  # បានបំពេញរួច
    READ_BACK = "read_back"  # បានអានផ្ទៀងផ្ទាត់ជាមួយសាមីខ្លួន
    RETURNED = "returned"  # បានបង្វិលឱ្យកែ
    APPROVED = "approved"  # មន្ត្រីទីពីរបានយល់ព្រម
    DISCARDED = "discarded"  # បានបោះបង់


# What still holds a person's words on this machine and waits for somebody.
WAITING = frozenset({Stage.STARTED, Stage.CAPTURED, Stage.READ_BACK, Stage.RETURNED})


class CaptureAct(StrEnum):
    """What is done to a capture."""

    START = "start"  # ចាប់ផ្ដើម
    CAPTURE = "capture"  # បំពេញរួច
    CORRECT = "correct"  # កែ
    READ_BACK = "read_back"  # អានផ្ទៀងផ្ទាត់
    APPROVE = "approve"  # យល់ព្រម
    SEND_BACK = "send_back"  # បង្វិល
    DISCARD = "discard"  # បោះបង់
    RESTORE = "restore"  # យកមកវិញ


_S, _A = Stage, CaptureAct

# The one table of a capture; None is "no capture yet". The database holds the same stages.
CAPTURE_FLOW: Mapping[tuple[Stage | None, CaptureAct], Stage] = MappingProxyType(
    {
        (None, _A.START): _S.STARTED,
        (_S.STARTED, _A.CAPTURE): _S.CAPTURED,
        (_S.CAPTURED, _A.CORRECT): _S.CAPTURED,
        (_S.CAPTURED, _A.READ_BACK): _S.READ_BACK,
        (_S.READ_BACK, _A.CORRECT): _S.CAPTURED,
        (_S.READ_BACK, _A.SEND_BACK): _S.RETURNED,
        (_S.READ_BACK, _A.APPROVE): _S.APPROVED,
        (_S.RETURNED, _A.CORRECT): _S.CAPTURED,
        **{
            (state, _A.DISCARD): _S.DISCARDED
            for state in (_S.STARTED, _S.CAPTURED, _S.READ_BACK, _S.RETURNED)
        },
        (_S.DISCARDED, _A.RESTORE): _S.STARTED,
    }
)  # fmt: skip
# Every act at the counter belongs to the consular officers; which of two, the hands of the capture decide.
CAPTURE_HANDS: Mapping[CaptureAct, frozenset[tuple[Role, Ministry]]] = MappingProxyType(
    {act: frozenset({(Role.CONSULAR_OFFICER, Ministry.FOREIGN_AFFAIRS)}) for act in CaptureAct}
)
# Who typed anything of a capture may not approve it (house rule 6); who approved it typed nothing.
TYPING = frozenset({_A.START, _A.CAPTURE, _A.CORRECT})


class Confirmed(StrEnum):
    """How the applicant confirmed what was read back."""

    SIGNATURE = "signature"  # ហត្ថលេខា
    MARK = "mark"  # ផ្ដិតមេដៃ មានហត្ថលេខាសាក្សីពីររូប
    GUARDIAN = "guardian"  # អាណាព្យាបាល


class Where(StrEnum):
    """Where the application was taken. Elsewhere needs the second officer's own statement."""

    POST = "post"  # នៅបេសកកម្ម ឬទីកន្លែងបេសកកម្មចល័ត
    ELSEWHERE = "elsewhere"  # នៅកន្លែងផ្សេង


class SentBack(StrEnum):
    """Why a second officer sends a capture back."""

    NAME = "cases.back_name"
    BIRTH = "cases.back_birth"
    PORTRAIT = "cases.back_portrait"
    PAPERS = "cases.back_papers"
    OTHER_PERSON = "cases.back_other_person"
    NOT_READ = "cases.back_not_read"
    OTHER = "cases.back_other"


class AsIs(StrEnum):
    """Why a portrait with a fault of the face is taken as it is."""

    CANNOT_SIT = "cases.as_is_cannot_sit"
    EYES = "cases.as_is_eyes"
    FACE = "cases.as_is_face"
    PLACE = "cases.as_is_place"
    ENGINE = "cases.as_is_engine"


class Waiver(StrEnum):
    """Why no finger at all is taken."""

    OLD = "cases.fingers_old"  # ចាស់ជរា
    NO_DEVICE = "cases.fingers_no_device"  # គ្មានឧបករណ៍
    UNABLE = "cases.fingers_unable"  # មិនអាចផ្ដិតបាន


class FaceSearch(StrEnum):
    """Whether the portrait was searched among all others before the card is ordered."""

    DONE = "done"
    WAIVED = "waived"
    NOT_AVAILABLE = "not_available"


class FaceWaiver(StrEnum):
    """By which rule the search among all faces is left out."""

    LISTED = "cases.face_listed"
    CHILD = "cases.face_child"
    RENEWED = "cases.face_renewed"


PORTRAIT = "portrait"


@dataclass(frozen=True, slots=True)
class Taken:
    """How an application was taken at a counter: hands, place, fingers, what was accepted as it is. No names of kin.

    `captured_by` empty: it came in a folder. `place` and `statement` are words of officers, `witnesses` those who
    signed beside a mark, `guardian` who confirmed for the applicant: sealed at rest. `fingers` says per finger what
    was found (`captured`, `missing`, `bandaged`, `waived`); `as_is` the codes of `AsIs` with the problems accepted.
    """

    captured_by: str = ""
    approved_by: str = ""
    captured_on: date | None = None
    confirmed: str = ""
    where: str = Where.POST.value
    place: str = ""
    statement: str = ""
    witnesses: tuple[str, ...] = ()
    guardian: str = ""
    fingers: Mapping[str, str] = field(default_factory=dict)
    finger_waiver: str = ""
    as_is: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    face_search: str = FaceSearch.NOT_AVAILABLE.value
    kit: str = ""
    event: int = 0
    ticket: str = ""


@dataclass(frozen=True, slots=True)
class PartFacts:
    """A picture of a capture: `portrait` or `paper_N`; `kind` and `seen` for papers, `size` 0 where attested."""

    name: str
    kind: str
    seen: str
    mime: str
    size: int


@dataclass(frozen=True, slots=True)
class CaptureFacts:
    """Where a capture stands, for lists: no name. `mine`: the asker typed something of it."""

    id: UUID
    reference: str
    state: Stage
    version: int
    office: str
    captured_by: str
    approved_by: str
    started_at: datetime
    changed_at: datetime
    mine: bool
    reasons: tuple[str, ...] = ()
    where: str = Where.POST.value
    kit: str = ""
    event: int = 0


@dataclass(frozen=True, slots=True)
class CaptureWhole:
    """Everything of a capture, for the officers of its office: the cells as typed, pictures, what was prefilled."""

    capture: CaptureFacts
    cells: Mapping[str, str]
    extra: Mapping[str, object]
    prefill: Mapping[str, str]
    parts: tuple[PartFacts, ...]
