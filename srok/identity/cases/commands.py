"""Commands of the cases. `case` is the reference; `seen` the version the officer looked at (None: not compared)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from srok.identity.cases.capture_terms import Taken
from srok.identity.cases.claims import Claim, Contact
from srok.identity.cases.terms import Opinion, Outcome, PaperKind, Seen, SettledAs


class SettleReason(StrEnum):
    """On what an officer settles a candidate."""

    PAPERS = "cases.settled_by_papers"
    BIRTH = "cases.settled_by_birth"
    PARENTS = "cases.settled_by_parents"
    INTERVIEW = "cases.settled_by_interview"
    CONFLICT = "cases.settled_by_conflict"


class BackReason(StrEnum):
    """Why a case goes one desk back."""

    EVIDENCE_DOUBTED = "cases.evidence_doubted"
    CANDIDATE_DOUBTED = "cases.candidate_doubted"
    REASON_UNFOUNDED = "cases.reason_unfounded"
    OPINION_UNCLEAR = "cases.opinion_unclear"
    LIST_CHANGED = "cases.list_changed"


class Purpose(StrEnum):
    """For what an officer opens a case."""

    COUNTER = "counter"
    EXAMINATION = "examination"
    DECISION = "decision"
    APPROVAL = "approval"


@dataclass(frozen=True, slots=True)
class ShownPaper:
    """A paper as it was shown; `data` is its JPEG or PNG, None where it was seen and attested without an image."""

    kind: PaperKind
    seen: Seen
    data: bytes | None = None


@dataclass(frozen=True, slots=True)
class LodgeApplication:
    """Command: take an application. `content` is the fingerprint of its whole input (same folder, same text).

    `taken` says how it was taken at a counter; None where it came in a folder.
    """

    reference: str
    lodged_on: date
    claim: Claim
    contact: Contact
    portrait: bytes
    papers: tuple[ShownPaper, ...] = ()
    content: str = ""
    taken: Taken | None = None


@dataclass(frozen=True, slots=True)
class ProposeCandidates:
    """Command: search the resident list for the applicant, the parents and the siblings (again)."""

    case: str


@dataclass(frozen=True, slots=True)
class SettleCandidate:
    """Command: say who a candidate is."""

    case: str
    candidate: UUID
    as_: SettledAs
    reason: SettleReason
    seen: int | None = None


@dataclass(frozen=True, slots=True)
class SettleRest:
    """Command: say that every candidate still open is someone else."""

    case: str
    reason: SettleReason
    seen: int | None = None


@dataclass(frozen=True, slots=True)
class AskForPapers:
    """Command: ask the applicant for what is missing, in codes."""

    case: str
    missing: tuple[str, ...]
    seen: int | None = None


@dataclass(frozen=True, slots=True)
class AddPapers:
    """Command: add papers that the applicant brought."""

    case: str
    papers: tuple[ShownPaper, ...]
    seen: int | None = None


@dataclass(frozen=True, slots=True)
class ExamineApplication:
    """Command: the opinion of Foreign Affairs; an unfavourable one gives its reasons in codes."""

    case: str
    opinion: Opinion
    reasons: tuple[str, ...] = ()
    seen: int | None = None


@dataclass(frozen=True, slots=True)
class ReturnToExaminer:
    """Command: Interior asks Foreign Affairs to look again."""

    case: str
    reasons: tuple[BackReason, ...]
    seen: int | None = None


@dataclass(frozen=True, slots=True)
class DecideApplication:
    """Command: Interior's first hand decides; a refusal names its reasons in codes that have a source in law.

    `central_answer` is the number of the central unit's answer, needed for a case that was routed there.
    """

    case: str
    outcome: Outcome
    reasons: tuple[str, ...] = ()
    central_answer: str = ""
    seen: int | None = None


@dataclass(frozen=True, slots=True)
class ApproveDecision:
    """Command: Interior's second hand agrees with the decision, or sends it back with reasons."""

    case: str
    agree: bool
    reasons: tuple[BackReason, ...] = ()
    seen: int | None = None


@dataclass(frozen=True, slots=True)
class AppealDecision:
    """Command: the applicant objects to a refusal, in their own words (sealed)."""

    case: str
    grounds: str
    seen: int | None = None


@dataclass(frozen=True, slots=True)
class WithdrawApplication:
    """Command: the applicant withdraws. `asked`: the officer states that the applicant asked for it."""

    case: str
    seen: int | None = None
    asked: bool = False


@dataclass(frozen=True, slots=True)
class OpenCase:
    """Command: an officer opens a case to read it."""

    case: str
    purpose: Purpose
