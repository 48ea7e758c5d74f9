"""Words of the cards that a mission carries to their holders (កាបូបអត្តសញ្ញាណប័ណ្ណ); the kit's own table. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final
from uuid import UUID

from srok.ground.kernel.refusal import Refusal

# The kind of the event by which a kit tells the centre (docs/formats/parcel.md).
HAND_OVER_EVENT: Final = "cards.hand_over"
# What a kit's page shows beside the person: small enough for hundreds, large enough to compare.
BAG_PORTRAIT: Final = (360, 450)
BAG_QUALITY: Final = 80
SEALED_FOR: Final = "cards.bag"


class BagState(StrEnum):
    """Where a carried card stands in the kit."""

    CARRIED = "carried"  # កំពុងនាំយកទៅ
    PENDING = "pending"  # បានប្រគល់ រង់ចាំការបញ្ជាក់


class BagAct(StrEnum):
    """What is done to a carried card."""

    CARRY = "carry"  # ទទួលយកតាមបេសកកម្ម
    HAND_OVER = "hand_over"  # ប្រគល់ជូនម្ចាស់


# The one table of states and acts of a carried card; the database holds the same states.
BAG_FLOW: Mapping[tuple[BagState | None, BagAct], BagState] = MappingProxyType(
    {
        (None, BagAct.CARRY): BagState.CARRIED,
        (BagState.CARRIED, BagAct.HAND_OVER): BagState.PENDING,
    }
)


@dataclass(frozen=True, slots=True)
class Carried:
    """A card in the bag as its kit knows it: enough to find it and to compare its holder, and no more."""

    card_id: UUID
    state: BagState
    version: int
    number: str
    name_km: str
    name_latin: str
    expires: date


def next_bag_state(state: BagState | None, act: BagAct) -> BagState:
    """Where the table leads; raises `cards.bag_handed_over` for a card that has left the bag."""
    to = BAG_FLOW.get((state, act))
    if to is None:
        raise Refusal("cards.bag_handed_over")
    return to


def to_plain(card: Carried) -> dict[str, Any]:
    """What is sealed in the kit."""
    return {
        "number": card.number, "name_km": card.name_km, "name_latin": card.name_latin,
        "expires": card.expires.isoformat(),
    }  # fmt: skip
