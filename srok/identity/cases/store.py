"""Compare-and-set moves, sealing and fingerprints of the cases; used by the acts and reads of this room only."""

import hmac
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db.models import F, QuerySet

from srok.ground.kernel.canonical import canonical_bytes
from srok.ground.kernel.context import Context
from srok.ground.kernel.dates import PartialDate
from srok.ground.kernel.names import PersonName, khmer_fold, latin_fold
from srok.ground.kernel.refusal import Refusal, Stale
from srok.ground.kernel.sealing import seal, unseal
from srok.ground.law import public as law
from srok.ground.notices import public as notices
from srok.identity.cases import claims, rules
from srok.identity.cases.capture_terms import Taken
from srok.identity.cases.claims import Claim
from srok.identity.cases.models import Case, HowTaken, PersonClaimed, Step
from srok.identity.cases.rules import Hand, Standing
from srok.identity.cases.terms import Act, Opinion, Outcome, State

PERSON, GROUNDS, PAPER, TAKEN = "cases.person", "cases.grounds", "cases.paper", "cases.taken"


def visible(ctx: Context) -> QuerySet[Case]:
    """The cases that this office may see (house rule 10); for every other office none.

    A post sees its own; the examiners of Foreign Affairs see every post's; Interior sees what was examined.
    """
    if ctx.ministry == "mfa" and ctx.has("examiner"):
        return Case.objects.all()
    if ctx.ministry == "mfa" and ctx.has("consular_officer"):
        return Case.objects.filter(office=ctx.office)
    if ctx.ministry == "moi" and (ctx.has("identification_officer") or ctx.has("approver")):
        return Case.objects.exclude(examined_by="")
    return Case.objects.none()


def load(reference: str, ctx: Context) -> Case:
    """The case, if the office may see it; a case of others is as unknown as one that never was."""
    found = visible(ctx).filter(reference=reference).first()
    if found is None:
        raise Refusal("cases.unknown_case", reference=reference)
    return found


def standing(case: Case) -> Standing:
    """Where the case stands, with every hand that touched it: also of who took it, and who approved the taking."""
    taking = {name for name in (case.captured_by, case.capture_approved_by) if name and name != case.lodged_by}
    hands = tuple(Hand(Act.LODGE, name, case.office) for name in sorted(taking))
    hands += tuple(Hand(Act(step.act), step.actor, step.office, step.round) for step in case.steps.all())
    return Standing(
        State(case.state), case.round, Outcome(case.outcome) if case.outcome else None,
        Opinion(case.opinion) if case.opinion else None, hands,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Move:
    """One act of FLOW to be carried out on a case: `seen` the version looked at, `changes` further columns.

    `note` is what a person wrote freely: it is sealed.
    """

    act: Act
    seen: int | None = None
    reasons: Sequence[str] = ()
    note: str = ""
    outcome: Outcome | None = None
    opinion: Opinion | None = None
    changes: Mapping[str, object] = field(default_factory=dict)


def take(case: Case, move: Move, ctx: Context) -> None:
    """Carry out one act of FLOW: check state, desk and hands, move the row by compare-and-set, write the step.

    Raises what `rules.step` raises, and `Stale` when somebody moved the case first.
    """
    doing = rules.Doing(move.act, ctx.actor, ctx.office, ctx.roles, move.outcome, move.opinion)
    put(case, move, rules.step(standing(case), doing), ctx)


def put(case: Case, move: Move, then: Standing, ctx: Context) -> None:
    """Move the row to a standing that `rules` allowed, and write the step."""
    _compare_and_set(case, move, then, ctx)
    write_step(case, move, then, ctx)


def _compare_and_set(case: Case, move: Move, then: Standing, ctx: Context) -> None:
    """Compare-and-set on the version; the legal clock stops while papers are awaited."""
    assert then.state is not None
    if move.seen not in (None, case.version):
        raise Stale(reference=case.reference)
    waited = case.waited_days
    if case.state == State.WAITING_PAPERS and then.state is not State.WAITING_PAPERS:
        waited += max(0, (ctx.on - case.state_since).days)
    moved = Case.objects.filter(pk=case.pk, version=case.version).update(
        version=F("version") + 1, state=then.state.value, round=then.round, waited_days=waited,
        state_since=ctx.on if then.state != case.state else case.state_since,
        due_on=law.deadline(days_allowed(case) + waited, case.lodged_on, law.as_of(case.lodged_on)),
        **move.changes,
    )  # fmt: skip
    if not moved:
        raise Stale(reference=case.reference)
    case.refresh_from_db()


def touch(case: Case, *, seen: int | None) -> None:
    """A change that leaves the state as it is (a settled candidate) still counts as a version."""
    if seen not in (None, case.version) or not Case.objects.filter(pk=case.pk, version=case.version).update(
        version=F("version") + 1
    ):
        raise Stale(reference=case.reference)
    case.refresh_from_db()


def write_step(case: Case, move: Move, then: Standing, ctx: Context) -> None:
    """The line of history of an act."""
    sealed = seal(settings.SROK_DATA_KEY, GROUNDS, move.note.encode(), aad=case.id.bytes) if move.note else None
    Step(
        case=case, n=len(then.hands), act=move.act.value, state=case.state, actor=ctx.actor, office=ctx.office,
        round=then.hands[-1].round, at=ctx.at, on=ctx.on, opinion=move.opinion or "", outcome=move.outcome or "",
        reasons=[str(code) for code in move.reasons], sealed=sealed,
    ).save(force_insert=True)  # fmt: skip


def tell(case: Case, kind: notices.Kind, ctx: Context, *, reasons: Sequence[str] = ()) -> None:
    """Send the applicant a notice; it knows the case by its opaque id and the post where letters wait."""
    facts = {"post": case.pickup_post}
    notices.send(notices.SendNotice(case.id, case.reference, kind, facts, tuple(reasons)), ctx=ctx)


def days_allowed(case: Case) -> int:
    """Days from lodging to decision under the law of the day of lodging, without the days papers were awaited."""
    return law.as_of(case.lodged_on).number("case.days_allowed")


def keep_claim(case: Case, claim: Claim) -> None:
    """Seal what the person says, tied to the case."""
    plain = canonical_bytes(claims.to_plain(claim))
    sealed = seal(settings.SROK_DATA_KEY, PERSON, plain, aad=case.id.bytes)
    PersonClaimed(case=case, sealed=sealed).save(force_insert=True)


def claim_of(case: Case) -> Claim:
    """What the person said when lodging."""
    sealed = bytes(case.person.sealed)
    return claims.from_plain(json.loads(unseal(settings.SROK_DATA_KEY, PERSON, sealed, aad=case.id.bytes)))


def keep_taken(case: Case, taken: Taken | None) -> None:
    """Keep how the application was taken: codes readable, the officers' words and the witnesses sealed."""
    if taken is None:
        return
    words = {
        "place": taken.place, "statement": taken.statement, "witnesses": list(taken.witnesses),
        "guardian": taken.guardian,
    }  # fmt: skip
    sealed = seal(settings.SROK_DATA_KEY, TAKEN, canonical_bytes(words), aad=case.id.bytes)
    HowTaken(
        case=case, confirmed=taken.confirmed, where=taken.where, fingers=dict(taken.fingers),
        finger_waiver=taken.finger_waiver, as_is=list(taken.as_is), problems=list(taken.problems), sealed=sealed,
    ).save(force_insert=True)  # fmt: skip


def taken_of(case: Case) -> Taken | None:
    """How the application was taken at a counter; None where it came in a folder."""
    row = HowTaken.objects.filter(case=case).first()
    if row is None:
        return None
    words = json.loads(unseal(settings.SROK_DATA_KEY, TAKEN, bytes(row.sealed), aad=case.id.bytes))
    return Taken(
        captured_by=case.captured_by, approved_by=case.capture_approved_by, captured_on=case.lodged_on,
        confirmed=row.confirmed, where=row.where, place=words["place"], statement=words["statement"],
        witnesses=tuple(words["witnesses"]), guardian=words["guardian"], fingers=row.fingers,
        finger_waiver=row.finger_waiver, as_is=tuple(row.as_is), problems=tuple(row.problems),
        face_search=case.face_search, kit=case.kit, event=case.kit_event,
    )  # fmt: skip


def grounds_of(case: Case) -> str:
    """The latest objection in the applicant's words, or empty."""
    step = case.steps.filter(act=Act.APPEAL).last()
    if step is None or step.sealed is None:
        return ""
    return unseal(settings.SROK_DATA_KEY, GROUNDS, bytes(step.sealed), aad=case.id.bytes).decode()


def fingerprint(purpose: str, value: Any) -> str:
    """A keyed fingerprint: the same input gives the same text, and nobody can guess names from it."""
    body = purpose.encode() + b"\0" + canonical_bytes(value)
    return hmac.digest(settings.SROK_DATA_KEY, body, "sha256").hex()


def person_key(claim: Claim) -> str:
    """Equal for one person twice: names in either order and any typed spelling order, birth, parents (ID-UNIQ)."""
    parents = [_folded(name) if name else [] for name in (claim.father, claim.mother)]
    return fingerprint("cases.person_key", [_folded(claim.name), _birth(claim.birth), parents])


def _folded(name: PersonName) -> list[str]:
    if name.latin:
        return sorted(latin_fold(name.latin).split())
    return sorted((khmer_fold(name.family_km), khmer_fold(name.given_km)))


def _birth(birth: PartialDate) -> str:
    return birth.iso()
