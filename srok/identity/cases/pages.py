"""The pages of the cases: tracking for everybody, the queue, one case in one screen, a new application."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from srok.ground.accounts.terms import Role
from srok.ground.faces.public import clock, context, needs, wording
from srok.ground.kernel.context import Context
from srok.ground.kernel.refusal import Refusal
from srok.identity.cases import (
    acts,
    branch_pages,
    branch_reads,
    capture_pages,
    capture_reads,
    letters,
    opening,
    own_page,
    reads,
    shown,
)
from srok.identity.cases.capture_terms import Stage
from srok.identity.cases.forms import TrackForm
from srok.identity.cases.in_words import label
from srok.identity.cases.tracking import track as tracked
from srok.identity.cases.tracking import track_beside

app_name = "cases"

DESK = needs(Role.CONSULAR_OFFICER, Role.EXAMINER, Role.IDENTIFICATION_OFFICER, Role.APPROVER)
PER_PAGE = 50


@needs(public=True)
@never_cache
@require_safe
def track(request: HttpRequest) -> HttpResponse:
    """Where an application stands, for whoever holds its reference; the same answer for every unknown one."""
    form = TrackForm(request.GET if "reference" in request.GET else None)
    found, asked, beside = None, False, None
    if form.is_bound and form.is_valid():
        try:
            found, asked = tracked(form.cleaned_data["reference"], clock.civil_date()), True
            beside = None if found else track_beside(form.cleaned_data["reference"])
        except Refusal as refusal:
            form.add_error("reference", wording.of(refusal))
    unknown = asked and found is None and beside is None
    page = {"form": form, "found": found, "unknown": unknown, "beside": beside, "steps": _track_steps(found)}
    return render(request, "cases/track.html", page)


def _track_steps(found: object) -> list[dict[str, object]]:
    return [
        {
            "label": label("stage", step.stage), "state": step.state, "on": step.on,
            "who": label("holder", step.ministry),
        }
        for step in getattr(found, "steps", ())
    ]  # fmt: skip


@DESK
@never_cache
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """What waits for this officer, nearest legal deadline first; the office's other open cases; the finished ones."""
    ctx = context(request)
    # A post follows all of its people; the other desks start with what waits for them.
    which = request.GET.get("show") or ("open" if ctx.has(Role.CONSULAR_OFFICER) else "mine")
    which = which if which in dict(shown.LISTS) else "mine"
    found = reads.finished(ctx) if which == "finished" else reads.queue(ctx, mine=which == "mine")
    title, empty = shown.desk(ctx, which)
    here = Paginator([(case, shown.days_left(case, ctx)) for case in found], PER_PAGE).get_page(request.GET.get("page"))
    page = {
        "page": here, "which": which, "title": title, "empty": empty, "lists": shown.LISTS,
        "may_lodge": ctx.has(Role.CONSULAR_OFFICER), "count": len(found), "captures": _captures(ctx),
        "branches": len(branch_reads.waiting(ctx)),
    }  # fmt: skip
    return render(request, "cases/queue.html", page)


def _captures(ctx: Context) -> int:
    """How many captures wait at the counter for this officer: their own to finish, a colleague's to approve."""
    return sum(one.mine is not (one.state is Stage.READ_BACK) for one in capture_reads.captures(ctx))


@DESK
@never_cache
@require_safe
def portrait(request: HttpRequest, reference: str) -> HttpResponse:
    """The applicant's portrait, for the offices of the case."""
    ctx = context(request)
    try:
        opening.note_opening(reference, ctx)
        return HttpResponse(reads.portrait(reference, ctx), content_type="image/jpeg")
    except Refusal as refusal:
        raise Http404 from refusal


@DESK
@never_cache
@require_safe
def paper(request: HttpRequest, reference: str, paper_id: UUID) -> HttpResponse:
    """A scanned paper, for the offices of the case; never run as anything but a picture."""
    ctx = context(request)
    try:
        opening.note_opening(reference, ctx)
        mime, data = reads.paper_image(reference, paper_id, ctx)
    except Refusal as refusal:
        raise Http404 from refusal
    answer = HttpResponse(data, content_type=mime)
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer


@DESK
@never_cache
@require_safe
def letter(request: HttpRequest, reference: str, notice_id: UUID) -> HttpResponse:
    """A letter of the case as PDF, in both languages."""
    ctx = context(request)
    try:
        opening.note_opening(reference, ctx)
        data = letters.letter(reference, ctx, notice_id)
    except Refusal as refusal:
        raise Http404 from refusal
    answer = HttpResponse(data, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{reference}.pdf"'
    return answer


urlpatterns = [
    path("track", track, name="track"),
    path("cases/", queue, name="queue"),
    *capture_pages.urlpatterns,
    *own_page.urlpatterns,
    *branch_pages.urlpatterns,
    path("cases/<str:reference>/", acts.case, name="case"),
    path("cases/<str:reference>/portrait.jpg", portrait, name="portrait"),
    path("cases/<str:reference>/paper/<uuid:paper_id>", paper, name="paper"),
    path("cases/<str:reference>/letter/<uuid:notice_id>.pdf", letter, name="letter"),
    *acts.urlpatterns,
]
