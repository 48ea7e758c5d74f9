"""The one writer: people in shuffled batches of finished days, everything else at once, each leaf exactly once."""

import json
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from srok.ground.journal import public as journal
from srok.ground.journal.terms import About
from srok.trust.openlog import public as openlog
from srok.trust.openlog import reads
from srok.trust.openlog.models import HeldLeaf, LogEntry
from srok.trust.openlog.posting import posted_day
from srok.trust.openlog.terms import Log
from srok.trust.openlog.tests.acts import DAY, cards, context, done, later, rows

pytestmark = pytest.mark.django_db


def sequenced(on, *, hour: int = 4) -> int:
    journal.drain()
    return openlog.sequence(context(on, hour=hour)).sequenced


def entries(log: Log = Log.REGISTER) -> list[dict[str, Any]]:
    return [json.loads(bytes(row.data)) for row in LogEntry.objects.filter(log=log).order_by("index")]


def test_people_wait_for_the_end_of_the_day_and_for_nineteen_others(home: Path) -> None:
    rows(19)
    assert sequenced(later(1)) == 0
    rows(1)
    assert sequenced(DAY, hour=16) == 0  # 23:00 in Phnom Penh: the day is not over
    assert sequenced(DAY, hour=17) == 20  # midnight there
    assert sequenced(later(1)) == 0 and not HeldLeaf.objects.exists()
    assert openlog.head(Log.REGISTER).size == 20


def test_a_small_commune_waits_for_its_list_and_only_for_its_own(home: Path) -> None:
    rows(3)
    rows(2, commune="010203")
    assert sequenced(later(30)) == 0 and openlog.held(Log.REGISTER) == {"commune.010203": 2, "commune.070305": 3}
    done("list.provisional", later(31), commune="070305", rows=3)
    assert sequenced(later(31)) == 4
    assert [entry["t"] for entry in entries()] == ["row.add"] * 3 + ["list.provisional"]
    done("list.final", later(32))
    assert sequenced(later(32)) == 3 and openlog.held(Log.REGISTER) == {}


def test_a_small_commune_enters_on_the_day_its_list_is_posted_by_law(home: Path) -> None:
    """28 June 2025 (law data): the promise at the desk names that day, whether anybody posts a list or not."""
    [fact] = rows(1)
    latest = posted_day(About.COMMUNE, DAY)
    assert latest == date(2025, 6, 28) and journal.promise(fact, posted=latest).latest_on == latest
    assert sequenced(latest - timedelta(days=1)) == 0
    assert sequenced(latest) == 1


def test_an_act_recorded_late_is_promised_from_its_recording(home: Path) -> None:
    ctx = replace(context(later(10)), on=DAY, happened_at=context().at)
    leaf = journal.Leaf("register", "card.issued", "card", {"n": 1})
    with transaction.atomic():
        fact = journal.record(ctx, "tests.late", "late", {}, leaf=leaf)
    latest = journal.promise(fact).latest_on
    assert latest == later(17)
    assert sequenced(later(16)) == 0 and sequenced(latest) == 1
    assert entries()[0]["at"] == DAY.isoformat()


def test_cards_are_hidden_in_the_nation_and_enter_on_the_seventh_day_at_the_latest(home: Path) -> None:
    cards(2)
    cards(1, later(6))
    assert sequenced(later(6)) == 0
    assert sequenced(later(7)) == 3
    found = entries()
    assert {entry["at"] for entry in found} == {later(6).isoformat()}
    assert all(set(entry) == {"v", "t", "at", "case", "by", "c"} for entry in found)


def test_stations_enter_at_once_in_the_order_of_facts(home: Path) -> None:
    for number in range(5):
        done("station.open", log=Log.ELECTION, second=number, station=f"{number:04d}")
    assert sequenced(DAY) == 5
    found = entries(Log.ELECTION)
    assert [entry["station"] for entry in found] == ["0000", "0001", "0002", "0003", "0004"]
    assert {entry["at"] for entry in found} == {"2025-05-12T04:00Z"}


def test_a_batch_is_shuffled(home: Path) -> None:
    facts = rows(40)
    sequenced(later(1))
    places = openlog.indexes_of(facts)
    assert sorted(places.values()) == list(range(40))
    assert [places[fact] for fact in facts] != list(range(40))


def test_the_previous_entry_of_a_row_is_named_by_its_index(home: Path) -> None:
    first = rows(20)
    corrected = done("row.correct", prev=first[0], commune="070305")
    again = done("row.correct", prev=corrected, commune="070305")
    sequenced(later(1))
    removed = {"reason": "death", "evid": "0" * 64, "notice": "2025-05-13"}
    gone = done("row.remove", later(1), prev=again, commune="070305", **removed)
    rows(19, later(1))
    sequenced(later(2))
    places, found = openlog.indexes_of([*first, corrected, again, gone]), entries()
    assert places[first[0]] < places[corrected] < places[again] < places[gone]
    for fact, earlier in ((corrected, first[0]), (again, corrected), (gone, again)):
        assert found[places[fact]]["prev"] == places[earlier]
    assert all("prev" not in found[places[fact]] for fact in first)


def test_a_move_waits_for_its_row_and_a_list_brings_that_row_along(home: Path) -> None:
    [old] = rows(1, commune="010203")
    rows(18)
    moved = done("row.move", prev=old, commune="070305")
    assert sequenced(later(1)) == 0
    done("list.provisional", later(2), commune="070305")
    sequenced(later(2))
    places = openlog.indexes_of([old, moved])
    assert places[old] < places[moved] and entries()[places[moved]]["prev"] == places[old]
    assert not HeldLeaf.objects.exists()


def test_twenty_of_a_commune_enter_without_the_one_whose_row_is_held_elsewhere(home: Path) -> None:
    [old] = rows(1, commune="010203")
    others = rows(20)
    moved = done("row.move", prev=old, commune="070305")
    assert sequenced(later(1)) == 20
    assert set(openlog.indexes_of([old, moved, *others])) == set(others)


def test_a_leaf_that_fits_no_log_is_set_aside_and_stops_nobody(home: Path) -> None:
    done("station.open", log=Log.ELECTION, station="x" * 9_000)
    done("station.open", log=Log.ELECTION, station="0001")
    assert sequenced(DAY) == 1
    assert openlog.held(Log.ELECTION) == {"!": 1}


def test_each_leaf_enters_exactly_once(home: Path) -> None:
    facts = rows(25) + cards(25)
    for day in range(1, 4):
        sequenced(later(day))
    assert Counter(LogEntry.objects.values_list("fact", flat=True)) == Counter(facts)
    with pytest.raises(DatabaseError), transaction.atomic():
        openlog.append(Log.REGISTER, [b"{}"], [facts[0]])


@pytest.mark.parametrize("change", ["update", "delete"])
def test_the_database_itself_refuses_to_rewrite(home: Path, change: str) -> None:
    openlog.append(Log.REGISTER, [b"{}"])
    found = LogEntry.objects.filter(log=Log.REGISTER)
    with pytest.raises(DatabaseError, match="never rewritten"), transaction.atomic():
        found.update(data=b"[]") if change == "update" else found._raw_delete(found.db)


def test_heads_of_any_size_are_the_tree_of_their_entries(home: Path) -> None:
    for count in (1, 2, 5, 300):
        size = openlog.append(Log.ELECTION, [f'{{"n":{n}}}'.encode() for n in range(count)])
        assert openlog.head(Log.ELECTION).root == reads.root_at(Log.ELECTION, size)
    assert openlog.head(Log.REGISTER).size == 0 and openlog.entry(Log.ELECTION, 7) is not None
    assert openlog.entry(Log.ELECTION, 308) is None
