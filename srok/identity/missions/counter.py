"""Acts of the day: people come, are called, served, leave. At a post and, carried to the centre later, in a kit."""

from collections.abc import Mapping

from django.db import IntegrityError, transaction
from django.db.models import F

from srok.ground.journal import public as journal
from srok.ground.kernel.context import Context
from srok.ground.kernel.ids import new_id, new_reference, random_id
from srok.ground.kernel.refusal import Refusal
from srok.identity.missions import carrying, line, places, reads, rules, slots, store
from srok.identity.missions.commands import Arrive, Call, CallNext, EndTicket, Serve, WalkIn
from srok.identity.missions.facts import TicketFacts
from srok.identity.missions.models import Day, Slot, Ticket
from srok.identity.missions.store import Move
from srok.identity.missions.terms import (
    KINDS,
    MISSES,
    SEATED,
    Away,
    Kind,
    Lane,
    Order,
    OutOfTurn,
    Right,
    Standing,
    TicketAct,
    TicketState,
)

ENDINGS = (TicketAct.MISS, TicketAct.LEAVE, TicketAct.TURN_AWAY)


@transaction.atomic
def arrive(command: Arrive, *, ctx: Context) -> TicketFacts:
    """The holders of a ticket are here: they stand in the line, where the rule of `line` puts them.

    Somebody who cancelled, waited for a place or left comes as a walk-in. Scanned twice changes nothing. Raises
    `missions.unknown_ticket`, `missions.not_your_post`, `missions.other_day`, `missions.day_not_open`,
    `missions.not_in_this_state`, and in a kit what `parcels.check_capture` raises.
    """
    ticket = _at_the_counter(command.ticket, TicketAct.ARRIVE, ctx)
    if ticket.state in (TicketState.PRESENT, TicketState.CALLED):
        return reads.ticket(ticket.reference)
    _check_today(ticket.day, ctx)
    rules.next_state(TicketState(ticket.state), TicketAct.ARRIVE)
    booked = ticket.state in SEATED
    lane = command.lane or Lane(ticket.lane)
    changes = _stand(ticket.day, line.Coming(store.when(ctx), ticket.people, ticket.slot_at if booked else None, lane))
    number = ticket.number or changes["number"]
    store.move(ticket, Move(TicketAct.ARRIVE, changes | {"number": number}, ticket.people), ctx)
    body = {"lane": str(lane), "number": number, "standing": changes["standing"]}
    _told(ticket, TicketAct.ARRIVE, body, ctx)
    return reads.ticket(ticket.reference)


@transaction.atomic
def walk_in(command: WalkIn, *, ctx: Context) -> TicketFacts:
    """Somebody came without a ticket: they get one on the spot, and stand in the line.

    Raises as `arrive`, and `missions.too_many_people`, `missions.name_too_long`.
    """
    done = Ticket.objects.filter(trace=ctx.trace).first()
    if done is not None:
        return reads.ticket(done.reference)
    slots.check_people(command.people)
    day = places.own_day(command.day, ctx)
    rules.check_hands(TicketAct.WALK_IN, day.office, ctx)
    carrying.check_may_act(ctx)
    day = store.take_turns(day.id)[day.id]
    _check_today(day, ctx)
    changes = _stand(day, line.Coming(store.when(ctx), command.people, None, command.lane))
    made = new_id(ctx.at)
    ticket = Ticket(
        id=made, reference=new_reference(), subject=random_id(), day=day, kind=Kind.WALK_IN,
        state=rules.next_state(None, TicketAct.WALK_IN), people=command.people, made_at=store.when(ctx),
        trace=ctx.trace, sealed=store.sealed_name(made, rules.clean_name(command.called_as)), **changes,
    )  # fmt: skip
    ticket.save(force_insert=True)
    store.write_step(ticket, Move(TicketAct.WALK_IN, people=ticket.people), ctx)
    body = {"people": ticket.people, "lane": str(command.lane), "number": ticket.number, "standing": ticket.standing}
    _told(ticket, TicketAct.WALK_IN, body, ctx)
    return reads.ticket(ticket.reference)


@transaction.atomic
def call_next(command: CallNext, *, ctx: Context) -> TicketFacts:
    """Call the first of the line to a desk.

    Raises `missions.nobody_waits`, `missions.desk_taken` while the desk has somebody, `missions.no_such_desk`.
    """
    day = places.own_day(command.day, ctx)
    rules.check_hands(TicketAct.CALL, day.office, ctx)
    carrying.check_may_act(ctx)
    day = store.take_turns(day.id)[day.id]
    first = next(iter(store.line_of(day.id)), None)
    if first is None:
        raise Refusal("missions.nobody_waits")
    return _called(first, command.desk, "", ctx)


@transaction.atomic
def call(command: Call, *, ctx: Context) -> TicketFacts:
    """Call this ticket to a desk. Out of turn it needs a reason of the closed list; how often is shown with the day.

    Raises `missions.out_of_turn` where somebody else is next and no reason was given, and as `call_next`.
    """
    ticket = _at_the_counter(command.ticket, TicketAct.CALL, ctx)
    first = next(iter(store.line_of(ticket.day_id)), None)
    reason = ""
    if first is not None and first.pk != ticket.pk:
        if not command.reason:
            raise Refusal("missions.out_of_turn", field="reason")
        reason = rules.one_of(OutOfTurn, command.reason, "reason")
    return _called(ticket, command.desk, reason, ctx)


@transaction.atomic
def serve(command: Serve, *, ctx: Context) -> TicketFacts:
    """So many people of a ticket are done (0: all who are left); with the last one the ticket is served.

    Served again, where nobody is left, changes nothing. Raises `missions.unknown_ticket`, `missions.not_your_post`,
    `missions.not_in_this_state`, `missions.too_many_people`.
    """
    ticket = _at_the_counter(command.ticket, TicketAct.SERVE, ctx)
    if ticket.state == TicketState.SERVED:
        return reads.ticket(ticket.reference)
    left = ticket.people - ticket.served_people
    people = command.people or left
    if not 0 < people <= left:
        raise Refusal("missions.too_many_people", field="people", most=left)
    act = TicketAct.SERVE if people == left else TicketAct.SERVE_PART
    changes: dict[str, object] = {
        "served_people": ticket.served_people + people,
        "served_at": store.when(ctx),
        "rank": None,
    }
    if ticket.called_at is None:
        changes["called_at"] = store.when(ctx)
    store.move(ticket, Move(act, changes | ({"desk": None} if act is TicketAct.SERVE else {}), people), ctx)
    _told(ticket, act, {"people": people, "whole": act is TicketAct.SERVE}, ctx)
    return reads.ticket(ticket.reference)


@transaction.atomic
def end_ticket(command: EndTicket, *, ctx: Context) -> TicketFacts:
    """A ticket ends another way: not at the desk when called (stands again, three times), left, turned away.

    Raises `missions.unknown_value` for another act or reason, and as `serve`.
    """
    if command.act not in ENDINGS:
        raise Refusal("missions.unknown_value", field="act")
    ticket = _at_the_counter(command.ticket, command.act, ctx)
    rules.next_state(TicketState(ticket.state), command.act)
    act, changes, reason = command.act, dict[str, object](desk=None, rank=None), ""
    if act is TicketAct.TURN_AWAY:
        reason = rules.one_of(Away, command.reason, "reason")
        changes["reason"] = reason
    if act is TicketAct.MISS:
        misses = ticket.misses + 1
        waiting = store.line_of(ticket.day_id)
        if misses >= MISSES:
            act = TicketAct.LEAVE
        else:
            changes["rank"] = store.make_room(waiting, line.position_back([right_of(one) for one in waiting]))
        changes["misses"] = misses
    store.move(ticket, Move(act, changes, reason=reason), ctx)
    _told(ticket, act, {"reason": reason}, ctx)
    return reads.ticket(ticket.reference)


def right_of(ticket: Ticket) -> Right:
    """The right with which a ticket stands in the line, as it was fixed when its holders came."""
    arrived = ticket.arrived_at or ticket.made_at
    standing = Standing(ticket.standing if ticket.standing is not None else Standing.WALK_IN)
    on_time = ticket.slot_at if standing in (Standing.ON_TIME, Standing.LANE) else None
    return Right(ticket.due_at or arrived, standing, arrived, on_time)


def _at_the_counter(text: str, act: TicketAct, ctx: Context) -> Ticket:
    """The ticket, held, for an officer of its post."""
    seen = store.ticket_of(text)
    rules.check_hands(act, seen.day.office, ctx)
    carrying.check_may_act(ctx)
    return store.held_row(seen)


def _check_today(day: Day, ctx: Context) -> None:
    rules.check_open(Order(day.state))
    if places.civil_date(day, store.when(ctx)) != day.on:
        raise Refusal("missions.other_day", on=day.on.isoformat())


def _stand(day: Day, coming: line.Coming) -> dict[str, object]:
    """The right and the place in the line of somebody who comes now, and the next number; uses up their gap."""
    rows = store.slots(day)
    found = line.placed(coming, store.facts_of(rows), day.grace_minutes, day.lane_percent)
    for index, people in found.gaps:
        Slot.objects.filter(pk=rows[index].pk).update(walk_ins=F("walk_ins") + people)
    if found.lane_slot is not None:
        Slot.objects.filter(pk=rows[found.lane_slot].pk).update(lane=F("lane") + coming.people)
    waiting = store.line_of(day.id)
    index = line.position([right_of(one) for one in waiting], found.right, Order(day.state))
    day.number += 1
    Day.objects.filter(pk=day.pk).update(number=F("number") + 1)
    return {
        "due_at": found.right.due_at, "standing": int(found.right.standing), "arrived_at": coming.at,
        "rank": store.make_room(waiting, index), "number": day.number, "lane": coming.lane.value, "desk": None,
    }  # fmt: skip


def _called(ticket: Ticket, desk: int, reason: str, ctx: Context) -> TicketFacts:
    if not 1 <= desk <= ticket.day.desks:
        raise Refusal("missions.no_such_desk", field="desk", most=ticket.day.desks)
    rules.next_state(TicketState(ticket.state), TicketAct.CALL)
    changes = {"desk": desk, "called_at": store.when(ctx), "rank": None, "out_of_turn": reason or ticket.out_of_turn}
    try:
        with transaction.atomic():
            store.move(ticket, Move(TicketAct.CALL, changes, reason=reason), ctx)
    except IntegrityError as error:
        raise Refusal("missions.desk_taken", field="desk", desk=desk) from error
    _told(ticket, TicketAct.CALL, {"desk": desk, "reason": reason}, ctx)
    return reads.ticket(ticket.reference)


def _told(ticket: Ticket, act: TicketAct, body: Mapping[str, object], ctx: Context) -> None:
    """The journal's fact of an act of the day and, in a kit, its event for the centre."""
    facts = {name: value for name, value in body.items() if isinstance(value, str | int)}
    journal.record(ctx, KINDS[act], str(ticket.id), {"day": str(ticket.day_id), **facts})
    carrying.carry(KINDS[act], ticket.reference, {"day": str(ticket.day_id), **facts}, ctx)
