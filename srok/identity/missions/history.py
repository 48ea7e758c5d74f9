"""A ticket's history folded into where it stands: the same for every order in which its steps become known. Pure.

At the centre a step may arrive days late from a kit, before or after others, more than once. The steps are a set (each
has an id); folded in the order in which they happened they give one state. Where the centre and a kit disagree, the
service that was given stands, and an officer is told (`conflicts`).
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from srok.identity.missions.terms import FLOW, Step, TicketAct, TicketState

# Where a step of the day leads when the table has no row for it: what was seen in the room stands.
SEEN_IN_THE_ROOM: Final = {
    TicketAct.WALK_IN: TicketState.PRESENT, TicketAct.ARRIVE: TicketState.PRESENT,
    TicketAct.MISS: TicketState.PRESENT, TicketAct.CALL: TicketState.CALLED,
    TicketAct.SERVE_PART: TicketState.CALLED, TicketAct.SERVE: TicketState.SERVED,
    TicketAct.LEAVE: TicketState.LEFT, TicketAct.TURN_AWAY: TicketState.TURNED_AWAY,
}  # fmt: skip
SERVICE: Final = frozenset({TicketAct.SERVE, TicketAct.SERVE_PART})
GIVEN_UP: Final = frozenset({TicketAct.CANCEL, TicketAct.DISPLACE, TicketAct.LAPSE})
CAME_ANYWAY: Final = "missions.cancelled_but_came"
ELSEWHERE: Final = "missions.moved_but_came"
TWICE: Final = "missions.served_twice"


@dataclass(frozen=True, slots=True)
class Folded:
    """Where a ticket stands after its steps: the day it belongs to, the times of the day, what disagrees."""

    state: TicketState
    day: UUID
    served_people: int
    arrived_at: datetime | None
    called_at: datetime | None
    served_at: datetime | None
    conflicts: tuple[str, ...]


def fold(steps: Iterable[Step], people: int) -> Folded:
    """The state after these steps, whatever their order here and however often one is given; at least one step."""
    known = sorted({step.id: step for step in steps}.values(), key=lambda step: (step.at, _weight(step), step.id))
    state: TicketState | None = None
    for step in known:
        state = _after(state, step.act)
    served = min(people, sum(step.people for step in known if step.act in SERVICE))
    came = [step for step in known if step.act in SEEN_IN_THE_ROOM]
    if any(step.act is TicketAct.SERVE for step in known) or served >= people:
        state = TicketState.SERVED
    assert state is not None
    return Folded(
        state, (came or known)[-1].day, served, _last(known, {TicketAct.ARRIVE, TicketAct.WALK_IN}),
        _last(known, {TicketAct.CALL}), _last(known, SERVICE), conflicts(known),
    )  # fmt: skip


def conflicts(steps: Collection[Step]) -> tuple[str, ...]:
    """What the centre and the kits say differently. More steps never take a conflict away."""
    in_kits = [step for step in steps if step.kit and step.act in SEEN_IN_THE_ROOM]
    at_centre = [step for step in steps if not step.kit]
    found = []
    if in_kits and any(step.act in GIVEN_UP for step in at_centre):
        found.append(CAME_ANYWAY)
    moved = {step.day for step in at_centre if step.act is TicketAct.REBOOK}
    if moved and any(step.day not in moved for step in in_kits):
        found.append(ELSEWHERE)
    if len({step.kit for step in steps if step.act in SERVICE}) > 1:
        found.append(TWICE)
    return tuple(found)


def _after(state: TicketState | None, act: TicketAct) -> TicketState | None:
    to = FLOW.get((state, act))
    return to if to is not None else SEEN_IN_THE_ROOM.get(act, state)


def _weight(step: Step) -> int:
    """Of two steps at one instant, the one that a day knows first."""
    return tuple(TicketAct).index(step.act)


def _last(steps: Iterable[Step], acts: Collection[TicketAct]) -> datetime | None:
    return max((step.at for step in steps if step.act in acts), default=None)
