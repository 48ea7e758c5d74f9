"""The page of one case, and the acts that its forms become; which officer may do what is decided by the acts."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from srok.ground.accounts.terms import Role
from srok.ground.faces.public import VersionedForm, context, needs, perform, wording
from srok.ground.kernel.context import Context
from srok.ground.kernel.refusal import Refusal
from srok.identity.cases import (
    branch_reads,
    candidates,
    commands,
    compared,
    counter,
    decision,
    examination,
    facing,
    forms,
    in_words,
    letters,
    lodging,
    opening,
    reads,
    rules,
    shown,
)
from srok.identity.cases.assess import Assessment
from srok.identity.cases.capture_terms import FaceSearch, FaceWaiver
from srok.identity.cases.commands import BackReason, SettleReason
from srok.identity.cases.facts import WholeCase
from srok.identity.cases.terms import Act, Opinion, Outcome, SettledAs, State
from srok.identity.register import public as register

DESK = needs(Role.CONSULAR_OFFICER, Role.EXAMINER, Role.IDENTIFICATION_OFFICER, Role.APPROVER)
Build = Callable[[str, Any], Any]


@dataclass(frozen=True, slots=True)
class Record:
    """Command of the page: record how a letter reached the applicant."""

    case: str
    notice: UUID
    how: str


def serve(command: Record, *, ctx: Context) -> object:
    """As `letters.record_service`, in the shape of an act."""
    return letters.record_service(command.case, command.notice, command.how, ctx=ctx)


@dataclass(frozen=True, slots=True)
class Shape:
    """How an act looks: who may see its form, the form, the act, and the command that a good form becomes."""

    roles: tuple[Role, ...]
    form: type[VersionedForm]
    act: Callable[..., Any]
    command: Build


def _back(form: Any) -> tuple[BackReason, ...]:
    return tuple(BackReason(code) for code in form.cleaned_data.get("reasons", ()))


MFA, MOI = (Role.CONSULAR_OFFICER,), (Role.IDENTIFICATION_OFFICER,)
SHAPES: dict[str, Shape] = {
    "propose": Shape(
        (Role.EXAMINER,), forms.PlainForm, candidates.propose_candidates,
        lambda case, form: commands.ProposeCandidates(case),
    ),
    "settle": Shape(
        (Role.EXAMINER,), forms.SettleForm, candidates.settle,
        lambda case, form: commands.SettleCandidate(
            case, form.cleaned_data["candidate"], SettledAs(form.cleaned_data["as_"]),
            SettleReason(form.cleaned_data["reason"]), form.cleaned_data["seen_version"],
        ),
    ),
    "settle_rest": Shape(
        (Role.EXAMINER,), forms.SettleRestForm, candidates.settle_rest,
        lambda case, form: commands.SettleRest(
            case, SettleReason(form.cleaned_data["reason"]), form.cleaned_data["seen_version"]
        ),
    ),
    "ask": Shape(
        (Role.EXAMINER, *MOI), forms.AskForm, examination.ask_for_papers,
        lambda case, form: commands.AskForPapers(case, form.given("missing"), form.cleaned_data["seen_version"]),
    ),
    "examine": Shape(
        (Role.EXAMINER,), forms.ExamineForm, examination.examine,
        lambda case, form: commands.ExamineApplication(
            case, Opinion(form.cleaned_data["opinion"]), form.given("reasons"), form.cleaned_data["seen_version"]
        ),
    ),
    "return": Shape(
        MOI, forms.ReturnForm, examination.return_to_examiner,
        lambda case, form: commands.ReturnToExaminer(case, _back(form), form.cleaned_data["seen_version"]),
    ),
    "decide": Shape(
        MOI, forms.DecideForm, decision.decide,
        lambda case, form: commands.DecideApplication(
            case, Outcome(form.cleaned_data["outcome"]), form.given("reasons"),
            form.cleaned_data.get("central_answer", ""), form.cleaned_data["seen_version"],
        ),
    ),
    "face_search": Shape(
        MOI, forms.PlainForm, facing.search,
        lambda case, form: facing.SearchFace(case, form.cleaned_data["seen_version"]),
    ),
    "face_waive": Shape(
        MOI, forms.FaceWaiveForm, facing.waive,
        lambda case, form: facing.WaiveFaceSearch(
            case, FaceWaiver(form.cleaned_data["reason"]), form.cleaned_data["seen_version"]
        ),
    ),
    "approve": Shape(
        (Role.APPROVER,), forms.ApproveForm, decision.approve,
        lambda case, form: commands.ApproveDecision(
            case, form.cleaned_data["agree"] == "yes", _back(form), form.cleaned_data["seen_version"]
        ),
    ),
    "papers": Shape(
        MFA, forms.PapersForm, lodging.add_papers,
        lambda case, form: commands.AddPapers(
            case, counter.shown_papers(form.cleaned_data), form.cleaned_data["seen_version"]
        ),
    ),
    "appeal": Shape(
        MFA, forms.AppealForm, lodging.appeal,
        lambda case, form: commands.AppealDecision(
            case, form.cleaned_data["grounds"], form.cleaned_data["seen_version"]
        ),
    ),
    "withdraw": Shape(
        MFA, forms.WithdrawForm, lodging.withdraw,
        lambda case, form: commands.WithdrawApplication(
            case, form.cleaned_data["seen_version"], form.cleaned_data["sure"]
        ),
    ),
    "serve": Shape(
        MFA, forms.ServeForm, serve,
        lambda case, form: Record(case, form.cleaned_data["notice"], form.cleaned_data["how"]),
    ),
}  # fmt: skip
# The acts of FLOW behind each form; the others are guarded by what the page finds.
BEHIND: Mapping[str, Act] = {
    "ask": Act.ASK_FOR_PAPERS, "examine": Act.EXAMINE, "return": Act.RETURN_TO_EXAMINER, "decide": Act.DECIDE,
    "papers": Act.ADD_PAPERS, "appeal": Act.APPEAL, "withdraw": Act.WITHDRAW,
}  # fmt: skip


@DESK
@never_cache
@require_safe
def case(request: HttpRequest, reference: str) -> HttpResponse:
    """One case in one screen: person, law, papers, candidates, history, and the acts that are open to this officer."""
    ctx = context(request)
    found = _found(reference, ctx)
    opening.note_opening(reference, ctx)
    return render(request, "cases/case.html", _page(found, ctx, {}))


def act(request: HttpRequest, reference: str, name: str) -> HttpResponse:
    """Carry out one act from its form; a form with faults comes back on the page of the case."""
    ctx = context(request)
    found = _found(reference, ctx)
    form = _form(name, found, reads.assessment(reference, ctx), request)
    if form.is_valid():
        shape = SHAPES[name]
        done = perform(request, shape.act, shape.command(reference, form), trace=form.trace)
        if done is not None:
            messages.success(request, wording.sentence(f"cases.done_{name}"))
        return redirect("cases:case", reference=reference)
    opening.note_opening(reference, ctx)
    return render(request, "cases/case.html", _page(found, ctx, {name: form}) | {"form": form}, status=400)


def _form(name: str, found: WholeCase, assessment: Assessment, request: HttpRequest | None = None) -> VersionedForm:
    shape = SHAPES[name]
    more = {"assessment": assessment} if issubclass(shape.form, forms.FromAssessment) else {}
    sent = (request.POST, request.FILES) if request else ()
    return shape.form(*sent, initial={"seen_version": found.case.version}, auto_id=f"{name}_%s", **more)


def _found(reference: str, ctx: Context) -> WholeCase:
    try:
        return reads.whole(reference, ctx)
    except Refusal as refusal:
        raise Http404 from refusal


def _page(found: WholeCase, ctx: Context, bound: Mapping[str, VersionedForm]) -> dict[str, Any]:
    """Everything the page shows. `bound` are forms that came back with faults."""
    assessment = reads.assessment(found.case.reference, ctx)
    names = open_forms(found, ctx, assessment)
    sent = letters.letters(found.case.reference, ctx)
    listed = register.person(assessment.subject) if assessment.subject else None
    birth = reads.printed_birth_of(found.case.reference, listed, ctx)
    return {
        "whole": found, "case": found.case, "claim": found.claim, "assessment": assessment,
        "open": {name: bound.get(name) or _form(name, found, assessment) for name in names},
        "person_rows": shown.person_rows(found.claim), "birth": birth,
        "card_rows": shown.card_rows(found, listed, birth), "card_url": shown.card_url(found.case, ctx),
        "refusals": shown.reasoned(assessment.refusals, found.case),
        "waits": shown.reasoned(assessment.waits, found.case), "sources": shown.sources(assessment, found.case),
        "decided": shown.reasoned(found.case.reasons, found.case),
        **compared.sorted_out(found),
        "steps": shown.history(found.steps), "letters": [(one, compared.command_id()) for one in sent],
        "taken_rows": shown.taken_rows(found), "near": facing.near(found.case, ctx),
        "beside": branch_reads.beside(found.case.reference, ctx),
        "next": shown.next_words(found, assessment, judging=bool({"propose", "examine", "decide"} & {*names})),
        "days": shown.days_left(found.case, ctx), "office": in_words.office_name(found.case.office),
    }  # fmt: skip


def open_forms(found: WholeCase, ctx: Context, assessment: Assessment) -> tuple[str, ...]:
    """The forms that this officer is offered now, the likeliest first."""
    state, may = found.case.state, reads.open_acts(found.case.reference, ctx)
    settling = Act.EXAMINE in may and state in (State.LODGED, State.APPEALED)
    still_open = bool(rules.to_settle(found.candidates))
    offered = {
        "propose": settling,
        "settle": settling and bool(found.candidates),
        "settle_rest": settling and still_open,
        "examine": settling and not still_open and found.case.searched_on is not None,
        "ask": Act.ASK_FOR_PAPERS in may
        and bool(assessment.missing)
        and not still_open
        and found.case.searched_on is not None,
        "approve": bool({Act.APPROVE, Act.CONFIRM_REFUSAL} & may),
        "serve": ctx.has(Role.CONSULAR_OFFICER),
        **dict.fromkeys(("face_search", "face_waive"), _may_search_face(found, ctx)),
    } | {name: act in may for name, act in BEHIND.items() if name not in ("ask", "examine")}
    return tuple(name for name in SHAPES if offered.get(name))


def _may_search_face(found: WholeCase, ctx: Context) -> bool:
    undecided = found.case.state in facing.UNDECIDED and found.case.face_search == FaceSearch.NOT_AVAILABLE
    return undecided and ctx.has(Role.IDENTIFICATION_OFFICER)


def _view(name: str) -> Callable[..., HttpResponse]:
    @needs(*SHAPES[name].roles)
    @never_cache
    @require_POST
    def view(request: HttpRequest, reference: str) -> HttpResponse:
        return act(request, reference, name)

    view.__doc__ = f"Act `{name}` on a case."
    return view


urlpatterns: list[URLPattern] = [
    path(f"cases/<str:reference>/{name.replace('_', '-')}", _view(name), name=name) for name in SHAPES
]
