"""The line of a day: who stands where, and why nobody can complain. Pure.

**The rule.** The line is a list. Somebody who comes is put into it once, and from then on the order of any two people
in it never changes, whatever happens: not when the day is switched to walk-in order, not when it is switched back.
(The one exception is somebody who was called and did not answer: they stand two places further back.)

Where a newcomer stands: behind the last person over whom they have no *more right*; so whoever stands behind them
has less right. More right means,

- **by appointment**: being due earlier, or at the same time with a better standing. Somebody on time (up to the
  grace after their slot began) is due when their slot begins; somebody late when they come; somebody without
  an appointment in the first slot from now on that still has a gap for them, when all have come who booked it;
  whoever the lane takes, at once. Standings: lane, on time, late, without appointment.
- **in walk-in order** (the surge switch): only the lane while it has room, and an appointment that is on time over
  people without one (or late for one) who came after that appointment's slot had begun. All others stand in the
  order in which they come.

Whoever is called is the first of the line, so no desk waits while somebody is there, and gaps of those who do not come
are filled by themselves. The lane gives at most `lane_percent` of a slot's places; when they are used up, its next
person is due in the next slot that has some.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from srok.identity.missions.terms import Lane, Order, Right, SlotFacts, Standing

STEP_BACK: Final = 2
"""How many others go first after a call without an answer."""


@dataclass(frozen=True, slots=True)
class Coming:
    """Somebody at the door: so many people, since `at`; `slot_at` their appointment, None without one."""

    at: datetime
    people: int = 1
    slot_at: datetime | None = None
    lane: Lane = Lane.NONE


@dataclass(frozen=True, slots=True)
class Placed:
    """The right of a newcomer, and the slots (by index) whose gap or lane place they use up, with how many."""

    right: Right
    gaps: tuple[tuple[int, int], ...] = ()
    lane_slot: int | None = None


def outranks(one: Right, other: Right, order: Order) -> bool:
    """Say whether `one`, who comes now, has more right than `other`, who is there already."""
    if order is not Order.WALK_IN:
        return (one.due_at, one.standing) < (other.due_at, other.standing)
    if one.standing is Standing.LANE:
        return other.standing is not Standing.LANE and one.due_at <= one.arrived_at
    if one.standing is not Standing.ON_TIME or one.slot_at is None:
        return False
    return other.standing in (Standing.LATE, Standing.WALK_IN) and other.arrived_at > one.slot_at


def position(line: Sequence[Right], newcomer: Right, order: Order) -> int:
    """Where the newcomer stands: right behind the last one over whom they have no more right."""
    behind = (i for i in range(len(line), 0, -1) if not outranks(newcomer, line[i - 1], order))
    return next(behind, 0)


def position_back(line: Sequence[Right]) -> int:
    """Where somebody stands again who was called and did not answer: behind the next two of those who wait."""
    return min(STEP_BACK, len(line))


def placed(coming: Coming, slots: Sequence[SlotFacts], grace_minutes: int, lane_percent: int) -> Placed:
    """With what right somebody comes into a day of these slots (in time order, at least one)."""
    right, gaps = _usual(coming, slots, timedelta(minutes=grace_minutes))
    if coming.lane is Lane.NONE:
        return Placed(right, gaps)
    here = current(slots, coming.at)
    for i in range(here, len(slots)):
        due = min(slots[i].starts_at, coming.at) if i == here else slots[i].starts_at
        if due >= right.due_at and right.standing is Standing.ON_TIME and i > here:
            break
        if slots[i].lane + coming.people <= lane_places(slots[i], lane_percent) or _first_of(slots[i], lane_percent):
            return Placed(Right(due, Standing.LANE, coming.at, right.slot_at), (), i)
    return Placed(right, gaps)


def lane_places(slot: SlotFacts, lane_percent: int) -> int:
    """The most people of a slot whom the lane takes: its share of the places, and at least one where it has a share."""
    return max(1, slot.places * lane_percent // 100) if lane_percent and slot.places else 0


def _first_of(slot: SlotFacts, lane_percent: int) -> bool:
    """A family larger than the whole share may be the first of a slot's lane, and then is its last."""
    return slot.lane == 0 and lane_places(slot, lane_percent) > 0


def current(slots: Sequence[SlotFacts], at: datetime) -> int:
    """The index of the slot that runs at this instant: the last one begun; before opening the first."""
    return max((i for i, slot in enumerate(slots) if slot.starts_at <= at), default=0)


def _usual(coming: Coming, slots: Sequence[SlotFacts], grace: timedelta) -> tuple[Right, tuple[tuple[int, int], ...]]:
    if coming.slot_at is not None and coming.at <= coming.slot_at + grace:
        return Right(coming.slot_at, Standing.ON_TIME, coming.at, coming.slot_at), ()
    if coming.slot_at is not None:
        return Right(coming.at, Standing.LATE, coming.at), ()
    gaps = gaps_for(slots, coming.people, current(slots, coming.at))
    due = slots[gaps[0][0]].starts_at if gaps else max(coming.at, slots[-1].starts_at + timedelta(days=1))
    return Right(due, Standing.WALK_IN, coming.at), gaps


def gaps_for(slots: Sequence[SlotFacts], people: int, first: int) -> tuple[tuple[int, int], ...]:
    """The slots, and how many in each, whose gaps take so many people first; empty where the day has no gap left.

    A gap is a place of a slot that nobody booked and no walk-in was put into. A family takes the gaps in a row.
    """
    taken: list[tuple[int, int]] = []
    for i in range(first, len(slots)):
        gap = min(people, max(0, slots[i].places - slots[i].taken - slots[i].walk_ins))
        if gap:
            taken.append((i, gap))
            people -= gap
        if not people:
            return tuple(taken)
    return ()
