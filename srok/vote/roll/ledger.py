"""What the table of voter rows says now, for the comparison with the public log (`srok openlog check`)."""

from collections.abc import Collection, Iterator

from srok.ground.journal.terms import LedgerRow
from srok.vote.roll.models import VoterRow

LABELS = ("voter row",)


def rows() -> Iterator[LedgerRow]:
    """Every voter row as it stands."""
    for row in VoterRow.objects.order_by("id").iterator(chunk_size=500):
        content = {
            "row": str(row.id), "handle": str(row.handle), "commune": row.commune, "state": row.state,
            "year": row.list_year, "on": row.entered_on.isoformat(),
        }  # fmt: skip
        yield LedgerRow("voter row", str(row.id), content, f"row {row.reference}")


def known(subjects: Collection[str]) -> set[str]:
    """Those of these subjects of leaves that stand in the table."""
    return {str(pk) for pk in VoterRow.objects.filter(pk__in=subjects).values_list("pk", flat=True)}
