"""Acts on a day: plan it, change it, close it, switch its order. (Its end stands in `ending`.)"""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F

from srok.ground.journal import public as journal
from srok.ground.kernel.context import Context
from srok.ground.kernel.ids import new_id
from srok.ground.kernel.refusal import Refusal, Stale
from srok.identity.missions import carrying, places, reads, rules, slots, store, telling, waiting
from srok.identity.missions.commands import ChangeDay, CloseDate, CloseDay, PlanDay, SwitchOrder
from srok.identity.missions.facts import DayFacts, Losing, Refit
from srok.identity.missions.models import Day, Seat, Slot, Switch, Ticket
from srok.identity.missions.terms import DayAct, Order, Place, Plan, TicketAct, TicketState


@transaction.atomic
def plan_day(command: PlanDay, *, ctx: Context) -> DayFacts:
    """Plan a day of the actor's post, or open again one that was closed.

    Raises `missions.not_your_post`, `missions.bad_plan`, `missions.no_slot`, `missions.day_planned_already`,
    `missions.day_over` for a day that is past, `missions.not_in_a_kit`.
    """
    carrying.only_at_the_centre()
    rules.check_day_hands(DayAct.PLAN, ctx.office, ctx)
    office = places.post_office(ctx)
    zone = places.zone_name(command.place, office)
    closed = Day.objects.filter(office=ctx.office, on=command.on, place_en=command.place.name_en).first()
    if closed is not None and closed.state != Order.CLOSED:
        raise Refusal("missions.day_planned_already", on=command.on.isoformat())
    day = closed or Day(id=new_id(ctx.at), office=ctx.office, post=office.post, on=command.on)
    day.state = rules.next_order(Order.CLOSED if closed else None, DayAct.PLAN)
    day.timezone, day.reason = zone, ""
    if command.on < places.civil_date(day, ctx.at):
        raise Refusal("missions.day_over", field="on")
    _describe(day, command.plan, command.place)
    found = slots.slots_of(command.plan, command.on, places.zone(day))
    _keep(day, new=closed is None)
    _write_slots(day, Refit(found))
    facts: journal.Facts = {
        "post": day.post,
        "on": day.on.isoformat(),
        "desks": day.desks,
        "mission": bool(day.place_en),
        "places": sum(slot.places for slot in found),
    }
    journal.record(ctx, "missions.day_planned", str(day.id), facts)
    return reads.day(day.id)


@transaction.atomic
def close_date(command: CloseDate, *, ctx: Context) -> DayFacts:
    """Say that the post is closed on a day without a plan (a holiday); raises `missions.day_planned_already`."""
    carrying.only_at_the_centre()
    rules.check_day_hands(DayAct.CLOSE, ctx.office, ctx)
    office = places.post_office(ctx)
    day = Day(
        id=new_id(ctx.at), office=ctx.office, post=office.post, on=command.on, timezone=office.timezone,
        state=rules.next_order(None, DayAct.CLOSE), reason=command.reason[:40],
    )  # fmt: skip
    _keep(day, new=True)
    journal.record(ctx, "missions.day_closed", str(day.id), {"on": day.on.isoformat(), "tickets": 0})
    return reads.day(day.id)


def what_changes(command: ChangeDay, *, ctx: Context) -> tuple[Losing, ...]:
    """Whom this change would touch, and how; writes nothing. Raises as `change_day` does for the plan itself."""
    day = places.own_day(command.day, ctx)
    return _refit(day, command.plan).losing


@transaction.atomic
def change_day(command: ChangeDay, *, ctx: Context) -> DayFacts:
    """Change the plan of a day. Everybody keeps the day, and the time where it still exists; who does not is told.
    The line of those who are here already stays as it stands.

    Raises `missions.not_seen_who_loses` unless the officer saw every ticket that is touched, `missions.bad_plan`,
    `missions.no_slot`, `missions.day_not_open`, `Stale`.
    """
    carrying.only_at_the_centre()
    rules.check_day_hands(DayAct.CHANGE, ctx.office, ctx)
    day = places.own_day(command.day, ctx)
    day = store.take_turns(day.id)[day.id]
    rules.check_version(day.version, command.seen_version)
    day.state = rules.next_order(Order(day.state), DayAct.CHANGE)
    fit = _refit(day, command.plan)
    rules.check_accepted((one.ticket for one in fit.losing), command.accepted)
    _describe(day, command.plan, Place(day.place_km, day.place_en, day.host_state))
    _keep(day, new=False)
    _reseat(day, fit, ctx)
    facts: journal.Facts = {"on": day.on.isoformat(), "desks": day.desks, "touched": len(fit.losing)}
    journal.record(ctx, "missions.day_changed", str(day.id), facts)
    waiting.seat_waiting(day, ctx)
    return reads.day(day.id)


@transaction.atomic
def close_day(command: CloseDay, *, ctx: Context) -> DayFacts:
    """Close a planned day. Whoever booked keeps a right to another day: the ticket says so, and rebooks first.

    Raises `missions.not_seen_who_loses`, `missions.day_not_open`, `missions.line_has_begun`, `Stale`.
    """
    carrying.only_at_the_centre()
    rules.check_day_hands(DayAct.CLOSE, ctx.office, ctx)
    day = places.own_day(command.day, ctx)
    day = store.take_turns(day.id)[day.id]
    rules.check_version(day.version, command.seen_version)
    day.state = rules.next_order(Order(day.state), DayAct.CLOSE)
    if day.number:
        raise Refusal("missions.line_has_begun")
    touched = list(Ticket.objects.filter(day=day, state__in=[TicketState.BOOKED, TicketState.WAITLISTED]))
    rules.check_accepted((ticket.reference for ticket in touched), command.accepted)
    for ticket in touched:
        store.give_back(ticket)
        store.move(ticket, store.Move(TicketAct.DISPLACE), ctx)
        telling.tell(ticket, telling.CLOSED, ctx)
    Slot.objects.filter(day=day).delete()
    _keep(day, new=False)
    journal.record(ctx, "missions.day_closed", str(day.id), {"on": day.on.isoformat(), "tickets": len(touched)})
    return reads.day(day.id)


@transaction.atomic
def switch_order(command: SwitchOrder, *, ctx: Context) -> DayFacts:
    """The surge switch, and back: from now on newcomers are placed by the other rule; the line stays as it stands.

    Raises `missions.not_your_post`, `missions.day_not_open`.
    """
    day = places.own_day(command.day, ctx)
    act = DayAct.SURGE if command.order is Order.WALK_IN else DayAct.SETTLE
    rules.check_day_hands(act, day.office, ctx)
    day = store.take_turns(day.id)[day.id]
    day.state = rules.next_order(Order(day.state), act)
    _keep(day, new=False)
    present = len(store.line_of(day.id))
    Switch(
        id=new_id(ctx.at), day=day, to=day.state, at=store.when(ctx), actor=ctx.actor, present=present
    ).save(force_insert=True)  # fmt: skip
    facts: journal.Facts = {"order": str(day.state), "present": present}
    journal.record(ctx, "missions.order_switched", str(day.id), facts)
    carrying.carry("missions.order_switched", day.id, {"order": str(day.state)}, ctx)
    return reads.day(day.id)


def _describe(day: Day, plan: Plan, place: Place) -> None:
    day.place_km, day.place_en, day.host_state = place.name_km, place.name_en, place.host_state
    day.opens, day.closes = plan.opens, plan.closes
    day.pause_from, day.pause_until = plan.pause or (None, None)
    for name in ("desks", "minutes", "slot_minutes", "walk_in_percent", "lane_percent", "grace_minutes"):
        setattr(day, name, getattr(plan, name))


def _keep(day: Day, *, new: bool) -> None:
    """Write a day: a new one once, an old one by compare-and-set."""
    try:
        with transaction.atomic():
            if new:
                day.save(force_insert=True)
                return
    except IntegrityError as error:
        raise Refusal("missions.day_planned_already", on=day.on.isoformat()) from error
    columns = {one.attname: getattr(day, one.attname) for one in Day._meta.concrete_fields}
    kept = {name: value for name, value in columns.items() if name not in ("id", "turn", "number", "version")}
    if not Day.objects.filter(pk=day.pk, version=day.version).update(version=F("version") + 1, **kept):
        raise Stale()
    day.refresh_from_db()


def _refit(day: Day, plan: Plan) -> Refit:
    found = slots.slots_of(plan, day.on, places.zone(day))
    fit = slots.refit(found, store.facts_of(store.slots(day)), reads.seated(day))
    coming = set(Ticket.objects.filter(day=day, state=TicketState.BOOKED).values_list("reference", flat=True))
    return replace(fit, losing=tuple(one for one in fit.losing if one.ticket in coming))


def _reseat(day: Day, fit: Refit, ctx: Context) -> None:
    """Put the booked into the slots of the new plan; whose time is another one is told."""
    by_reference = {ticket.reference: ticket for ticket in Ticket.objects.filter(day=day, reference__in=fit.seats)}
    Seat.objects.filter(slot__day=day).delete()
    Slot.objects.filter(day=day).delete()
    rows = _write_slots(day, fit)
    for reference, seats in fit.seats.items():
        for seat in seats:
            Seat(ticket=by_reference[reference], slot=rows[seat.starts_at], people=seat.people).save(force_insert=True)
    for losing in fit.losing:
        if losing.to_at != losing.from_at:
            ticket = by_reference[losing.ticket]
            store.move(ticket, store.Move(TicketAct.MOVE, {"slot_at": losing.to_at}), ctx)
            telling.tell(ticket, telling.MOVED, ctx)


def _write_slots(day: Day, fit: Refit) -> dict[datetime, Slot]:
    rows = {}
    for slot in fit.slots:
        rows[slot.starts_at] = Slot(
            day=day, starts_at=slot.starts_at, places=slot.places, bookable=slot.bookable, taken=slot.taken,
            walk_ins=slot.walk_ins, lane=slot.lane,
        )  # fmt: skip
        rows[slot.starts_at].save(force_insert=True)
    return rows


def close_preview(day_id: UUID, *, ctx: Context) -> list[str]:
    """The tickets that lose their day if it is closed, in the order of their times; writes nothing."""
    day = places.own_day(day_id, ctx)
    touched = Ticket.objects.filter(day=day, state__in=[TicketState.BOOKED, TicketState.WAITLISTED])
    return list(touched.order_by("slot_at", "made_at").values_list("reference", flat=True))
