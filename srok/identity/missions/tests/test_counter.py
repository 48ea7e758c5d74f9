"""The day at the counter: arrivals, the line, calls, the surge switch, the end; on the database."""

import pytest

from srok.ground.journal import public as journal
from srok.ground.kernel.ids import new_reference
from srok.ground.kernel.refusal import Refusal
from srok.identity.missions import history, reads
from srok.identity.missions import public as missions
from srok.identity.missions.facts import DayFacts, TicketFacts
from srok.identity.missions.models import Day, Ticket, TicketStep
from srok.identity.missions.terms import Lane, Order, Step, TicketAct, TicketState
from srok.identity.missions.tests import world
from srok.identity.missions.tests.test_booking import refused
from srok.identity.missions.tests.world import acting, booked, here, planned, walks_in

pytestmark = pytest.mark.usefixtures("post")


def in_line(day: DayFacts) -> list[str]:
    return [one.ticket.reference for one in reads.line(day.id, acting("dara", 0))]


def called(day: DayFacts, desk: int, minutes: int) -> TicketFacts:
    return missions.call_next(missions.CallNext(day.id, desk), ctx=acting("dara", minutes))


def steps_agree() -> None:
    """What each ticket says of itself is what its history folds into."""
    for row in Ticket.objects.select_related("day"):
        steps = [
            Step(one.id, TicketAct(one.act), one.at, one.day, one.people, one.kit)
            for one in TicketStep.objects.filter(ticket=row)
        ]
        found = history.fold(steps, row.people)
        assert (found.state, found.served_people, found.day) == (row.state, row.served_people, row.day_id)


def test_appointments_at_their_time_the_late_and_those_without() -> None:
    day = planned()
    early, second, late = booked(day, 0), booked(day, 1, 2), booked(day, 0)
    walked = walks_in(day, -20)
    here(second, 5), here(early, 10), here(late, 40)
    # The one without an appointment stands in the gap of the first slot: all three of its places were booked by two.
    assert in_line(day) == [one.reference for one in (early, walked, second, late)]
    assert reads.ticket(late.reference).before == 3
    assert [one.number for one in (walked, reads.ticket(second.reference))] == [1, 2]
    steps_agree()


def test_the_lane_goes_first_and_is_capped() -> None:
    day = planned()
    on_time = [here(booked(day, 0), -5) for _ in range(3)]
    old = walks_in(day, -1, lane=Lane.OLD)
    ill = walks_in(day, 0, lane=Lane.ILL)
    assert in_line(day)[0] == old.reference
    # One of the four places of a slot is the lane's: the next one is due in the next slot.
    assert in_line(day) == [old.reference, *(one.reference for one in on_time), ill.reference]
    first = called(day, 1, 1)
    assert (first.reference, first.desk) == (old.reference, 1)
    found = missions.numbers(day.id, acting("dara", 2))
    assert (found.lane_called, found.called, found.lane_percent) == (1, 1, 100)


def test_scanned_twice_is_one_arrival_and_a_link_is_a_ticket() -> None:
    day = planned()
    ticket = booked(day, 0)
    here(ticket, 0)
    again = missions.arrive(
        missions.Arrive(f"https://srok.example/appointments/ticket/{ticket.reference}/"), ctx=acting("dara", 1)
    )
    assert (again.number, Day.objects.get().number) == (1, 1)
    refused("missions.not_your_post", missions.arrive, missions.Arrive(ticket.reference), ctx=acting("rith", 1))
    refused("missions.not_your_post", missions.arrive, missions.Arrive(ticket.reference), ctx=world.public(1))
    other = booked(planned(on=world.ON.replace(day=13)), 48)
    refused("missions.other_day", missions.arrive, missions.Arrive(other.reference), ctx=acting("dara", 1))


def test_a_desk_has_one_and_out_of_turn_needs_a_reason() -> None:
    day = planned()
    first, second, third = (walks_in(day, n) for n in range(3))
    assert called(day, 1, 3).reference == first.reference
    refused("missions.desk_taken", called, day, 1, 4)
    refused("missions.no_such_desk", called, day, 3, 4)
    command = missions.Call(third.reference, 2)
    refused("missions.out_of_turn", missions.call, command, ctx=acting("dara", 4))
    taken = missions.call(missions.Call(third.reference, 2, "unwell"), ctx=acting("dara", 4))
    assert taken.state is TicketState.CALLED
    assert in_line(day) == [second.reference]
    assert missions.numbers(day.id, acting("dara", 5)).out_of_turn == (("unwell", 1),)
    steps_agree()


def test_who_does_not_answer_stands_two_back_and_leaves_after_three() -> None:
    day = planned()
    first, *others = (walks_in(day, n) for n in range(4))
    for turn in range(3):
        missions.call(missions.Call(first.reference, 1, "mistake"), ctx=acting("dara", 10 + turn))
        miss = missions.EndTicket(first.reference, TicketAct.MISS)
        found = missions.end_ticket(miss, ctx=acting("dara", 10 + turn))
        if turn < 2:
            assert in_line(day) == [others[0].reference, others[1].reference, first.reference, others[2].reference]
    assert found.state is TicketState.LEFT
    assert in_line(day) == [one.reference for one in others]
    assert here(first, 20).state is TicketState.PRESENT
    steps_agree()


def test_a_family_is_served_one_by_one_or_at_once() -> None:
    day = planned()
    family = here(booked(day, 0, 3), 0)
    called(day, 1, 1)
    part = missions.serve(missions.Serve(family.reference, 1), ctx=acting("dara", 12))
    assert (part.state, part.served_people) == (TicketState.CALLED, 1)
    refused("missions.too_many_people", missions.serve, missions.Serve(family.reference, 3), ctx=acting("dara", 13))
    whole = missions.serve(missions.Serve(family.reference), ctx=acting("dara", 30))
    assert (whole.state, whole.served_people, whole.desk) == (TicketState.SERVED, 3, None)
    assert missions.serve(missions.Serve(family.reference), ctx=acting("dara", 31)) == whole
    found = missions.numbers(day.id, acting("dara", 31))
    assert (found.served, found.wait_minutes, found.desk_minutes) == (3, 1, 29)
    assert [(hour.hour, hour.planned, hour.served) for hour in found.hours] == [(8, 8, 3), (9, 8, 0), (10, 8, 0)]
    steps_agree()


def test_what_cases_ask_for() -> None:
    day = planned()
    ticket = booked(day, 0, 2)
    assert missions.check_ticket(ticket.reference, acting("dara", 3)).state is TicketState.BOOKED
    refused("missions.not_your_post", missions.check_ticket, ticket.reference, acting("rith", 3))
    refused("missions.other_day", missions.check_ticket, ticket.reference, acting("dara"))
    refused("missions.unknown_ticket", missions.check_ticket, new_reference(), acting("dara", 3))
    assert missions.served(ticket.reference, acting("dara", 4)).served_people == 1
    assert missions.served(ticket.reference, acting("dara", 5)).state is TicketState.SERVED
    assert missions.served(ticket.reference, acting("dara", 6)).served_people == 2
    steps_agree()


def test_the_surge_switch_moves_nobody() -> None:
    day = planned()
    walked = [walks_in(day, n) for n in range(6)]
    here(booked(day, 2), 6)
    before = in_line(day)
    refused(
        "missions.not_your_post",
        missions.switch_order,
        missions.SwitchOrder(day.id, Order.WALK_IN),
        ctx=acting("dara", 7),
    )
    missions.switch_order(missions.SwitchOrder(day.id, Order.WALK_IN), ctx=acting("sreymom", 7))
    assert in_line(day) == before
    after = walks_in(day, 8)
    assert in_line(day) == [*before, after.reference]
    # An appointment that is on time goes before people without one who came after its slot began, and nobody else:
    # the last of the line before has an appointment too.
    first = here(booked(day, 0), 9)
    assert in_line(day) == [*before, first.reference, after.reference]
    assert before[0] == walked[0].reference
    with_surge = in_line(day)
    missions.switch_order(missions.SwitchOrder(day.id, Order.APPOINTMENTS), ctx=acting("sreymom", 10))
    assert in_line(day) == with_surge
    assert missions.numbers(day.id, acting("dara", 11)).switches == 2


def test_the_end_of_a_day_leaves_no_name_and_nobody_open() -> None:
    day = planned()
    absent, waits = booked(day, 0, called_as="សុភា"), walks_in(day, 1)
    at_desk = walks_in(day, 2)
    missions.call(missions.Call(at_desk.reference, 1, "unwell"), ctx=acting("dara", 3))
    ended = missions.end_day(missions.EndDay(day.id), ctx=acting("dara", 200))
    assert ended.order is Order.ENDED
    states = {
        one.reference: one.state for one in map(reads.ticket, (absent.reference, waits.reference, at_desk.reference))
    }
    assert list(states.values()) == [TicketState.NOT_COME, TicketState.TURNED_AWAY, TicketState.TURNED_AWAY]
    assert not Ticket.objects.filter(sealed__isnull=False).exists()
    refused("missions.day_not_open", walks_in, day, 201)
    refused("missions.day_not_open", missions.end_day, missions.EndDay(day.id), ctx=acting("dara", 202))
    found = missions.numbers(day.id, acting("dara", 203))
    assert (found.not_come, dict(found.turned_away)) == (1, {"closing": 2})
    assert [one.kind for one in journal.facts_about(str(day.id))].count("missions.day_ended") == 1


def test_who_gave_the_place_back_may_still_come() -> None:
    day = planned()
    ticket = booked(day, 0)
    missions.cancel(missions.Cancel(ticket.reference), ctx=world.public())
    assert here(ticket, 1).state is TicketState.PRESENT
    with pytest.raises(Refusal):
        missions.cancel(missions.Cancel(ticket.reference), ctx=world.public(2))
