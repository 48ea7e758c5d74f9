"""Questions to the missions: days and tickets by their reference. A post sees its own; nobody gets a list of people."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from srok.ground.kernel.context import Context
from srok.ground.kernel.refusal import Refusal
from srok.identity.missions import places, rules, store
from srok.identity.missions.facts import DayFacts, TicketFacts
from srok.identity.missions.models import Conflict, Day, Seat, Slot, Ticket
from srok.identity.missions.terms import (
    OPEN_ORDERS,
    SEATED,
    Kind,
    Lane,
    Order,
    Place,
    Plan,
    TicketState,
)
from srok.identity.missions.terms import Seat as SeatFacts

AHEAD = timedelta(days=90)
"""How far ahead the public is shown days."""


def day(day_id: UUID) -> DayFacts:
    """A day with its slots; raises `missions.unknown_day`."""
    row = places.day_of(day_id)
    return _day(row, store.slots(row))


def days_to_book(at: datetime) -> list[DayFacts]:
    """The days that take bookings at this instant, soonest first; without their slots."""
    until = at.date() + AHEAD
    rows = Day.objects.filter(state__in=OPEN_ORDERS, on__gte=at.date() - timedelta(days=1), on__lte=until)
    return [one for one in days(rows) if one.on >= at.astimezone(ZoneInfo(one.timezone)).date()]


def days_of_office(ctx: Context, from_: date | None = None) -> list[DayFacts]:
    """The days of the actor's post from a date on, soonest first; without their slots."""
    rows = Day.objects.filter(office=ctx.office) if ctx.office else Day.objects.none()
    return days(rows.filter(on__gte=from_) if from_ else rows)


def days(rows: Iterable[Day]) -> list[DayFacts]:
    """These days in order of date, two questions for all of them."""
    found = sorted(rows, key=lambda row: (row.on, row.post, row.place_en))
    slots: dict[UUID, list[Slot]] = {row.id: [] for row in found}
    for slot in Slot.objects.filter(day__in=found).order_by("starts_at"):
        slots[slot.day_id].append(slot)
    return [_day(row, slots[row.id]) for row in found]


def ticket(reference: str) -> TicketFacts:
    """A ticket by its reference, as typed or scanned; raises `kernel.bad_reference`, `missions.unknown_ticket`."""
    return ticket_facts(store.ticket_of(reference))


def ticket_made_by(command_id: str) -> str | None:
    """The ticket that this command made, if it did: a form sent twice leads to the same ticket."""
    try:
        found = Ticket.objects.filter(trace=UUID(command_id)).first()
    except ValueError:
        return None
    return found.reference if found else None


def ticket_facts(row: Ticket, *, before: int | None = None) -> TicketFacts:
    """A ticket as its holder sees it; how many stand before it is looked up unless handed in."""
    if before is None and row.state == TicketState.PRESENT:
        before = _before(row)
    return TicketFacts(
        id=row.id, reference=row.reference, day=row.day_id, office=row.day.office, on=row.day.on,
        timezone=row.day.timezone, kind=Kind(row.kind), state=TicketState(row.state), people=row.people,
        served_people=row.served_people, lane=Lane(row.lane), seats=store.seats_of(row), number=row.number,
        desk=row.desk, before=before, arrived_at=row.arrived_at, version=row.version,
    )  # fmt: skip


def _before(row: Ticket) -> int | None:
    """How many tickets are called before this one, as the line stands."""
    if row.rank is None:
        return None
    return Ticket.objects.filter(day=row.day_id, state=TicketState.PRESENT, rank__lt=row.rank).count()


def waits_before(row: Ticket) -> int:
    """How many tickets asked for a place of that day before this one, and wait still."""
    rows = Ticket.objects.filter(day=row.day_id, state=TicketState.WAITLISTED)
    return rows.filter(waits_since__lt=row.waits_since or row.made_at).count()


@dataclass(frozen=True, slots=True)
class InLine:
    """A row of the officer's queue page: the ticket, what to call out on that day, how often called in vain."""

    ticket: TicketFacts
    called_as: str
    standing: int | None
    misses: int


def line(day_id: UUID, ctx: Context) -> list[InLine]:
    """Those who wait, the next one first, for an officer of the post; raises `missions.unknown_day`."""
    day = places.own_day(day_id, ctx)
    return [_in_line(row, day, ctx, before) for before, row in enumerate(store.line_of(day.id))]


def at_desks(day_id: UUID, ctx: Context) -> list[InLine]:
    """Those who are at a desk now, by desk; raises `missions.unknown_day`."""
    day = places.own_day(day_id, ctx)
    rows = Ticket.objects.filter(day=day, state=TicketState.CALLED).select_related("day").order_by("desk", "called_at")
    return [_in_line(row, day, ctx, None) for row in rows]


def _in_line(row: Ticket, day: Day, ctx: Context, before: int | None) -> InLine:
    return InLine(ticket_facts(row, before=before), called_as(row, day, ctx), row.standing, row.misses)


def called_as(row: Ticket, day: Day, ctx: Context) -> str:
    """What the holder wanted to be called by: for an officer of the post, on that day only; else nothing."""
    mine = rules.is_officer(day.office, ctx) and places.civil_date(day, store.when(ctx)) == day.on
    return store.opened_name(row) if mine else ""


def screen(day_id: UUID) -> tuple[DayFacts, list[tuple[int, int]], list[int]]:
    """For the screen in the room: the day, (number, desk) of those called, the numbers that come next. No names."""
    found = day(day_id)
    rows = Ticket.objects.filter(day=day_id, state=TicketState.CALLED, number__isnull=False, desk__isnull=False)
    called = [(row.number or 0, row.desk or 0) for row in rows.order_by("-called_at")]
    coming = [row.number for row in store.line_of(day_id)[:6] if row.number is not None]
    return found, called, coming


def tickets_of(day_id: UUID, ctx: Context) -> list[TicketFacts]:
    """Every ticket of a day of the actor's post, in the order of its times; references and counts, no names."""
    day = places.own_day(day_id, ctx)
    rows = Ticket.objects.filter(day=day).select_related("day").order_by("slot_at", "made_at", "id")
    return [ticket_facts(row, before=-1) for row in rows]


def seated(day: Day) -> Mapping[str, Sequence[SeatFacts]]:
    """Who sits in which slot of a day: by ticket, in time order."""
    found: dict[str, list[SeatFacts]] = {}
    rows = Seat.objects.filter(slot__day=day, ticket__state__in=SEATED).select_related("slot", "ticket")
    for row in rows.order_by("slot__starts_at", "ticket__made_at", "ticket_id"):
        found.setdefault(row.ticket.reference, []).append(SeatFacts(row.slot.starts_at, row.people))
    return found


def conflicts(ctx: Context, *, settled: bool = False) -> list[Conflict]:
    """What the centre and the kits of the actor's post say differently, oldest first."""
    rows = Conflict.objects.filter(ticket__day__office=ctx.office) if ctx.office else Conflict.objects.none()
    rows = rows.exclude(outcome="") if settled else rows.filter(outcome="")
    return list(rows.select_related("ticket", "ticket__day").order_by("found_at", "id"))


def conflict_row(conflict: UUID, ctx: Context) -> Conflict:
    """A conflict of the actor's post; raises `missions.unknown_conflict`."""
    found = Conflict.objects.filter(pk=conflict).select_related("ticket", "ticket__day").first()
    if found is None or not ctx.office or found.ticket.day.office != ctx.office:
        raise Refusal("missions.unknown_conflict")
    return found


def plan_of(row: Day) -> Plan:
    """The plan of a day that has one."""
    if row.opens is None or row.closes is None:
        raise Refusal("missions.day_not_open")
    pause = (row.pause_from, row.pause_until) if row.pause_from and row.pause_until else None
    return Plan(
        row.opens, row.closes, row.desks, row.minutes, row.slot_minutes, row.walk_in_percent, row.lane_percent,
        row.grace_minutes, pause,
    )  # fmt: skip


def _day(row: Day, slots: Sequence[Slot]) -> DayFacts:
    facts = tuple(store.facts_of(slots))
    return DayFacts(
        id=row.id, office=row.office, post=row.post, on=row.on, timezone=row.timezone,
        place=Place(row.place_km, row.place_en, row.host_state, row.timezone), order=Order(row.state),
        plan=plan_of(row) if row.opens else None, places=sum(slot.places for slot in facts),
        bookable=sum(slot.bookable for slot in facts), left=sum(slot.left for slot in facts), version=row.version,
        slots=facts,
    )  # fmt: skip
