"""The numbers of a day: what was planned and what became of it, by the hour; counts and minutes, nobody's name."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import median
from uuid import UUID

from srok.ground.kernel.context import Context
from srok.identity.missions import places, store
from srok.identity.missions.models import Day, Switch, Ticket
from srok.identity.missions.terms import Kind, Order, Standing, TicketState


@dataclass(frozen=True, slots=True)
class Hour:
    """One hour of the day, `hour` on the clocks of the place; people."""

    hour: int
    planned: int
    booked: int
    arrived: int
    served: int


@dataclass(frozen=True, slots=True)
class Numbers:
    """A day in numbers: people, except `tickets`; minutes are medians, None while nobody went so far.

    `lane_called` and `called` tell the lane's share; `out_of_turn` and `turned_away` count by reason code.
    """

    planned: int
    bookable: int
    booked: int
    waitlisted: int
    walk_ins: int
    arrived: int
    served: int
    waiting: int
    not_come: int
    left: int
    cancelled: int
    tickets: int
    wait_minutes: int | None
    desk_minutes: int | None
    lane_called: int
    called: int
    out_of_turn: tuple[tuple[str, int], ...]
    turned_away: tuple[tuple[str, int], ...]
    switches: int
    hours: tuple[Hour, ...]

    @property
    def lane_percent(self) -> int:
        """The lane's share of those who were called, in percent."""
        return 100 * self.lane_called // self.called if self.called else 0


def numbers(day_id: UUID, ctx: Context) -> Numbers:
    """The numbers of a day of the actor's post, as they stand; raises `missions.unknown_day`."""
    day = places.own_day(day_id, ctx)
    rows = list(Ticket.objects.filter(day=day))
    slots = store.slots(day)
    called = [row for row in rows if row.called_at is not None]
    return Numbers(
        planned=sum(slot.places for slot in slots), bookable=sum(slot.bookable for slot in slots),
        booked=sum(slot.taken for slot in slots), waitlisted=_people(rows, TicketState.WAITLISTED),
        walk_ins=sum(row.people for row in rows if row.kind == Kind.WALK_IN),
        arrived=sum(row.people for row in rows if row.arrived_at is not None),
        served=sum(row.served_people for row in rows),
        waiting=_people(rows, TicketState.PRESENT, TicketState.CALLED), not_come=_people(rows, TicketState.NOT_COME),
        left=_people(rows, TicketState.LEFT), cancelled=_people(rows, TicketState.CANCELLED), tickets=len(rows),
        wait_minutes=_minutes((row.arrived_at, row.called_at) for row in rows),
        desk_minutes=_minutes((row.called_at, row.served_at) for row in rows),
        lane_called=sum(row.people for row in called if row.standing == Standing.LANE),
        called=sum(row.people for row in called), out_of_turn=_reasons(row.out_of_turn for row in rows),
        turned_away=_reasons(row.reason for row in rows if row.state == TicketState.TURNED_AWAY),
        switches=Switch.objects.filter(day=day).exclude(to=Order.ENDED).count(), hours=_hours(day, rows),
    )  # fmt: skip


def _people(rows: Iterable[Ticket], *states: TicketState) -> int:
    return sum(row.people for row in rows if row.state in states)


def _minutes(spans: Iterable[tuple[datetime | None, datetime | None]]) -> int | None:
    """The median of the whole spans, in minutes."""
    lengths = [(end - start).total_seconds() / 60 for start, end in spans if start and end and end >= start]
    return round(median(lengths)) if lengths else None


def _reasons(codes: Iterable[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(Counter(code for code in codes if code).items()))


def _hours(day: Day, rows: Sequence[Ticket]) -> tuple[Hour, ...]:
    """By the hour of the place, from the first to the last in which anything was planned or happened."""
    zone, slots = places.zone(day), store.slots(day)

    def by_hour(pairs: Iterable[tuple[datetime | None, int]]) -> Callable[[int], int]:
        found: Counter[int] = Counter()
        for at, people in pairs:
            if at is not None:
                found[at.astimezone(zone).hour] += people
        seen.update(hour for hour, people in found.items() if people)
        return found.__getitem__

    seen: set[int] = set()
    columns = (
        by_hour((slot.starts_at, slot.places) for slot in slots),
        by_hour((slot.starts_at, slot.taken) for slot in slots),
        by_hour((row.arrived_at, row.people) for row in rows),
        by_hour((row.served_at, row.served_people) for row in rows),
    )
    hours = range(min(seen), max(seen) + 1) if seen else range(0)
    return tuple(Hour(hour, *(column(hour) for column in columns)) for hour in hours)
