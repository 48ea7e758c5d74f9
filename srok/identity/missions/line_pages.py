"""The officer's page of the line: who is next, who is at which desk, who just came."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from srok.ground.accounts.terms import Role
from srok.ground.faces.dates_in_words import digits
from srok.ground.faces.public import CommandForm, context, needs, perform, wording
from srok.ground.kernel.refusal import Refusal
from srok.identity.missions import counter, forms, places, reads, shown
from srok.identity.missions.commands import Arrive, Call, CallNext, EndTicket, Serve, WalkIn
from srok.identity.missions.facts import TicketFacts
from srok.identity.missions.terms import OPEN_ORDERS, Lane, TicketAct

OFFICERS = needs(Role.CONSULAR_OFFICER, Role.MISSION_HEAD)
SHOWN = 40
"""How many of the line the page lists; the others are counted."""
NEXT = "next"


@OFFICERS
@never_cache
@require_safe
def line(request: HttpRequest, day_id: UUID) -> HttpResponse:
    """One day's line, seen from one desk."""
    return _page(request, day_id, {})


def _page(request: HttpRequest, day_id: UUID, bound: Mapping[str, Any]) -> HttpResponse:
    ctx = context(request)
    try:
        found, waiting = reads.day(places.own_day(day_id, ctx).id), reads.line(day_id, ctx)
    except Refusal as refusal:
        raise Http404 from refusal
    desks = list(range(1, (found.plan.desks if found.plan else 0) + 1))
    desk = _desk(request, desks)
    at_desks = reads.at_desks(day_id, ctx)
    page = {
        "day": found, "line": waiting[:SHOWN], "more": max(0, len(waiting) - SHOWN), "count": len(waiting),
        "desks": desks, "desk": desk, "at_desks": at_desks, "head": ctx.has(Role.MISSION_HEAD),
        "mine": next((one for one in at_desks if one.ticket.desk == desk), None), "open": found.order in OPEN_ORDERS,
        "arrive": bound.get("arrive") or forms.ArriveForm(auto_id="arrive_%s"),
        "walk_in": bound.get("walk-in") or forms.WalkInForm(auto_id="walk_in_%s"), "form": CommandForm(),
        "desk_query": f"?desk={desk}",
        "turns": shown.TURNS, "aways": shown.AWAYS,
    }  # fmt: skip
    return render(request, "missions/line.html", page, status=400 if bound else 200)


def _desk(request: HttpRequest, desks: list[int]) -> int:
    """The desk at which this officer sits: asked for in the address, else the first."""
    asked = request.GET.get("desk", "")
    return int(asked) if asked.isascii() and asked.isdigit() and int(asked) in desks else 1


@OFFICERS
@never_cache
@require_POST
def act(request: HttpRequest, day_id: UUID, name: str) -> HttpResponse:
    """One act of the day from its form; then the line again, as it is now."""
    if name == "arrive" or name == "walk-in":
        return _comes(request, day_id, name)
    form = forms.OnTicketForm(request.POST) if name != NEXT else forms.CallForm(request.POST)
    if not form.is_valid():
        messages.error(request, wording.sentence("missions.unknown_value"))
        return _back(request, day_id)
    done = _acted(request, day_id, name, form)
    if done is not None:
        messages.success(request, _said(name, done))
    return _back(request, day_id)


def _acted(request: HttpRequest, day_id: UUID, name: str, form: Any) -> TicketFacts | None:
    given = form.cleaned_data
    if name == NEXT:
        return perform(request, counter.call_next, CallNext(day_id, given["desk"]), trace=form.trace)
    if name not in ACTS:
        raise Http404
    function, command = ACTS[name]
    done: TicketFacts | None = perform(request, function, command(given), trace=form.trace)
    return done


def _end(act: TicketAct) -> Callable[[Mapping[str, Any]], EndTicket]:
    return lambda given: EndTicket(given["ticket"], act, given["away"] if act is TicketAct.TURN_AWAY else "")


ACTS: Mapping[str, tuple[Callable[..., TicketFacts], Callable[[Mapping[str, Any]], Any]]] = {
    "call": (counter.call, lambda given: Call(given["ticket"], given["desk"] or 0, given["turn"])),
    "serve": (counter.serve, lambda given: Serve(given["ticket"], given["people"] or 0)),
    "miss": (counter.end_ticket, _end(TicketAct.MISS)),
    "leave": (counter.end_ticket, _end(TicketAct.LEAVE)),
    "turn_away": (counter.end_ticket, _end(TicketAct.TURN_AWAY)),
}


def _comes(request: HttpRequest, day_id: UUID, name: str) -> HttpResponse:
    """Somebody comes, with a ticket or without; a fault leaves what was typed."""
    if name == "arrive":
        form: Any = forms.ArriveForm(request.POST, auto_id="arrive_%s")
    else:
        form = forms.WalkInForm(request.POST, auto_id="walk_in_%s")
    if not form.is_valid():
        return _page(request, day_id, {name: form})
    given = form.cleaned_data
    try:
        ctx = context(request, form.trace)
        if name == "arrive":
            done = counter.arrive(Arrive(given["ticket"], Lane(given["lane"])), ctx=ctx)
        else:
            command = WalkIn(day_id, given["people"], Lane(given["lane"]), given["called_as"])
            done = counter.walk_in(command, ctx=ctx)
    except Refusal as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, wording.of(refusal))
        return _page(request, day_id, {name: form})
    messages.success(request, _said(name.replace("-", "_"), done))
    return _back(request, day_id)


def _said(name: str, done: TicketFacts) -> str:
    """What happened, with the number that the person is to be told."""
    number = digits(str(done.number or "–"), shown.language())
    if name in (NEXT, "call"):
        desk = digits(str(done.desk or "–"), shown.language())
        return _("Number {number} is called to desk {desk}.").format(number=number, desk=desk)
    said = wording.sentence(f"missions.done_{name}")
    return _("Number {number}: {said}").format(number=number, said=said)


def _back(request: HttpRequest, day_id: UUID) -> HttpResponse:
    desk = request.GET.get("desk", "")
    address = reverse("missions:line", args=[day_id])
    return redirect(f"{address}?desk={desk}" if desk.isascii() and desk.isdigit() else address)


urlpatterns = [
    path("missions/days/<uuid:day_id>/line", line, name="line"),
    path("missions/days/<uuid:day_id>/line/<slug:name>", act, name="act"),
]
