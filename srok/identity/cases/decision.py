"""Acts of decision: Interior's two hands, and what an approval sets in motion in the same transaction."""

from dataclasses import dataclass

from django.conf import settings
from django.db import transaction

from srok.ground.journal import public as journal
from srok.ground.kernel.context import Context
from srok.ground.kernel.refusal import Refusal
from srok.ground.law import public as law
from srok.ground.law.terms import LawAsOf
from srok.ground.notices import public as notices
from srok.identity.cards import public as cards
from srok.identity.cases import candidates, printing, reads, rules, store
from srok.identity.cases.addresses import address_lines, birthplace_line
from srok.identity.cases.assess import Assessment, SettledPerson
from srok.identity.cases.claims import Claim
from srok.identity.cases.commands import ApproveDecision, DecideApplication
from srok.identity.cases.examination import check_back_reasons, search_again
from srok.identity.cases.facts import CaseFacts
from srok.identity.cases.models import Case
from srok.identity.cases.printing import AddressOfRecord
from srok.identity.cases.store import Move
from srok.identity.cases.terms import Act, Outcome, SettledAs
from srok.identity.register import public as register
from srok.identity.register.terms import AliasSource, PersonFacts, SubjectId


@transaction.atomic
def decide(command: DecideApplication, *, ctx: Context) -> CaseFacts:
    """Interior's first hand: approve, refuse with reasons that have a source in law, or route to the central unit.

    Raises `cases.ministries_disagree`, `cases.reason_stands`, `cases.not_sufficient`, `cases.no_reason`,
    `cases.reason_without_source`, `cases.reason_not_in_facts`, `cases.not_a_central_case`,
    `cases.central_answer_missing`, `cases.not_searched` (sent back to be searched again), `cases.same_hands`,
    `cases.not_your_desk`, `journal.stale`.
    """
    case = store.load(command.case, ctx)
    assessment = reads.assess_case(case)
    in_force = law.as_of(case.lodged_on)
    act = Act.ROUTE_CENTRAL if command.outcome is Outcome.CENTRAL else Act.DECIDE
    rules.check_desk(act, office=ctx.office, roles=ctx.roles)
    rules.check_decision(command, assessment, in_force)
    if command.outcome is Outcome.APPROVE and case.searched_on is None:
        raise Refusal("cases.not_searched")
    reasons = command.reasons or (("cases.naturalised_central",) if act is Act.ROUTE_CENTRAL else ())
    decided = None if act is Act.ROUTE_CENTRAL else command.outcome
    changes: dict[str, object] = {"reasons": list(reasons), "path": assessment.path.value}
    if decided is not None:
        changes |= {
            "outcome": decided.value, "decided_by": ctx.actor, "decided_office": ctx.office,
            "central_answer": command.central_answer.strip()[:60],
        }  # fmt: skip
    store.take(case, Move(act, command.seen, reasons, outcome=decided, changes=changes), ctx)
    facts: journal.Facts = {
        "outcome": str(command.outcome), "path": str(assessment.path), "reasons": list(reasons),
        "version": case.version,
    }  # fmt: skip
    journal.record(ctx, "cases.application_decided", case.reference, facts)
    return reads.case_facts(case)


@transaction.atomic
def approve(command: ApproveDecision, *, ctx: Context) -> CaseFacts:
    """Interior's second hand. Agreeing with an approval enters or links the person and orders the card at once;
    agreeing with a refusal sends the letter with reasons, articles and the way to object; not agreeing sends back.

    Raises `cases.same_hands`, `cases.face_search_missing`, `cases.decision_was_other`, `cases.not_sufficient` and
    `cases.reason_stands` (facts changed since), `cases.new_candidates` (the list of today holds somebody whom nobody
    settled), what `register` and `cards.order` refuse, `journal.stale`.
    """
    case = store.load(command.case, ctx)
    rules.check_desk(Act.APPROVE, office=ctx.office, roles=ctx.roles)
    if not command.agree:
        return _send_back(case, command, ctx)
    if case.outcome == Outcome.REFUSE:
        return _refuse(case, command, ctx)
    return _approve(case, command, ctx)


def _send_back(case: Case, command: ApproveDecision, ctx: Context) -> CaseFacts:
    check_back_reasons(command.reasons)
    changes = {"outcome": "", "reasons": [], "decided_by": "", "decided_office": "", **search_again(command.reasons)}
    store.take(case, Move(Act.SEND_BACK, command.seen, command.reasons, changes=changes), ctx)
    facts: journal.Facts = {"reasons": [str(code) for code in command.reasons], "version": case.version}
    journal.record(ctx, "cases.decision_sent_back", case.reference, facts)
    return reads.case_facts(case)


def _refuse(case: Case, command: ApproveDecision, ctx: Context) -> CaseFacts:
    reasons = tuple(str(code) for code in case.reasons)
    changes = {"approved_by": ctx.actor, "approved_office": ctx.office}
    store.take(case, Move(Act.CONFIRM_REFUSAL, command.seen, reasons, changes=changes), ctx)
    facts: journal.Facts = {"outcome": "refuse", "reasons": list(reasons), "version": case.version}
    journal.record(ctx, "cases.decision_approved", case.reference, facts)
    store.tell(case, notices.Kind.REFUSED, ctx, reasons=reasons)
    return reads.case_facts(case)


def _approve(case: Case, command: ApproveDecision, ctx: Context) -> CaseFacts:
    """Everything or nothing: state, person, order and notice stand in one transaction."""
    assessment = reads.assess_case(case)
    in_force = law.as_of(case.lodged_on)
    again = DecideApplication(case.reference, Outcome.APPROVE, central_answer=case.central_answer)
    rules.check_decision(again, assessment, in_force)
    rules.check_face(case.face_search, required=settings.SROK_FACE_SEARCH_REQUIRED)
    changes = {"approved_by": ctx.actor, "approved_office": ctx.office}
    store.take(case, Move(Act.APPROVE, command.seen, changes=changes), ctx)
    if assessment.subject is None:
        candidates.check_nobody_new(case, ctx)
    granted = _granted(case, assessment, in_force)
    person = _enter(granted, ctx)
    Case.objects.filter(pk=case.pk).update(subject=person.subject)
    case.refresh_from_db()
    cards.order(_order(granted, person, approved_by=ctx.actor), ctx=ctx)
    facts: journal.Facts = {"outcome": "approve", "path": str(assessment.path), "version": case.version}
    journal.record(ctx, "cases.decision_approved", case.reference, facts)
    store.tell(case, notices.Kind.APPROVED, ctx)
    return reads.case_facts(case)


@dataclass(frozen=True, slots=True)
class _Granted:
    """An approved case on its way to the register and the card."""

    case: Case
    claim: Claim
    assessment: Assessment
    address: AddressOfRecord


def _granted(case: Case, assessment: Assessment, in_force: LawAsOf) -> _Granted:
    claim = store.claim_of(case)
    address = printing.address_of_record(claim, in_force)
    if address is None:
        raise Refusal("cases.no_address")
    return _Granted(case, claim, assessment, address)


def _enter(granted: _Granted, ctx: Context) -> PersonFacts:
    """Link the applicant to the person of the list, or admit them with the parents that were recognised."""
    claim, case = granted.claim, granted.case
    if granted.assessment.subject is not None:
        subject = SubjectId(granted.assessment.subject)
        names = [name for name in (claim.name, *claim.other_names) if name != register.person(subject).name]
        register.link(
            register.LinkApplicant(
                subject=subject, alias=names[0] if names else None, address_of_record=granted.address.code,
                abroad_post=case.pickup_post, case_ref=case.reference, source=AliasSource.APPLICATION,
            ),
            ctx=ctx,
        )  # fmt: skip
        return register.person(subject)
    return register.person(register.admit(_admission(granted), ctx=ctx))


def _admission(granted: _Granted) -> register.AdmitPerson:
    claim = granted.claim
    parents = {person.as_: person for person in reads.settled_people(granted.case)}
    return register.AdmitPerson(
        case_ref=granted.case.reference, name=claim.name, sex=claim.sex.value, birth=claim.birth,
        birthplace=claim.birthplace, aliases=claim.other_names, father=claim.father, mother=claim.mother,
        father_subject=_subject(parents, SettledAs.FATHER), mother_subject=_subject(parents, SettledAs.MOTHER),
        address_of_record=granted.address.code, abroad_post=granted.case.pickup_post,
    )  # fmt: skip


def _subject(parents: dict[SettledAs, SettledPerson], as_: SettledAs) -> SubjectId | None:
    return SubjectId(parents[as_].subject) if as_ in parents else None


def _order(granted: _Granted, person: PersonFacts, *, approved_by: str) -> cards.OrderCard:
    """What the card will say: the list's own name and date where there is one, the address of record in Khmer."""
    case, claim, old = granted.case, granted.claim, granted.assessment.replaces
    listed = person if granted.assessment.subject is not None else None
    return cards.OrderCard(
        case_ref=case.reference, subject=person.subject,
        name=printing.printed_name(claim.name, listed.name if listed else None), sex=claim.sex.value,
        birth=reads.printed_birth(case, claim, listed).date, birthplace=person.birthplace or claim.birthplace,
        birthplace_km=birthplace_line(claim), address=granted.address.code,
        address_lines_km=address_lines(granted.address, case.pickup_post), portrait_key=case.portrait,
        approved_by=approved_by, pickup_post=case.pickup_post,
        replaces=cards.CardKey(old.number, old.generation) if old else None,
    )  # fmt: skip
