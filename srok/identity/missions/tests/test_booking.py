"""Booking: places, families, the waiting list, changes of plan; on the database."""

from dataclasses import replace
from datetime import time
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction
from django.db.models import F, Sum
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from srok.ground.journal import public as journal
from srok.ground.kernel.refusal import Refusal, Stale
from srok.ground.notices import public as notices
from srok.identity.missions import planning, reads, slots
from srok.identity.missions import public as missions
from srok.identity.missions.facts import TicketFacts
from srok.identity.missions.models import Seat, Slot, Ticket
from srok.identity.missions.terms import TicketState
from srok.identity.missions.tests import world
from srok.identity.missions.tests.world import acting, booked, planned, slot

pytestmark = pytest.mark.usefixtures("post")


def refused(code: str, act, *args, **kwargs) -> Refusal:
    with pytest.raises(Refusal) as found:
        act(*args, **kwargs)
    assert found.value.code == code
    return found.value


def taken() -> dict[int, int]:
    rows = Slot.objects.order_by("starts_at")
    assert all(row.taken == (Seat.objects.filter(slot=row).aggregate(n=Sum("people"))["n"] or 0) for row in rows)
    return {n: row.taken for n, row in enumerate(rows)}


def test_a_plan_gives_slots_and_places() -> None:
    day = planned()
    assert (day.places, day.bookable, day.left, len(day.slots)) == (24, 18, 18, 6)
    assert [one.id for one in missions.days_to_book(world.BEFORE)] == [day.id]
    refused("missions.day_planned_already", planned)
    refused("missions.not_your_post", missions.plan_day, missions.PlanDay(world.ON, world.PLAN), ctx=acting("dara"))
    past = missions.PlanDay(world.BEFORE.date().replace(day=6), world.PLAN)
    refused("missions.day_over", missions.plan_day, past, ctx=acting("sreymom"))


def test_a_family_sits_together_or_in_neighbouring_slots() -> None:
    day = planned()
    assert [seat.people for seat in booked(day, 0, 8).seats] == [3, 3, 2]
    refused("missions.slot_full", booked, day, 0)
    ticket = booked(day, 2, 1)
    assert [seat.starts_at for seat in ticket.seats] == [slot(2)]
    assert taken() == {0: 3, 1: 3, 2: 3, 3: 0, 4: 0, 5: 0}
    refused("missions.too_many_people", booked, day, 3, 9)
    refused("missions.too_many_people", booked, day, 3, 0)


def test_the_database_itself_refuses_to_oversell() -> None:
    planned()
    row = Slot.objects.first()
    with pytest.raises(IntegrityError), transaction.atomic():
        Slot.objects.filter(pk=row.pk).update(taken=row.bookable + 1)


def test_one_command_is_one_ticket() -> None:
    day = planned()
    ctx = world.public()
    command = missions.Book(day.id, 2, slot(1))
    assert missions.book(command, ctx=ctx) == missions.book(command, ctx=ctx)
    assert Ticket.objects.count() == 1


def test_what_is_given_back_goes_to_the_waiting_list_in_its_order() -> None:
    day = planned()
    first = [booked(day, n, 3, by="dara") for n in range(6)]
    refused("missions.slot_full", booked, day, 5)
    big, small, last = booked(day, None, 4), booked(day, None, 2), booked(day, None, 1)
    assert {one.state for one in (big, small, last)} == {TicketState.WAITLISTED}
    missions.cancel(missions.Cancel(first[3].reference), ctx=world.public())
    states = [missions.ticket(one.reference).state for one in (big, small, last)]
    assert states == [TicketState.WAITLISTED, TicketState.BOOKED, TicketState.BOOKED]
    assert taken()[3] == 3
    assert missions.cancel(missions.Cancel(first[3].reference), ctx=world.public()).state is TicketState.CANCELLED
    missions.cancel(missions.Cancel(small.reference), ctx=world.public())
    missions.cancel(missions.Cancel(first[4].reference), ctx=world.public())
    assert [seat.people for seat in missions.ticket(big.reference).seats] == [2, 2]


def test_nobody_waits_for_a_day_with_places() -> None:
    refused("missions.places_left", booked, planned(), None)


def test_a_ticket_moves_and_keeps_its_reference() -> None:
    day = planned()
    ticket = booked(day, 0, 3)
    waits = [booked(day, n, 3) for n in range(1, 6)]
    waiting = booked(day, None, 2)
    other = planned(on=world.ON.replace(day=13))
    moved = missions.rebook(missions.Rebook(ticket.reference, other.id, other.slots[2].starts_at), ctx=world.public())
    assert (moved.reference, moved.on, moved.people) == (ticket.reference, other.on, 3)
    assert missions.ticket(waiting.reference).seats[0].starts_at == slot(0)
    full = missions.Rebook(waits[0].reference, day.id, slot(2))
    refused("missions.slot_full", missions.rebook, full, ctx=world.public())
    assert missions.ticket(waits[0].reference).seats[0].starts_at == slot(1)
    earlier = missions.rebook(replace(full, starts_at=slot(0)), ctx=world.public())
    assert [seat.people for seat in earlier.seats] == [1, 2]
    assert sum(taken().values()) == 2 + 5 * 3 + 3


def test_nobody_books_a_day_empty_on_line() -> None:
    wide = replace(world.PLAN, desks=20)
    day = planned(wide)
    said = []
    for n in range(12):
        try:
            booked(day, n % 6, 8)
        except Refusal as refusal:
            said.append(refusal.code)
    assert set(said) == {"missions.too_fast"}
    refused("missions.places_left", booked, day, None, 8)
    assert sum(taken().values()) == day.bookable // 4 // 8 * 8
    officer = missions.book(missions.Book(day.id, 8, slot(5)), ctx=acting("dara"))
    assert officer.people == 8


def test_a_change_shows_whom_it_touches_and_keeps_them() -> None:
    day = planned()
    early, late = booked(day, 0, 3), booked(day, 5, 3)
    shorter = replace(world.PLAN, closes=time(10), desks=1)
    command = missions.ChangeDay(day.id, shorter, day.version)
    losing = missions.what_changes(command, ctx=acting("sreymom"))
    assert [(one.ticket, one.to_at) for one in losing] == [(early.reference, slot(0)), (late.reference, slot(3))]
    refused("missions.not_seen_who_loses", missions.change_day, command, ctx=acting("sreymom"))
    seen = replace(command, accepted=frozenset(one.ticket for one in losing))
    changed = missions.change_day(seen, ctx=acting("sreymom"))
    assert len(changed.slots) == 4
    assert missions.ticket(early.reference).seats == early.seats
    assert missions.ticket(late.reference).seats[0].starts_at == slot(3)
    assert missions.ticket(late.reference).state is TicketState.BOOKED
    assert taken() == {0: 3, 1: 0, 2: 0, 3: 3}
    refused("missions.slot_full", booked, changed, 0)
    with pytest.raises(Stale):
        missions.change_day(seen, ctx=acting("sreymom"))
    refused("missions.unknown_day", missions.change_day, seen, ctx=acting("rith"))


def test_who_left_a_way_is_told_of_a_change_without_a_name() -> None:
    day = planned()
    ticket = booked(day, 5, 1, reach=missions.Reach("email", "sophea@example.org", "en"), called_as="សុភា")
    command = missions.ChangeDay(
        day.id, replace(world.PLAN, closes=time(10)), day.version, frozenset([ticket.reference])
    )
    missions.change_day(command, ctx=acting("sreymom"))
    row = Ticket.objects.get()
    [told] = notices.notices_of(row.subject)
    assert (told.kind, told.reference, told.channel) == ("appointment_moved", ticket.reference, "email")
    assert row.reachable and row.sealed
    missions.cancel(missions.Cancel(ticket.reference), ctx=world.public())
    row.refresh_from_db()
    assert (row.sealed, row.reachable) == (None, False)
    assert [one.kind for one in journal.facts_about(str(row.subject))].count("notices.contact_erased") == 1


def test_a_closed_day_leaves_a_right_to_another() -> None:
    day = planned()
    ticket, waiting = booked(day, 0, 3), [booked(day, n, 3) for n in range(1, 6)] and booked(day, None, 2)
    gone = planning.close_preview(day.id, ctx=acting("sreymom"))
    assert ticket.reference in gone and waiting.reference in gone
    close = missions.CloseDay(day.id, day.version, frozenset(gone))
    refused(
        "missions.not_seen_who_loses", missions.close_day, replace(close, accepted=frozenset()), ctx=acting("sreymom")
    )
    missions.close_day(close, ctx=acting("sreymom"))
    assert missions.ticket(ticket.reference).state is TicketState.DISPLACED
    refused("missions.day_not_open", booked, day, 0)
    other = planned(on=world.ON.replace(day=13))
    full = [booked(other.id, None if n is None else n + 48, 3) for n in range(6)]
    assert len(full) == 6
    moved = missions.rebook(missions.Rebook(ticket.reference, other.id, other.slots[0].starts_at), ctx=world.public())
    assert [seat.people for seat in moved.seats] == [1, 1, 1]
    again = missions.plan_day(missions.PlanDay(world.ON, world.PLAN), ctx=acting("sreymom"))
    assert (again.id, again.left) == (day.id, 18)


def test_the_journal_holds_no_name() -> None:
    day = planned()
    ticket = booked(day, 0, 2, called_as="លោកយាយ សុភា", reach=missions.Reach("sms", "+12025550123"))
    row = Ticket.objects.get(reference=ticket.reference)
    facts = [*journal.facts_about(str(row.id)), *journal.facts_about(str(row.subject))]
    assert {one.kind for one in facts} == {"missions.place_booked", "notices.contact_set"}
    said = " ".join(f"{one.subject} {one.facts}" for one in facts)
    assert "សុភា" not in said and "202555" not in said
    assert "សុភា".encode() not in bytes(row.sealed)
    assert reads.called_as(row, row.day, acting("dara", 10)) == "លោកយាយ សុភា"
    assert reads.called_as(row, row.day, acting("dara")) == ""
    assert reads.called_as(row, row.day, acting("rith", 10)) == ""


ACTS = st.one_of(
    st.tuples(st.just("book"), st.integers(0, 5), st.integers(1, 8)),
    st.tuples(st.just("wait"), st.just(0), st.integers(1, 8)),
    st.tuples(st.just("cancel"), st.integers(0, 30), st.just(0)),
    st.tuples(st.just("rebook"), st.integers(0, 30), st.integers(0, 5)),
    st.tuples(st.just("change"), st.integers(1, 3), st.integers(9, 12)),
)
EXPECTED = {
    "missions.slot_full", "missions.places_left", "missions.not_in_this_state", "missions.no_such_slot",
    "missions.no_slot",
}  # fmt: skip


@pytest.mark.slow
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(st.lists(ACTS, max_size=25))
def test_whatever_is_booked_moved_and_changed_nothing_is_oversold_or_lost(acts: list[tuple[str, int, int]]) -> None:
    with transaction.atomic():
        day, made = planned(), []
        for name, one, other in acts:
            try:
                with transaction.atomic():
                    made += _done(day.id, made, name, one, other)
            except Refusal as refusal:
                assert refusal.code in EXPECTED, refusal.code
            taken()
            assert not Slot.objects.filter(taken__gt=F("bookable")).exists()
        for ticket in made:
            found = missions.ticket(ticket.reference)
            seated = sum(seat.people for seat in found.seats)
            assert seated == (found.people if found.state is TicketState.BOOKED else 0)
        waiting = Ticket.objects.filter(state="waitlisted").order_by("waits_since", "id")
        free = reads.day(day.id)
        for row in waiting:
            assert not slots.offers(free.slots, row.people, world.BEFORE, 30), "somebody waits beside free places"
        transaction.set_rollback(True)


def _done(day_id: UUID, made: list[TicketFacts], name: str, one: int, other: int) -> list[TicketFacts]:
    """One act of a generated history, by an officer (whom no pace holds back); the ticket it made, if any."""
    ctx = acting("sreymom")
    if name == "book":
        return [missions.book(missions.Book(day_id, other, slot(one)), ctx=ctx)]
    if name == "wait":
        return [missions.book(missions.Book(day_id, other, None), ctx=ctx)]
    if name == "change":
        command = missions.ChangeDay(
            day_id, replace(world.PLAN, desks=one, closes=time(other)), missions.day(day_id).version
        )
        accepted = frozenset(losing.ticket for losing in missions.what_changes(command, ctx=ctx))
        missions.change_day(replace(command, accepted=accepted), ctx=ctx)
    elif made:
        ticket = made[one % len(made)].reference
        if name == "cancel":
            missions.cancel(missions.Cancel(ticket), ctx=ctx)
        else:
            missions.rebook(missions.Rebook(ticket, day_id, slot(other)), ctx=ctx)
    return []
