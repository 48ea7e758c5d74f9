"""Acts of whoever holds a ticket, or is about to: book, rebook, cancel. No account, no name, no telephone needed."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Sum

from srok.ground.journal import public as journal
from srok.ground.kernel.context import Context
from srok.ground.kernel.ids import new_id, new_reference, random_id
from srok.ground.kernel.refusal import Refusal
from srok.identity.missions import carrying, places, reads, rules, slots, store, telling, waiting
from srok.identity.missions.commands import Book, Cancel, Rebook
from srok.identity.missions.facts import TicketFacts
from srok.identity.missions.models import Day, Slot, Ticket
from srok.identity.missions.terms import KINDS, Kind, Offer, Order, SlotFacts, TicketAct, TicketState


@transaction.atomic
def book(command: Book, *, ctx: Context) -> TicketFacts:
    """Take places on a day, or a place on its waiting list; a command that was done already answers with its ticket.

    Raises `missions.unknown_day`, `missions.day_not_open`, `missions.too_many_people`, `missions.no_such_slot`,
    `missions.slot_begun`, `missions.slot_full`, `missions.too_fast`, `missions.places_left` (waiting while there are
    places), `missions.name_too_long`, the refusals of `notices.set_contact`, `missions.not_in_a_kit`.
    """
    carrying.only_at_the_centre()
    done = Ticket.objects.filter(trace=ctx.trace).first()
    if done is not None:
        return reads.ticket(done.reference)
    slots.check_people(command.people)
    day = store.take_turns(command.day)[command.day]
    _check_open(day, ctx)
    offer = _offer(day, command, ctx)
    ticket = _new_ticket(day, command, ctx)
    act = TicketAct.BOOK if offer else TicketAct.WAIT
    ticket.state = rules.next_state(None, act)
    ticket.slot_at, ticket.waits_since = (offer.starts_at, None) if offer else (None, ctx.at)
    try:
        with transaction.atomic():
            ticket.save(force_insert=True)
    except IntegrityError as error:
        raise Refusal("journal.replayed") from error
    if offer:
        store.take(ticket, offer)
    store.write_step(ticket, store.Move(act, people=ticket.people), ctx)
    telling.keep_reach(ticket, command.reach, ctx)
    facts: journal.Facts = {
        "day": str(day.id), "people": ticket.people, "slots": len(offer.seats) if offer else 0,
        "on_line": ticket.on_line,
    }  # fmt: skip
    journal.record(ctx, KINDS[act], str(ticket.id), facts)
    return reads.ticket(ticket.reference)


def _new_ticket(day: Day, command: Book, ctx: Context) -> Ticket:
    made = new_id(ctx.at)
    return Ticket(
        id=made, reference=new_reference(), subject=random_id(), day=day, kind=Kind.APPOINTMENT,
        people=command.people, lane=command.lane, on_line=not rules.is_officer(day.office, ctx), made_at=ctx.at,
        trace=ctx.trace, reachable=bool(command.reach.channel),
        sealed=store.sealed_name(made, rules.clean_name(command.called_as)),
    )  # fmt: skip


def _check_open(day: Day, ctx: Context) -> None:
    rules.check_open(Order(day.state))
    if day.on < places.civil_date(day, ctx.at):
        raise Refusal("missions.day_over", field="day")


def _offer(day: Day, command: Book, ctx: Context) -> Offer | None:
    """The seats asked for; None where the waiting list was asked for and the day is full."""
    rows = store.facts_of(store.slots(day))
    if command.starts_at is None:
        if slots.offers(rows, command.people, ctx.at, day.slot_minutes):
            raise Refusal("missions.places_left", field="slot")
        return None
    rules.check_not_begun(command.starts_at, ctx.at)
    if not rules.is_officer(day.office, ctx):
        slots.check_pace(sum(row.bookable for row in rows), _lately(day, ctx.at), command.people)
    return slots.offer_at(rows, command.people, command.starts_at, day.slot_minutes)


def _lately(day: Day, at: datetime) -> int:
    """How many people booked this day on line within the last minutes."""
    rows = Ticket.objects.filter(day=day, on_line=True, made_at__gt=at - slots.PACE)
    return int(rows.aggregate(people=Sum("people"))["people"] or 0)


@transaction.atomic
def rebook(command: Rebook, *, ctx: Context) -> TicketFacts:
    """Move a ticket to another slot; its old places go to the next at once. The reference stays.

    A ticket whose day was closed may also take a place that is otherwise kept for those who come without one. Raises
    `missions.unknown_ticket`, `missions.not_in_this_state`, `missions.other_post`, and what `book` raises of the slot.
    """
    carrying.only_at_the_centre()
    seen = store.ticket_of(command.ticket)
    days = store.take_turns(seen.day_id, command.day)
    ticket = Ticket.objects.select_related("day").get(pk=seen.pk)
    old, new = days.get(ticket.day_id), days[command.day]
    if old is None or old.office != new.office:
        raise Refusal("missions.other_post")
    rules.next_state(TicketState(ticket.state), TicketAct.REBOOK)
    _check_open(new, ctx)
    rules.check_not_begun(command.starts_at, ctx.at)
    store.give_back(ticket)
    rows = store.facts_of(store.slots(new))
    if ticket.state == TicketState.DISPLACED:
        rows = _widened(new, rows, ticket.people, command.starts_at)
    offer = slots.offer_at(rows, ticket.people, command.starts_at, new.slot_minutes)
    ticket.day = new
    store.take(ticket, offer)
    changes = {"day": new, "slot_at": offer.starts_at, "waits_since": None}
    store.move(ticket, store.Move(TicketAct.REBOOK, changes), ctx)
    journal.record(ctx, "missions.place_rebooked", str(ticket.id), {"from": str(old.id), "to": str(new.id)})
    waiting.seat_waiting(old, ctx)
    return reads.ticket(ticket.reference)


def rows_for_moving(rows: Sequence[SlotFacts], ticket: TicketFacts) -> list[SlotFacts]:
    """The slots of a day as a ticket that moves finds them: its own places free; for one whose day was closed, those
    kept for walk-ins too."""
    own = {seat.starts_at: seat.people for seat in ticket.seats}
    freed = [replace(row, taken=row.taken - own.get(row.starts_at, 0)) for row in rows]
    if ticket.state is not TicketState.DISPLACED:
        return freed
    return [replace(row, bookable=max(row.bookable, row.places)) for row in freed]


def _widened(day: Day, rows: list[SlotFacts], people: int, starts_at: datetime) -> list[SlotFacts]:
    """For somebody whose day was closed: the slots with the places kept for walk-ins opened as far as they need."""
    wide = [replace(row, bookable=max(row.bookable, row.places)) for row in rows]
    offer = slots.offer_at(wide, people, starts_at, day.slot_minutes)
    need = {seat.starts_at: seat.people for seat in offer.seats}
    for i, row in enumerate(rows):
        needed = row.taken + need.get(row.starts_at, 0)
        if needed > row.bookable:
            Slot.objects.filter(day=day, starts_at=row.starts_at).update(bookable=needed)
            rows[i] = replace(row, bookable=needed)
    return rows


@transaction.atomic
def cancel(command: Cancel, *, ctx: Context) -> TicketFacts:
    """Give the places of a ticket back, for the next on the waiting list; twice changes nothing more.

    Raises `missions.unknown_ticket`, `missions.not_in_this_state` once its holders are here.
    """
    carrying.only_at_the_centre()
    ticket = store.held(command.ticket)
    if ticket.state == TicketState.CANCELLED:
        return reads.ticket(ticket.reference)
    rules.next_state(TicketState(ticket.state), TicketAct.CANCEL)
    store.give_back(ticket)
    telling.forget(ticket, ctx)
    store.move(ticket, store.Move(TicketAct.CANCEL, {"sealed": None, "reachable": False}), ctx)
    journal.record(
        ctx, "missions.place_cancelled", str(ticket.id), {"day": str(ticket.day_id), "people": ticket.people}
    )
    waiting.seat_waiting(ticket.day, ctx)
    return reads.ticket(ticket.reference)
