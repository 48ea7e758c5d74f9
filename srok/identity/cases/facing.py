"""The search of the applicant's face among all others: asked, done with candidates for a person, or waived by rule."""

from dataclasses import dataclass

from django.db import transaction

from srok.ground.journal import public as journal
from srok.ground.kernel.context import Context
from srok.ground.kernel.refusal import Refusal, Stale
from srok.identity.biometrics import public as biometrics
from srok.identity.cases import reads, rules, store
from srok.identity.cases.capture_terms import FaceSearch, FaceWaiver
from srok.identity.cases.facts import CaseFacts
from srok.identity.cases.models import Case
from srok.identity.cases.terms import Act, State

# While it can still weigh on a decision.
UNDECIDED = frozenset({State.LODGED, State.EXAMINED, State.WAITING_CENTRAL, State.DECIDED, State.APPEALED})


@dataclass(frozen=True, slots=True)
class SearchFace:
    """Command: search the applicant's face among all others (again)."""

    case: str
    seen: int | None = None


@dataclass(frozen=True, slots=True)
class WaiveFaceSearch:
    """Command: leave the search out, by a rule."""

    case: str
    reason: FaceWaiver
    seen: int | None = None


@transaction.atomic
def search(command: SearchFace, *, ctx: Context) -> CaseFacts:
    """Ask for the search, or note that it is done. A near face is a candidate for a person, never a refusal.

    Where no engine is, or the answer is not there yet, the slot stays `not_available` and the fact says so. Raises
    `cases.not_your_desk`, `cases.face_too_late`, `Stale`.
    """
    case = _open_case(command.case, ctx)
    found = biometrics.search_face(case.portrait, ctx)
    done = found.state == biometrics.SearchState.DONE
    if done:
        _put(case, command.seen, FaceSearch.DONE, ctx)
    facts: journal.Facts = {
        "state": str(found.state), "candidates": len(found.candidates), "reason": found.reason, "version": case.version,
    }  # fmt: skip
    journal.record(ctx, "cases.face_searched", case.reference, facts)
    return reads.case_facts(case)


@transaction.atomic
def waive(command: WaiveFaceSearch, *, ctx: Context) -> CaseFacts:
    """Leave the search out by rule, with its code; the slot says so on every page of the case."""
    case = _open_case(command.case, ctx)
    _put(case, command.seen, FaceSearch.WAIVED, ctx, waiver=command.reason.value)
    facts: journal.Facts = {"reason": command.reason.value, "version": case.version}
    journal.record(ctx, "cases.face_search_waived", case.reference, facts)
    return reads.case_facts(case)


def near(case: CaseFacts, ctx: Context) -> tuple[str, ...]:
    """References of the cases whose faces were found near, for the desks that compare; others are told nothing."""
    if not ctx.roles & reads.COMPARING:
        return ()
    row = store.load(case.reference, ctx)
    found = biometrics.search_of(row.portrait)
    keys = [one.key for one in found.candidates] if found else []
    rows = Case.objects.filter(portrait__in=keys).exclude(pk=row.pk).order_by("reference")
    return tuple(rows.values_list("reference", flat=True))


def _open_case(reference: str, ctx: Context) -> Case:
    case = store.load(reference, ctx)
    rules.check_desk(Act.DECIDE, office=ctx.office, roles=ctx.roles)
    if State(case.state) not in UNDECIDED:
        raise Refusal("cases.face_too_late")
    return case


def _put(case: Case, seen: int | None, to: FaceSearch, ctx: Context, *, waiver: str = "") -> None:
    if seen not in (None, case.version):
        raise Stale(reference=case.reference)
    store.touch(case, seen=seen)
    Case.objects.filter(pk=case.pk).update(face_search=to.value, face_search_by=ctx.actor, face_waiver=waiver)
    case.refresh_from_db()
