"""What may be known of a case: typed results of the reads. Pure."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from srok.ground.kernel.names import PersonName
from srok.identity.cases.claims import Claim
from srok.identity.cases.terms import (
    Act,
    Opinion,
    Outcome,
    PaperKind,
    Path,
    SearchRole,
    Seen,
    SettledAs,
    State,
)


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """Where an application stands: what a queue shows and an act returns. `due_on`: the day it should be decided."""

    id: UUID
    reference: str
    state: State
    version: int
    round: int
    office: str
    pickup_post: str
    name: PersonName
    lodged_on: date
    state_since: date
    due_on: date
    opinion: Opinion | None
    outcome: Outcome | None
    path: Path | None
    reasons: tuple[str, ...]
    missing: tuple[str, ...]
    searched_on: date | None
    subject: UUID | None


@dataclass(frozen=True, slots=True)
class PaperFacts:
    """A paper of the case; `has_image` is false where it was seen and attested."""

    id: UUID
    kind: PaperKind
    seen: Seen
    has_image: bool
    mime: str
    sha256: str
    added_by: str
    added_on: date


@dataclass(frozen=True, slots=True)
class CandidateReason:
    """Why one field speaks for or against a candidate, as matching said it: `bits10` tenths of a bit."""

    field: str
    level: str
    code: str
    bits10: int
    one_in: int


@dataclass(frozen=True, slots=True)
class CandidateFacts:
    """A candidate of the resident list. `permille` is the confidence of the stored weights, 0 to 1000."""

    id: UUID
    role: SearchRole
    subject: UUID
    register_no: str
    permille: int
    hint: str
    reasons: tuple[CandidateReason, ...]
    settled_as: SettledAs | None
    settled_by: str
    settled_reason: str


@dataclass(frozen=True, slots=True)
class StepFacts:
    """One act of the case's history."""

    act: Act
    state: State
    actor: str
    office: str
    at: datetime
    on: date
    opinion: str
    outcome: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SearchFacts:
    """One search of the resident list: as whom, and over how many people."""

    role: SearchRole
    searched: int
    on: date


@dataclass(frozen=True, slots=True)
class SimilarCase:
    """Another open case that may be of the same person; nothing but its reference and state is told."""

    reference: str
    state: State


@dataclass(frozen=True, slots=True)
class WholeCase:
    """Everything that the offices of a case see on its page."""

    case: CaseFacts
    claim: Claim
    portrait: UUID
    papers: tuple[PaperFacts, ...]
    candidates: tuple[CandidateFacts, ...]
    searches: tuple[SearchFacts, ...]
    steps: tuple[StepFacts, ...]
    grounds: str = ""
    similar: tuple[SimilarCase, ...] = ()


@dataclass(frozen=True, slots=True)
class TrackStep:
    """One stage of the public way of an application: `done`, `current`, `todo` or `stopped`."""

    stage: str
    state: str
    ministry: str
    on: date | None


@dataclass(frozen=True, slots=True)
class BranchTrack:
    """What anybody who holds the receipt of a branch may know: that it is kept, and the code of what happens next."""

    reference: str
    next_step: str


@dataclass(frozen=True, slots=True)
class TrackFacts:
    """What anybody who holds the reference may know: no name, no reason, no office abroad.

    `holder` is `mfa`, `moi`, `applicant` or empty; `next_step` a code; `card_state` empty where no card was ordered.
    """

    reference: str
    state: State
    holder: str
    lodged_on: date
    days_used: int
    days_allowed: int
    due_on: date
    next_step: str
    steps: tuple[TrackStep, ...]
    letter_on: date | None
    card_state: str
    pickup_post: str
