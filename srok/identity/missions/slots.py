"""Slots and places: what a plan gives, where a family can sit, how the booked sit under another plan. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta, tzinfo
from typing import Final

from srok.ground.kernel.refusal import Refusal
from srok.identity.missions.facts import Losing, Refit
from srok.identity.missions.terms import MOST_PEOPLE, MOST_SLOTS, Offer, Plan, Seat, SlotFacts

MOST_DESKS: Final = 50
FEWEST_AT_ONCE: Final = 24
SHARE_AT_ONCE: Final = 4
"""On line, at most a quarter of a day's places (but always 24) go within `PACE`: nobody books a day empty."""
PACE: Final = timedelta(minutes=10)


def check_plan(plan: Plan) -> None:
    """Raise `missions.bad_plan`, naming the field, for a plan that no post can run."""
    bounds = {
        "desks": (1, MOST_DESKS), "minutes": (1, 240), "slot_minutes": (10, 240), "walk_in_percent": (0, 100),
        "lane_percent": (0, 100), "grace_minutes": (0, 120),
    }  # fmt: skip
    for name, (least, most) in bounds.items():
        if not least <= getattr(plan, name) <= most:
            raise Refusal("missions.bad_plan", field=name)
    if plan.opens >= plan.closes:
        raise Refusal("missions.bad_plan", field="closes")
    if plan.pause and not plan.opens < plan.pause[0] < plan.pause[1] < plan.closes:
        raise Refusal("missions.bad_plan", field="pause_from")


def slots_of(plan: Plan, on: date, zone: tzinfo) -> tuple[SlotFacts, ...]:
    """The slots of a day, in order; raises `missions.no_slot` where the hours hold none.

    People are spread so that no fraction of a desk is lost: after each slot the places together are what the desks
    manage in that time, rounded down.
    """
    check_plan(plan)
    step = timedelta(minutes=plan.slot_minutes)
    start, end = (datetime.combine(on, one, zone) for one in (plan.opens, plan.closes))
    pause = tuple(datetime.combine(on, one, zone) for one in plan.pause) if plan.pause else None
    found: list[SlotFacts] = []
    places = bookable = 0
    while start + step <= end:
        if pause and start < pause[1] and start + step > pause[0]:
            start = pause[1]
            continue
        so_far = plan.desks * plan.slot_minutes * (len(found) + 1) // plan.minutes
        open_so_far = so_far * (100 - plan.walk_in_percent) // 100
        found.append(SlotFacts(start, so_far - places, open_so_far - bookable))
        places, bookable, start = so_far, open_so_far, start + step
    if not places:
        raise Refusal("missions.no_slot")
    return tuple(found)


def offers(slots: Sequence[SlotFacts], people: int, now: datetime, slot_minutes: int) -> list[Offer]:
    """Where so many people can sit together from now on: one offer for each slot in which the first of them fit.

    A family fills its slot and goes on in the slots right after it, over at most MOST_SLOTS.
    """
    check_people(people)
    coming = [slot for slot in slots if slot.starts_at > now]
    step = timedelta(minutes=slot_minutes)
    found = (_from(coming[i : i + MOST_SLOTS], people, step) for i in range(len(coming)))
    return [Offer(seats) for seats in found if seats]


def offer_at(slots: Sequence[SlotFacts], people: int, starts_at: datetime, slot_minutes: int) -> Offer:
    """The seats of so many people from this slot; raises `missions.no_such_slot`, `missions.slot_full`."""
    check_people(people)
    index = next((i for i, slot in enumerate(slots) if slot.starts_at == starts_at), None)
    if index is None:
        raise Refusal("missions.no_such_slot", field="slot")
    seats = _from(slots[index : index + MOST_SLOTS], people, timedelta(minutes=slot_minutes))
    if not seats:
        raise Refusal("missions.slot_full", field="slot", people=people)
    return Offer(seats)


def check_people(people: int) -> None:
    """Raise `missions.too_many_people` unless it is a family of one to eight."""
    if not 1 <= people <= MOST_PEOPLE:
        raise Refusal("missions.too_many_people", field="people", most=MOST_PEOPLE)


def check_pace(bookable: int, lately: int, people: int) -> None:
    """Raise `missions.too_fast` where so many places of the day were booked on line within PACE that this must wait."""
    if lately + people > max(FEWEST_AT_ONCE, bookable // SHARE_AT_ONCE):
        raise Refusal("missions.too_fast", minutes=int(PACE.total_seconds() // 60))


def _from(slots: Sequence[SlotFacts], people: int, step: timedelta) -> tuple[Seat, ...]:
    """Seats from the first of these slots on, through slots that touch; empty where they do not fit."""
    seats: list[Seat] = []
    for slot in slots:
        if not slot.left or (seats and slot.starts_at - seats[-1].starts_at != step):
            break
        seats.append(Seat(slot.starts_at, min(people, slot.left)))
        people -= seats[-1].people
        if not people:
            return tuple(seats)
    return ()


def refit(slots: Sequence[SlotFacts], before: Sequence[SlotFacts], seated: Mapping[str, Sequence[Seat]]) -> Refit:
    """How those who booked sit under the slots of another plan. Nobody loses the day, and nobody who booked an
    earlier time comes after somebody who booked a later one.

    A slot that still begins at the same time keeps all its people, even where it now has fewer places (they are
    named, it takes no one more). People of a slot that is gone go to the slot nearest in time, the later of two. What
    the line has used of the old slots (`before`) goes the same way. `bookable` never falls below `taken`.
    """
    new = {slot.starts_at: replace(slot, taken=0, walk_ins=0, lane=0) for slot in slots}
    for old in before:
        at = _nearest(new, old.starts_at)
        new[at] = replace(new[at], walk_ins=new[at].walk_ins + old.walk_ins, lane=new[at].lane + old.lane)
    moved: dict[str, tuple[Seat, ...]] = {}
    for ticket, seats in seated.items():
        moved[ticket] = _joined(Seat(_nearest(new, seat.starts_at), seat.people) for seat in seats)
        for seat in moved[ticket]:
            slot = new[seat.starts_at]
            new[seat.starts_at] = replace(slot, taken=slot.taken + seat.people)
    losing = []
    for ticket, seats in seated.items():
        full = any(new[seat.starts_at].taken > new[seat.starts_at].bookable for seat in moved[ticket])
        if full or moved[ticket] != tuple(seats):
            people = sum(seat.people for seat in seats)
            losing.append(Losing(ticket, people, seats[0].starts_at, moved[ticket][0].starts_at))
    kept = tuple(replace(slot, bookable=max(slot.bookable, slot.taken)) for slot in new.values())
    return Refit(kept, moved, tuple(sorted(losing, key=lambda one: (one.from_at, one.ticket))))


def _nearest(slots: Mapping[datetime, SlotFacts], at: datetime) -> datetime:
    return min(slots, key=lambda start: (abs(start - at), -start.timestamp()))


def _joined(seats: Iterable[Seat]) -> tuple[Seat, ...]:
    together: dict[datetime, int] = {}
    for seat in seats:
        together[seat.starts_at] = together.get(seat.starts_at, 0) + seat.people
    return tuple(Seat(start, people) for start, people in sorted(together.items()))
