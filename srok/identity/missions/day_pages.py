"""The post's pages: its days, the plan of one, its numbers, its end."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from srok.ground.accounts.terms import Role
from srok.ground.faces.public import CommandForm, clock, context, needs, perform, wording
from srok.ground.kernel.context import Context
from srok.ground.kernel.refusal import Refusal
from srok.identity.missions import ending, forms, numbers, places, planning, reads
from srok.identity.missions.chart import SERIES, chart
from srok.identity.missions.commands import ChangeDay, CloseDay, EndDay, PlanDay, SettleConflict, SwitchOrder
from srok.identity.missions.facts import DayFacts
from srok.identity.missions.terms import DAY_FLOW, OPEN_ORDERS, DayAct, Order

OFFICERS = needs(Role.CONSULAR_OFFICER, Role.MISSION_HEAD)
HEAD = needs(Role.MISSION_HEAD)
USUAL = {
    "opens": "08:00", "closes": "16:00", "desks": 4, "minutes": 12, "slot_minutes": 30, "walk_in_percent": 20,
    "lane_percent": 20, "grace_minutes": 15,
}  # fmt: skip


@OFFICERS
@never_cache
@require_safe
def days(request: HttpRequest) -> HttpResponse:
    """The days of this post from today on, and what waits for an officer."""
    ctx = context(request)
    page = {
        "days": reads.days_of_office(ctx, ctx.on), "head": ctx.has(Role.MISSION_HEAD),
        "conflicts": len(reads.conflicts(ctx)), "today": ctx.on,
    }  # fmt: skip
    return render(request, "missions/days.html", page)


@OFFICERS
@never_cache
@require_safe
def today(request: HttpRequest) -> HttpResponse:
    """The line of today's day; the list of days where there is none, or more than one."""
    ctx = context(request)
    found = [one for one in reads.days_of_office(ctx) if one.order in OPEN_ORDERS and _is_today(one)]
    return redirect("missions:line", day_id=found[0].id) if len(found) == 1 else redirect("missions:days")


def _is_today(found: DayFacts) -> bool:
    return places.civil_date(places.day_of(found.id), clock.instant()) == found.on


@HEAD
@never_cache
def plan(request: HttpRequest) -> HttpResponse:
    """A new day."""
    form = forms.PlanForm(request.POST or None, initial={**USUAL, "on": request.GET.get("on", "")})
    if request.method == "POST" and form.is_valid():
        command = PlanDay(form.cleaned_data["on"], form.plan(), form.place())
        try:
            done = planning.plan_day(command, ctx=context(request, form.trace))
            messages.success(request, wording.sentence("missions.done_plan"))
            return redirect("missions:day_plan", day_id=done.id)
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, wording.of(refusal))
    return render(request, "missions/plan.html", {"form": form}, status=400 if form.is_bound else 200)


@OFFICERS
@never_cache
@require_safe
def day_plan(request: HttpRequest, day_id: UUID) -> HttpResponse:
    """One day: its plan, its numbers so far, its tickets, and what can be done with it."""
    ctx = context(request)
    found = _own(day_id, ctx)
    counted = numbers.numbers(day_id, ctx)
    may = {act.value for (order, act) in DAY_FLOW if order is found.order}
    page = {
        "day": found, "numbers": counted, "chart": chart(counted.hours), "tickets": reads.tickets_of(day_id, ctx),
        "may": may, "head": ctx.has(Role.MISSION_HEAD), "form": CommandForm(), "figures": _figures(counted),
        "series": [(wording.sentence(f"missions.figure_{name}"), fill) for name, fill in SERIES],
    }  # fmt: skip
    return render(request, "missions/day_plan.html", page)


def _figures(counted: numbers.Numbers) -> list[tuple[str, int | None]]:
    """The numbers of a day in the order in which a head of mission asks for them, by their code."""
    names = ("planned", "booked", "waitlisted", "walk_ins", "arrived", "waiting", "served", "not_come", "left")
    return [(name, getattr(counted, name)) for name in names]


@HEAD
@never_cache
def change(request: HttpRequest, day_id: UUID) -> HttpResponse:
    """Another plan: first shown whom it touches, then confirmed."""
    ctx = context(request)
    found = _own(day_id, ctx)
    if found.plan is None:
        raise Http404
    form = forms.ChangeForm(request.POST or None, initial=_initial(found))
    losing: tuple[Any, ...] = ()
    if request.method == "POST" and form.is_valid():
        command = ChangeDay(day_id, form.plan(), form.cleaned_data["seen_version"], form.seen)
        try:
            losing = planning.what_changes(command, ctx=ctx)
            if {one.ticket for one in losing} <= command.accepted:
                planning.change_day(command, ctx=context(request, form.trace))
                messages.success(request, wording.sentence("missions.done_change"))
                return redirect("missions:day_plan", day_id=day_id)
            shown = request.POST.copy()
            shown["accepted"] = " ".join(one.ticket for one in losing)
            form = forms.ChangeForm(shown)
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, wording.of(refusal))
    status = 400 if form.errors else 200
    return render(request, "missions/change.html", {"day": found, "form": form, "losing": losing}, status=status)


def _initial(found: DayFacts) -> dict[str, Any]:
    plan = found.plan
    assert plan is not None
    pause = plan.pause or (None, None)
    return {
        "opens": plan.opens, "closes": plan.closes, "desks": plan.desks, "minutes": plan.minutes,
        "slot_minutes": plan.slot_minutes, "walk_in_percent": plan.walk_in_percent,
        "lane_percent": plan.lane_percent, "grace_minutes": plan.grace_minutes, "pause_from": pause[0],
        "pause_until": pause[1], "seen_version": found.version,
    }  # fmt: skip


@HEAD
@never_cache
def close(request: HttpRequest, day_id: UUID) -> HttpResponse:
    """Close a day, after seeing who loses it."""
    ctx = context(request)
    found = _own(day_id, ctx)
    gone = planning.close_preview(day_id, ctx=ctx)
    form = forms.CloseForm(request.POST or None, initial={"seen_version": found.version, "accepted": " ".join(gone)})
    if request.method == "POST" and form.is_valid():
        seen = frozenset(form.cleaned_data["accepted"].split())
        command = CloseDay(day_id, form.cleaned_data["seen_version"], seen)
        if perform(request, planning.close_day, command, trace=form.trace) is not None:
            messages.success(request, wording.sentence("missions.done_close"))
            return redirect("missions:day_plan", day_id=day_id)
        return redirect("missions:close", day_id=day_id)
    return render(request, "missions/close.html", {"day": found, "form": form, "gone": gone})


@HEAD
@never_cache
@require_POST
def switch(request: HttpRequest, day_id: UUID) -> HttpResponse:
    """The surge switch, and back."""
    found = _own(day_id, context(request))
    form = CommandForm(request.POST)
    to = Order.APPOINTMENTS if found.order is Order.WALK_IN else Order.WALK_IN
    done = (
        perform(request, planning.switch_order, SwitchOrder(day_id, to), trace=form.trace) if form.is_valid() else None
    )
    if done is not None:
        act = DayAct.SURGE if to is Order.WALK_IN else DayAct.SETTLE
        messages.success(request, wording.sentence(f"missions.done_{act}"))
    return redirect("missions:line", day_id=day_id)


@OFFICERS
@never_cache
@require_POST
def end(request: HttpRequest, day_id: UUID) -> HttpResponse:
    """The day is over."""
    form = CommandForm(request.POST)
    if form.is_valid() and perform(request, ending.end_day, EndDay(day_id), trace=form.trace) is not None:
        messages.success(request, wording.sentence("missions.done_end"))
    return redirect("missions:day_plan", day_id=day_id)


@OFFICERS
@never_cache
def conflicts(request: HttpRequest) -> HttpResponse:
    """What the centre and a kit say differently, one by one, with what the officer found."""
    ctx = context(request)
    form = forms.ConflictForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        command = SettleConflict(_uuid(request.POST.get("conflict", "")), form.cleaned_data["outcome"])
        if perform(request, ending.settle_conflict, command, trace=form.trace) is not None:
            messages.success(request, wording.sentence("missions.done_settle_conflict"))
        return redirect("missions:conflicts")
    rows = [(one, forms.ConflictForm(auto_id=f"c{n}_%s")) for n, one in enumerate(reads.conflicts(ctx))]
    page = {"rows": rows, "settled": reads.conflicts(ctx, settled=True), "form": form}
    return render(request, "missions/conflicts.html", page, status=400 if form.is_bound else 200)


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise Http404 from error


def _own(day_id: UUID, ctx: Context) -> DayFacts:
    try:
        places.own_day(day_id, ctx)
        return reads.day(day_id)
    except Refusal as refusal:
        raise Http404 from refusal


urlpatterns = [
    path("missions/today", today, name="today"),
    path("missions/days", days, name="days"),
    path("missions/days/new", plan, name="plan"),
    path("missions/days/<uuid:day_id>", day_plan, name="day_plan"),
    path("missions/days/<uuid:day_id>/change", change, name="change"),
    path("missions/days/<uuid:day_id>/close", close, name="close"),
    path("missions/days/<uuid:day_id>/switch", switch, name="switch"),
    path("missions/days/<uuid:day_id>/end", end, name="end"),
    path("missions/conflicts", conflicts, name="conflicts"),
]
