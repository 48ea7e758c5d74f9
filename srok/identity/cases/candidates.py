"""Acts on candidates: search the resident list, and say who each candidate is. Matching proposes, people settle."""

from uuid import UUID

from django.db import transaction

from srok.ground.journal import public as journal
from srok.ground.kernel.context import Context
from srok.ground.kernel.ids import new_id
from srok.ground.kernel.names import PersonName
from srok.ground.kernel.refusal import Refusal
from srok.identity.cases import reads, rules, sounds, store
from srok.identity.cases.claims import Claim
from srok.identity.cases.commands import ProposeCandidates, SettleCandidate, SettleReason, SettleRest
from srok.identity.cases.facts import CandidateFacts
from srok.identity.cases.models import Candidate, Case, Search
from srok.identity.cases.terms import MAY_SETTLE, Act, Relation, SearchRole, SettledAs, State
from srok.identity.matching import public as matching

SETTLING = frozenset({State.LODGED, State.APPEALED})


@transaction.atomic
def propose_candidates(command: ProposeCandidates, *, ctx: Context) -> tuple[CandidateFacts, ...]:
    """Search the list for the applicant, the parents and the siblings; store each report and its candidates.

    Searching again adds whom the list holds now and replaces what nobody settled; what was settled stays. Other
    open cases of every office that may be of the same person are counted, and warned of on the page of the case.
    """
    case = store.load(command.case, ctx)
    _check_desk(case, ctx, "cases.act_propose")
    store.touch(case, seen=None)  # first: two searches at once, and the second is stale before it writes
    Candidate.objects.filter(case=case, settled_as="").delete()
    matching.index_changes()
    sounds.keep_missing()
    searched = 0
    for question in questions(store.claim_of(case)):
        report = matching.search(question, ctx=ctx)
        searched = report.searched
        _keep_report(case, report, ctx)
    if searched:
        Case.objects.filter(pk=case.pk).update(searched_on=ctx.on)
    found = reads.candidates_of(case)
    facts: journal.Facts = {
        "searched": searched, "candidates": len(found), "similar": len(sounds.similar(case)),
        "version": case.version,
    }  # fmt: skip
    journal.record(ctx, "cases.candidates_proposed", case.reference, facts)
    return found


def questions(claim: Claim) -> list[matching.SearchPerson]:
    """What is asked of the list: the person, each named parent, and the siblings by their parents or by name."""
    role = matching.SearchedAs
    asked = [
        matching.SearchPerson(
            name=claim.name, birth=claim.birth, sex=claim.sex.value, birthplace=claim.birthplace,
            father=claim.father, mother=claim.mother, as_role=role.SELF, other_names=claim.other_names,
        )
    ]  # fmt: skip
    for parent, as_role, sex in ((claim.mother, role.MOTHER, "F"), (claim.father, role.FATHER, "M")):
        if parent is not None:
            asked.append(matching.SearchPerson(name=parent, sex=sex, as_role=as_role, child_birth=claim.birth))
    named = claim.relative if claim.relative and claim.relative.relation is Relation.SIBLING else None
    if named or (claim.father and claim.mother):
        asked.append(
            matching.SearchPerson(
                name=named.name if named else PersonName("", "", "", ""), birth=named.birth if named else None,
                father=claim.father, mother=claim.mother, as_role=role.SIBLING, child_birth=claim.birth,
            )
        )  # fmt: skip
    return asked


def check_nobody_new(case: Case, ctx: Context) -> None:
    """Before a new person is admitted, the list of this moment holds nobody whom the examiner did not settle.

    Raises `cases.new_candidates`: two cases of one person, both open, may have been examined before either was
    admitted. The search waits for an admission that is not finished yet, and its report is kept.
    """
    matching.index_changes()
    report = matching.search(questions(store.claim_of(case))[0], ctx=ctx)
    close = {found.subject for found in report.candidates if found.hint is not matching.Hint.UNLIKELY}
    new = rules.unsettled(close, reads.candidates_of(case))
    if new:
        raise Refusal("cases.new_candidates", count=len(new))


def _keep_report(case: Case, report: matching.MatchReport, ctx: Context) -> None:
    role = SearchRole(report.as_role.value)
    Search(case=case, report_id=report.report_id, as_role=role, searched=report.searched, on=ctx.on).save()
    settled = set(case.candidates.filter(as_role=role).values_list("subject", flat=True))
    for found in report.candidates:
        if found.subject in settled:
            continue
        reasons = [[r.field, r.level, r.code, r.bits10, r.one_in] for r in found.reasons]
        Candidate(
            id=new_id(ctx.at), case=case, report_id=report.report_id, as_role=role, subject=found.subject,
            register_no=found.register_no, permille=round(found.score * 1000), hint=found.hint.value,
            reasons=reasons,
        ).save(force_insert=True)  # fmt: skip


@transaction.atomic
def settle(command: SettleCandidate, *, ctx: Context) -> CandidateFacts:
    """Say who a candidate is: the same person, a parent, a sibling, or someone else.

    Raises `cases.cannot_be_settled_so` (one searched as mother cannot become the applicant),
    `cases.second_self` (the applicant is one person of the list), `cases.not_in_this_state`, `cases.not_your_desk`.
    """
    case = store.load(command.case, ctx)
    row = _open(case, command.candidate, ctx)
    if command.as_ not in MAY_SETTLE[SearchRole(row.as_role)]:
        raise Refusal("cases.cannot_be_settled_so", field="as_", role=f"cases.role_{row.as_role}")
    others = case.candidates.filter(settled_as=SettledAs.SAME_PERSON).exclude(pk=row.pk)
    if command.as_ is SettledAs.SAME_PERSON and others.exists():
        raise Refusal("cases.second_self", field="as_")
    store.touch(case, seen=command.seen)
    _mark(row, command.as_, command.reason, ctx)
    if command.as_ is not SettledAs.SOMEONE_ELSE:
        _mark_twins(row, command.reason, ctx)
    journal.record(
        ctx, "cases.candidate_settled", case.reference,
        {"candidate": str(row.pk), "as": str(command.as_), "reason": str(command.reason), "version": case.version},
    )  # fmt: skip
    return reads.candidate_facts(row)


@transaction.atomic
def settle_rest(command: SettleRest, *, ctx: Context) -> int:
    """Say that every candidate still open is someone else; return how many there were."""
    case = store.load(command.case, ctx)
    _check_desk(case, ctx, "cases.act_settle")
    still_open = [one.id for one in rules.to_settle(reads.candidates_of(case))]
    rows = list(case.candidates.filter(pk__in=still_open))
    for row in rows:
        _mark(row, SettledAs.SOMEONE_ELSE, command.reason, ctx)
    store.touch(case, seen=command.seen)
    journal.record(
        ctx, "cases.candidates_settled", case.reference,
        {"candidates": len(rows), "as": str(SettledAs.SOMEONE_ELSE), "reason": str(command.reason),
         "version": case.version},
    )  # fmt: skip
    return len(rows)


def _open(case: Case, candidate: UUID, ctx: Context) -> Candidate:
    _check_desk(case, ctx, "cases.act_settle")
    row = case.candidates.filter(pk=candidate).first()
    if row is None:
        raise Refusal("cases.unknown_candidate")
    return row


def _check_desk(case: Case, ctx: Context, act: str) -> None:
    """The list is searched and candidates are settled by the examiner, before examination: then they are frozen.

    A post never searches the list: it would be a way to look people up.
    """
    if case.state not in SETTLING:
        raise Refusal("cases.not_in_this_state", state=f"cases.state_{case.state}", act=act)
    rules.check_desk(Act.EXAMINE, office=ctx.office, roles=ctx.roles)
    rules.check_hands(store.standing(case), Act.EXAMINE, actor=ctx.actor)


def _mark_twins(row: Candidate, reason: SettleReason, ctx: Context) -> None:
    """One person of the list is one thing to the applicant: nobody is asked about them twice, role by role."""
    as_ = SettledAs(row.settled_as)
    for twin in Candidate.objects.filter(case=row.case_id, subject=row.subject, settled_as="").exclude(pk=row.pk):
        same = as_ in MAY_SETTLE[SearchRole(twin.as_role)] and as_ is not SettledAs.SAME_PERSON
        _mark(twin, as_ if same else SettledAs.SOMEONE_ELSE, reason, ctx)


def _mark(row: Candidate, as_: SettledAs, reason: SettleReason, ctx: Context) -> None:
    row.settled_as, row.settled_reason = as_, reason
    row.settled_by, row.settled_on = ctx.actor, ctx.on
    row.save(update_fields=["settled_as", "settled_reason", "settled_by", "settled_on"])
