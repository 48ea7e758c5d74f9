"""The appointments that a kit takes along, and back out of the pack in the kit."""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from srok.ground.kernel.context import Context
from srok.ground.kernel.ids import new_id, random_id
from srok.identity.missions import store
from srok.identity.missions.models import Day, Seat, Slot, Ticket, TicketStep
from srok.identity.missions.terms import OPEN_ORDERS, WAITING, TicketAct, TicketState
from srok.trust.parcels.terms import Exposed, Warrant

DAY = (
    "office", "post", "timezone", "place_km", "place_en", "host_state", "state", "reason", "desks", "minutes",
    "slot_minutes", "walk_in_percent", "lane_percent", "grace_minutes",
)  # fmt: skip
TIMES = ("opens", "closes", "pause_from", "pause_until")
SLOT = ("places", "bookable", "taken", "walk_ins", "lane")
TICKET = ("reference", "kind", "state", "people", "lane")
GIVEN = (TicketState.BOOKED, TicketState.WAITLISTED)
OPEN = (*GIVEN, *WAITING)


def pack(warrant: Warrant) -> dict[str, Any]:
    """The open days of the warrant's office within its dates, with their slots and appointments: for each ticket its
    reference, how many they are, their time, and what they want to be called by. No way to reach anybody."""
    days = Day.objects.filter(
        office=warrant.office, on__gte=warrant.from_, on__lte=warrant.until, state__in=OPEN_ORDERS
    ).order_by("on", "place_en")
    return {"days": [_packed_day(day) for day in days]}


def _packed_day(day: Day) -> dict[str, Any]:
    slots = list(Slot.objects.filter(day=day).order_by("starts_at"))
    numbers = {slot.pk: n for n, slot in enumerate(slots)}
    tickets = Ticket.objects.filter(day=day, state__in=GIVEN).prefetch_related("seats").order_by("made_at", "id")
    return {
        "id": str(day.id), "on": day.on.isoformat(), **{name: getattr(day, name) for name in DAY},
        "times": [_iso(getattr(day, name)) for name in TIMES],
        "slots": [{"at": slot.starts_at.isoformat(), **{name: getattr(slot, name) for name in SLOT}} for slot in slots],
        "tickets": [_packed_ticket(ticket, numbers) for ticket in tickets],
    }  # fmt: skip


def _packed_ticket(ticket: Ticket, numbers: Mapping[int, int]) -> dict[str, Any]:
    return {
        **{name: getattr(ticket, name) for name in TICKET}, "made_at": ticket.made_at.isoformat(),
        "slot_at": _iso(ticket.slot_at), "waits_since": _iso(ticket.waits_since), "call": store.opened_name(ticket),
        "seats": [[numbers[seat.slot_id], seat.people] for seat in ticket.seats.all()],
    }  # fmt: skip


def _iso(value: date | time | None) -> str | None:
    return value.isoformat() if value else None


def unpack(packed: Mapping[str, Any], ctx: Context) -> None:
    """Write the days and appointments of a pack into this kit; names are sealed again, under the kit's own key."""
    for given in packed["days"]:
        times = [time.fromisoformat(one) if one else None for one in given["times"]]
        day = Day(
            id=UUID(given["id"]), on=date.fromisoformat(given["on"]), **{name: given[name] for name in DAY},
            **dict(zip(TIMES, times, strict=True)),
        )  # fmt: skip
        day.save(force_insert=True)
        slots = [
            Slot(day=day, starts_at=datetime.fromisoformat(one["at"]), **{name: one[name] for name in SLOT})
            for one in given["slots"]
        ]
        for slot in slots:
            slot.save(force_insert=True)
        for one in given["tickets"]:
            _unpack_ticket(one, day, slots, ctx)


def _unpack_ticket(given: Mapping[str, Any], day: Day, slots: list[Slot], ctx: Context) -> None:
    made = new_id(ctx.at)
    made_at, slot_at, since = (_instant(given[name]) for name in ("made_at", "slot_at", "waits_since"))
    assert made_at is not None
    ticket = Ticket(
        id=made, subject=random_id(), day=day, made_at=made_at, slot_at=slot_at, waits_since=since, trace=made,
        sealed=store.sealed_name(made, given["call"]), **{name: given[name] for name in TICKET},
    )  # fmt: skip
    ticket.save(force_insert=True)
    for number, people in given["seats"]:
        Seat(ticket=ticket, slot=slots[number], people=people).save(force_insert=True)
    act = TicketAct.WAIT if ticket.state == TicketState.WAITLISTED else TicketAct.BOOK
    TicketStep(
        id=new_id(ctx.at), ticket=ticket, act=act.value, at=made_at, recorded_at=ctx.at, day=day.id, actor=ctx.actor,
        people=ticket.people,
    ).save(force_insert=True)  # fmt: skip


def _instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def exposed() -> list[Exposed]:
    """What somebody would see of appointments who holds this kit open: references with times, and names to call."""
    return [
        Exposed("missions.appointments", Ticket.objects.filter(state__in=OPEN).count()),
        Exposed("missions.names_to_call", Ticket.objects.filter(sealed__isnull=False).count()),
    ]
