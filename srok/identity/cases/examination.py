"""Acts of examination: papers asked for, the opinion of Foreign Affairs, Interior's wish that it look again."""

from django.db import transaction

from srok.ground.journal import public as journal
from srok.ground.kernel.context import Context
from srok.ground.kernel.refusal import Refusal
from srok.ground.law import public as law
from srok.ground.notices import public as notices
from srok.identity.cases import reads, rules, store
from srok.identity.cases.commands import AskForPapers, BackReason, ExamineApplication, ReturnToExaminer
from srok.identity.cases.facts import CaseFacts
from srok.identity.cases.store import Move
from srok.identity.cases.terms import Act


@transaction.atomic
def examine(command: ExamineApplication, *, ctx: Context) -> CaseFacts:
    """The opinion of Foreign Affairs, given when every candidate is settled.

    Raises `cases.not_searched`, `cases.open_candidates`, `cases.not_sufficient` (favourable without proof),
    `cases.no_reason` (unfavourable without one), `cases.same_hands`, `cases.not_your_desk`, `journal.stale`.
    """
    case = store.load(command.case, ctx)
    rules.check_desk(Act.EXAMINE, office=ctx.office, roles=ctx.roles)
    rules.check_settled(reads.candidates_of(case), searched=case.searched_on is not None)
    assessment = reads.assess_case(case)
    rules.check_opinion(command, assessment, law.as_of(case.lodged_on))
    changes: dict[str, object] = {
        "opinion": command.opinion.value, "examined_by": ctx.actor, "examined_office": ctx.office,
        "path": assessment.path.value, "missing": [], "outcome": "", "reasons": [], "decided_by": "",
        "decided_office": "",
    }  # fmt: skip
    move = Move(Act.EXAMINE, command.seen, command.reasons, opinion=command.opinion, changes=changes)
    store.take(case, move, ctx)
    facts: journal.Facts = {
        "opinion": str(command.opinion), "path": str(assessment.path), "reasons": list(command.reasons),
        "version": case.version,
    }  # fmt: skip
    journal.record(ctx, "cases.application_examined", case.reference, facts)
    return reads.case_facts(case)


@transaction.atomic
def ask_for_papers(command: AskForPapers, *, ctx: Context) -> CaseFacts:
    """Ask the applicant for what is missing, in codes from the assessment; the legal clock stops meanwhile.

    Raises `cases.nothing_missing` for an empty list and `cases.not_missing` for what the rules do not ask for.
    """
    case = store.load(command.case, ctx)
    assessment = reads.assess_case(case)
    known = {item.code for item in assessment.missing}
    if not command.missing:
        raise Refusal("cases.nothing_missing", field="missing")
    for code in command.missing:
        if code not in known:
            raise Refusal("cases.not_missing", field="missing", missing=code)
    changes = {"missing": list(command.missing), "path": assessment.path.value}
    store.take(case, Move(Act.ASK_FOR_PAPERS, command.seen, command.missing, changes=changes), ctx)
    facts: journal.Facts = {"missing": list(command.missing), "version": case.version}
    journal.record(ctx, "cases.papers_asked", case.reference, facts)
    asked = [item for item in assessment.missing if item.code in command.missing]
    told = [*assessment.waits, *(code for item in asked for code in (item.code, item.where))]
    store.tell(case, notices.Kind.PAPERS_NEEDED, ctx, reasons=told)
    return reads.case_facts(case)


@transaction.atomic
def return_to_examiner(command: ReturnToExaminer, *, ctx: Context) -> CaseFacts:
    """Interior asks Foreign Affairs to look again, with reasons; the two opinions meet before anything is decided."""
    case = store.load(command.case, ctx)
    check_back_reasons(command.reasons)
    changes = search_again(command.reasons)
    store.take(case, Move(Act.RETURN_TO_EXAMINER, command.seen, command.reasons, changes=changes), ctx)
    facts: journal.Facts = {"reasons": [str(code) for code in command.reasons], "version": case.version}
    journal.record(ctx, "cases.case_returned", case.reference, facts)
    return reads.case_facts(case)


def search_again(reasons: tuple[BackReason, ...]) -> dict[str, object]:
    """Where the list has changed, the earlier search no longer counts: the examiner searches before all else."""
    return {"searched_on": None} if BackReason.LIST_CHANGED in reasons else {}


def check_back_reasons(reasons: tuple[BackReason, ...]) -> None:
    """Nobody sends a case back without saying why."""
    if not reasons:
        raise Refusal("cases.no_reason", field="reasons")
