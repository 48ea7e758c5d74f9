"""Acts at the counter: take an application, add papers, withdraw, object; open a case to read it."""

import hashlib
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction

from srok.ground.accounts import public as accounts
from srok.ground.journal import public as journal
from srok.ground.kernel.context import Context
from srok.ground.kernel.ids import new_id, read_reference
from srok.ground.kernel.refusal import Refusal
from srok.ground.kernel.sealing import seal
from srok.ground.law import public as law
from srok.ground.notices import public as notices
from srok.ground.paper import public as paper
from srok.identity.biometrics import public as biometrics
from srok.identity.cases import reads, rules, sounds, store
from srok.identity.cases.capture_terms import Taken
from srok.identity.cases.claims import Claim, Contact
from srok.identity.cases.commands import (
    AddPapers,
    AppealDecision,
    LodgeApplication,
    OpenCase,
    ShownPaper,
    WithdrawApplication,
)
from srok.identity.cases.facts import CaseFacts
from srok.identity.cases.models import Case, Opening, Paper
from srok.identity.cases.rules import Doing, Standing
from srok.identity.cases.store import Move
from srok.identity.cases.terms import OPEN, Act, Seen, State

MIME = {b"\xff\xd8\xff": "image/jpeg", b"\x89PN": "image/png"}


@transaction.atomic
def lodge(command: LodgeApplication, *, ctx: Context) -> CaseFacts:
    """Take an application at a post: person, papers, portrait and contact in one transaction.

    Raises `cases.reference_taken`, `cases.same_person_twice` (one open application a person), `cases.lodged_in_future`,
    `cases.before_service`, `paper.unprintable`, the code of a bad portrait or paper, `cases.not_your_desk`.
    """
    return _lodge(command, store.person_key(command.claim), ctx)


@transaction.atomic
def lodge_as_other(command: LodgeApplication, other: str, *, ctx: Context) -> CaseFacts:
    """As `lodge`, after an officer decided that it is somebody else than the person of an equal open application.

    `other` names that decision: it makes this person's key another one. Two people may share names, birth and parents.
    """
    return _lodge(command, store.fingerprint("cases.person_key", [store.person_key(command.claim), other]), ctx)


def _lodge(command: LodgeApplication, key: str, ctx: Context) -> CaseFacts:
    reference = read_reference(command.reference)
    then = rules.step(Standing(), Doing(Act.LODGE, ctx.actor, ctx.office, ctx.roles))
    _check_day(command, ctx)
    _check_printable(command.claim)
    if Case.objects.filter(reference=reference).exists():
        raise Refusal("cases.reference_taken", field="reference")
    if Case.objects.filter(person_key=key, state__in=sorted(OPEN)).exists():
        raise Refusal("cases.same_person_twice", field="given_latin")
    case = _insert(command, reference, key, ctx)
    store.keep_claim(case, command.claim)
    store.keep_taken(case, command.taken)
    sounds.keep(case, command.claim)
    _keep_papers(case, command.papers, ctx)
    store.write_step(case, Move(Act.LODGE), then, ctx)
    _keep_contact(case, command.contact, ctx)
    journal.record(ctx, "cases.application_lodged", reference, _lodged_facts(case, command))
    store.tell(case, notices.Kind.APPLICATION_RECEIVED, ctx)
    return reads.case_facts(case)


def _check_day(command: LodgeApplication, ctx: Context) -> None:
    if command.lodged_on > ctx.on:
        raise Refusal("cases.lodged_in_future", field="lodged_on")
    if not law.as_of(command.lodged_on).has("case.days_allowed"):
        raise Refusal("cases.before_service", field="lodged_on")


def _check_printable(claim: Claim) -> None:
    """The name must come out of the printer right, to the last subscript (law.md TX-DOTTED)."""
    for field, text in (("family_km", claim.name.family_km), ("given_km", claim.name.given_km)):
        problem = paper.shaping_problem(text)
        if problem:
            raise Refusal("cases.khmer_unprintable", field=field, problem=problem)


def _insert(command: LodgeApplication, reference: str, key: str, ctx: Context) -> Case:
    portrait = biometrics.keep(command.portrait, ctx)
    today = law.as_of(command.lodged_on)
    case = Case(
        id=new_id(ctx.at), reference=reference, state=State.LODGED, office=ctx.office,
        pickup_post=_pickup_post(command.contact, ctx), lodged_on=command.lodged_on, state_since=ctx.on,
        due_on=law.deadline(today.number("case.days_allowed"), command.lodged_on, today), lodged_by=ctx.actor,
        portrait=portrait, content=command.content, person_key=key, happened_at=ctx.happened_at,
        **_hands(command.taken),
    )  # fmt: skip
    try:
        with transaction.atomic():
            case.save(force_insert=True)
    except IntegrityError as error:
        # Two counters at one moment: the constraints decide, the second one is told in words.
        taken = Case.objects.filter(reference=reference).exists()
        raise Refusal("cases.reference_taken" if taken else "cases.same_person_twice") from error
    return case


def _hands(taken: Taken | None) -> dict[str, Any]:
    """Who took it and who approved the taking, in which event of which kit, and how far the face was searched."""
    if taken is None:
        return {}
    return {
        "captured_by": taken.captured_by, "capture_approved_by": taken.approved_by, "kit": taken.kit,
        "kit_event": taken.event, "face_search": taken.face_search,
    }  # fmt: skip


def _pickup_post(contact: Contact, ctx: Context) -> str:
    post = contact.pickup_post or accounts.office(ctx.office).post
    if not post:
        raise Refusal("cases.required", field="pickup_post")
    return post


def _keep_contact(case: Case, contact: Contact, ctx: Context) -> None:
    notices.set_contact(
        notices.SetContact(
            subject=case.id, language=contact.language, channel=contact.channel, email=contact.email,
            phone=contact.phone, postal=contact.postal, pickup_post=case.pickup_post,
        ),
        ctx=ctx,
    )  # fmt: skip


def _lodged_facts(case: Case, command: LodgeApplication) -> journal.Facts:
    """Codes and counts only: no name, no date of birth, no kin (house rule 8)."""
    return {
        "office": case.office, "lodged_on": command.lodged_on.isoformat(), "basis": str(command.claim.basis),
        "papers": len(command.papers), "signed_by": command.claim.signed_by, "version": case.version,
    }  # fmt: skip


@transaction.atomic
def add_papers(command: AddPapers, *, ctx: Context) -> CaseFacts:
    """Add papers the applicant brought; a case that waited for them goes back to the examiner, its clock runs again."""
    case = store.load(command.case, ctx)
    if not command.papers:
        raise Refusal("cases.no_papers_given", field="papers")
    _keep_papers(case, command.papers, ctx)
    changes: dict[str, object] = {"missing": []} if case.state == State.WAITING_PAPERS else {}
    store.take(case, Move(Act.ADD_PAPERS, command.seen, changes=changes), ctx)
    kinds = sorted(str(one.kind) for one in command.papers)
    journal.record(ctx, "cases.papers_added", case.reference, {"kinds": kinds, "version": case.version})
    return reads.case_facts(case)


def _keep_papers(case: Case, papers: Iterable[ShownPaper], ctx: Context) -> None:
    for shown in papers:
        if shown.data is None and shown.seen is not Seen.ATTESTED:
            raise Refusal("cases.paper_without_file", field="papers", kind=str(shown.kind))
        _keep_paper(case, shown, ctx)


def _keep_paper(case: Case, shown: ShownPaper, ctx: Context) -> None:
    """Keep a paper exactly as it was scanned, sealed, with the hash of what was scanned."""
    row = Paper(id=new_id(ctx.at), case=case, kind=shown.kind, seen=shown.seen, added_by=ctx.actor, added_on=ctx.on)
    if shown.data is not None:
        problem = biometrics.readable(shown.data)
        if problem:
            raise Refusal(problem, field="papers", kind=str(shown.kind))
        row.sha256, row.size = hashlib.sha256(shown.data).hexdigest(), len(shown.data)
        row.mime = MIME.get(shown.data[:3], "image/jpeg")
        row.sealed = seal(settings.SROK_DATA_KEY, store.PAPER, shown.data, aad=row.id.bytes)
    row.save(force_insert=True)


@transaction.atomic
def withdraw(command: WithdrawApplication, *, ctx: Context) -> CaseFacts:
    """The applicant withdraws, at any time before the approval; nothing is held against a later application.

    The officer states that the applicant asked (`cases.applicant_did_not_ask` without); the applicant is told in
    writing, and how long they have to say that they did not.
    """
    case = store.load(command.case, ctx)
    if not command.asked:
        raise Refusal("cases.applicant_did_not_ask", field="sure")
    store.take(case, Move(Act.WITHDRAW, command.seen), ctx)
    journal.record(ctx, "cases.application_withdrawn", case.reference, {"version": case.version})
    store.tell(case, notices.Kind.WITHDRAWN, ctx)
    return reads.case_facts(case)


@transaction.atomic
def appeal(command: AppealDecision, *, ctx: Context) -> CaseFacts:
    """The applicant objects to a refusal: other officers see the same file. Raises `cases.appeal_late`."""
    case = store.load(command.case, ctx)
    if not command.grounds.strip():
        raise Refusal("cases.required", field="grounds")
    rules.check_appeal(reads.served_on(case), ctx.on, law.as_of(ctx.on))
    changes = {
        "outcome": "", "reasons": [], "decided_by": "", "decided_office": "", "approved_by": "",
        "approved_office": "",
    }  # fmt: skip
    store.take(case, Move(Act.APPEAL, command.seen, note=command.grounds.strip(), changes=changes), ctx)
    journal.record(ctx, "cases.application_appealed", case.reference, {"round": case.round, "version": case.version})
    return reads.case_facts(case)


@transaction.atomic
def open_case(command: OpenCase, *, ctx: Context) -> bool:
    """Note that an officer opens a case, and for what; True the first time that day (house.md section 6)."""
    case = store.load(command.case, ctx)
    _, first = Opening.objects.get_or_create(case=case, actor=ctx.actor, purpose=command.purpose, on=ctx.on)
    if first:
        journal.record(ctx, "cases.case_opened", case.reference, {"purpose": str(command.purpose)})
    return first
