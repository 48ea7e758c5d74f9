"""The one writer of the logs: takes leaves over from the journal, holds people back, gives each its place once."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Min

from srok.ground.faces.clock import PHNOM_PENH
from srok.ground.journal import public as journal
from srok.ground.journal.terms import About
from srok.ground.kernel.context import Context
from srok.ground.kernel.refusal import Refusal
from srok.trust.credentials import public as credentials
from srok.trust.openlog import building, reads, rows, rules
from srok.trust.openlog.entries import check_entry, write_entry
from srok.trust.openlog.models import HeldLeaf, Intake, LogHead
from srok.trust.openlog.posting import posted_day
from srok.trust.openlog.rules import Waiting
from srok.trust.openlog.terms import ROUND, Log, Sequenced


@transaction.atomic
def sequence(ctx: Context) -> Sequenced:
    """One round: take in what the journal has placed, and sequence what is due; all of it or nothing.

    Entries about nobody are sequenced at once, people in shuffled batches of finished days (`rules.is_due`); a list
    releases its commune's rows before itself. Raises `openlog.smaller_tree` where an older copy was restored.
    """
    rows.lock_writer()
    taken = take_in()
    today = ctx.at.astimezone(PHNOM_PENH).date()
    sequenced = 0
    for log in Log:
        sequenced += _at_once(log)
        for waiting in _due(log, today):
            sequenced += _release(log, waiting.group, before=today)
    return Sequenced(taken, sequenced, HeldLeaf.objects.count())


@transaction.atomic
def append(log: Log, entries: Sequence[bytes], facts: Sequence[UUID | None] | None = None) -> int:
    """Give entries the next places of a log, in this order; return the log's new size. Durable when it returns.

    The entries were checked by the caller. Raises `openlog.smaller_tree` where the log has signed more than is here.
    """
    rows.lock_writer()
    LogHead.objects.get_or_create(pk=log)
    check_not_older(log, reads.head(log).size)
    return _append(log, entries, facts if facts is not None else [None] * len(entries))


@transaction.atomic
def append_restored(log: Log, entries: Sequence[bytes], facts: Sequence[UUID | None]) -> int:
    """Give back entries that this log has published already (`restoring.adopt`); what was held of them is let go."""
    rows.lock_writer()
    LogHead.objects.get_or_create(pk=log)
    size = _append(log, entries, facts)
    _let_go([fact for fact in facts if fact is not None])
    return size


def _append(log: Log, entries: Sequence[bytes], facts: Sequence[UUID | None]) -> int:
    head = LogHead.objects.select_for_update().get(pk=log)
    leaves = building.leaf_hashes(entries)
    start = head.size
    rows.insert(
        [
            (log, start + at, leaf, data, fact)
            for at, (leaf, data, fact) in enumerate(zip(leaves, entries, facts, strict=True))
        ]
    )
    grown = reads.range_of(head)
    grown.extend(leaves)
    LogHead.objects.filter(pk=log).update(size=grown.size, hashes=b"".join(grown.hashes))
    return grown.size


def check_not_older(log: Log, size: int) -> None:
    """Refuse to go on from a copy older than what the key has signed; raises `openlog.smaller_tree`."""
    mark = credentials.high_water(log)
    if mark is not None and size < mark[0]:
        raise Refusal("openlog.smaller_tree", log=log, signed=mark[0], size=size)


def take_in() -> int:
    """Move the leaves of placed facts into the waiting room, in their order; called in the writer's transaction."""
    intake, _ = Intake.objects.get_or_create(pk=1)
    found = journal.leaves_after(intake.seq, ROUND)
    HeldLeaf.objects.bulk_create(
        [
            HeldLeaf(fact=leaf.fact, seq=leaf.seq, log=leaf.log, type=leaf.type, on=leaf.day, group=_group(leaf))
            for leaf in found
        ],
        batch_size=1_000,
    )
    if found:
        Intake.objects.filter(pk=1).update(seq=found[-1].seq)
    return len(found)


def _group(leaf: journal.PlacedLeaf) -> str:
    """The group of a leaf; one that may stand in no log is set aside instead of stopping the others."""
    try:
        check_entry(leaf.log, write_entry(leaf.entry))
    except (Refusal, ValueError, TypeError):
        return rules.UNFIT
    return rules.group_of(leaf.type, leaf.entry)


def _at_once(log: Log) -> int:
    """Sequence what is about nobody, in the order of facts; a list first releases the rows it is about."""
    count, run = 0, list[journal.PlacedLeaf]()
    for leaf in _leaves(HeldLeaf.objects.filter(log=log, group=rules.AT_ONCE).order_by("seq")[:ROUND]):
        if leaf.type in rules.LISTS:
            count += _place(log, run, None)
            run = []
            groups = HeldLeaf.objects.filter(log=log, seq__lt=leaf.seq).values_list("group", flat=True).distinct()
            for group in rules.posted_groups(leaf.type, leaf.entry, list(groups)):
                count += _release(log, group, until=leaf.seq)
        run.append(leaf)
    return count + _place(log, run, None)


def _due(log: Log, today: date) -> list[Waiting]:
    """The groups whose finished days may be sequenced now."""
    finished = HeldLeaf.objects.filter(log=log, on__lt=today).exclude(group__in=(rules.AT_ONCE, rules.UNFIT))
    counted = finished.values_list("group").annotate(Count("fact"), Min("on")).order_by("group")
    posted: dict[tuple[About, date], date | None] = {}
    due = []
    for waiting in (Waiting(*row) for row in counted):
        period = (waiting.about, waiting.oldest)
        if period not in posted:
            posted[period] = posted_day(*period)
        if rules.is_due(waiting, today, posted[period]):
            due.append(waiting)
    return due


def _release(log: Log, group: str, *, before: date | None = None, until: int | None = None) -> int:
    """Sequence a group in one shuffled batch: its finished days, or all of it that came before a list.

    A leaf whose row's previous leaf is still held elsewhere waits for that one; for a list that one goes first.
    """
    held = HeldLeaf.objects.filter(log=log, group=group)
    held = held.filter(on__lt=before) if before is not None else held.filter(seq__lt=until)
    leaves = _leaves(held.order_by("seq")[:ROUND])
    count = 0
    if until is not None:
        for other in _groups_before(leaves) - {group}:
            count += _release(log, other, until=until)
    leaves = _free(leaves)
    if not leaves:
        return count
    known = {leaf.fact: leaf for leaf in leaves}
    order = rules.shuffled(list(known), {leaf.fact: leaf.prev for leaf in leaves if leaf.prev is not None})
    return count + _place(log, [known[fact] for fact in order], max(leaf.on for leaf in leaves))


def _groups_before(leaves: Sequence[journal.PlacedLeaf]) -> set[str]:
    """The groups in which the previous leaves of these rows are still held."""
    before = [leaf.prev for leaf in leaves if leaf.prev is not None]
    return set(HeldLeaf.objects.filter(pk__in=before).values_list("group", flat=True)) - {rules.UNFIT}


def _free(leaves: Sequence[journal.PlacedLeaf]) -> list[journal.PlacedLeaf]:
    """Those of these leaves that follow nothing, or something sequenced or among them."""
    places = reads.indexes_of([leaf.prev for leaf in leaves if leaf.prev is not None])
    found: dict[UUID, journal.PlacedLeaf] = {}
    count = -1
    while count < len(found):
        count = len(found)
        for leaf in leaves:
            if leaf.prev is None or leaf.prev in places or leaf.prev in found:
                found[leaf.fact] = leaf
    return list(found.values())


def _place(log: Log, leaves: Sequence[journal.PlacedLeaf], day: date | None) -> int:
    """Write the final entries of these leaves, in this order, and take them out of the waiting room."""
    if not leaves:
        return 0
    start = reads.head(log).size
    places = {leaf.fact: start + at for at, leaf in enumerate(leaves)}
    places |= reads.indexes_of([leaf.prev for leaf in leaves if leaf.prev is not None])
    entries = [
        write_entry(rules.final_entry(leaf.entry, day, places[leaf.prev] if leaf.prev is not None else None))
        for leaf in leaves
    ]
    for data in entries:
        check_entry(log, data)
    append(log, entries, [leaf.fact for leaf in leaves])
    _let_go([leaf.fact for leaf in leaves])
    return len(leaves)


def _let_go(facts: Sequence[UUID]) -> None:
    """Take sequenced leaves out of the waiting room."""
    for at in range(0, len(facts), 500):
        HeldLeaf.objects.filter(pk__in=facts[at : at + 500]).delete()


def _leaves(held: Iterable[HeldLeaf]) -> list[journal.PlacedLeaf]:
    ids = [row.fact for row in held]
    found: dict[UUID, Any] = {}
    for at in range(0, len(ids), 500):
        found |= journal.leaves_of(ids[at : at + 500])
    return [found[fact] for fact in ids]
