"""The public's pages: choose a day and a time, keep the ticket, move it, give it back, see how many stand before."""

from base64 import b64encode
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from srok.ground.faces.public import CommandForm, clock, needs, perform, wording
from srok.ground.kernel.refusal import Refusal
from srok.ground.paper import public as paper
from srok.identity.missions import booking, forms, reads, shown, slots, store
from srok.identity.missions.commands import Book, Cancel, Rebook
from srok.identity.missions.facts import DayFacts, TicketFacts
from srok.identity.missions.terms import FLOW, OPEN_ORDERS, WAITING, Lane, Offer, TicketAct, TicketState

PER_PAGE = 20


@needs(public=True)
@never_cache
@require_safe
def appointments(request: HttpRequest) -> HttpResponse:
    """The posts, and the days of the one that is chosen, with the places that are left."""
    days = reads.days_to_book(clock.instant())
    posts = sorted({day.post for day in days})
    chosen = request.GET.get("post", posts[0] if len(posts) == 1 else "")
    here = Paginator([day for day in days if day.post == chosen], PER_PAGE).get_page(request.GET.get("page"))
    page = {"posts": posts, "chosen": chosen if chosen in posts else "", "page": here, "form": forms.TicketForm()}
    return render(request, "missions/appointments.html", page)


@needs(public=True)
@never_cache
def day(request: HttpRequest, day_id: UUID) -> HttpResponse:
    """One day: how many come, then the times that are free for them, then the booking; else the waiting list."""
    found = _day(day_id)
    made = reads.ticket_made_by(request.POST.get("command_id", ""))
    if made is not None:
        return redirect("missions:ticket", reference=made)
    counted = forms.PeopleForm(request.GET if "people" in request.GET else None)
    people = counted.cleaned_data["people"] if counted.is_bound and counted.is_valid() else 0
    offers = _offers(found, people) if people else []
    sent = request.POST if request.method == "POST" else None
    form: forms.AboutForm
    if offers:
        form = forms.BookForm(sent, offers=shown.offer_choices(offers, found.slots, found.timezone))
    else:
        form = forms.AboutForm(sent)
    if sent is not None and people and form.is_valid():
        done = perform(request, booking.book, _book(found, people, form), trace=form.trace)
        if done is not None:
            waits = done.state is TicketState.WAITLISTED
            messages.success(request, wording.sentence("missions.done_wait" if waits else "missions.done_book"))
            return redirect("missions:ticket", reference=done.reference)
        return redirect(request.get_full_path())
    page = {"day": found, "counted": counted, "people": people, "offers": offers, "form": form, "open": _open(found)}
    return render(request, "missions/day.html", page, status=400 if sent is not None or counted.errors else 200)


def _book(found: DayFacts, people: int, form: forms.AboutForm) -> Book:
    given = form.cleaned_data
    starts_at = form.starts_at if isinstance(form, forms.BookForm) else None
    reach = form.reach_in(shown.language())
    return Book(found.id, people, starts_at, given["called_as"], reach, Lane(given["lane"]))


def _offers(found: DayFacts, people: int) -> list[Offer]:
    if not _open(found) or found.plan is None:
        return []
    return slots.offers(found.slots, people, clock.instant(), found.plan.slot_minutes)


def _open(found: DayFacts) -> bool:
    return found.order in OPEN_ORDERS


def _day(day_id: UUID) -> DayFacts:
    try:
        return reads.day(day_id)
    except Refusal as refusal:
        raise Http404 from refusal


@needs(public=True)
@require_safe
def how(request: HttpRequest) -> HttpResponse:
    """How the line works: the rule of `line`, for those who stand in it."""
    return render(request, "missions/how.html")


@needs(public=True)
@never_cache
@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """The ticket of a reference."""
    form = forms.TicketForm(request.GET if "ticket" in request.GET else None)
    if form.is_bound and form.is_valid():
        try:
            return redirect("missions:ticket", reference=reads.ticket(form.cleaned_data["ticket"]).reference)
        except Refusal as refusal:
            form.add_error("ticket", wording.of(refusal))
    return render(request, "missions/find.html", {"form": form}, status=400 if form.is_bound else 200)


@needs(public=True)
@never_cache
@require_safe
def ticket(request: HttpRequest, reference: str) -> HttpResponse:
    """A ticket, for whoever holds its reference: when, where, what to bring; on the day, how many stand before."""
    found = _ticket(reference)
    row = store.ticket_of(reference)
    address = request.build_absolute_uri(reverse("missions:ticket", args=[found.reference]))
    page = {
        "ticket": found, "day": reads.day(found.day), "qr": b64encode(paper.qr_svg(address).encode()).decode(),
        "may": {act.value for state, act in FLOW if state is found.state}, "cancel": CommandForm(),
        "times": shown.seats_words(found.seats, found.timezone) if found.seats else "",
        "waits": reads.waits_before(row) if found.state is TicketState.WAITLISTED else 0,
    }  # fmt: skip
    answer = render(request, "missions/ticket.html", page)
    if found.state in WAITING:
        answer["Refresh"] = "60"
    return answer


def _ticket(reference: str) -> TicketFacts:
    try:
        return reads.ticket(reference)
    except Refusal as refusal:
        raise Http404 from refusal


@needs(public=True)
@never_cache
@require_POST
def cancel(request: HttpRequest, reference: str) -> HttpResponse:
    """Give the places back."""
    found = _ticket(reference)
    form = CommandForm(request.POST)
    if form.is_valid() and perform(request, booking.cancel, Cancel(found.reference), trace=form.trace) is not None:
        messages.success(request, wording.sentence("missions.done_cancel"))
    return redirect("missions:ticket", reference=found.reference)


@needs(public=True)
@never_cache
def move(request: HttpRequest, reference: str) -> HttpResponse:
    """Another time: choose a day of the same post, then one of its times."""
    found = _ticket(reference)
    if TicketAct.REBOOK not in {act for state, act in FLOW if state is found.state}:
        return redirect("missions:ticket", reference=found.reference)
    days = [one for one in reads.days_to_book(clock.instant()) if one.office == found.office]
    chosen = next((one for one in days if str(one.id) == request.GET.get("day")), None)
    page = {"ticket": found, "days": days, "chosen": chosen}
    if chosen is None:
        return render(request, "missions/move.html", page)
    rows = booking.rows_for_moving(chosen.slots, found)
    minutes = chosen.plan.slot_minutes if chosen.plan else 0
    offers = slots.offers(rows, found.people, clock.instant(), minutes)
    sent = request.POST if request.method == "POST" else None
    form = forms.SlotForm(sent, offers=shown.offer_choices(offers, rows, chosen.timezone))
    if sent is not None and form.is_valid():
        command = Rebook(found.reference, chosen.id, form.starts_at)
        if perform(request, booking.rebook, command, trace=form.trace) is not None:
            messages.success(request, wording.sentence("missions.done_rebook"))
        return redirect("missions:ticket", reference=found.reference)
    return render(request, "missions/move.html", page | {"form": form, "offers": offers}, status=400 if sent else 200)


@needs(public=True)
@never_cache
@require_safe
def screen(request: HttpRequest, day_id: UUID) -> HttpResponse:
    """The screen in the room: numbers and desks, nothing else; it renews itself."""
    try:
        found, called, coming = reads.screen(day_id)
    except Refusal as refusal:
        raise Http404 from refusal
    answer = render(request, "missions/screen.html", {"day": found, "called": called, "coming": coming})
    answer["Refresh"] = "8"
    return answer


urlpatterns = [
    path("appointments", appointments, name="appointments"),
    path("appointments/how", how, name="how"),
    path("appointments/<uuid:day_id>", day, name="day"),
    path("appointments/ticket", find, name="find"),
    path("appointments/ticket/<str:reference>", ticket, name="ticket"),
    path("appointments/ticket/<str:reference>/cancel", cancel, name="cancel"),
    path("appointments/ticket/<str:reference>/move", move, name="move"),
    path("screen/<uuid:day_id>", screen, name="screen"),
]
