"""Words of the roll: rows, commands, receipts, windows (ការចុះឈ្មោះបោះឆ្នោត)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from uuid import UUID

from srok.ground.accounts.terms import Ministry, Role
from srok.ground.kernel.refusal import Refusal


class RowState(StrEnum):
    """Where a voter row stands. Removal and moving get their acts with claims and objections."""

    ENTERED = "entered"  # បានចុះក្នុងបញ្ជី


class RowAct(StrEnum):
    """What is done to a voter row."""

    ENTER = "enter"  # ចុះឈ្មោះ


# The one table of states and acts (house rule 5); None is "no row yet".
FLOW: Mapping[tuple[RowState | None, RowAct], RowState] = MappingProxyType({(None, RowAct.ENTER): RowState.ENTERED})

# Who does what: the role and the authority that gives it (house rule 6).
HANDS: Mapping[RowAct, frozenset[tuple[Role, Ministry]]] = MappingProxyType(
    {RowAct.ENTER: frozenset({(Role.COMMUNE_CLERK, Ministry.COMMUNE)})}
)

# Facts that carry a public leaf (design/transparency.md section 2).
COVERED = frozenset({"roll.row_entered"})


class Channel(StrEnum):
    """How a request came. The law data say which are accepted (rule VL-INPERSON)."""

    IN_PERSON = "in_person"  # ដោយផ្ទាល់
    POST = "post"  # តាមប្រៃសណីយ៍
    ON_LINE = "online"  # តាមអនឡាញ
    CONSULATE = "consulate"  # តាមស្ថានកុងស៊ុល


class CardRead(StrEnum):
    """How the card was read; counted per commune (design/elections.md section 1)."""

    SIGNED_QR = "signed_qr"


class WindowState(StrEnum):
    """What is known of that year's registration window on a day."""

    OPEN = "open"  # បើក
    ANNOUNCED = "announced"  # បានប្រកាស មិនទាន់ដល់ថ្ងៃ
    CLOSED = "closed"  # បិទ
    NOT_ANNOUNCED = "not_announced"  # មិនទាន់ប្រកាស


@dataclass(frozen=True, slots=True)
class Window:
    """A year's window as it stands on a day. `from_` and `last` are both days of it; None is "not announced".

    `reference` is the day on which the age counts, `next_from` the next announced opening after the day asked for.
    """

    state: WindowState
    year: int
    from_: date | None = None
    last: date | None = None
    reference: date | None = None
    posted: date | None = None
    final: date | None = None
    next_from: date | None = None


@dataclass(frozen=True, slots=True)
class RegisterVoter:
    """Command: enter the holder of this card on the commune's list.

    `present` is the clerk's statement that the holder stands at the desk and declares to live in the commune. Unstated
    it is not so, and the entry is refused.
    """

    qr_text: str
    commune: str
    channel: str
    present: bool = False


@dataclass(frozen=True, slots=True)
class Applicant:
    """What the rule may know of the person: no name, parent, paper or portrait. `of_age` may hang on an unknown day."""

    citizen: bool
    alive: bool
    of_age: bool
    born_by: date
    listed_in: str
    listed_on: date | None


@dataclass(frozen=True, slots=True)
class RowFacts:
    """A voter row as its own commune sees it."""

    id: UUID
    reference: str
    handle: UUID
    commune: str
    state: RowState
    version: int
    list_year: int
    entered_on: date
    fact: UUID


@dataclass(frozen=True, slots=True)
class RollReceipt:
    """What the voter takes home. Its leaf is stored, and enters the public log with those of others."""

    row_id: UUID
    reference: str
    commune: str
    state: RowState
    list_year: int
    entered_on: date
    commitment: str
    log_latest_on: date
    posted: date | None
    final: date | None


@dataclass(frozen=True, slots=True)
class Preview:
    """What the desk sees before confirming: the card's own words, and what stands against an entry, if anything."""

    names_km: str
    names_latin: str
    birth: str
    sex: str
    expires: date
    card_state: str
    portrait: bytes | None
    refusal: Refusal | None
