"""What the table of cards says now, for the comparison with the public log (`srok openlog check`)."""

from collections.abc import Collection, Iterator

from srok.ground.journal.terms import LedgerRow
from srok.identity.cards.models import Card

LABELS = ("card",)


def rows() -> Iterator[LedgerRow]:
    """Every card in its present state; the acts between (signing, the bag) are no entries of the log."""
    for card in Card.objects.order_by("id").iterator(chunk_size=500):
        content = {
            "card": str(card.id), "number": card.number, "generation": card.generation, "state": card.state,
            "order_sha256": card.order_sha256,
        }  # fmt: skip
        yield LedgerRow("card", str(card.id), content, f"card {card.id}")


def known(subjects: Collection[str]) -> set[str]:
    """Those of these subjects of leaves that stand in the table."""
    return {str(pk) for pk in Card.objects.filter(pk__in=subjects).values_list("pk", flat=True)}
