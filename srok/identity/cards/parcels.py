"""What cards give to a kit, and what a kit may tell of them."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from srok.ground.kernel.context import Context
from srok.ground.kernel.refusal import Refusal
from srok.identity.cards import bag
from srok.identity.cards.actions import hand_over
from srok.identity.cards.bag_terms import HAND_OVER_EVENT
from srok.identity.cards.terms import HandOverCard
from srok.trust.parcels.terms import Arrived, Exposed, Outcome, Warrant


def _handed_over(arrived: Arrived) -> Outcome:
    """The card was given on the mission: it becomes active now, counted from then.

    A card that was given or ended here meanwhile is a conflict for an officer: both tellings are kept.
    """
    body = arrived.body
    command = HandOverCard(UUID(body["card"]), body["checked"], body["present"], body["second_officer"])
    try:
        hand_over(command, ctx=arrived.ctx)
    except Refusal as refusal:
        if refusal.code in {"cards.already_handed_over", "cards.wrong_state"}:
            return Outcome.conflict(body["card"], refusal.code)
        raise
    return Outcome.opened(body["card"])


def _pack(warrant: Warrant, ctx: Context) -> dict[str, Any]:
    return {"cards": bag.pack(warrant.post)}


def _unpack(packed: Mapping[str, Any], ctx: Context) -> None:
    bag.unpack(list(packed["cards"]), ctx)


def _exposed() -> list[Exposed]:
    return [Exposed("cards.exposed_bag", bag.exposed())]


HANDLERS: Mapping[str, Callable[[Arrived], Outcome]] = {HAND_OVER_EVENT: _handed_over}
PACK, UNPACK, EXPOSED = _pack, _unpack, _exposed
