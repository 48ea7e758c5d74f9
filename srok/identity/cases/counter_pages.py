"""The form at the counter: begun, kept while it is typed, gone on with, corrected; nothing typed is lost."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import BoundField
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from srok.ground.accounts import public as accounts
from srok.ground.accounts.terms import Role
from srok.ground.faces.public import context, needs, perform, wording
from srok.ground.gazetteer import public as gazetteer
from srok.ground.kernel.context import Context
from srok.ground.kernel.ids import new_id
from srok.ground.kernel.refusal import Refusal
from srok.identity.cases import capture_reads, capture_shown, capturing
from srok.identity.cases.capture_commands import KeepDraft
from srok.identity.cases.capture_terms import PORTRAIT, Stage
from srok.identity.cases.counter import GROUPS, CounterForm, Draft, cells_of, read_upload
from srok.identity.cases.forms import PAPERS_AT_ONCE
from srok.identity.cases.own_page import OwnPageForm

COUNTER = needs(Role.CONSULAR_OFFICER)
CORRECTED = frozenset({Stage.CAPTURED, Stage.READ_BACK, Stage.RETURNED})


@COUNTER
@never_cache
def new(request: HttpRequest) -> HttpResponse:
    """The form of an application: a new one, one to go on with (`?take=`), one to correct."""
    ctx = context(request)
    draft = _draft(request, ctx)
    form = CounterForm(request.POST or None, request.FILES or None, ctx=ctx, draft=draft)
    if request.method == "POST" and form.is_valid():
        act = capturing.correct if _stage(draft.capture, ctx) in CORRECTED else capturing.capture
        done = perform(request, act, form.command(), trace=form.trace)
        if done is not None:
            messages.success(request, wording.sentence("cases.done_capture"))
            return redirect("cases:capture", capture=draft.capture)
    if form.is_bound and not form.is_valid():
        draft = _kept(form, draft, request, ctx)
        form.mark_kept(draft.kept)
        form.suggest_spellings()
    page = {
        "form": form, "groups": _groups(form),
        "posts": gazetteer.pickup_posts(accounts.office(ctx.office).post), "draft": draft,
        "own_page": OwnPageForm(auto_id="own_%s"), "waiting": [] if form.is_bound or draft.version else _resumable(ctx),
    }  # fmt: skip
    return render(request, "cases/new.html", page, status=400 if form.is_bound else 200)


def _groups(form: CounterForm) -> list[tuple[Any, list[list[BoundField]]]]:
    """The groups of the page: heading, blocks of fields. Each paper is a block of its own, other groups are one."""
    found = []
    for heading, names in GROUPS:
        size = len(names) // PAPERS_AT_ONCE if f"kind_{PAPERS_AT_ONCE - 1}" in names else len(names)
        blocks = [[form[name] for name in names[at : at + size]] for at in range(0, len(names), size)]
        found.append((heading, blocks))
    return found


def _draft(request: HttpRequest, ctx: Context) -> Draft:
    """What the form starts from; raises 404 for a capture of another office, or one whose words are gone."""
    asked = request.POST.get("capture") or request.GET.get("take", "")
    try:
        capture = UUID(asked) if asked else new_id(ctx.at)
    except ValueError as error:
        raise Http404 from error
    try:
        whole = capture_reads.whole(capture, ctx)
    except Refusal as refusal:
        if request.method != "POST" and asked or refusal.code != "cases.unknown_capture":
            raise Http404 from refusal
        return Draft(capture, cells={"ticket": request.GET.get("ticket", "")[:64]})
    facts = whole.capture
    kept = frozenset(one.name for one in whole.parts)
    cells = {**whole.cells, "reference": facts.reference}
    return Draft(capture, facts.version, cells, whole.prefill, kept)


def _stage(capture: UUID, ctx: Context) -> Stage | None:
    try:
        return capture_reads.capture(capture, ctx).state
    except Refusal:
        return None


def _kept(form: CounterForm, draft: Draft, request: HttpRequest, ctx: Context) -> Draft:
    """Keep what a faulty form brought, its good pictures too, so that nothing has to be chosen again."""
    if _stage(draft.capture, ctx) not in (None, Stage.STARTED):
        return draft
    given: dict[str, Any] = dict(request.POST.items()) | {"may_contact": request.POST.getlist("may_contact")}
    files = {
        part: read_upload(form.files[name]) for name, part in _parts() if name in form.files and name not in form.errors
    }  # fmt: skip
    try:
        capturing.keep_draft(KeepDraft(draft.capture, cells_of(given), files, draft.prefill), ctx=ctx)
    except Refusal as refusal:
        messages.error(request, wording.of(refusal))
        return draft
    return _draft(request, ctx)


def _parts() -> list[tuple[str, str]]:
    return [(PORTRAIT, PORTRAIT), *((f"file_{number}", f"paper_{number}") for number in range(PAPERS_AT_ONCE))]


def _resumable(ctx: Context) -> list[dict[str, Any]]:
    found = capture_reads.captures(ctx)
    return [capture_shown.listed(one) for one in found if one.state is Stage.STARTED and one.mine]


@COUNTER
@never_cache
@require_POST
def keep(request: HttpRequest, capture: UUID) -> HttpResponse:
    """Keep a half-filled form without a word: 204, or the refusal in words (409)."""
    ctx = context(request)
    given: dict[str, Any] = {name: request.POST.get(name, "") for name in request.POST}
    given["may_contact"] = request.POST.getlist("may_contact")
    files = {part: read_upload(request.FILES[name]) for name, part in _parts() if name in request.FILES}
    try:
        capturing.keep_draft(KeepDraft(capture, cells_of(given), files), ctx=ctx)
    except Refusal as refusal:
        return HttpResponse(wording.of(refusal), status=409, content_type="text/plain; charset=utf-8")
    return HttpResponse(status=204)


urlpatterns: list[URLPattern] = [
    path("cases/new", new, name="new"),
    path("cases/captures/<uuid:capture>/keep", keep, name="capture_keep"),
]
