"""The line, by generated days: what each person is promised, said again in other words than the rule's own."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from srok.identity.missions import line, slots
from srok.identity.missions.line import Coming
from srok.identity.missions.terms import Lane, Order, Plan, Right, SlotFacts, Standing

ON = datetime(2025, 5, 12, tzinfo=UTC)
PLAN = Plan(time(8), time(12), desks=3, minutes=15, slot_minutes=30, walk_in_percent=34, lane_percent=25)
OPENS = ON.replace(hour=8)


@dataclass(frozen=True)
class Person:
    """One ticket in a history: who they are, when they came, in which order the day stood then."""

    n: int
    right: Right
    people: int
    order: Order


class Room:
    """A waiting room run by the rule alone, with everything that ever happened in it."""

    def __init__(self, booked: list[int]) -> None:
        self.slots = [replace(slot, taken=min(slot.bookable, n)) for slot, n in zip(self.fresh(), booked, strict=True)]
        self.line: list[Person] = []
        self.called: list[Person] = []
        self.everybody: list[Person] = []
        self.order = Order.APPOINTMENTS

    @staticmethod
    def fresh() -> tuple[SlotFacts, ...]:
        return slots.slots_of(PLAN, ON.date(), UTC)

    def comes(self, coming: Coming) -> None:
        found = line.placed(coming, self.slots, PLAN.grace_minutes, PLAN.lane_percent)
        for index, people in found.gaps:
            slot = self.slots[index]
            assert slot.taken + slot.walk_ins + people <= slot.places, "a walk-in sits in a place that somebody booked"
            self.slots[index] = replace(slot, walk_ins=slot.walk_ins + people)
        if found.lane_slot is not None:
            slot = self.slots[found.lane_slot]
            self.slots[found.lane_slot] = replace(slot, lane=slot.lane + coming.people)
        index = line.position([one.right for one in self.line], found.right, self.order)
        person = Person(len(self.everybody), found.right, coming.people, self.order)
        passed = self.line[index:]
        self.line.insert(index, person)
        self.everybody.append(person)
        for other in passed:
            assert has_more_right(person, other), f"{person} passed {other}"

    def calls(self) -> None:
        if self.line:
            self.called.append(self.line.pop(0))

    def misses(self) -> None:
        if self.called:
            person = self.called.pop()
            self.line.insert(line.position_back([one.right for one in self.line]), person)


def has_more_right(newcomer: Person, other: Person) -> bool:
    """The promise in other words: what may bring somebody before a person who is here already."""
    mine, theirs = newcomer.right, other.right
    if newcomer.order is Order.WALK_IN:
        first = (
            mine.standing is Standing.LANE and theirs.standing is not Standing.LANE and mine.due_at <= mine.arrived_at
        )
        promised = (
            mine.standing is Standing.ON_TIME
            and theirs.standing in (Standing.LATE, Standing.WALK_IN)
            and mine.slot_at is not None
            and mine.slot_at < theirs.arrived_at
        )
        return first or promised
    earlier = mine.due_at < theirs.due_at
    return earlier or (mine.due_at == theirs.due_at and mine.standing < theirs.standing)


SLOTS = len(Room.fresh())
MINUTES = st.integers(-60, 260)
LANES = st.sampled_from([Lane.NONE] * 6 + [Lane.OLD, Lane.ILL])
EVENTS = st.one_of(
    st.tuples(st.just("walk_in"), st.integers(0, 9), st.integers(1, 8), LANES),
    st.tuples(st.just("appointment"), st.integers(0, 9), st.integers(0, SLOTS - 1), LANES),
    st.tuples(st.sampled_from(["call", "call", "switch", "miss"])),
)
HISTORIES = st.tuples(st.lists(st.integers(0, 6), min_size=SLOTS, max_size=SLOTS), st.lists(EVENTS, max_size=60))


def played(history: tuple[list[int], list[tuple]], *, misses: bool = True):
    """The room before and after each event of a history."""
    booked, events = history
    room, at = Room(booked), OPENS - timedelta(minutes=30)
    for event in events:
        before = list(room.line)
        if event[0] == "walk_in":
            at += timedelta(minutes=event[1])
            room.comes(Coming(at, event[2], None, event[3]))
        elif event[0] == "appointment":
            at += timedelta(minutes=event[1])
            room.comes(Coming(at, 1, room.slots[event[2]].starts_at, event[3]))
        elif event[0] == "call":
            room.calls()
        elif event[0] == "switch":
            room.order = Order.WALK_IN if room.order is Order.APPOINTMENTS else Order.APPOINTMENTS
        elif misses:
            room.misses()
        yield event, before, room


@given(HISTORIES)
def test_nobody_is_overtaken_by_somebody_with_less_right(history) -> None:
    """`Room.comes` asserts it for everybody whom a newcomer passes; here: no two people ever change places."""
    for event, before, room in played(history, misses=False):
        still = [one for one in before if one in room.line]
        assert [one for one in room.line if one in still] == still, event


@given(HISTORIES)
def test_a_switch_moves_nobody(history) -> None:
    for event, before, room in played(history):
        if event[0] == "switch":
            assert room.line == before


@given(HISTORIES)
def test_nobody_is_lost_and_whoever_is_first_is_called(history) -> None:
    room = Room([0] * SLOTS)
    for event, before, room in played(history):
        if event[0] == "call" and before:
            assert room.called[-1] == before[0]
        assert sorted(one.n for one in room.line + room.called) == list(range(len(room.everybody)))
    while room.line:
        room.calls()
    assert {one.n for one in room.called} == {one.n for one in room.everybody}


@given(HISTORIES)
def test_the_lane_keeps_to_its_share(history) -> None:
    for _event, _before, room in played(history):
        for slot in room.slots:
            share = line.lane_places(slot, PLAN.lane_percent)
            # A family larger than the share is alone in it.
            taken = [one for one in room.everybody if one.right.standing is Standing.LANE]
            assert slot.lane <= max(share, max((one.people for one in taken), default=0))
            assert share <= max(1, slot.places * PLAN.lane_percent // 100)


@given(HISTORIES)
def test_who_misses_a_call_loses_two_places_and_nobody_else_loses_any(history) -> None:
    for event, before, room in played(history):
        if event[0] == "miss" and len(room.line) > len(before):
            back = next(one for one in room.line if one not in before)
            assert room.line.index(back) == min(2, len(before))
            assert [one for one in room.line if one is not back] == before


@given(
    st.lists(st.integers(0, 7), min_size=SLOTS, max_size=SLOTS),
    st.lists(st.tuples(MINUTES, st.integers(1, 8)), max_size=40),
)
def test_an_appointment_on_time_waits_for_those_due_before_it_only(booked, walk_ins) -> None:
    """However many come without one: before an appointment stand at most the places of the slots up to its own."""
    room = Room(booked)
    for minute, people in sorted(walk_ins):
        room.comes(Coming(OPENS + timedelta(minutes=minute), people))
    for i, slot in enumerate(room.slots):
        right = Right(slot.starts_at, Standing.ON_TIME, slot.starts_at, slot.starts_at)
        index = line.position([one.right for one in room.line], right, Order.APPOINTMENTS)
        before = sum(one.people for one in room.line[:index])
        # A family that reaches into a later slot stands where its first gap is.
        assert before <= sum(slot.places for slot in room.slots[: i + 1]) + 7


def test_standings_in_words() -> None:
    """Late, on time, without appointment, taken first: each case once, by hand."""
    room = Room([6, 0, 0, 0, 0, 0, 0, 0])
    room.comes(Coming(OPENS))
    room.comes(Coming(OPENS + timedelta(minutes=1), 1, OPENS + timedelta(minutes=30)))
    room.comes(Coming(OPENS + timedelta(minutes=2), 1, OPENS))
    room.comes(Coming(OPENS + timedelta(minutes=20), 1, OPENS))
    room.comes(Coming(OPENS + timedelta(minutes=21), 1, None, Lane.PREGNANT))
    standings = [(one.n, one.right.standing) for one in room.line]
    assert standings == [
        (4, Standing.LANE), (2, Standing.ON_TIME), (0, Standing.WALK_IN), (3, Standing.LATE), (1, Standing.ON_TIME),
    ]  # fmt: skip
