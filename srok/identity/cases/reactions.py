"""What the cases do when a journal fact appears: close when the card is in the holder's hand. Idempotent."""

from srok.ground.journal import public as journal
from srok.ground.journal.terms import FactRow
from srok.ground.kernel.context import Context
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


REACTIONS = {"cards.card_handed_over": close_when_handed_over}
