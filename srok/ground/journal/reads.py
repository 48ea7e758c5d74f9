"""Questions to the journal."""

from uuid import UUID

from srok.ground.journal.models import Fact, ParkedFact
from srok.ground.journal.terms import FactRow


def row_of(fact: Fact) -> FactRow:
    """The fact as readers see it."""
    place = getattr(fact, "place", None)
    return FactRow(
        id=fact.id, seq=place.seq if place else None, kind=fact.kind, subject=fact.subject, facts=fact.facts,
        actor=fact.actor, office=fact.office, at=fact.at, on=fact.on, trace=fact.trace,
        happened_at=fact.happened_at,
    )  # fmt: skip


def seen(trace: UUID) -> bool:
    """True when the command of this id has already written a fact."""
    return Fact.objects.filter(trace=trace).exists()


def facts_about(subject: str) -> list[FactRow]:
    """All facts about this subject (a reference or opaque id), oldest first."""
    facts = Fact.objects.filter(subject=subject).select_related("place").order_by("at", "id")
    return [row_of(fact) for fact in facts]


def parked_count() -> int:
    """How many facts wait for an operator because a reaction could not digest them."""
    return ParkedFact.objects.count()
