"""What arrived beside a standing case: the list of what waits, both side by side, and the officer's decision."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from srok.ground.accounts.terms import Role
from srok.ground.faces.public import VersionedForm, context, needs, perform, wording
from srok.ground.kernel.context import Context
from srok.ground.kernel.refusal import Refusal
from srok.identity.cases import branch_reads, branching, opening, reads, shown
from srok.identity.cases.branch_commands import AdmitBranch, JoinPapers, ReopenBranch, SetBranchAside
from srok.identity.cases.branch_terms import AdmitReason, AsideReason, BranchFacts, BranchStage, BranchWhole
from srok.identity.cases.facts import WholeCase
from srok.identity.cases.forms import PlainForm, reasons
from srok.identity.cases.in_words import label, name_of, office_name

DESK = needs(Role.CONSULAR_OFFICER, Role.EXAMINER)


class AdmitForm(VersionedForm):
    """It is somebody else."""

    reason = forms.ChoiceField(choices=reasons(AdmitReason), label=_("On what ground?"), widget=forms.RadioSelect)


class AsideForm(VersionedForm):
    """The standing case goes on alone."""

    reason = forms.ChoiceField(choices=reasons(AsideReason), label=_("On what ground?"), widget=forms.RadioSelect)


FORMS: dict[str, type[VersionedForm]] = {
    "admit": AdmitForm, "join_papers": PlainForm, "set_aside": AsideForm, "reopen": PlainForm,
}  # fmt: skip
ACTS: dict[str, Callable[..., BranchFacts]] = {
    "admit": branching.admit, "join_papers": branching.join_papers, "set_aside": branching.set_aside,
    "reopen": branching.reopen,
}  # fmt: skip

OFFERED = {BranchStage.KEPT: ("admit", "join_papers", "set_aside"), BranchStage.SET_ASIDE: ("reopen",)}


def _command(name: str, branch: UUID, form: VersionedForm) -> Any:
    seen = form.cleaned_data["seen_version"]
    if name == "admit":
        return AdmitBranch(branch, AdmitReason(form.cleaned_data["reason"]), seen)
    if name == "set_aside":
        return SetBranchAside(branch, AsideReason(form.cleaned_data["reason"]), seen)
    return JoinPapers(branch, seen) if name == "join_papers" else ReopenBranch(branch, seen)


@DESK
@never_cache
@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """What arrived beside a standing case and waits for an officer."""
    found = [_line(one) for one in branch_reads.waiting(context(request))]
    return render(request, "cases/branches.html", {"rows": found})


def _line(one: BranchFacts) -> dict[str, Any]:
    return {"branch": one, "why": label("why", one.why), "office": office_name(one.office)}


@DESK
@never_cache
@require_safe
def branch(request: HttpRequest, branch: UUID) -> HttpResponse:
    """Both applications side by side, and what may be decided."""
    return _page(request, branch, {})


def _page(request: HttpRequest, id_: UUID, bound: dict[str, VersionedForm], status: int = 200) -> HttpResponse:
    ctx = context(request)
    try:
        whole = branch_reads.whole(id_, ctx)
    except Refusal as refusal:
        raise Http404 from refusal
    standing = _standing(whole, ctx)
    names = OFFERED.get(whole.branch.state, ())
    page = {
        "whole": whole, **_line(whole.branch), "standing": standing, "lines": _lines(whole, standing),
        "papers": [(label("paper", one.kind), label("seen", one.seen), one) for one in whole.papers],
        "state": label("branch_is", whole.branch.state), "bound": next(iter(bound.values()), None),
        "open": {name: bound.get(name) or _form(name, whole.branch) for name in names},
        "decided": [wording.sentence(code) for code in whole.branch.reasons],
    }  # fmt: skip
    return render(request, "cases/branch.html", page, status=status)


def _form(name: str, facts: BranchFacts, request: HttpRequest | None = None) -> VersionedForm:
    sent = (request.POST,) if request else ()
    return FORMS[name](*sent, initial={"seen_version": facts.version}, auto_id=f"{name}_%s")


def _standing(whole: BranchWhole, ctx: Context) -> WholeCase | None:
    """The case that stands, where this officer may see it; looking at it is noted as an opening."""
    try:
        found = reads.whole(whole.branch.beside, ctx)
        opening.note_opening(whole.branch.beside, ctx)
    except Refusal:
        return None
    return found


def _lines(whole: BranchWhole, standing: WholeCase | None) -> list[dict[str, Any]]:
    """Line by line: what the standing case says, what arrived; marked where they differ."""
    arrived = [(_("Name"), name_of(whole.claim.name)), *shown.person_rows(whole.claim)]
    here = [(_("Name"), name_of(standing.claim.name)), *shown.person_rows(standing.claim)] if standing else []
    said = {str(words): str(value) for words, value in here}
    known = [str(words) for words, _value in arrived]
    lines = [
        {"label": words, "here": dict(here).get(words, ""), "arrived": value,
         "differs": standing is not None and said.get(str(words), "") != str(value)}
        for words, value in arrived
    ]  # fmt: skip
    return lines + [
        {"label": words, "here": value, "arrived": "", "differs": True}
        for words, value in here
        if str(words) not in known
    ]


@DESK
@never_cache
@require_safe
def picture(request: HttpRequest, branch: UUID, name: str) -> HttpResponse:
    """A picture of what arrived, for the officers who compare; never run as anything but a picture."""
    try:
        mime, data = branch_reads.picture(branch, name, context(request))
    except Refusal as refusal:
        raise Http404 from refusal
    answer = HttpResponse(data, content_type=mime)
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer


def _view(name: str) -> Callable[..., HttpResponse]:
    @DESK
    @never_cache
    @require_POST
    def view(request: HttpRequest, branch: UUID) -> HttpResponse:
        try:
            facts = branch_reads.whole(branch, context(request)).branch
        except Refusal as refusal:
            raise Http404 from refusal
        form = _form(name, facts, request)
        if not form.is_valid():
            return _page(request, branch, {name: form}, 400)
        done = perform(request, ACTS[name], _command(name, branch, form), trace=form.trace)
        if done is not None:
            messages.success(request, wording.sentence(f"cases.done_branch_{name}"))
        return redirect("cases:branch", branch=branch)

    view.__doc__ = f"Act `{name}` on a branch."
    return view


urlpatterns: list[URLPattern] = [
    path("cases/beside/", waiting, name="branches"),
    path("cases/beside/<uuid:branch>/", branch, name="branch"),
    path("cases/beside/<uuid:branch>/picture/<str:name>", picture, name="branch_picture"),
    *(path(f"cases/beside/<uuid:branch>/{name.replace('_', '-')}", _view(name), name=f"branch_{name}")
      for name in ACTS),
]  # fmt: skip
