"""Words of the verification: states, parties, purposes, questions and answers (សំណួរ និងចម្លើយ)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Final
from uuid import UUID

from srok.ground.kernel.dates import PartialDate
from srok.trust.credentials.terms import SignedClaims


class BookState(StrEnum):
    """Where a card stands in the book. Expiry is not a state: it follows from the date."""

    ORDERED = "ordered"  # បានបញ្ជាធ្វើ
    ISSUED = "issued"  # បានចេញ មិនទាន់ប្រគល់
    PENDING = "pending"  # បានប្រគល់ រង់ចាំការបញ្ជាក់
    HANDED_OVER = "handed_over"  # បានប្រគល់
    SUSPENDED = "suspended"  # ត្រូវបានផ្អាក
    REVOKED = "revoked"  # ត្រូវបានដកហូតសុពលភាព
    DESTROYED = "destroyed"  # ត្រូវបានបំផ្លាញ


class CheckState(StrEnum):
    """What a check of a card can say."""

    VALID = "valid"  # មានសុពលភាព
    PENDING = "pending"  # មានសុពលភាព រង់ចាំការបញ្ជាក់
    NOT_ACTIVE = "not_active"  # មិនទាន់មានសុពលភាព
    SUSPENDED = "suspended"  # ត្រូវបានផ្អាក
    REVOKED = "revoked"  # ត្រូវបានដកហូតសុពលភាព
    EXPIRED = "expired"  # ផុតសុពលភាព
    UNKNOWN = "unknown"  # មិនស្គាល់


# Somebody has held a card in one of these states: its validity has begun.
HELD: Final = frozenset({BookState.PENDING, BookState.HANDED_OVER, BookState.SUSPENDED})
# `valid` is true in these states; a pending card is valid with a reason.
IN_FORCE: Final = frozenset({CheckState.VALID, CheckState.PENDING})

_B = BookState
# Where a card may go from each state (house rule 5). Outsiders do not learn whether a card that nobody holds yet is
# ordered or issued, so `cards` may hand over from either.
MOVES: Final[Mapping[BookState, frozenset[BookState]]] = MappingProxyType(
    {
        _B.ORDERED: frozenset({_B.ISSUED, _B.PENDING, _B.HANDED_OVER, _B.REVOKED}),
        _B.ISSUED: frozenset({_B.PENDING, _B.HANDED_OVER, _B.REVOKED, _B.DESTROYED}),
        _B.PENDING: frozenset({_B.HANDED_OVER, _B.SUSPENDED, _B.REVOKED}),
        _B.HANDED_OVER: frozenset({_B.SUSPENDED, _B.REVOKED, _B.DESTROYED}),
        _B.SUSPENDED: frozenset({_B.HANDED_OVER, _B.REVOKED, _B.DESTROYED}),
        _B.REVOKED: frozenset({_B.DESTROYED}),
        _B.DESTROYED: frozenset(),
    }
)


class Party(StrEnum):
    """Who may ask."""

    BORDER = "border"  # ច្រកព្រំដែន
    LAND = "land"  # សុរិយោដី
    ELECTION = "election"  # គណៈកម្មាធិការជាតិរៀបចំការបោះឆ្នោត


# What each party may ask for: closed lists. None exists for a foreign government or a police search.
PURPOSES: Final[Mapping[Party, tuple[str, ...]]] = MappingProxyType(
    {
        Party.BORDER: ("entry", "exit"),
        Party.LAND: ("land_purchase", "land_sale", "land_inheritance", "land_first_title"),
        Party.ELECTION: ("voter_registration", "voter_list_claim"),
    }
)
# Which officers may ask in the party's name; the commune clerk registers voters for the election committee.
ASKERS: Final[Mapping[Party, frozenset[str]]] = MappingProxyType(
    {
        Party.BORDER: frozenset({"border_officer"}),
        Party.LAND: frozenset({"land_officer"}),
        Party.ELECTION: frozenset({"roll_officer", "commune_clerk"}),
    }
)
# The words of an answer: the border speaks of the document only.
OUTCOMES: Final[Mapping[Party, tuple[str, str]]] = MappingProxyType(
    {Party.BORDER: ("enter", "refer"), Party.LAND: ("yes", "no"), Party.ELECTION: ("yes", "no")}
)

# Facts of the journal that must carry a public leaf: none; an answer changes no covered table.
COVERED: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class PutPerson:
    """What the book holds of a person. Periods are half-open; a person without `citizen_from` is no citizen."""

    subject: UUID
    birth: PartialDate
    citizen_from: date | None
    citizen_until: date | None = None
    alive_until: date | None = None


@dataclass(frozen=True, slots=True)
class PutCard:
    """A card for the book: its state since the day `on`, and its last valid day `expires`.

    `valid_from` is the day it was handed over (None: `on`, for a card already handed over; else not yet).
    `status_index` is None for a card of an earlier generation without a signed QR.
    """

    number: str
    generation: str
    subject: UUID
    state: str
    on: date
    expires: date
    valid_from: date | None = None
    status_index: int | None = None


@dataclass(frozen=True, slots=True)
class BookCardFacts:
    """A card as the book has it; `state` holds from `state_from` on."""

    number: str
    generation: str
    subject: UUID
    state: BookState
    state_from: date
    valid_from: date | None
    expires: date
    status_index: int | None
    version: int


@dataclass(frozen=True, slots=True)
class SubjectFacts:
    """A person as the book has them."""

    subject: UUID
    birth: PartialDate
    citizen_from: date | None
    citizen_until: date | None
    alive_until: date | None
    handed_over_abroad: bool

    def citizen(self, on: date) -> bool:
        """Khmer national on this day."""
        started = self.citizen_from is not None and self.citizen_from <= on
        return started and (self.citizen_until is None or on < self.citizen_until)

    def alive(self, on: date) -> bool:
        """Not known to have died by this day."""
        return self.alive_until is None or on < self.alive_until


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What a check says. `claims` is None unless the QR is genuine."""

    valid: bool
    state: CheckState
    reasons: tuple[str, ...]
    claims: SignedClaims | None


@dataclass(frozen=True, slots=True)
class Ask:
    """Command: one question of one party, for one purpose, about the card whose QR was read, as it stands today.

    There is no question by number alone, nor about another day: whoever could go through numbers and days would
    learn of people who stand before no desk. `reference_date` is the day on which the election committee counts
    the age (None: that of the year's voter list).
    """

    party: str
    purpose: str
    qr_text: str
    reference_date: date | None = None


@dataclass(frozen=True, slots=True)
class SignedStatement:
    """The canonical JSON of an answer, and the signature of Srok's answer key over it."""

    statement: bytes
    kid: str
    signature: bytes


@dataclass(frozen=True, slots=True)
class Answer:
    """A minimal answer. `pseudonym` names the holder to this party only, and is empty where none is owed."""

    receipt: str
    party: Party
    purpose: str
    yes: bool
    outcome: str
    reasons: tuple[str, ...]
    pseudonym: str
    asked_at: datetime
    on: date
    signed: SignedStatement


@dataclass(frozen=True, slots=True)
class Asked:
    """One question that was asked about somebody, as the holder may see it."""

    receipt: str
    party: Party
    purpose: str
    office: str
    asked_at: datetime
    outcome: str
    reasons: tuple[str, ...]
