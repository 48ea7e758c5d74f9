"""What the missions answer: days, tickets, what a change of plan does. Frozen; no name stands in any of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from srok.identity.missions.terms import Kind, Lane, Order, Place, Plan, Seat, SlotFacts, TicketState


@dataclass(frozen=True, slots=True)
class TicketFacts:
    """A ticket as its holder and the post see it; no name. `before` is known while it stands in the line."""

    id: UUID
    reference: str
    day: UUID
    office: str
    on: date
    timezone: str
    kind: Kind
    state: TicketState
    people: int
    served_people: int
    lane: Lane
    seats: tuple[Seat, ...] = ()
    number: int | None = None
    desk: int | None = None
    before: int | None = None
    arrived_at: datetime | None = None
    version: int = 1


@dataclass(frozen=True, slots=True)
class DayFacts:
    """A day as its post and the public see it. `plan` is None for a day that was never open.

    `places`, `bookable` and `left` (places that can still be booked) count people, not tickets.
    """

    id: UUID
    office: str
    post: str
    on: date
    timezone: str
    place: Place
    order: Order
    plan: Plan | None
    places: int
    bookable: int
    left: int
    version: int
    slots: tuple[SlotFacts, ...] = ()


@dataclass(frozen=True, slots=True)
class Losing:
    """What a change of plan does to one ticket: another time, or a slot that is now too full (same time)."""

    ticket: str
    people: int
    from_at: datetime
    to_at: datetime | None


@dataclass(frozen=True, slots=True)
class Refit:
    """How the booked people of a day sit under another plan: the slots, everybody's seats, who is affected."""

    slots: tuple[SlotFacts, ...]
    seats: Mapping[str, tuple[Seat, ...]] = field(default_factory=dict)
    losing: tuple[Losing, ...] = ()
