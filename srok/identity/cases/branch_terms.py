"""Words of the branches: what arrived beside a case that stands already, kept whole until an officer decides. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from uuid import UUID

from srok.ground.accounts.terms import Ministry, Role
from srok.identity.cases.capture_terms import Taken
from srok.identity.cases.claims import Claim, Contact
from srok.identity.cases.terms import PaperKind, Seen


class BranchStage(StrEnum):
    """Where a branch stands."""

    KEPT = "kept"  # រង់ចាំមន្ត្រីប្រៀបធៀប
    ADMITTED = "admitted"  # បានទទួលជាពាក្យសុំដោយឡែក
    JOINED = "joined"  # ឯកសារបានភ្ជាប់ទៅសំណុំរឿងដែលមានស្រាប់
    SET_ASIDE = "set_aside"  # បានទុកមួយឡែក


class BranchAct(StrEnum):
    """What is done to a branch."""

    KEEP = "keep"  # រក្សាទុក
    ADMIT = "admit"  # ទទួលជាអ្នកផ្សេង
    JOIN_PAPERS = "join_papers"  # ភ្ជាប់ឯកសារ
    SET_ASIDE = "set_aside"  # ទុកមួយឡែក
    REOPEN = "reopen"  # បើកឡើងវិញ


_S, _A = BranchStage, BranchAct
BRANCH_FLOW: Mapping[tuple[BranchStage | None, BranchAct], BranchStage] = MappingProxyType(
    {
        (None, _A.KEEP): _S.KEPT,
        (_S.KEPT, _A.ADMIT): _S.ADMITTED,
        (_S.KEPT, _A.JOIN_PAPERS): _S.JOINED,
        (_S.KEPT, _A.SET_ASIDE): _S.SET_ASIDE,
        (_S.SET_ASIDE, _A.REOPEN): _S.KEPT,
    }
)

_FOREIGN = frozenset(
    {(Role.CONSULAR_OFFICER, Ministry.FOREIGN_AFFAIRS), (Role.EXAMINER, Ministry.FOREIGN_AFFAIRS)}
)  # fmt: skip
# The officer of the post knows the person, the examiner both files. Nobody keeps one by hand: it arrives.
BRANCH_HANDS: Mapping[BranchAct, frozenset[tuple[Role, Ministry]]] = MappingProxyType(
    {BranchAct.KEEP: frozenset(), **{act: _FOREIGN for act in BranchAct if act is not BranchAct.KEEP}}
)


class BranchWhy(StrEnum):
    """Why something that arrived could not become a case by itself."""

    SAME_PERSON = "same_person"
    REFERENCE_TAKEN = "reference_taken"
    REASSIGNED = "reassigned"


class AdmitReason(StrEnum):
    """Why a branch is somebody else."""

    OTHER_PERSON = "cases.admit_other_person"
    RECEIPT_MISPRINTED = "cases.admit_receipt"


class AsideReason(StrEnum):
    """Why a branch is set aside."""

    SAME_TWICE = "cases.aside_same_twice"
    APPLICANT_ASKED = "cases.aside_applicant_asked"
    REASSIGNED = "cases.aside_reassigned"


@dataclass(frozen=True, slots=True)
class BranchFacts:
    """Where a branch stands: its own receipt, the case beside which it is kept, and why."""

    id: UUID
    reference: str
    beside: str
    why: BranchWhy
    state: BranchStage
    version: int
    office: str
    kit: str
    event: int
    happened_at: datetime | None
    decided_by: str
    reasons: tuple[str, ...]
    became: str = ""


@dataclass(frozen=True, slots=True)
class BranchPaper:
    """A paper of a branch: its number, what it is and how it was seen."""

    name: str
    kind: PaperKind
    seen: Seen
    has_image: bool


@dataclass(frozen=True, slots=True)
class BranchWhole:
    """Everything that was kept of a branch."""

    branch: BranchFacts
    claim: Claim
    contact: Contact
    taken: Taken
    papers: tuple[BranchPaper, ...]
