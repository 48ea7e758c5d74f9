"""Questions to the branches, scoped to the office of the asker."""

from uuid import UUID

from srok.ground.kernel.context import Context
from srok.ground.kernel.refusal import Refusal
from srok.identity.cases import branch_store
from srok.identity.cases.branch_models import Branch
from srok.identity.cases.branch_terms import BranchFacts, BranchPaper, BranchStage, BranchWhole, BranchWhy
from srok.identity.cases.capture_terms import Taken


def facts(row: Branch) -> BranchFacts:
    """The row as facts; no scope is checked here."""
    return BranchFacts(
        id=row.id, reference=row.reference, beside=row.beside, why=BranchWhy(row.why), state=BranchStage(row.state),
        version=row.version, office=row.office, kit=row.kit, event=row.event, happened_at=row.happened_at,
        decided_by=row.decided_by, reasons=tuple(row.reasons), became=row.became,
    )  # fmt: skip


def waiting(ctx: Context) -> list[BranchFacts]:
    """What waits for an officer's comparison, oldest first: references only, no name."""
    rows = branch_store.visible(ctx).filter(state=BranchStage.KEPT.value).defer("sealed")
    return [facts(row) for row in rows.order_by("arrived_at", "id")]


def beside(reference: str, ctx: Context) -> list[BranchFacts]:
    """Everything that was kept beside this case, whatever became of it."""
    rows = branch_store.visible(ctx).filter(beside=reference).defer("sealed")
    return [facts(row) for row in rows.order_by("arrived_at", "id")]


def whole(branch: UUID, ctx: Context) -> BranchWhole:
    """Everything of a branch; raises `cases.unknown_branch`."""
    row = branch_store.load(branch, ctx)
    command = branch_store.application(row, row.reference)
    papers = tuple(
        BranchPaper(f"paper_{number}", one.kind, one.seen, one.data is not None)
        for number, one in enumerate(command.papers)
    )
    return BranchWhole(facts(row), command.claim, command.contact, command.taken or Taken(), papers)


def picture(branch: UUID, name: str, ctx: Context) -> tuple[str, bytes]:
    """Media type and bytes of a picture; raises `cases.unknown_branch`, `cases.unknown_part`."""
    found = branch_store.picture(branch_store.load(branch, ctx), name)
    if found is None:
        raise Refusal("cases.unknown_part")
    return found
