"""Words of the missions: days, places, tickets, the line (ការណាត់ជួប កាលបរិច្ឆេទបេសកកម្ម និងជួររង់ចាំ). Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time
from enum import IntEnum, StrEnum
from types import MappingProxyType
from typing import Final
from uuid import UUID

from srok.ground.accounts.terms import Ministry, Role

MOST_PEOPLE: Final = 8
"""People on one ticket: a family. A larger one takes two tickets."""
MOST_SLOTS: Final = 3
"""Neighbouring slots over which one ticket may lie."""
MISSES: Final = 3
"""Calls without an answer after which a ticket leaves the line."""
LONGEST_NAME: Final = 60


class TicketState(StrEnum):
    """Where a ticket stands."""

    WAITLISTED = "waitlisted"  # ក្នុងបញ្ជីរង់ចាំ
    BOOKED = "booked"  # បានកក់
    DISPLACED = "displaced"  # ថ្ងៃត្រូវបានបិទ នៅរក្សាសិទ្ធិ
    PRESENT = "present"  # មានវត្តមាន
    CALLED = "called"  # បានហៅ
    SERVED = "served"  # បានបម្រើរួច
    LEFT = "left"  # បានចាកចេញ
    TURNED_AWAY = "turned_away"  # មិនអាចទទួលបាន
    CANCELLED = "cancelled"  # បានបោះបង់
    NOT_COME = "not_come"  # មិនបានមក


class TicketAct(StrEnum):
    """What is done to a ticket."""

    BOOK = "book"
    WAIT = "wait"
    SEAT = "seat"  # a place came free for the next of the waiting list
    MOVE = "move"  # the plan of the day changed: another slot
    REBOOK = "rebook"
    DISPLACE = "displace"  # the day was closed: the ticket keeps its right to another
    CANCEL = "cancel"
    LAPSE = "lapse"  # the day ended before a place came free
    ARRIVE = "arrive"
    WALK_IN = "walk_in"
    CALL = "call"
    MISS = "miss"  # called, and not at the desk: stands again
    SERVE_PART = "serve_part"  # one of a family done, the others follow
    SERVE = "serve"
    LEAVE = "leave"
    TURN_AWAY = "turn_away"
    NOT_COME = "not_come"
    STAND = "stand"  # served in a kit while changed at the centre: the service stands


S, A = TicketState, TicketAct
# The one table of states and acts of a ticket (house rule 5); None is "no ticket yet".
FLOW: Mapping[tuple[TicketState | None, TicketAct], TicketState] = MappingProxyType({
    (None, A.BOOK): S.BOOKED, (None, A.WAIT): S.WAITLISTED, (None, A.WALK_IN): S.PRESENT,
    (S.WAITLISTED, A.SEAT): S.BOOKED, (S.WAITLISTED, A.REBOOK): S.BOOKED, (S.WAITLISTED, A.CANCEL): S.CANCELLED,
    (S.WAITLISTED, A.LAPSE): S.CANCELLED, (S.WAITLISTED, A.ARRIVE): S.PRESENT,
    (S.WAITLISTED, A.DISPLACE): S.CANCELLED, (S.WAITLISTED, A.STAND): S.SERVED,
    (S.BOOKED, A.MOVE): S.BOOKED, (S.BOOKED, A.REBOOK): S.BOOKED, (S.BOOKED, A.DISPLACE): S.DISPLACED,
    (S.BOOKED, A.CANCEL): S.CANCELLED, (S.BOOKED, A.ARRIVE): S.PRESENT, (S.BOOKED, A.NOT_COME): S.NOT_COME,
    (S.BOOKED, A.STAND): S.SERVED,
    (S.DISPLACED, A.REBOOK): S.BOOKED, (S.DISPLACED, A.CANCEL): S.CANCELLED, (S.DISPLACED, A.STAND): S.SERVED,
    (S.CANCELLED, A.ARRIVE): S.PRESENT, (S.CANCELLED, A.STAND): S.SERVED,
    (S.NOT_COME, A.ARRIVE): S.PRESENT, (S.NOT_COME, A.STAND): S.SERVED,
    (S.PRESENT, A.CALL): S.CALLED, (S.PRESENT, A.SERVE_PART): S.CALLED, (S.PRESENT, A.SERVE): S.SERVED,
    (S.PRESENT, A.LEAVE): S.LEFT, (S.PRESENT, A.TURN_AWAY): S.TURNED_AWAY,
    (S.CALLED, A.MISS): S.PRESENT, (S.CALLED, A.SERVE_PART): S.CALLED, (S.CALLED, A.SERVE): S.SERVED,
    (S.CALLED, A.LEAVE): S.LEFT, (S.CALLED, A.TURN_AWAY): S.TURNED_AWAY,
    (S.LEFT, A.ARRIVE): S.PRESENT, (S.LEFT, A.STAND): S.SERVED,
    (S.TURNED_AWAY, A.ARRIVE): S.PRESENT, (S.TURNED_AWAY, A.STAND): S.SERVED,
})  # fmt: skip

# The journal's fact of an act on a ticket; those of the day are the events of a kit too.
KINDS: Mapping[TicketAct, str] = MappingProxyType({
    A.BOOK: "missions.place_booked", A.WAIT: "missions.place_waited", A.SEAT: "missions.place_given",
    A.REBOOK: "missions.place_rebooked", A.CANCEL: "missions.place_cancelled", A.ARRIVE: "missions.arrived",
    A.WALK_IN: "missions.walked_in", A.CALL: "missions.called", A.MISS: "missions.missed",
    A.SERVE_PART: "missions.served", A.SERVE: "missions.served", A.LEAVE: "missions.left",
    A.TURN_AWAY: "missions.turned_away",
})  # fmt: skip

WAITING: Final = frozenset({S.PRESENT, S.CALLED})
"""In the room: in the line, or at a desk."""
SEATED: Final = frozenset({S.BOOKED, S.PRESENT, S.CALLED, S.SERVED, S.LEFT, S.TURNED_AWAY, S.NOT_COME})
"""Tickets of an appointment that keep the places they took; the others have given them back."""

_COUNTER = frozenset({(Role.CONSULAR_OFFICER, Ministry.FOREIGN_AFFAIRS), (Role.MISSION_HEAD, Ministry.FOREIGN_AFFAIRS)})
_HEAD = frozenset({(Role.MISSION_HEAD, Ministry.FOREIGN_AFFAIRS)})
# Who does what (house rule 6). An empty set: whoever holds the ticket, or the program when a place comes free.
HANDS: Mapping[TicketAct, frozenset[tuple[Role, Ministry]]] = MappingProxyType({
    A.BOOK: frozenset(), A.WAIT: frozenset(), A.SEAT: frozenset(), A.REBOOK: frozenset(), A.CANCEL: frozenset(),
    A.LAPSE: frozenset(), A.STAND: frozenset(), A.MOVE: _HEAD, A.DISPLACE: _HEAD, A.NOT_COME: _COUNTER,
    A.ARRIVE: _COUNTER, A.WALK_IN: _COUNTER, A.CALL: _COUNTER, A.MISS: _COUNTER, A.SERVE_PART: _COUNTER,
    A.SERVE: _COUNTER, A.LEAVE: _COUNTER, A.TURN_AWAY: _COUNTER,
})  # fmt: skip


class Order(StrEnum):
    """In which order a day takes people, or that it takes none (a column of its own, with its own table)."""

    APPOINTMENTS = "appointments"  # តាមម៉ោងណាត់
    WALK_IN = "walk_in"  # តាមលំដាប់មកដល់
    CLOSED = "closed"  # បិទ
    ENDED = "ended"  # បានបញ្ចប់


class DayAct(StrEnum):
    """What is done to a day."""

    PLAN = "plan"
    CHANGE = "change"
    SURGE = "surge"  # to the order in which people come
    SETTLE = "settle"  # back to appointments
    CLOSE = "close"
    END = "end"


DAY_FLOW: Mapping[tuple[Order | None, DayAct], Order] = MappingProxyType({
    (None, DayAct.PLAN): Order.APPOINTMENTS, (None, DayAct.CLOSE): Order.CLOSED,
    (Order.APPOINTMENTS, DayAct.CHANGE): Order.APPOINTMENTS, (Order.APPOINTMENTS, DayAct.SURGE): Order.WALK_IN,
    (Order.APPOINTMENTS, DayAct.CLOSE): Order.CLOSED, (Order.APPOINTMENTS, DayAct.END): Order.ENDED,
    (Order.WALK_IN, DayAct.CHANGE): Order.WALK_IN, (Order.WALK_IN, DayAct.SETTLE): Order.APPOINTMENTS,
    (Order.WALK_IN, DayAct.END): Order.ENDED, (Order.CLOSED, DayAct.PLAN): Order.APPOINTMENTS,
})  # fmt: skip
# The head of mission answers for a day's plan and its order; whoever works there may end it.
DAY_HANDS: Mapping[DayAct, frozenset[tuple[Role, Ministry]]] = MappingProxyType(
    {act: _COUNTER if act is DayAct.END else _HEAD for act in DayAct}
)
OPEN_ORDERS: Final = frozenset({Order.APPOINTMENTS, Order.WALK_IN})


class Kind(StrEnum):
    """How somebody comes."""

    APPOINTMENT = "appointment"  # មានណាត់
    WALK_IN = "walk_in"  # មិនមានណាត់


class Lane(StrEnum):
    """Why somebody is taken first (the lane's share is capped, and reported)."""

    NONE = ""
    OLD = "old"  # ចាស់ជរា
    ILL = "ill"  # ឈឺ
    PREGNANT = "pregnant"  # មានផ្ទៃពោះ
    DISABLED = "disabled"  # មានពិការភាព
    SMALL_CHILD = "small_child"  # មានកូនតូច


class OutOfTurn(StrEnum):
    """Why an officer calls somebody else than the next; counted, and shown with the day's numbers."""

    INTERPRETER = "interpreter"  # អ្នកបកប្រែ ឬអ្នកជួយកំពុងរង់ចាំ
    UNWELL = "unwell"  # មិនស្រួលខ្លួនក្នុងជួរ
    RETURNED = "returned"  # ត្រឡប់មកវិញជាមួយឯកសារដែលខ្វះ
    MISTAKE = "mistake"  # កែកំហុសក្នុងជួរ


class Away(StrEnum):
    """Why somebody who came is not served that day."""

    CLOSING = "closing"  # ដល់ម៉ោងបិទ
    NO_PAPER = "no_paper"  # គ្មានឯកសារណាមួយដែលអាចទទួលបាន
    OTHER_POST = "other_post"  # ត្រូវទៅបេសកកម្មផ្សេង
    WRONG_SERVICE = "wrong_service"  # សេវានេះមិនធ្វើនៅទីនេះ


class Outcome(StrEnum):
    """What an officer found when the centre and a kit said different things."""

    KIT_RIGHT = "kit_right"  # ព័ត៌មានពីឧបករណ៍ចល័តត្រឹមត្រូវ
    OTHER_PERSON = "other_person"  # អ្នកផ្សេងបានប្រើសំបុត្រនេះ
    MISTAKE = "mistake"  # ចុចច្រឡំ


class Standing(IntEnum):
    """With what right somebody stands in the line; of two who are due at one time the lower goes first."""

    LANE = 0
    ON_TIME = 1
    LATE = 2
    WALK_IN = 3


@dataclass(frozen=True, slots=True)
class Plan:
    """How a day is run. Times are on the clocks of the place; `pause` is closed in between.

    `minutes` one case takes at one desk; a slot is `slot_minutes` long. `walk_in_percent` of the places cannot be
    booked; `lane_percent` of a slot's places is the most that goes to the lane; a ticket is on time until
    `grace_minutes` after its slot began.
    """

    opens: time
    closes: time
    desks: int
    minutes: int = 12
    slot_minutes: int = 30
    walk_in_percent: int = 20
    lane_percent: int = 20
    grace_minutes: int = 15
    pause: tuple[time, time] | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a day is held: the post itself, or a mission place with the host state in which it lies."""

    name_km: str = ""
    name_en: str = ""
    host_state: str = ""
    timezone: str = ""


@dataclass(frozen=True, slots=True)
class SlotFacts:
    """A slot: `places` people can be taken in it, `bookable` of them beforehand. `taken` are booked, `walk_ins` and
    `lane` were put into it on the day."""

    starts_at: datetime
    places: int
    bookable: int
    taken: int = 0
    walk_ins: int = 0
    lane: int = 0

    @property
    def left(self) -> int:
        """Places that can still be booked."""
        return max(0, self.bookable - self.taken)


@dataclass(frozen=True, slots=True)
class Seat:
    """So many people of one ticket in the slot that begins at `starts_at`."""

    starts_at: datetime
    people: int


@dataclass(frozen=True, slots=True)
class Offer:
    """A way to seat a family: its seats, in time order. More than one seat: neighbouring slots."""

    seats: tuple[Seat, ...]

    @property
    def starts_at(self) -> datetime:
        """When the first of them are to come."""
        return self.seats[0].starts_at


@dataclass(frozen=True, slots=True)
class Right:
    """Somebody's right in the line, fixed when they come: when they are due, with what standing, since when here.

    `slot_at` is the time of the appointment, for somebody who came on time.
    """

    due_at: datetime
    standing: Standing
    arrived_at: datetime
    slot_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One act on a ticket, as its history keeps it. `kit` is empty for what was done at the centre."""

    id: UUID
    act: TicketAct
    at: datetime
    day: UUID
    people: int = 0
    kit: str = ""


# Facts of the journal that must carry a public leaf: none in this room.
COVERED: frozenset[str] = frozenset()
