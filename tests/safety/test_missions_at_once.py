"""Many hands on one day: real threads on committed data, both databases. No slot is oversold, nobody called twice."""

import os
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from functools import partial

import pytest
from django.db.models import F, Sum

from srok.ground.accounts import public as accounts
from srok.ground.accounts.models import Officer
from srok.ground.kernel.context import Context
from srok.ground.kernel.ids import new_id
from srok.identity.missions import public as missions
from srok.identity.missions.models import Seat, Slot, Ticket
from tests.safety.test_at_once import at_once

pytestmark = [pytest.mark.usefixtures("committed_world")]
if os.environ.get("SROK_TEST_DB") != "postgresql":
    pytestmark.append(pytest.mark.slow)

OPENS = datetime(2025, 6, 2, 12, tzinfo=UTC)
PLAN = missions.Plan(time(8), time(10), desks=2, minutes=15, slot_minutes=30, walk_in_percent=25)
THREADS = 8


@pytest.fixture
def day(request: pytest.FixtureRequest, committed_world: None) -> missions.DayFacts:
    """A day of its own: four slots of four places, three of each to book."""
    Officer.objects.filter(username="dara").update(roles=["consular_officer", "mission_head", "card_officer"])
    number = DAYS.setdefault(request.node.name, len(DAYS))
    ctx = dara(OPENS - timedelta(days=30))
    return missions.plan_day(missions.PlanDay(date(2025, 6, 2) + timedelta(days=number), PLAN), ctx=ctx)


DAYS: dict[str, int] = {}


def dara(at: datetime) -> Context:
    return accounts.context_for("dara", at=at, trace=new_id(at))


def public(at: datetime) -> Context:
    return Context("public", "", frozenset(), at, at.date(), new_id(at))


def early(day: missions.DayFacts) -> datetime:
    return day.slots[0].starts_at - timedelta(days=3)


def booking(day: missions.DayFacts, slot: int, people: int = 1, minutes: int = 0) -> Callable[[], object]:
    at = early(day) + timedelta(minutes=minutes)
    command = missions.Book(day.id, people, day.slots[slot].starts_at)
    return partial(missions.book, command, ctx=public(at))


def whole(day: missions.DayFacts) -> None:
    """What each slot says is what sits in it, and within its bounds."""
    assert not Slot.objects.filter(taken__gt=F("bookable")).exists()
    for slot in Slot.objects.filter(day=day.id):
        assert slot.taken == (Seat.objects.filter(slot=slot).aggregate(n=Sum("people"))["n"] or 0)


def test_the_last_places_go_to_as_many_as_there_are(day: missions.DayFacts) -> None:
    said = at_once(*(booking(day, 3) for _ in range(THREADS)))
    assert said.count("ok") == 3, said
    assert set(said) == {"ok", "missions.slot_full"}
    whole(day)


def test_families_that_cross_slots_never_half_sit(day: missions.DayFacts) -> None:
    said = at_once(*(booking(day, n % 4, 4) for n in range(THREADS)))
    assert set(said) <= {"ok", "missions.slot_full"}
    tickets = Ticket.objects.filter(day=day.id)
    assert said.count("ok") == tickets.count() >= 2
    for ticket in tickets:
        assert Seat.objects.filter(ticket=ticket).aggregate(n=Sum("people"))["n"] == 4
    whole(day)


def test_one_form_sent_many_times_at_once_is_one_ticket(day: missions.DayFacts) -> None:
    act = booking(day, 0, 2)
    said = at_once(act, act, act, act)
    assert said.count("ok") >= 1 and set(said) <= {"ok", "journal.replayed"}
    assert Ticket.objects.filter(day=day.id).count() == 1
    whole(day)


def test_a_place_given_back_is_had_by_one(day: missions.DayFacts) -> None:
    tickets = [missions.book(missions.Book(day.id, 3, slot.starts_at), ctx=public(early(day))) for slot in day.slots]
    waiting = missions.book(missions.Book(day.id, 3, None), ctx=public(early(day)))
    cancel = partial(missions.cancel, missions.Cancel(tickets[0].reference), ctx=public(early(day)))
    again = partial(missions.cancel, missions.Cancel(tickets[0].reference), ctx=public(early(day)))
    said = at_once(cancel, again, *(booking(day, 0, 3) for _ in range(3)))
    assert set(said) <= {"ok", "missions.slot_full", "journal.stale"}
    assert missions.ticket(waiting.reference).seats[0].starts_at == day.slots[0].starts_at
    assert Ticket.objects.filter(day=day.id, state="booked").count() == 4
    whole(day)


def test_two_days_crossed_by_many_stop_nobody(day: missions.DayFacts) -> None:
    """Half move from one day to the other, half back, at once: none waits for ever, none sits twice."""
    other = missions.plan_day(missions.PlanDay(day.on + timedelta(days=40), PLAN), ctx=dara(early(day)))
    here = [missions.book(missions.Book(day.id, 3, slot.starts_at), ctx=public(early(day))) for slot in day.slots]
    there = [missions.book(missions.Book(other.id, 3, slot.starts_at), ctx=public(early(day))) for slot in other.slots]
    moving = [
        partial(missions.rebook, missions.Rebook(one.reference, to.id, to.slots[n].starts_at), ctx=public(early(day)))
        for n in range(4)
        for one, to in ((here[n], other), (there[n], day))
    ]
    said = at_once(*moving)
    assert set(said) <= {"ok", "missions.slot_full"}
    whole(day), whole(other)
    assert Ticket.objects.filter(day__in=[day.id, other.id], state="booked").count() == 8


def test_two_desks_never_call_the_same_number(day: missions.DayFacts) -> None:
    at = day.slots[0].starts_at
    people = [missions.walk_in(missions.WalkIn(day.id), ctx=dara(at + timedelta(minutes=n))) for n in range(6)]
    calls = [partial(missions.call_next, missions.CallNext(day.id, desk), ctx=dara(at)) for desk in (1, 2, 1, 2)]
    said = at_once(*calls)
    assert said == ["missions.desk_taken", "missions.desk_taken", "ok", "ok"]
    called = Ticket.objects.filter(day=day.id, state="called")
    assert {one.reference for one in called} == {one.reference for one in people[:2]}


def test_many_at_the_door_get_a_number_and_a_place_each(day: missions.DayFacts) -> None:
    at = day.slots[0].starts_at
    said = at_once(*(partial(missions.walk_in, missions.WalkIn(day.id), ctx=dara(at)) for _ in range(THREADS)))
    assert said == ["ok"] * THREADS
    rows = Ticket.objects.filter(day=day.id)
    assert sorted(row.number or 0 for row in rows) == list(range(1, THREADS + 1))
    assert len({row.rank for row in rows}) == THREADS
    assert sum(slot.walk_ins for slot in Slot.objects.filter(day=day.id)) == THREADS
