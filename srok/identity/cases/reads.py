"""Questions to the cases, scoped to the office of the asker."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.conf import settings

from srok.ground.gazetteer import public as gazetteer
from srok.ground.kernel.context import Context
from srok.ground.kernel.refusal import Refusal
from srok.ground.kernel.sealing import unseal
from srok.ground.law import public as law
from srok.ground.notices import public as notices
from srok.identity.biometrics import public as biometrics
from srok.identity.cases import evidence, printing, rules, sounds, store
from srok.identity.cases.assess import Assessment, CardHeld, CaseEvidence, SettledPerson, assess
from srok.identity.cases.claims import Claim
from srok.identity.cases.evidence import PaperSeen
from srok.identity.cases.facts import (
    CandidateFacts,
    CandidateReason,
    CaseFacts,
    PaperFacts,
    SearchFacts,
    StepFacts,
    WholeCase,
)
from srok.identity.cases.models import Candidate, Case, Paper
from srok.identity.cases.printing import PrintedBirth
from srok.identity.cases.terms import (
    OPEN,
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
from srok.identity.register import public as register
from srok.identity.register.terms import PersonFacts, SubjectId
from srok.trust.verification import public as verification

# Which states wait for which role: what a desk sees first.
AWAITS: Mapping[str, frozenset[State]] = {
    "consular_officer": frozenset({State.WAITING_PAPERS}),
    "examiner": frozenset({State.LODGED}),
    "identification_officer": frozenset({State.EXAMINED, State.WAITING_CENTRAL, State.APPEALED}),
    "approver": frozenset({State.DECIDED}),
}
# Who is told the reference of another office's case: a post never, the desks that compare applications do.
COMPARING = frozenset({"examiner", "identification_officer", "approver"})
ENDED_BOOK_STATES = frozenset({"revoked", "destroyed"})
# Cards that were ordered but not yet handed over are no cards in the holder's hand.
NOT_IN_HAND = frozenset({"ordered", "issued"})


def queue(ctx: Context, *, mine: bool = True) -> list[CaseFacts]:
    """The open cases of this office, nearest legal deadline first; `mine`: only those that wait for this officer."""
    rows = store.visible(ctx).filter(state__in=sorted(OPEN)).select_related("person")
    if mine:
        waiting = {state for role in ctx.roles for state in AWAITS.get(role, ())}
        rows = rows.filter(state__in=sorted(waiting))
    return [case_facts(row) for row in rows.order_by("due_on", "lodged_on", "reference")]


def finished(ctx: Context, limit: int = 50) -> list[CaseFacts]:
    """The cases of this office that are refused, withdrawn or closed, newest first."""
    rows = store.visible(ctx).exclude(state__in=sorted(OPEN)).select_related("person")
    return [case_facts(row) for row in rows.order_by("-state_since", "reference")[:limit]]


def case(reference: str, ctx: Context) -> CaseFacts:
    """Where a case stands; raises `cases.unknown_case` for one the office may not see."""
    return case_facts(store.load(reference, ctx))


def standing_of(reference: str) -> CaseFacts:
    """Where a case stands, for the program's own work and its demo: no scope is checked, no page calls this."""
    row = Case.objects.filter(reference=reference).first()
    if row is None:
        raise Refusal("cases.unknown_case", reference=reference)
    return case_facts(row)


def whole(reference: str, ctx: Context) -> WholeCase:
    """Everything the office sees on the page of a case; raises `cases.unknown_case`."""
    row = store.load(reference, ctx)
    return WholeCase(
        case=case_facts(row), claim=store.claim_of(row), portrait=row.portrait, papers=papers_of(row),
        candidates=candidates_of(row), searches=_searches(row), grounds=store.grounds_of(row),
        similar=sounds.similar(row) if ctx.roles & COMPARING else (), taken=store.taken_of(row),
        happened_at=row.happened_at,
        steps=tuple(
            StepFacts(Act(one.act), State(one.state), one.actor, one.office, one.at, one.on, one.opinion,
                      one.outcome, tuple(one.reasons))
            for one in row.steps.all()
        ),
    )  # fmt: skip


def assessment(reference: str, ctx: Context) -> Assessment:
    """The path to proof of a case as it stands now; raises `cases.unknown_case`."""
    return assess_case(store.load(reference, ctx))


def open_acts(reference: str, ctx: Context) -> frozenset[Act]:
    """What this officer could do with the case now, as far as state, desk and hands decide it."""
    standing = store.standing(store.load(reference, ctx))
    return frozenset(act for act in Act if _may(standing, act, ctx))


def _may(standing: rules.Standing, act: Act, ctx: Context) -> bool:
    outcome = Outcome.REFUSE if act is Act.DECIDE else None
    try:
        rules.step(standing, rules.Doing(act, ctx.actor, ctx.office, ctx.roles, outcome))
    except Refusal:
        return False
    return True


def paper_image(reference: str, paper: UUID, ctx: Context) -> tuple[str, bytes]:
    """Media type and bytes of a scanned paper, for the offices of its case; raises `cases.unknown_paper_image`."""
    row = store.load(reference, ctx).papers.filter(pk=paper).first()
    if row is None or row.sealed is None:
        raise Refusal("cases.unknown_paper_image")
    return row.mime, unseal(settings.SROK_DATA_KEY, store.PAPER, bytes(row.sealed), aad=row.id.bytes)


def portrait(reference: str, ctx: Context) -> bytes:
    """The applicant's portrait (JPEG), for the offices of the case."""
    return biometrics.portrait(store.load(reference, ctx).portrait)


def case_facts(row: Case) -> CaseFacts:
    """The row as facts; no scope is checked here."""
    return CaseFacts(
        id=row.id, reference=row.reference, state=State(row.state), version=row.version, round=row.round,
        office=row.office, pickup_post=row.pickup_post, name=store.claim_of(row).name, lodged_on=row.lodged_on,
        state_since=row.state_since, due_on=row.due_on, opinion=Opinion(row.opinion) if row.opinion else None,
        outcome=Outcome(row.outcome) if row.outcome else None, path=Path(row.path) if row.path else None,
        reasons=tuple(row.reasons), missing=tuple(row.missing), searched_on=row.searched_on, subject=row.subject,
        face_search=row.face_search, face_waiver=row.face_waiver,
    )  # fmt: skip


def assess_case(row: Case) -> Assessment:
    """Load what the rule looks at, and ask the rule, under the law of the day of application."""
    claim = store.claim_of(row)
    settled = settled_people(row)
    me = next((person for person in settled if person.as_ is SettledAs.SAME_PERSON), None)
    facts = CaseEvidence(
        claim=claim, lodged_on=row.lodged_on, papers=papers_seen(row), settled=settled,
        cards=_cards_held(me.subject) if me else (), born_in_cambodia=gazetteer.exists(claim.birthplace),
        similar=bool(sounds.similar(row)),
    )  # fmt: skip
    return assess(facts, law.as_of(row.lodged_on))


def printed_birth(row: Case, claim: Claim, listed: PersonFacts | None) -> PrintedBirth:
    """Which birth date the card says, and which others stay as aliases (ID-BIRTHDATE-PRINTED)."""
    proof = evidence.primary(
        papers_seen(row), law.as_of(row.lodged_on), born_in_cambodia=gazetteer.exists(claim.birthplace)
    )
    return printing.printed_birth(claim.birth, listed.birth if listed else None, proven=proof is not None)


def printed_birth_of(reference: str, listed: PersonFacts | None, ctx: Context) -> PrintedBirth:
    """As `printed_birth`, for the page of a case."""
    row = store.load(reference, ctx)
    return printed_birth(row, store.claim_of(row), listed)


def settled_people(row: Case) -> tuple[SettledPerson, ...]:
    """The people of the list whom officers recognised, as the register holds them now."""
    found = []
    for one in row.candidates.exclude(settled_as__in=["", SettledAs.SOMEONE_ELSE]).order_by("id"):
        person = register.person(SubjectId(one.subject))
        found.append(SettledPerson(SettledAs(one.settled_as), one.subject, person.citizen, person.birth, person.alive))
    return tuple(found)


def _cards_held(subject: UUID) -> tuple[CardHeld, ...]:
    return tuple(
        CardHeld(card.number, card.generation, card.expires, str(card.state) in ENDED_BOOK_STATES)
        for card in verification.cards_of(subject)
        if str(card.state) not in NOT_IN_HAND
    )


def papers_seen(row: Case) -> tuple[PaperSeen, ...]:
    """The papers of a case as the rules see them."""
    return tuple(PaperSeen(PaperKind(one.kind), Seen(one.seen)) for one in row.papers.order_by("id"))


def papers_of(row: Case) -> tuple[PaperFacts, ...]:
    """The papers of a case, without their images."""
    return tuple(
        PaperFacts(one.id, PaperKind(one.kind), Seen(one.seen), bool(one.sha256), one.mime, one.sha256, one.added_by,
                   one.added_on)
        for one in Paper.objects.filter(case=row).defer("sealed").order_by("id")
    )  # fmt: skip


def candidates_of(row: Case) -> tuple[CandidateFacts, ...]:
    """The candidates of a case: open ones first, likeliest first."""
    rows = [candidate_facts(one) for one in row.candidates.all()]
    order = list(SearchRole)
    return tuple(sorted(rows, key=lambda one: (order.index(one.role), -one.permille, one.register_no)))


def candidate_facts(row: Candidate) -> CandidateFacts:
    """One candidate with the reasons that matching gave."""
    return CandidateFacts(
        id=row.id, role=SearchRole(row.as_role), subject=row.subject, register_no=row.register_no,
        permille=row.permille, hint=row.hint, reasons=tuple(CandidateReason(*one) for one in row.reasons),
        settled_as=SettledAs(row.settled_as) if row.settled_as else None, settled_by=row.settled_by,
        settled_reason=row.settled_reason,
    )  # fmt: skip


def _searches(row: Case) -> tuple[SearchFacts, ...]:
    """The newest search of each role."""
    newest = {one.as_role: one for one in row.searches.order_by("id")}
    return tuple(SearchFacts(SearchRole(one.as_role), one.searched, one.on) for one in newest.values())


def served_on(row: Case) -> date | None:
    """The day on which the refusal was proven to have reached the applicant, or None."""
    letters = [one for one in notices.notices_of(row.id) if one.kind == "refused"]
    return letters[-1].served_on if letters else None
