"""Do the tables say what the log says? Each room's `ledger` against the fold of its leaves, through their openings.

L9: the tables equal the fold of log and waiting batch. Everything is read a page at a time, so memory does not grow
with the tables; nothing is written.
"""

from __future__ import annotations

import importlib
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
from itertools import islice
from typing import Protocol
from uuid import UUID

from django.apps import apps

from srok.ground.journal import public as journal
from srok.ground.journal.terms import FoldedLeaf, LedgerRow
from srok.trust.openlog.models import HeldLeaf, Intake, LogEntry

PAGE = 500


class Ledger(Protocol):
    """The drawer `ledger` of a room."""

    LABELS: Sequence[str]

    def rows(self) -> Iterator[LedgerRow]:
        """Every covered row as it stands."""

    def known(self, subjects: Collection[str]) -> set[str]:
        """Those of these subjects that stand in the tables."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Something that tables and log do not say alike: a code, and what it is about."""

    code: str
    reference: str


@dataclass
class Comparison:
    """What was compared and what differs."""

    rows: int = 0
    leaves: int = 0
    erased: int = 0
    differences: list[Difference] = field(default_factory=list)

    @property
    def same(self) -> bool:
        """Whether tables and log say the same."""
        return not self.differences

    def note(self, code: str, reference: str) -> None:
        """Keep a difference."""
        self.differences.append(Difference(code, reference))


def ledgers() -> list[Ledger]:
    """The ledgers of all installed rooms."""
    found: list[Ledger] = []
    for config in apps.get_app_configs():
        if config.name.startswith("srok.") and find_spec(f"{config.name}.ledger"):
            found.append(importlib.import_module(f"{config.name}.ledger"))
    return found


def compare() -> Comparison:
    """Compare every covered table with the log and its waiting batch; every difference is named by reference."""
    done = Comparison()
    rooms = ledgers()
    for room in rooms:
        _rows_against_leaves(room, done)
    _leaves_against_rows(rooms, done)
    for kind, subject in journal.facts_without_leaf():
        done.note("openlog.fact_without_leaf", f"{kind} {subject}")
    _entries_against_leaves(done)
    return done


def judge(row: LedgerRow, leaves: Iterable[FoldedLeaf]) -> str | None:
    """The code of what is wrong with a row, given the leaves of its subject oldest first; None where it agrees.

    A row whose newest leaf was erased (opening destroyed) cannot be compared and agrees. Pure.
    """
    mine = [leaf for leaf in leaves if _is_of(leaf, row)]
    if not mine:
        return "openlog.row_without_leaf"
    if mine[-1].opened is None:
        return None
    said = mine[-1].opened.row or {}
    return None if all(said.get(name) == value for name, value in row.row.items()) else "openlog.row_differs"


def _is_of(leaf: FoldedLeaf, row: LedgerRow) -> bool:
    if leaf.opened is None or leaf.opened.row is None:
        return True
    same_version = row.version is None or leaf.opened.row.get("version") == row.version
    return leaf.opened.label == row.label and same_version


def twice(rows: Iterable[LedgerRow], seen: Counter[tuple[str, str, int | None]]) -> Iterator[LedgerRow]:
    """The rows whose subject and version stood already in `seen`; counts them there. Pure."""
    for row in rows:
        key = (row.label, row.subject, row.version)
        seen[key] += 1
        if seen[key] > 1:
            yield row


def _rows_against_leaves(room: Ledger, done: Comparison) -> None:
    rows = room.rows()
    while page := list(islice(rows, PAGE)):
        leaves = journal.leaves_about({row.subject for row in page})
        for row in page:
            done.rows += 1
            code = judge(row, leaves.get(row.subject, ()))
            if code:
                done.note(code, row.reference)
        for row in twice(page, Counter()):
            done.note("openlog.row_twice", row.reference)


def _leaves_against_rows(rooms: Sequence[Ledger], done: Comparison) -> None:
    intake = Intake.objects.filter(pk=1).values_list("seq", flat=True).first() or 0
    for page in journal.all_leaves():
        done.leaves += len(page)
        subjects = {leaf.subject for leaf in page if _is_covered(leaf, rooms)}
        known = {subject for room in rooms for subject in room.known(subjects)} if subjects else set()
        for leaf in page:
            done.erased += leaf.opened is None and "c" in leaf.entry
            if not leaf.sound:
                done.note("openlog.wrong_opening", f"leaf {leaf.fact}")
            if leaf.subject in subjects - known:
                done.note("openlog.leaf_without_row", f"{leaf.type} {leaf.subject}")
        _leaves_against_entries(page, intake, done)


def _is_covered(leaf: FoldedLeaf, rooms: Sequence[Ledger]) -> bool:
    return leaf.opened is not None and any(leaf.opened.label in room.LABELS for room in rooms)


def _leaves_against_entries(page: Sequence[FoldedLeaf], intake: int, done: Comparison) -> None:
    """Each leaf stands in its log as it was stored (its day may be that of its batch), or still waits."""
    facts = [leaf.fact for leaf in page]
    placed = {entry.fact: entry for entry in LogEntry.objects.filter(fact__in=facts)}
    held = set(HeldLeaf.objects.filter(fact__in=facts).values_list("fact", flat=True))
    waiting = journal.leaves_of([leaf.fact for leaf in page if leaf.fact not in placed])
    for leaf in page:
        entry = placed.get(leaf.fact)
        if entry is not None:
            if entry.log != leaf.log or not same_entry(leaf.entry, bytes(entry.data)):
                done.note("openlog.entry_differs", f"{entry.log} {entry.index}")
        elif leaf.placed and leaf.fact not in held and waiting[leaf.fact].seq <= intake:
            done.note("openlog.leaf_lost", f"leaf {leaf.fact}")


def same_entry(stored: Mapping[str, object], data: bytes) -> bool:
    """Whether a sequenced entry is the stored one, but for its batch's day and the index of `prev`. Pure."""
    from srok.ground.kernel.refusal import Refusal
    from srok.trust.openlog.entries import read_entry

    try:
        entry = read_entry(data)
    except Refusal:
        return False
    later = str(entry.pop("at", "")) >= str(stored["at"])
    entry.pop("prev", None)
    return later and entry == {name: value for name, value in stored.items() if name not in ("at", "prev")}


def _entries_against_leaves(done: Comparison) -> None:
    """Entries that say they come from an act whose leaf nobody stored."""
    last: dict[str, int] = {}
    for log in LogEntry.objects.values_list("log", flat=True).distinct().order_by("log"):
        last[log] = -1
        while True:
            entries = LogEntry.objects.filter(log=log, index__gt=last[log]).order_by("index")
            page: list[tuple[int, UUID | None]] = list(entries.values_list("index", "fact")[:PAGE])
            if not page:
                break
            known = journal.leaves_of([fact for _, fact in page if fact])
            for index, fact in page:
                if fact and fact not in known:
                    done.note("openlog.entry_without_leaf", f"{log} {index}")
            last[log] = page[-1][0]
