"""Compare-and-set moves of a card; used by actions only."""

from typing import Any
from uuid import UUID

from django.db.models import F

from srok.ground.kernel.context import Context
from srok.ground.kernel.refusal import Stale
from srok.identity.cards import rules
from srok.identity.cards.models import Card, CardEvent
from srok.identity.cards.terms import CardAct, CardFacts, CardState


def move(card: CardFacts, act: CardAct, ctx: Context, *, seen: int | None = None, **changes: Any) -> CardState:
    """Do one act of the table on the card and write its line of life; return the state it leads to.

    `detail` and `second_officer` among the changes go to the line of life. Raises `Stale` when the card is no
    longer in the version that was read (or that the officer saw), `cards.wrong_state` where the table forbids it.
    """
    state = rules.next_state(card.state, act)
    line = {key: changes.pop(key) for key in ("detail", "second_officer") if key in changes}
    if seen not in (None, card.version):
        raise Stale()
    moved = Card.objects.filter(pk=card.id, version=card.version, state=card.state)
    if not moved.update(version=F("version") + 1, state=state, **changes):
        raise Stale()
    write_line(card.id, card.version + 1, act, state, ctx, **line)
    return state


def write_line(card_id: UUID, version: int, act: CardAct, state: CardState, ctx: Context, **line: str) -> None:
    """Write one line of the card's life."""
    CardEvent(
        card_id=card_id, version=version, act=act, state=state, actor=ctx.actor, office=ctx.office,
        at=ctx.at, on=ctx.on, **line,
    ).save(force_insert=True)  # fmt: skip
