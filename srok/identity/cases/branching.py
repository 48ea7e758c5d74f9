"""Acts on branches: keep what arrived beside a standing case, and what an officer then decides. Never by field."""

from django.db import transaction

from srok.ground.journal import public as journal
from srok.ground.kernel.context import Context
from srok.ground.kernel.ids import new_id, new_reference
from srok.ground.kernel.refusal import Refusal
from srok.ground.notices import public as notices
from srok.identity.cases import branch_reads, branch_store, lodging
from srok.identity.cases.branch_commands import AdmitBranch, JoinPapers, ReopenBranch, SetBranchAside
from srok.identity.cases.branch_models import Branch
from srok.identity.cases.branch_store import BranchMove
from srok.identity.cases.branch_terms import BranchAct, BranchFacts, BranchStage, BranchWhy
from srok.identity.cases.commands import AddPapers, LodgeApplication
from srok.identity.cases.models import Case


@transaction.atomic
def keep(command: LodgeApplication, beside: str, why: BranchWhy, *, ctx: Context) -> BranchFacts:
    """Keep an application whole beside the case that stands; the same one again changes nothing."""
    known = Branch.objects.filter(reference=command.reference, content=command.content).first()
    if known is not None:
        return branch_reads.facts(known)
    taken = command.taken
    row = Branch(
        id=new_id(ctx.at), reference=command.reference, beside=beside, why=why.value, state=BranchStage.KEPT.value,
        office=ctx.office, arrived_at=ctx.at, happened_at=ctx.happened_at, kit=taken.kit if taken else "",
        event=taken.event if taken else 0, content=command.content,
    )  # fmt: skip
    branch_store.fill(row, command)
    _keep_contact(row, command, ctx)
    _note(row, "cases.branch_kept", ctx)
    return branch_reads.facts(row)


@transaction.atomic
def admit(command: AdmitBranch, *, ctx: Context) -> BranchFacts:
    """It is somebody else: lodge it as a case of its own, even where names, birth and parents are equal.

    Under the receipt's own reference where that is free, else under a new one, which the tracking page then names.
    Raises `cases.branch_not_so`, `cases.not_your_desk`, what `lodge` refuses, `Stale`.
    """
    row = branch_store.load(command.branch, ctx)
    taken = Case.objects.filter(reference=row.reference).exists()
    reference = new_reference() if taken else row.reference
    application = branch_store.application(row, reference)
    move = BranchMove(BranchAct.ADMIT, command.seen, (str(command.reason),), became=reference)
    branch_store.take(row, move, ctx)
    own = branch_store.own_context(row, application, ctx)
    lodging.lodge_as_other(application, str(row.id), ctx=own)
    _note(row, "cases.branch_admitted", ctx, [str(command.reason)])
    return branch_reads.facts(row)


@transaction.atomic
def set_aside(command: SetBranchAside, *, ctx: Context) -> BranchFacts:
    """The standing case goes on alone. The applicant is told with the reason; what arrived stays kept and sealed."""
    row = branch_store.load(command.branch, ctx)
    branch_store.take(row, BranchMove(BranchAct.SET_ASIDE, command.seen, (str(command.reason),)), ctx)
    _note(row, "cases.branch_set_aside", ctx, [str(command.reason)])
    facts = {"post": branch_store.application(row, row.reference).contact.pickup_post}
    said = notices.SendNotice(row.id, row.reference, notices.Kind.SET_ASIDE, facts, (str(command.reason),))
    notices.send(said, ctx=ctx)
    return branch_reads.facts(row)


@transaction.atomic
def join_papers(command: JoinPapers, *, ctx: Context) -> BranchFacts:
    """The same person came twice: the papers are added to the standing case by its own act, nothing else of it.

    Raises `cases.no_papers_given`, `cases.not_in_this_state` where the case takes no papers now.
    """
    row = branch_store.load(command.branch, ctx)
    papers = branch_store.application(row, row.reference).papers
    branch_store.take(row, BranchMove(BranchAct.JOIN_PAPERS, command.seen, became=row.beside), ctx)
    _note(row, "cases.branch_joined", ctx)
    case = Case.objects.filter(reference=row.beside).first()
    if case is None:
        raise Refusal("cases.unknown_case", reference=row.beside)
    own = branch_store.own_context(row, branch_store.application(row, row.reference), ctx)
    lodging.add_papers(AddPapers(row.beside, papers), ctx=own)
    return branch_reads.facts(row)


@transaction.atomic
def reopen(command: ReopenBranch, *, ctx: Context) -> BranchFacts:
    """It was set aside wrongly: it waits for an officer again."""
    row = branch_store.load(command.branch, ctx)
    branch_store.take(row, BranchMove(BranchAct.REOPEN, command.seen), ctx)
    _note(row, "cases.branch_reopened", ctx)
    return branch_reads.facts(row)


def _keep_contact(row: Branch, command: LodgeApplication, ctx: Context) -> None:
    contact = command.contact
    notices.set_contact(
        notices.SetContact(
            subject=row.id, language=contact.language, channel=contact.channel, email=contact.email,
            phone=contact.phone, postal=contact.postal, pickup_post=contact.pickup_post,
        ),
        ctx=ctx,
    )  # fmt: skip


def _note(row: Branch, kind: str, ctx: Context, reasons: list[str] | None = None) -> None:
    facts: journal.Facts = {
        "branch": str(row.id), "beside": row.beside, "why": row.why, "version": row.version,
        "reasons": list(reasons or ()), "became": row.became,
    }  # fmt: skip
    journal.record(ctx, kind, row.reference, facts)
