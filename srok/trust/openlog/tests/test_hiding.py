"""Somebody who knows everyone at a desk that day, and in which order they came, against what the log shows."""

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from srok.ground.journal import public as journal
from srok.trust.openlog import public as openlog
from srok.trust.openlog.models import LogEntry
from srok.trust.openlog.rules import shuffled
from srok.trust.openlog.terms import SMALLEST_BATCH, Log
from srok.trust.openlog.tests.acts import cards, context, done, later, rows

pytestmark = pytest.mark.django_db
# What an attacker may sort the entries of a batch by; the n-th of them is then guessed to be the n-th in the queue.
GUESSES: dict[str, Callable[[int, dict[str, Any]], Any]] = {
    "index": lambda index, entry: index,
    "from behind": lambda index, entry: -index,
    "case": lambda index, entry: entry["case"],
    "hands": lambda index, entry: entry["by"],
    "commitment": lambda index, entry: entry["c"],
    "length": lambda index, entry: (len(json.dumps(entry)), index),
    "day": lambda index, entry: (entry["at"], index),
}
BATCHES = 40


@pytest.mark.slow
def test_knowing_the_queue_helps_no_more_than_guessing(home: Path) -> None:
    """40 desks of 20 people: right guesses stay what chance gives (one a batch), whatever one sorts by."""
    queues = {f"{n:06d}": rows(SMALLEST_BATCH, commune=f"{n:06d}") for n in range(BATCHES)}
    journal.drain()
    openlog.sequence(context(later(1)))
    entries = [(row.index, row.fact, json.loads(bytes(row.data))) for row in LogEntry.objects.order_by("index")]
    right: Counter[str] = Counter()
    for commune, queue in queues.items():
        batch = [(index, fact, entry) for index, fact, entry in entries if entry["commune"] == commune]
        assert len(batch) == SMALLEST_BATCH
        for name, key in GUESSES.items():
            guessed = [fact for _, fact, _ in sorted(batch, key=lambda one: key(one[0], one[2]))]
            right[name] += sum(is_ == was for is_, was in zip(guessed, queue, strict=True))
    # The sum over 40 batches is near 40 with a deviation of about 6.3; 80 is chance of less than one in a million.
    assert all(right[name] < 2 * BATCHES for name in GUESSES), right


def test_entries_of_one_desk_cannot_be_picked_out_of_the_nation(home: Path) -> None:
    cards(30)
    journal.drain()
    openlog.sequence(context(later(1)))
    entries = [json.loads(bytes(row.data)) for row in LogEntry.objects.filter(log=Log.REGISTER)]
    assert len({entry["by"][0] for entry in entries}) == len({entry["case"] for entry in entries}) == 30
    assert {frozenset(entry) for entry in entries} == {frozenset({"v", "t", "at", "case", "by", "c"})}
    assert len({len(json.dumps(entry)) for entry in entries}) == 1


def test_days_of_a_held_batch_do_not_show(home: Path) -> None:
    """Nine days with a few people each: their entries all carry the last day, or a quiet day would name its people."""
    for day in range(9):
        rows(3, later(day))
    journal.drain()
    openlog.sequence(context(later(10)))
    days = Counter(json.loads(bytes(row.data))["at"] for row in LogEntry.objects.all())
    assert days == {later(8).isoformat(): 27}


def test_cases_of_one_person_are_never_alike(home: Path) -> None:
    first = done("card.ordered")
    later_on = [done(f"card.{act}", prev=None) for act in ("issued", "handed_over", "revoked")]
    journal.drain()
    leaves = journal.leaves_of([first, *later_on])
    for member in ("case", "c", "by"):
        assert len({str(leaf.entry[member]) for leaf in leaves.values()}) == 4


def test_every_order_is_drawn() -> None:
    """600 shuffles of 3: each of the 6 orders near 100 times."""
    drawn = Counter(tuple(shuffled("abc", {})) for _ in range(600))
    assert len(drawn) == 6 and min(drawn.values()) > 40
    chained = Counter(tuple(shuffled("abc", {"b": "a"})) for _ in range(600))
    assert set(chained) == {tuple("abc"), tuple("acb"), tuple("cab")} and min(chained.values()) > 100
