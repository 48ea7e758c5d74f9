"""Commands of the missions: what each act is told (frozen; the acts stand in planning, booking and counter)."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from srok.identity.missions.terms import Lane, Order, Place, Plan, TicketAct


@dataclass(frozen=True, slots=True)
class PlanDay:
    """Command: plan a day of the actor's post, or open one that was closed."""

    on: date
    plan: Plan
    place: Place = Place()


@dataclass(frozen=True, slots=True)
class CloseDate:
    """Command: say that the post is closed on a day that has no plan yet (a holiday)."""

    on: date
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ChangeDay:
    """Command: change a day's plan. `accepted` are the tickets whose time the officer saw would change."""

    day: UUID
    plan: Plan
    seen_version: int
    accepted: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class CloseDay:
    """Command: close a planned day. `accepted` are the tickets that lose their day, as the officer saw them."""

    day: UUID
    seen_version: int
    accepted: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class SwitchOrder:
    """Command: the surge switch. `order` is the one to go to; the line itself stays as it stands."""

    day: UUID
    order: Order


@dataclass(frozen=True, slots=True)
class EndDay:
    """Command: the day is over. Who did not come is noted, who waits is turned away, names and contacts go."""

    day: UUID


@dataclass(frozen=True, slots=True)
class Reach:
    """How somebody wants to be told of a change: `email` or `sms`, with the address; empty: not at all."""

    channel: str = ""
    address: str = ""
    language: str = "km"


@dataclass(frozen=True, slots=True)
class Book:
    """Command: take places on a day from the slot that begins at `starts_at`, or stand on its waiting list (None).

    `called_as` is what the officer of that day may call out, `lane` why they should be taken first; both optional.
    """

    day: UUID
    people: int
    starts_at: datetime | None
    called_as: str = ""
    reach: Reach = Reach()
    lane: Lane = Lane.NONE


@dataclass(frozen=True, slots=True)
class Rebook:
    """Command: move a ticket to another slot, of the same day or another one of the post."""

    ticket: str
    day: UUID
    starts_at: datetime


@dataclass(frozen=True, slots=True)
class Cancel:
    """Command: give the places of a ticket back."""

    ticket: str


@dataclass(frozen=True, slots=True)
class Arrive:
    """Command: the holders of a ticket are here."""

    ticket: str
    lane: Lane = Lane.NONE


@dataclass(frozen=True, slots=True)
class WalkIn:
    """Command: somebody came without a ticket and gets one."""

    day: UUID
    people: int = 1
    lane: Lane = Lane.NONE
    called_as: str = ""


@dataclass(frozen=True, slots=True)
class CallNext:
    """Command: call the next of the line to a desk."""

    day: UUID
    desk: int


@dataclass(frozen=True, slots=True)
class Call:
    """Command: call this ticket to a desk; out of turn it needs a reason, which is counted."""

    ticket: str
    desk: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Serve:
    """Command: so many people of a called ticket are done; 0: all of them."""

    ticket: str
    people: int = 0


@dataclass(frozen=True, slots=True)
class EndTicket:
    """Command: a ticket ends another way: `MISS` (stands again), `LEAVE`, `TURN_AWAY` with its reason."""

    ticket: str
    act: TicketAct
    reason: str = ""


@dataclass(frozen=True, slots=True)
class SettleConflict:
    """Command: an officer has looked at a conflict between the centre and a kit."""

    conflict: UUID
    outcome: str
