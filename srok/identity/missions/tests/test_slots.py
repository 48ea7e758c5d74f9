"""Slots by generated plans: no desk is wasted, no family torn apart, nobody forgotten when a plan changes."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from srok.ground.kernel.refusal import Refusal
from srok.identity.missions import slots
from srok.identity.missions.terms import MOST_SLOTS, Plan, Seat, SlotFacts

ON = date(2025, 5, 12)
PLANS = st.builds(
    Plan,
    opens=st.builds(time, st.integers(6, 10)), closes=st.builds(time, st.integers(11, 20)), desks=st.integers(1, 9),
    minutes=st.integers(3, 60), slot_minutes=st.sampled_from([15, 20, 30, 45, 60]),
    walk_in_percent=st.integers(0, 100),
)  # fmt: skip


def slots_of(plan: Plan) -> tuple[SlotFacts, ...]:
    try:
        return slots.slots_of(plan, ON, UTC)
    except Refusal:
        assume(False)
        raise


@given(PLANS)
def test_the_places_are_what_the_desks_manage(plan: Plan) -> None:
    found = slots_of(plan)
    assert sum(slot.places for slot in found) == plan.desks * plan.slot_minutes * len(found) // plan.minutes
    assert (
        sum(slot.bookable for slot in found) == sum(slot.places for slot in found) * (100 - plan.walk_in_percent) // 100
    )
    for slot in found:
        assert 0 <= slot.bookable <= slot.places + 1 and slot.places >= 0
    ends = found[-1].starts_at + timedelta(minutes=plan.slot_minutes)
    assert ends <= datetime.combine(ON, plan.closes, UTC)


TAKEN = st.lists(st.integers(0, 40), max_size=60)


@given(PLANS, TAKEN, st.integers(1, 8))
def test_a_family_sits_in_slots_that_touch_and_takes_only_what_is_free(
    plan: Plan, taken: list[int], people: int
) -> None:
    found = [
        replace(slot, taken=min(slot.bookable, taken[n]) if n < len(taken) else 0)
        for n, slot in enumerate(slots_of(plan))
    ]
    left = {slot.starts_at: slot.left for slot in found}
    before = found[0].starts_at - timedelta(minutes=1)
    for offer in slots.offers(found, people, before, plan.slot_minutes):
        assert sum(seat.people for seat in offer.seats) == people
        assert 1 <= len(offer.seats) <= MOST_SLOTS
        assert all(1 <= seat.people <= left[seat.starts_at] for seat in offer.seats)
        for one, other in zip(offer.seats, offer.seats[1:], strict=False):
            assert other.starts_at - one.starts_at == timedelta(minutes=plan.slot_minutes)
        assert slots.offer_at(found, people, offer.starts_at, plan.slot_minutes) == offer


@given(PLANS, PLANS, st.lists(st.tuples(st.integers(0, 100), st.integers(1, 8)), max_size=25))
def test_a_change_of_plan_forgets_nobody_and_keeps_the_order(
    old: Plan, new: Plan, bookings: list[tuple[int, int]]
) -> None:
    before, after = slots_of(old), slots_of(new)
    seated = {f"T{n:02}": [Seat(before[at % len(before)].starts_at, people)] for n, (at, people) in enumerate(bookings)}
    fit = slots.refit(after, before, seated)
    assert set(fit.seats) == set(seated)
    for ticket, seats in fit.seats.items():
        assert sum(seat.people for seat in seats) == sum(seat.people for seat in seated[ticket])
    taken = {slot.starts_at: slot.taken for slot in fit.slots}
    for slot in fit.slots:
        assert slot.taken <= slot.bookable
        inside = [seat.people for seats in fit.seats.values() for seat in seats if seat.starts_at == slot.starts_at]
        assert taken[slot.starts_at] == sum(inside)
    order = sorted(seated, key=lambda one: seated[one][0].starts_at)
    times = [fit.seats[one][0].starts_at for one in order]
    assert times == sorted(times)
    touched = {one.ticket for one in fit.losing}
    for ticket in set(seated) - touched:
        assert fit.seats[ticket] == tuple(seated[ticket])


def test_the_clocks_of_the_place_count_also_when_they_change() -> None:
    plan = Plan(time(8), time(10), desks=1, minutes=30, slot_minutes=30)
    for day, hour in ((date(2025, 3, 8), 13), (date(2025, 3, 9), 12)):
        assert slots.slots_of(plan, day, ZoneInfo("America/New_York"))[0].starts_at.astimezone(UTC).hour == hour


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"desks": 0}, "desks"), ({"minutes": 0}, "minutes"), ({"slot_minutes": 5}, "slot_minutes"),
        ({"walk_in_percent": 101}, "walk_in_percent"), ({"closes": time(8)}, "closes"),
        ({"pause": (time(7), time(9))}, "pause_from"), ({"lane_percent": -1}, "lane_percent"),
    ],
)  # fmt: skip
def test_a_plan_that_no_post_can_run_names_its_field(changes: dict[str, object], field: str) -> None:
    plan = replace(Plan(time(8), time(12), desks=2), **changes)
    with pytest.raises(Refusal, match=r"missions\.bad_plan") as found:
        slots.slots_of(plan, ON, UTC)
    assert found.value.field == field
    with pytest.raises(Refusal, match=r"missions\.no_slot"):
        slots.slots_of(Plan(time(8), time(9), desks=1, minutes=200, slot_minutes=60), ON, UTC)
