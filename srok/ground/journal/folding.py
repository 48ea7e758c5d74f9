"""Leaves opened in bulk, for the comparison of the tables with the public log; a page at a time, in bounded memory."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from uuid import UUID

from django.conf import settings

from srok.ground.journal.actions import covered_kinds
from srok.ground.journal.models import Fact, Opening, WaitingLeaf
from srok.ground.journal.rules import opened_row
from srok.ground.journal.terms import FoldedLeaf, OpenedLeaf
from srok.ground.kernel.canonical import commitment
from srok.ground.kernel.refusal import Refusal
from srok.ground.kernel.sealing import unseal

PAGE = 500


def leaves_about(subjects: Collection[str]) -> dict[str, list[FoldedLeaf]]:
    """The leaves of these subjects, each opened, oldest first. At most `PAGE` subjects at a time are meant."""
    found: dict[str, list[FoldedLeaf]] = defaultdict(list)
    for leaf in _opened(WaitingLeaf.objects.filter(fact__subject__in=subjects).select_related("fact__place")):
        found[leaf.subject].append(leaf)
    return found


def all_leaves() -> Iterator[list[FoldedLeaf]]:
    """Every leaf, opened, a page at a time in the order of the ids of their facts."""
    last: UUID | None = None
    while True:
        leaves = WaitingLeaf.objects.select_related("fact__place").order_by("fact_id")
        page = list((leaves.filter(fact_id__gt=last) if last else leaves)[:PAGE])
        if not page:
            return
        yield _opened(page)
        last = page[-1].fact_id


def facts_without_leaf() -> Iterator[tuple[str, str]]:
    """Kind and subject of each fact of a covered kind that brought no leaf: somebody wrote around the application."""
    bare = Fact.objects.filter(kind__in=covered_kinds(), leaf__isnull=True).order_by("id")
    yield from bare.values_list("kind", "subject").iterator(chunk_size=PAGE)


def _opened(leaves: Iterable[WaitingLeaf]) -> list[FoldedLeaf]:
    found = list(leaves)
    sealed = dict(Opening.objects.filter(pk__in=[leaf.fact_id for leaf in found]).values_list("pk", "sealed"))
    folded = [_fold(leaf, sealed.get(leaf.fact_id)) for leaf in found]
    order = {leaf.fact_id: _place(leaf) for leaf in found}
    return sorted(folded, key=lambda leaf: order[leaf.fact])


def _place(leaf: WaitingLeaf) -> tuple[int, UUID]:
    place = getattr(leaf.fact, "place", None)
    return (place.seq if place else 2**62, leaf.fact_id)


def _fold(leaf: WaitingLeaf, sealed: bytes | None) -> FoldedLeaf:
    opened, sound = None, leaf.commitment == leaf.entry.get("c", "")
    if sealed is not None:
        opened, sound = _unsealed(leaf, bytes(sealed))
    return FoldedLeaf(leaf.fact_id, leaf.fact.subject, leaf.log, leaf.type, leaf.fact.on,
                      getattr(leaf.fact, "place", None) is not None, leaf.entry, leaf.prev, opened, sound)  # fmt: skip


def _unsealed(leaf: WaitingLeaf, sealed: bytes) -> tuple[OpenedLeaf | None, bool]:
    """The opened row, and whether it gives the commitment; a seal that does not open is not sound."""
    try:
        plain = unseal(settings.SROK_OPENING_KEY, "journal.opening", sealed, aad=leaf.fact_id.bytes)
    except Refusal:
        return None, False
    opened = opened_row(plain)
    if opened.row is None:
        return opened, True
    made = commitment(settings.SROK_COMMITMENT_KEY, opened.opening, opened.label, opened.version, opened.row)
    return opened, made.hex() == leaf.commitment == leaf.entry.get("c")
