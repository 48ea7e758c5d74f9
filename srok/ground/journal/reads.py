"""Questions to the journal."""

from collections.abc import Collection
from contextlib import suppress
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet

from srok.ground.journal.models import Fact, Opening, ParkedFact, WaitingLeaf
from srok.ground.journal.rules import opened_row
from srok.ground.journal.terms import FactRow, LeafFacts, OpenedLeaf, PlacedLeaf, day_of_leaf
from srok.ground.kernel.sealing import unseal


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


def leaves_named(name: str) -> list[LeafFacts]:
    """The leaves of a subject, a case, one fact or one commitment (hexadecimal), newest first; empty for none."""
    named = Q(fact__subject=name) | Q(fact__facts__case=name) | Q(commitment=name.lower())
    with suppress(ValueError):
        named |= Q(fact_id=UUID(name))
    found = WaitingLeaf.objects.filter(named).select_related("fact").order_by("-fact__at", "-fact_id")
    kept = found.annotate(kept=Exists(Opening.objects.filter(pk=OuterRef("pk"))))
    return [
        LeafFacts(leaf.fact_id, leaf.log, leaf.type, leaf.commitment, leaf.entry, leaf.fact.subject, leaf.fact.office,
                  leaf.fact.on, leaf.kept)
        for leaf in kept[:200]
    ]  # fmt: skip


def fact_committed(commitment: str) -> UUID | None:
    """The fact whose leaf carries this commitment (hexadecimal), or None."""
    return WaitingLeaf.objects.filter(commitment=commitment).values_list("fact_id", flat=True).first()


def leaves_after(seq: int, limit: int) -> list[PlacedLeaf]:
    """Leaves of facts placed after `seq`, in that order, at most `limit`; a reader in order skips none."""
    return [_placed(leaf) for leaf in _in_order().filter(fact__place__seq__gt=seq)[:limit]]


def leaves_of(facts: Collection[UUID]) -> dict[UUID, PlacedLeaf]:
    """The placed leaves of these facts, by fact."""
    return {leaf.fact_id: _placed(leaf) for leaf in _in_order().filter(fact_id__in=facts)}


def _in_order() -> QuerySet[WaitingLeaf]:
    placed = WaitingLeaf.objects.filter(fact__place__isnull=False)
    return placed.select_related("fact__place").order_by("fact__place__seq")


def _placed(leaf: WaitingLeaf) -> PlacedLeaf:
    return PlacedLeaf(leaf.fact.place.seq, leaf.fact_id, leaf.log, leaf.type, leaf.fact.on,
                      day_of_leaf(leaf.fact.on, leaf.fact.at), leaf.entry, leaf.prev)  # fmt: skip


def opening_of(fact_id: UUID) -> OpenedLeaf | None:
    """The opening of this fact's leaf with its row; None where it was destroyed or never was.

    Raises `kernel.unsealable` where the key of the openings is another one.
    """
    found = Opening.objects.filter(pk=fact_id).first()
    if found is None:
        return None
    return opened_row(unseal(settings.SROK_OPENING_KEY, "journal.opening", bytes(found.sealed), aad=fact_id.bytes))


def offices_about(subject: str) -> frozenset[str]:
    """The offices that acted on this subject, or on the case that its facts name."""
    facts = Fact.objects.filter(subject=subject)
    cases = {str(named) for named in facts.values_list("facts__case", flat=True) if named}
    found = Fact.objects.filter(Q(subject=subject) | Q(subject__in=cases)).values_list("office", flat=True)
    return frozenset(found.distinct())


def offices_of(facts: Collection[UUID]) -> dict[UUID, str]:
    """The offices in which these facts were done."""
    return dict(Fact.objects.filter(pk__in=facts).values_list("id", "office"))
