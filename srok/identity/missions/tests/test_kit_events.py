"""A mission's events at the centre: shuffled, doubled, against what the centre did meanwhile, they end the same."""

from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from srok.ground.kernel.ids import new_reference
from srok.ground.kernel.refusal import Refusal
from srok.identity.missions import history, kit_pack, parcels, reads
from srok.identity.missions import public as missions
from srok.identity.missions.facts import DayFacts
from srok.identity.missions.models import Conflict, Day, Seat, Slot, Switch, Ticket, TicketStep
from srok.identity.missions.terms import Lane, Order, Step, TicketAct, TicketState
from srok.identity.missions.tests import world
from srok.identity.missions.tests.test_booking import refused
from srok.identity.missions.tests.world import acting, booked, planned
from srok.trust.parcels.terms import Arrived, Later, Outcome, Warrant

pytestmark = pytest.mark.usefixtures("post")
# When the parcels come home, two days later.
HOME = 60 * 48


@dataclass(frozen=True)
class Told:
    """One event of a kit: what, of which ticket or day, so many minutes after the doors opened."""

    n: int
    kind: str
    subject: str
    minutes: int
    body: dict
    kit: str = "KIT-1"

    def arrived(self) -> Arrived:
        happened = world.OPENS + timedelta(minutes=self.minutes)
        ctx = acting("dara", HOME)
        event = UUID(int=(self.n + 1) << 32 | int(self.kit[-1]))
        ctx = replace(ctx, trace=event, happened_at=happened, on=world.ON)
        return Arrived(self.kind, event, self.subject, self.body, ctx, self.kit, self.n)


def opened(told: Told) -> Outcome:
    with transaction.atomic():
        arrived = told.arrived()
        return parcels.HANDLERS[arrived.kind](arrived)


def delivered(events: list[Told]) -> None:
    """Deliver as `parcels` does: each once, what must wait tried again until nothing moves."""
    seen, waiting = set(), []
    for told in events:
        if told.n in seen:
            continue
        seen.add(told.n)
        waiting.append(told)
        moved = True
        while moved:
            moved = False
            for one in list(waiting):
                try:
                    opened(one)
                except Later:
                    continue
                waiting.remove(one)
                moved = True
    assert not waiting


def a_day(day: DayFacts) -> tuple[list[Told], list[str]]:
    """A short mission day: two appointments and a family without one; served, left, turned away, not come."""
    first, second, absent = (booked(day, n, 2).reference for n in range(3))
    family, lone = new_reference(), new_reference()
    on = {"day": str(day.id)}
    said = [
        ("missions.arrived", first, 1, on | {"lane": "", "number": 1, "standing": 1}),
        ("missions.walked_in", family, 2, on | {"people": 3, "lane": "old", "number": 2, "standing": 0}),
        ("missions.called", first, 3, on | {"desk": 1, "reason": ""}),
        ("missions.served", first, 9, on | {"people": 1, "whole": False}),
        ("missions.order_switched", str(day.id), 10, {"order": "walk_in"}),
        ("missions.served", first, 15, on | {"people": 1, "whole": True}),
        ("missions.walked_in", lone, 16, on | {"people": 1, "lane": "", "number": 3, "standing": 3}),
        ("missions.called", family, 17, on | {"desk": 1, "reason": "unwell"}),
        ("missions.missed", family, 18, on | {"reason": ""}),
        ("missions.called", family, 20, on | {"desk": 1, "reason": ""}),
        ("missions.served", family, 30, on | {"people": 3, "whole": True}),
        ("missions.arrived", second, 31, on | {"lane": "", "number": 4, "standing": 2}),
        ("missions.turned_away", second, 40, on | {"reason": "no_paper"}),
        ("missions.day_ended", str(day.id), 180, {"not_come": [absent], "closing": [lone]}),
    ]
    return [Told(n, *one) for n, one in enumerate(said)], [first, second, absent, family, lone]


COLUMNS = (
    "state", "people", "served_people", "number", "standing", "misses", "reason", "out_of_turn", "arrived_at",
    "called_at", "served_at", "lane", "kind",
)  # fmt: skip


def picture(references: list[str]) -> list[tuple]:
    """All that a day says once its parcels are opened."""
    tickets = {row.reference: row for row in Ticket.objects.filter(reference__in=references)}
    found = [tuple(getattr(tickets[one], name) for name in COLUMNS) for one in references]
    return [*found, *Day.objects.values_list("state"), Conflict.objects.count(), TicketStep.objects.count()]


@pytest.mark.slow
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(st.data())
def test_a_shuffled_and_doubled_day_ends_like_one_clean_delivery(data: st.DataObject) -> None:
    with transaction.atomic():
        events, references = a_day(planned())
        clean = transaction.savepoint()
        delivered(events)
        expected = picture(references)
        transaction.savepoint_rollback(clean)
        shuffled = data.draw(st.permutations(events + data.draw(st.lists(st.sampled_from(events), max_size=6))))
        delivered(shuffled)
        assert picture(references) == expected
        transaction.set_rollback(True)


def test_a_clean_day_says_what_happened() -> None:
    events, (first, second, absent, family, lone) = a_day(planned())
    delivered(events)
    states = [reads.ticket(one).state for one in (first, second, absent, family, lone)]
    assert states == [
        TicketState.SERVED, TicketState.TURNED_AWAY, TicketState.NOT_COME, TicketState.SERVED, TicketState.TURNED_AWAY,
    ]  # fmt: skip
    day = Day.objects.get()
    assert (day.state, Conflict.objects.count()) == (Order.ENDED, 0)
    found = missions.numbers(day.id, acting("dara", HOME))
    assert (found.served, found.walk_ins, found.not_come, found.switches) == (5, 4, 2, 1)
    assert dict(found.turned_away) == {"closing": 1, "no_paper": 1}
    assert (found.lane_called, found.out_of_turn) == (3, (("unwell", 1),))


def test_an_event_waits_for_the_ticket_it_speaks_of() -> None:
    day = planned()
    served = Told(1, "missions.served", new_reference(), 5, {"day": str(day.id), "people": 1, "whole": True})
    with pytest.raises(Later):
        opened(served)


def test_a_ticket_given_back_on_line_and_served_in_a_kit_is_a_conflict_and_the_service_stands() -> None:
    day = planned()
    ticket = booked(day, 0, 2)
    served = Told(1, "missions.served", ticket.reference, 5, {"day": str(day.id), "people": 2, "whole": True})
    missions.cancel(missions.Cancel(ticket.reference), ctx=world.public())
    taken = [booked(day, 0, 3)]
    outcome = opened(served)
    assert outcome.conflict_with == history.CAME_ANYWAY
    assert reads.ticket(ticket.reference).state is TicketState.SERVED
    assert taken[0].seats
    [conflict] = reads.conflicts(acting("dara", HOME))
    assert (conflict.code, conflict.kit) == ("missions.cancelled_but_came", "KIT-1")
    assert reads.conflicts(acting("rith", HOME)) == []
    command = missions.SettleConflict(conflict.id, "kit_right")
    missions.settle_conflict(command, ctx=acting("dara", HOME))
    assert reads.conflicts(acting("dara", HOME)) == []
    assert reads.ticket(ticket.reference).state is TicketState.SERVED


def test_cancelled_before_or_after_the_kits_clock_makes_no_difference() -> None:
    day = planned()
    for minutes in (5, -60 * 24 * 30):
        ticket = booked(day, 0)
        missions.cancel(missions.Cancel(ticket.reference), ctx=world.public())
        body = {"day": str(day.id), "people": 1, "whole": True}
        assert opened(Told(minutes + 90000, "missions.served", ticket.reference, minutes, body)).conflict_with
        assert reads.ticket(ticket.reference).state is TicketState.SERVED


def test_a_ticket_moved_to_another_day_and_served_on_the_old_one_frees_the_new_places() -> None:
    day, other = planned(), planned(on=world.ON.replace(day=14))
    ticket = booked(day, 0, 3)
    missions.rebook(missions.Rebook(ticket.reference, other.id, other.slots[0].starts_at), ctx=world.public())
    body = {"day": str(day.id), "people": 3, "whole": True}
    outcome = opened(Told(1, "missions.served", ticket.reference, 5, body))
    assert outcome.conflict_with == history.ELSEWHERE
    found = reads.ticket(ticket.reference)
    assert (found.state, found.on, found.seats) == (TicketState.SERVED, world.ON, ())
    assert missions.day(other.id).left == other.left


def test_served_in_two_kits_is_told() -> None:
    day = planned()
    ticket = booked(day, 0)
    body = {"day": str(day.id), "people": 1, "whole": True}
    assert opened(Told(1, "missions.served", ticket.reference, 5, body)).conflict_with is None
    assert opened(Told(1, "missions.served", ticket.reference, 9, body, "KIT-2")).conflict_with == history.TWICE
    assert reads.ticket(ticket.reference).served_people == 1


def test_a_kit_of_another_post_and_a_day_nobody_planned_are_refused() -> None:
    day = planned()
    ticket = booked(day, 0)
    told = Told(1, "missions.arrived", ticket.reference, 5, {"day": str(day.id), "number": 1, "standing": 1})
    foreign = told.arrived()
    foreign = replace(foreign, ctx=replace(foreign.ctx, office="mfa.par"))
    refused("missions.not_your_post", parcels.HANDLERS[told.kind], foreign)
    for wrong in ("x", str(UUID(int=3))):
        refused("missions.unknown_day", opened, replace(told, body=told.body | {"day": wrong}))
    with pytest.raises(Refusal):
        opened(replace(told, kind="missions.walked_in", subject=new_reference(), body=told.body | {"people": 99}))


def test_the_pack_gives_a_kit_its_days_and_nothing_else() -> None:
    inside, outside = planned(), planned(on=world.ON.replace(day=20))
    named = booked(inside, 0, 4, called_as="លោកតា", reach=missions.Reach("sms", "+12025550100"), lane=Lane.OLD)
    booked(outside, 48 * 8)
    gone = booked(inside, 2)
    missions.cancel(missions.Cancel(gone.reference), ctx=world.public())
    warrant = Warrant(
        kit="KIT-1", post="WAS", office="mfa.was", officers=(), from_=world.ON, until=world.ON.replace(day=13),
        timezone="America/New_York", contact_days=7, kit_key=b"", seal_kid="", seal_key=b"", receipt_keys={},
        references=(), prepared_at=world.BEFORE,
    )  # fmt: skip
    packed = parcels.PACK(warrant, acting("sreymom"))
    assert "2025550100" not in str(packed) and gone.reference not in str(packed)
    before = missions.day(inside.id)
    for model in (Seat, TicketStep, Ticket, Slot, Switch, Day):
        model.objects.all().delete()
    parcels.UNPACK(packed, acting("dara", -60))
    assert missions.day(inside.id) == replace(before, version=1)
    found = reads.ticket(named.reference)
    assert (found.people, found.lane, found.seats, found.state) == (4, Lane.OLD, named.seats, TicketState.BOOKED)
    row = Ticket.objects.get()
    assert reads.called_as(row, row.day, acting("dara", 5)) == "លោកតា"
    assert [(one.code, one.count) for one in kit_pack.exposed()] == [
        ("missions.appointments", 1), ("missions.names_to_call", 1),
    ]  # fmt: skip
    assert missions.arrive(missions.Arrive(named.reference), ctx=acting("dara", 0)).number == 1


STEPS = st.lists(
    st.tuples(
        st.sampled_from([act for act in TicketAct if act not in (TicketAct.BOOK, TicketAct.WAIT)]),
        st.integers(0, 20), st.integers(0, 3), st.sampled_from(["", "KIT-1", "KIT-2"]),
    ),
    max_size=12,
)  # fmt: skip


@given(STEPS, st.randoms(use_true_random=False))
def test_the_fold_knows_no_order_and_no_repetition(said: list[tuple], shuffle) -> None:
    day = UUID(int=1)
    first = Step(UUID(int=0), TicketAct.BOOK, world.BEFORE, day, 4)
    steps = [first] + [
        Step(UUID(int=n + 1), act, world.OPENS + timedelta(minutes=at), day, people, kit)
        for n, (act, at, people, kit) in enumerate(said)
    ]
    expected = history.fold(steps, 4)
    again = steps + steps[::2]
    shuffle.shuffle(again)
    assert history.fold(again, 4) == expected
    for n in range(1, len(steps)):
        assert set(history.fold(steps[:n], 4).conflicts) <= set(expected.conflicts)
    if any(step.act is TicketAct.SERVE for step in steps):
        assert expected.state is TicketState.SERVED
