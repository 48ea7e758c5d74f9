"""Words of the cards: states, acts, commands and what one may know of a card (ប័ណ្ណ)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType
from uuid import UUID

from srok.ground.accounts.terms import Ministry, Role
from srok.ground.kernel.dates import PartialDate
from srok.ground.kernel.names import PersonName


class CardState(StrEnum):
    """Where a card stands. `EXPIRED` is derived from the date; suspension and destruction have no act yet."""

    ORDERED = "ordered"  # បានបញ្ជាធ្វើ
    ISSUED = "issued"  # បានចេញ
    HANDED_OVER = "handed_over"  # បានប្រគល់
    SUSPENDED = "suspended"  # ត្រូវបានផ្អាក
    REVOKED = "revoked"  # ត្រូវបានដកហូតសុពលភាព
    EXPIRED = "expired"  # ផុតសុពលភាព
    DESTROYED = "destroyed"  # ត្រូវបានបំផ្លាញ


class CardAct(StrEnum):
    """What is done to a card."""

    ORDER = "order"  # បញ្ជាធ្វើ
    SIGN_ORDER = "sign_order"  # ចុះហត្ថលេខាលើបញ្ជា
    ISSUE = "issue"  # ចេញប័ណ្ណ
    DISPATCH = "dispatch"  # ផ្ញើក្នុងថង់ការទូត
    RECEIVE = "receive"  # ទទួលពីថង់ការទូត
    HAND_OVER = "hand_over"  # ប្រគល់ជូនម្ចាស់
    REVOKE = "revoke"  # បញ្ចប់សុពលភាព


_S, _A = CardState, CardAct

# The one table of states and acts (house rule 5); None is "no card yet".
FLOW: Mapping[tuple[CardState | None, CardAct], CardState] = MappingProxyType(
    {
        (None, _A.ORDER): _S.ORDERED,
        (_S.ORDERED, _A.SIGN_ORDER): _S.ORDERED,
        (_S.ORDERED, _A.ISSUE): _S.ISSUED,
        (_S.ISSUED, _A.DISPATCH): _S.ISSUED,
        (_S.ISSUED, _A.RECEIVE): _S.ISSUED,
        (_S.ISSUED, _A.HAND_OVER): _S.HANDED_OVER,
        (_S.ORDERED, _A.REVOKE): _S.REVOKED,
        (_S.ISSUED, _A.REVOKE): _S.REVOKED,
        (_S.HANDED_OVER, _A.REVOKE): _S.REVOKED,
    }
)
# Who does what (house rule 6): the role and the ministry that gives it. An older card ends by itself at a hand-over.
HANDS: Mapping[CardAct, frozenset[tuple[Role, Ministry]]] = MappingProxyType(
    {
        _A.ORDER: frozenset({(Role.APPROVER, Ministry.INTERIOR)}),
        _A.SIGN_ORDER: frozenset(
            {(Role.ORDER_SIGNER, Ministry.FOREIGN_AFFAIRS), (Role.ORDER_SIGNER, Ministry.INTERIOR)}
        ),
        _A.ISSUE: frozenset({(Role.CARD_OFFICER, Ministry.INTERIOR)}),
        _A.DISPATCH: frozenset({(Role.CARD_OFFICER, Ministry.INTERIOR)}),
        _A.RECEIVE: frozenset({(Role.CARD_OFFICER, Ministry.FOREIGN_AFFAIRS)}),
        _A.HAND_OVER: frozenset({(Role.CARD_OFFICER, Ministry.FOREIGN_AFFAIRS)}),
        _A.REVOKE: frozenset({(Role.CARD_OFFICER, Ministry.INTERIOR), (Role.CARD_OFFICER, Ministry.FOREIGN_AFFAIRS)}),
    }
)
OPEN = frozenset({CardState.ORDERED, CardState.ISSUED, CardState.HANDED_OVER})
ON_ITS_WAY = frozenset({CardState.ORDERED, CardState.ISSUED})
FINAL = frozenset({CardState.REVOKED})

# Facts that carry a public leaf (design/transparency.md section 2).
COVERED = frozenset({"cards.card_ordered", "cards.card_issued", "cards.card_handed_over", "cards.card_revoked"})

# The ministries whose signatures an order needs (house rule 6).
MINISTRIES = (Ministry.FOREIGN_AFFAIRS, Ministry.INTERIOR)
# Room for a million cards in the status list; an index is drawn at random in it, so that it tells nothing.
STATUS_INDEXES = 2**20


class Checked(StrEnum):
    """How the officer made sure that the person at the counter is the holder."""

    PORTRAIT = "portrait"  # ប្រៀបធៀបរូបថត
    TWO_OFFICERS = "two_officers"  # មន្ត្រីពីររូបបញ្ជាក់


class Present(StrEnum):
    """Who stood at the counter beside the officer. The holder always does: nobody collects for another."""

    HOLDER = "holder"
    HOLDER_AND_RELATIVE = "holder_and_relative"
    HOLDER_AND_INTERPRETER = "holder_and_interpreter"


class Purpose(StrEnum):
    """For what an officer opens a card."""

    SIGNING = "signing"  # ចុះហត្ថលេខា
    PRODUCTION = "production"  # ផលិត
    COUNTER = "counter"  # បញ្ជរ


class RevokeReason(StrEnum):
    """Why a card ends before its date. Loss of nationality is no reason here: it needs its own act and notice."""

    LOST = "cards.lost"
    LOST_IN_BAG = "cards.lost_in_bag"
    MISPRINTED = "cards.misprinted"
    REPLACED = "cards.replaced"


@dataclass(frozen=True, slots=True)
class CardKey:
    """A card is known by number and generation, never by the number alone (law.md rule ID-UNIQ)."""

    number: str
    generation: str


@dataclass(frozen=True, slots=True)
class OrderCard:
    """Command: order a card for an approved case. `birthplace` and `address` are gazetteer codes (or empty).

    `birthplace_km` and `address_lines_km` (one or two lines) are the Khmer text that will be printed.
    """

    case_ref: str
    subject: UUID
    name: PersonName
    sex: str
    birth: PartialDate
    birthplace: str
    address: str
    address_lines_km: tuple[str, ...]
    portrait_key: UUID
    approved_by: str
    pickup_post: str
    replaces: CardKey | None = None
    birthplace_km: str = ""


@dataclass(frozen=True, slots=True)
class SignOrder:
    """Command: sign the stored order for one's ministry. `seen` is the version the officer looked at."""

    card_id: UUID
    seen: int | None = None


@dataclass(frozen=True, slots=True)
class IssueCard:
    """Command: personalise: the signer checks both signatures, then signs the stored bytes."""

    card_id: UUID
    seen: int | None = None


@dataclass(frozen=True, slots=True)
class DispatchCard:
    """Command: put the card into the bag to its post."""

    card_id: UUID
    seen: int | None = None


@dataclass(frozen=True, slots=True)
class ReceiveCard:
    """Command: count the card in at its post."""

    card_id: UUID
    seen: int | None = None


@dataclass(frozen=True, slots=True)
class HandOverCard:
    """Command: give the card to its holder. `second_officer` is a user name, needed for `two_officers`."""

    card_id: UUID
    checked: str
    present: str
    second_officer: str = ""
    seen: int | None = None


@dataclass(frozen=True, slots=True)
class RevokeCard:
    """Command: end a card before its date, for one of the closed list of reasons.

    `reported`: the officer states that the holder reported the loss; no card is ended as lost without it.
    """

    card_id: UUID
    reason: RevokeReason
    seen: int | None = None
    reported: bool = False


@dataclass(frozen=True, slots=True)
class PrintPlan:
    """Exactly what will be printed and encoded; stored before any signature. `mrz` is three lines of 30."""

    number: str
    generation: str
    name: PersonName
    sex: str
    birth: PartialDate
    birthplace_km: str
    address_lines_km: tuple[str, ...]
    issued: date
    expires: date
    mrz: tuple[str, str, str]
    portrait_sha256: str = ""


@dataclass(frozen=True, slots=True)
class SignatureFacts:
    """One ministry's signature on an order."""

    ministry: str
    actor: str
    kid: str
    on: date


@dataclass(frozen=True, slots=True)
class CardFacts:
    """What the offices concerned may know of a card."""

    id: UUID
    plan: PrintPlan
    case_ref: str
    subject: UUID
    state: CardState
    version: int
    portrait_key: UUID
    approved_by: str
    pickup_post: str
    order_sha256: str
    status_index: int
    qr_text: str
    dispatched_on: date | None
    received_on: date | None
    handed_over_on: date | None
    signatures: tuple[SignatureFacts, ...]

    @property
    def number(self) -> str:
        """The nine digits printed on the card."""
        return self.plan.number

    @property
    def generation(self) -> str:
        """The card's generation; part of its key."""
        return self.plan.generation

    @property
    def signed_by(self) -> frozenset[str]:
        """The ministries that have signed the order."""
        return frozenset(row.ministry for row in self.signatures)


@dataclass(frozen=True, slots=True)
class LifeEvent:
    """One line of a card's life. `detail` is a code, or empty."""

    act: CardAct
    state: CardState
    actor: str
    office: str
    at: datetime
    on: date
    detail: str
