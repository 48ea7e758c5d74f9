"""The pages of the parcels: in a kit what must be sent; at the centre what came, what is missing, what to decide."""

from collections.abc import Iterator
from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from srok.ground.accounts.terms import Role
from srok.ground.faces.public import context, needs, perform, wording
from srok.ground.kernel.context import Context
from srok.ground.kernel.refusal import Refusal
from srok.trust.parcels import answering, arriving, carrying, deciding, forms, here, reads, rules, standing
from srok.trust.parcels.deciding import DecideArrival, DeclareLost, ReleaseKit
from srok.trust.parcels.report import ImportReport
from srok.trust.parcels.terms import State

app_name = "parcels"

LOOK = needs(Role.CONSULAR_OFFICER, Role.MISSION_HEAD, Role.EXAMINER)
DECIDE = needs(Role.MISSION_HEAD, Role.EXAMINER)
BINARY = "application/cbor-seq"


@LOOK
@never_cache
def kit(request: HttpRequest) -> HttpResponse:
    """In a kit: what waits, the file to carry away, the receipts to bring back."""
    if not here.is_kit():
        return redirect("parcels:desk")
    ctx = context(request)
    form = forms.FileForm(
        request.POST or None, request.FILES or None, label=_("The receipts of the centre"),
        hint=_("The file that came back with the stick or by mail."),
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        done = perform(request, _confirmed, form.cleaned_data["file"], trace=form.trace)
        if done is not None:
            words = _("Receipts taken: %(done)s new, %(left)s still without a receipt.")
            messages.success(request, words % {"done": done.receipted, "left": done.pending})
        return redirect("parcels:kit")
    try:
        found = standing.of_this_kit(ctx)
    except Refusal as refusal:
        return render(request, "parcels/kit.html", {"refused": wording.of(refusal)}, status=409)
    left = (found.frozen_on - ctx.on).days
    page = {"status": found, "form": form, "days_left": max(left, 0), "outcomes": _outcomes(found.outcomes)}
    return render(request, "parcels/kit.html", page, status=400 if form.is_bound else 200)


def _confirmed(content: bytes, *, ctx: Context) -> carrying.Confirmed:
    return carrying.confirm(content, ctx=ctx)


def _outcomes(counts: dict[str, int]) -> list[tuple[str, int]]:
    return [(f"parcels.state_{state}", counts[state]) for state in map(str, State) if state in counts]


@LOOK
@never_cache
@require_safe
def file(request: HttpRequest) -> HttpResponse:
    """In a kit: the file to carry away."""
    if not here.is_kit():
        raise Http404
    waiting = carrying.pending()
    name = f"{here.this_kit().kit}-{waiting[0].seq}-{waiting[-1].seq}.parcel" if waiting else "nothing.parcel"
    pieces: Iterator[bytes] = carrying.pieces()
    answer = StreamingHttpResponse(pieces, content_type=BINARY, headers=_attached(name))
    return cast(HttpResponse, answer)


@LOOK
@never_cache
def desk(request: HttpRequest) -> HttpResponse:
    """At the centre: every kit that the office sees, what has come of it, and a file to take in."""
    if here.is_kit():
        return redirect("parcels:kit")
    ctx = context(request)
    form = forms.FileForm(
        request.POST or None, request.FILES or None, label=_("A file that a kit has written"),
        hint=_("The same file again changes nothing. A file over 40 MB is taken in by the operator."),
    )  # fmt: skip
    report = None
    if request.method == "POST" and form.is_valid():
        try:
            report = arriving.import_files([form.cleaned_data["file"]], ctx=ctx.for_command(form.trace))
        except Refusal as refusal:
            form.add_error("file", wording.of(refusal))
    page = _desk(ctx) | {"form": form, "report": report, "told": _told(report)}
    return render(request, "parcels/desk.html", page, status=400 if form.is_bound and report is None else 200)


def _desk(ctx: Context) -> dict[str, Any]:
    kits = reads.kits(ctx)
    counts = reads.counts(one.kit for one in kits)
    rows = [
        {
            "kit": one, "opened": counts[one.kit].get(State.OPENED, 0),
            "open": sum(counts[one.kit].get(state, 0) for state in reads.OPEN_STATES),
            "missing": sum(gap.until - gap.from_ + 1 for gap in reads.gaps([one.kit])),
        }
        for one in kits
    ]  # fmt: skip
    return {"rows": rows, "strays": reads.of_nobody(ctx)}


def _told(report: ImportReport | None) -> list[str]:
    """What an import kept apart, each in words."""
    if report is None:
        return []
    kept = [f"{one.kit} {one.seq}: {wording.sentence(one.code)}" for one in [*report.quarantined, *report.waiting]]
    return kept + [f"{one.kit} {one.seq}: {wording.sentence('parcels.conflict')}" for one in report.conflicts]


@LOOK
@never_cache
@require_safe
def kit_of(request: HttpRequest, name: str) -> HttpResponse:
    """At the centre: what came of one kit, what is missing, what an officer must decide."""
    ctx = context(request)
    found = _found(name, ctx)
    codes = sorted({one.code for one in reads.arrivals(ctx, name, [State.QUARANTINED])} - rules.HOPELESS)
    page = {
        "kit": found, "heaps": _heaps(ctx, name), "gaps": reads.gaps([name]),
        "counts": _outcomes(reads.counts([name])[name]), "may": _may(ctx),
        "aside": reads.arrivals(ctx, name, [State.SET_ASIDE]),
        "releases": [(code, forms.ReleaseKitForm(initial={"code": code})) for code in codes] if _may(ctx) else [],
    }  # fmt: skip
    return render(request, "parcels/kit_of.html", page)


def _heaps(ctx: Context, name: str) -> list[tuple[str, list[reads.ArrivalFacts]]]:
    heaps = [(f"parcels.state_{state}", reads.arrivals(ctx, name, [state])) for state in reads.OPEN_STATES]
    return [(words, rows) for words, rows in heaps if rows]


@DECIDE
@never_cache
def release(request: HttpRequest, name: str) -> HttpResponse:
    """At the centre: let through everything of a kit for one cause, up to a day."""
    _found(name, context(request))
    form = forms.ReleaseKitForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        command = ReleaseKit(name, given["until"], given["reason"], given["code"])
        done = perform(request, deciding.release_kit, command, trace=form.trace)
        if done is not None:
            _say(request, done)
        return redirect("parcels:kit_of", name)
    return render(request, "parcels/act.html", {"form": form, "name": name, "act": "release"}, status=400)


@LOOK
@never_cache
def event(request: HttpRequest, arrival: int) -> HttpResponse:
    """At the centre: one event that was kept apart, and what should become of it."""
    ctx = context(request)
    try:
        found = reads.arrival(arrival, ctx)
    except Refusal as refusal:
        raise Http404 from refusal
    form = forms.DecideForm(request.POST or None, hopeless=found.hopeless, initial={"seen_version": found.version})
    if request.method == "POST" and _may(ctx) and form.is_valid():
        given = form.cleaned_data
        command = DecideArrival(arrival, given["seen_version"], given["reason"])
        if given["act"] == "set_aside":
            perform(request, deciding.set_aside, command, trace=form.trace)
        elif (done := perform(request, deciding.release, command, trace=form.trace)) is not None:
            _say(request, done)
        return redirect("parcels:event", arrival)
    page = {"event": found, "form": form, "may": _may(ctx) and found.state in (*reads.OPEN_STATES, State.SET_ASIDE)}
    return render(request, "parcels/event.html", page, status=400 if form.is_bound else 200)


@DECIDE
@never_cache
def lost(request: HttpRequest, name: str) -> HttpResponse:
    """At the centre: strike numbers that will not come."""
    _found(name, context(request))
    gap = next(iter(reads.gaps([name])), None)
    form = forms.LostForm(request.POST or None, initial={"first": gap.from_, "last": gap.until} if gap else {})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        command = DeclareLost(name, given["first"], given["last"], given["reason"])
        perform(request, deciding.declare_lost, command, trace=form.trace)
        return redirect("parcels:kit_of", name)
    page = {"form": form, "name": name, "act": "lost"}
    return render(request, "parcels/act.html", page, status=400 if form.is_bound else 200)


@LOOK
@never_cache
@require_safe
def receipts(request: HttpRequest, name: str) -> HttpResponse:
    """At the centre: the signed receipts of one kit, to carry back to it."""
    ctx = context(request)
    content = answering.bundle_of(_found(name, ctx).kit, ctx)
    return HttpResponse(content, content_type=BINARY, headers=_attached(f"{name}.receipts"))


def _found(name: str, ctx: Context) -> Any:
    try:
        return reads.kit_for(name, ctx)
    except Refusal as refusal:
        raise Http404 from refusal


def _may(ctx: Context) -> bool:
    return bool(ctx.roles & {str(Role.MISSION_HEAD), str(Role.EXAMINER)})


def _say(request: HttpRequest, report: ImportReport) -> None:
    """What became of the events that were let through."""
    messages.success(request, _("Done: %(count)s.") % {"count": report.opened + len(report.conflicts)})
    for line in _told(report):
        messages.warning(request, line)


def _attached(name: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{name}"'}


urlpatterns = [
    path("parcels/kit", kit, name="kit"),
    path("parcels/kit/file", file, name="file"),
    path("parcels", desk, name="desk"),
    path("parcels/of/<slug:name>", kit_of, name="kit_of"),
    path("parcels/of/<slug:name>/release", release, name="release"),
    path("parcels/of/<slug:name>/lost", lost, name="lost"),
    path("parcels/of/<slug:name>/receipts", receipts, name="receipts"),
    path("parcels/event/<int:arrival>", event, name="event"),
]
