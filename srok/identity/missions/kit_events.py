"""What was done in a kit, applied at the centre: once each, in whatever order it arrives, with the same end.

A ticket's steps are a set, and where it stands is folded from them (`history`); a day's order is that of its latest
switch. So an event is written down and the row behind it counted anew: nothing here depends on what came before it.
"""

from collections.abc import Collection, Mapping
from hashlib import sha256
from typing import Any, Final
from uuid import UUID

from django.db.models import F

from srok.ground.journal import public as journal
from srok.ground.kernel.ids import new_id, random_id, read_reference
from srok.ground.kernel.refusal import Refusal
from srok.identity.missions import ending, history, places, rules, store, waiting
from srok.identity.missions.models import Conflict, Day, Switch, Ticket, TicketStep
from srok.identity.missions.terms import (
    KINDS,
    MOST_PEOPLE,
    WAITING,
    Away,
    Kind,
    Lane,
    Order,
    Standing,
    Step,
    TicketAct,
    TicketState,
)
from srok.trust.parcels.terms import Arrived, Later, Outcome

# The act behind each kind of event about one ticket; a serving may be of a part of the family.
ACTS: Mapping[str, TicketAct] = {KINDS[act]: act for act in history.SEEN_IN_THE_ROOM if act is not TicketAct.SERVE_PART}
COMING: Final = frozenset({TicketAct.ARRIVE, TicketAct.WALK_IN})


def ticket_event(arrived: Arrived) -> Outcome:
    """One act on a ticket in a kit.

    Raises `Later` for a ticket whose own event is not here yet, `missions.unknown_day`, `missions.not_your_post`,
    `missions.unknown_value`. What the centre says differently becomes a conflict; the service stands.
    """
    act = ACTS[arrived.kind]
    day = _day(arrived, arrived.body["day"])
    ticket = Ticket.objects.filter(reference=read_reference(arrived.subject)).first()
    if ticket is None and act is TicketAct.WALK_IN:
        ticket = _made(arrived, day)
    if ticket is None:
        raise Later("missions.unknown_ticket")
    if act is TicketAct.SERVE and not arrived.body.get("whole"):
        act = TicketAct.SERVE_PART
    found = _applied(arrived, ticket, _step(arrived, ticket, act, arrived.id))
    facts: journal.Facts = {"day": str(day.id), "kit": arrived.kit, "people": _number(arrived.body, "people")}
    journal.record(arrived.ctx, arrived.kind, str(ticket.id), facts)
    return Outcome.conflict(ticket.reference, found) if found else Outcome.opened(ticket.reference)


def day_ended(arrived: Arrived) -> Outcome:
    """The day was ended in a kit: who did not come there, who was still waiting. Names are erased here too."""
    day = _day(arrived, arrived.subject)
    for reference, act in (
        *((one, TicketAct.NOT_COME) for one in arrived.body["not_come"]),
        *((one, TicketAct.TURN_AWAY) for one in arrived.body["closing"]),
    ):
        ticket = Ticket.objects.filter(reference=read_reference(reference)).first()
        if ticket is None:
            raise Later("missions.unknown_ticket")
        own = UUID(bytes=sha256(arrived.id.bytes + reference.encode()).digest()[:16])
        _applied(arrived, ticket, _step(arrived, ticket, act, own, day))
    _switched(arrived, day, Order.ENDED)
    ending.forget(day, arrived.ctx)
    journal.record(arrived.ctx, "missions.day_ended", str(day.id), {"kit": arrived.kit})
    return Outcome.opened(str(day.id))


def order_switched(arrived: Arrived) -> Outcome:
    """The surge switch was moved in a kit."""
    day = _day(arrived, arrived.subject)
    order = rules.one_of(Order, str(arrived.body["order"]), "order")
    _switched(arrived, day, Order(order))
    journal.record(arrived.ctx, "missions.order_switched", str(day.id), {"order": order, "kit": arrived.kit})
    return Outcome.opened(str(day.id))


def _day(arrived: Arrived, text: object) -> Day:
    """The day of an event, held; of the kit's own post."""
    try:
        found = places.day_of(UUID(str(text)))
    except ValueError as error:
        raise Refusal("missions.unknown_day") from error
    if found.office != arrived.ctx.office:
        raise Refusal("missions.not_your_post")
    return store.take_turns(found.id)[found.id]


def _made(arrived: Arrived, day: Day) -> Ticket:
    """The ticket of somebody who came to a kit without one."""
    people, lane = _number(arrived.body, "people"), str(arrived.body.get("lane", ""))
    if not 1 <= people <= MOST_PEOPLE or lane not in set(Lane):
        raise Refusal("missions.unknown_value")
    at = store.when(arrived.ctx)
    ticket = Ticket(
        id=new_id(arrived.ctx.at), reference=read_reference(arrived.subject), subject=random_id(), day=day,
        kind=Kind.WALK_IN, state=TicketState.PRESENT, people=people, lane=lane, made_at=at, trace=arrived.id,
        kit=arrived.kit, standing=Standing.WALK_IN,
    )  # fmt: skip
    ticket.save(force_insert=True)
    return ticket


def _step(arrived: Arrived, ticket: Ticket, act: TicketAct, step_id: UUID, day: Day | None = None) -> TicketStep:
    body = arrived.body
    reason = Away.CLOSING.value if day else str(body.get("reason", ""))[:16]
    return TicketStep(
        id=step_id, ticket=ticket, act=act.value, at=store.when(arrived.ctx), recorded_at=arrived.ctx.at,
        day=day.id if day else UUID(str(body["day"])), actor=arrived.ctx.actor, kit=arrived.kit, reason=reason,
        people=0 if day else _number(body, "people"), number=None if day else _number(body, "number") or None,
        standing=_number(body, "standing") if "standing" in body else None,
    )  # fmt: skip


def _applied(arrived: Arrived, ticket: Ticket, step: TicketStep) -> str:
    """Write a step once and count its ticket anew; the code of a conflict that is new with it, else empty."""
    if not TicketStep.objects.filter(pk=step.pk).exists():
        step.save(force_insert=True)
    rows = list(TicketStep.objects.filter(ticket=ticket).order_by("at", "id"))
    steps = [Step(one.id, TicketAct(one.act), one.at, one.day, one.people, one.kit) for one in rows]
    found = history.fold(steps, ticket.people)
    _moved_back(ticket, found.day, arrived)
    changes = {
        "state": found.state.value, "served_people": found.served_people, "arrived_at": found.arrived_at,
        "called_at": found.called_at, "served_at": found.served_at, "day": found.day, "desk": None, "kit": arrived.kit,
        "out_of_turn": _last(rows, {TicketAct.CALL}, "reason") or "",
        "reason": _last(rows, {TicketAct.TURN_AWAY}, "reason") if found.state is TicketState.TURNED_AWAY else "",
        "number": _last(rows, COMING, "number"), "standing": _last(rows, COMING, "standing"),
        "misses": sum(one.act == TicketAct.MISS for one in rows),
    }  # fmt: skip
    changes["rank"] = ticket.rank if found.state in WAITING else None
    Ticket.objects.filter(pk=ticket.pk).update(version=F("version") + 1, **changes)
    new = ""
    for code in found.conflicts:
        _, made = Conflict.objects.get_or_create(
            ticket=ticket, code=code,
            defaults={
                "id": new_id(arrived.ctx.at), "event": arrived.id, "kit": arrived.kit, "found_at": arrived.ctx.at,
            },
        )  # fmt: skip
        new = new or (code if made else "")
    return new


def _moved_back(ticket: Ticket, day: UUID, arrived: Arrived) -> None:
    """A ticket that was moved to another day, and used in a kit on the old one, gives the new places back."""
    if ticket.day_id == day:
        return
    elsewhere = store.take_turns(ticket.day_id)[ticket.day_id]
    if store.give_back(ticket):
        waiting.seat_waiting(elsewhere, arrived.ctx)


def _switched(arrived: Arrived, day: Day, order: Order) -> None:
    """Write a switch once; the day's order is that of its latest one, and once it has ended it stays so."""
    Switch.objects.get_or_create(
        id=arrived.id,
        defaults={
            "day": day, "to": order, "at": store.when(arrived.ctx), "actor": arrived.ctx.actor, "kit": arrived.kit,
        },
    )  # fmt: skip
    rows = Switch.objects.filter(day=day).order_by("at", "id")
    latest = rows.filter(to=Order.ENDED).last() or rows.last()
    if latest is not None:
        Day.objects.filter(pk=day.pk).update(state=latest.to, version=F("version") + 1)


def _last(rows: list[TicketStep], acts: Collection[TicketAct], name: str) -> Any:
    found = [getattr(row, name) for row in rows if row.act in acts and getattr(row, name) not in (None, "")]
    return found[-1] if found else None


def _number(body: Mapping[str, Any], name: str) -> int:
    """A small count out of an event; raises `missions.unknown_value` for anything else."""
    value = body.get(name, 0) or 0
    if not isinstance(value, int) or not 0 <= value < 30_000:
        raise Refusal("missions.unknown_value", field=name)
    return value
