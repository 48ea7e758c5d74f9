"""What the cases do when a journal fact appears: write when a card is ready or ends, close when in hand. Idempotent."""

from srok.ground.journal import public as journal
from srok.ground.journal.terms import FactRow
from srok.ground.kernel.context import Context
from srok.ground.notices import public as notices
from srok.identity.cards import public as cards
from srok.identity.cases import rules, store
from srok.identity.cases.models import Case
from srok.identity.cases.store import Move
from srok.identity.cases.terms import Act, State


def close_when_handed_over(fact: FactRow) -> None:
    """The card of the case was handed over: nothing is left to do. Cards name their case in the fact `case`."""
    case = Case.objects.filter(reference=str(fact.facts.get("case", "")), state=State.APPROVED).first()
    if case is None:
        return
    ctx = Context("service:cases", fact.office, frozenset(), fact.at, fact.on, fact.id)
    then = rules.close(store.standing(case), ctx.actor, ctx.office)
    store.put(case, Move(Act.CLOSE), then, ctx)
    journal.record(ctx, "cases.case_closed", case.reference, {"version": case.version})


def tell_when_ready(fact: FactRow) -> None:
    """The card lies at its post: the letter of approval promised that we would write then.

    A reaction that is new to an old database reads old facts: who has the card already is not sent for it.
    """
    reference = str(fact.facts.get("case", ""))
    case, card = Case.objects.filter(reference=reference).first(), cards.card_of_case(reference)
    if case is None or card is None or card.handed_over_on or journal.seen(fact.id):
        return
    ctx = Context("service:cases", fact.office, frozenset(), fact.at, fact.on, fact.id)
    store.tell(case, notices.Kind.CARD_READY, ctx)


def tell_when_ended(fact: FactRow) -> None:
    """One officer ends a card, so its holder is told at once, with the reason and the way to object.

    An older card that ends because the newer one was handed over at the counter needs no letter.
    """
    reason = str(fact.facts.get("reason", ""))
    case = Case.objects.filter(reference=str(fact.facts.get("case", ""))).first()
    if case is None or reason == cards.RevokeReason.REPLACED or journal.seen(fact.id):
        return
    ctx = Context("service:cases", fact.office, frozenset(), fact.at, fact.on, fact.id)
    store.tell(case, notices.Kind.CARD_ENDED, ctx, reasons=(reason,))


REACTIONS = {
    "cards.card_handed_over": close_when_handed_over,
    "cards.card_received": tell_when_ready,
    "cards.card_revoked": tell_when_ended,
}
