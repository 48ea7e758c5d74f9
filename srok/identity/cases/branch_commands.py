"""Commands on a branch. `branch` is its id; `seen` the version the officer looked at (None: not compared)."""

from dataclasses import dataclass
from uuid import UUID

from srok.identity.cases.branch_terms import AdmitReason, AsideReason


@dataclass(frozen=True, slots=True)
class AdmitBranch:
    """Command: it is somebody else's application; it becomes a case of its own, under its receipt if free."""

    branch: UUID
    reason: AdmitReason
    seen: int | None = None


@dataclass(frozen=True, slots=True)
class SetBranchAside:
    """Command: the standing case goes on alone; the applicant is told, and what arrived stays kept."""

    branch: UUID
    reason: AsideReason
    seen: int | None = None


@dataclass(frozen=True, slots=True)
class JoinPapers:
    """Command: the same person: the papers that arrived are added to the standing case, and nothing else of it."""

    branch: UUID
    seen: int | None = None


@dataclass(frozen=True, slots=True)
class ReopenBranch:
    """Command: it was set aside wrongly: compare again."""

    branch: UUID
    seen: int | None = None
