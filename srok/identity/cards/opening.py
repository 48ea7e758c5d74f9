"""Whoever looks at a card looks at its holder's name and face: each opening leaves a fact (house.md section 6)."""

from django.db import transaction

from srok.ground.journal import public as journal
from srok.ground.kernel.context import Context
from srok.identity.cards import rules
from srok.identity.cards.models import CardOpening
from srok.identity.cards.terms import CardFacts


def open_card(card: CardFacts, *, ctx: Context) -> bool:
    """Note that an officer opens a card, and for what; True the first time that day."""
    if CardOpening.objects.filter(card_id=card.id, actor=ctx.actor, on=ctx.on).exists():
        return False
    return _note(card, ctx)


@transaction.atomic
def _note(card: CardFacts, ctx: Context) -> bool:
    purpose = rules.purpose(card, ctx)
    _, first = CardOpening.objects.get_or_create(
        card_id=card.id, actor=ctx.actor, on=ctx.on, defaults={"purpose": purpose}
    )
    if first:
        facts: journal.Facts = {"case": card.case_ref, "purpose": str(purpose)}
        journal.record(ctx, "cards.card_opened", str(card.id), facts)
    return first
