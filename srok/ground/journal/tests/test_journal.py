"""The journal: one fact per command, never rewritten, read once by each reaction."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.conf import settings
from django.db import DatabaseError, transaction

from srok.ground.journal import public as journal
from srok.ground.journal.models import Fact, Opening, Place, WaitingLeaf
from srok.ground.journal.rules import opened_row
from srok.ground.journal.terms import Leaf
from srok.ground.kernel.canonical import commitment as commitment_of
from srok.ground.kernel.context import Context
from srok.ground.kernel.ids import new_id
from srok.ground.kernel.refusal import Refusal

AT = datetime(2025, 2, 3, 2, tzinfo=UTC)
DARA = Context("dara", "mfa.was", frozenset({"consular_officer"}), AT, date(2025, 2, 2), new_id(AT))
LEAF = Leaf("register", "card.issued", "card", {"number": "900000017"})

pytestmark = pytest.mark.django_db


def written(kind: str = "tests.thing_done", ctx: Context = DARA, leaf: Leaf | None = None):
    with transaction.atomic():
        return journal.record(ctx, kind, "ABCD", {"code": "x"}, leaf=leaf)


def test_a_command_writes_its_fact_once():
    written()
    with pytest.raises(Refusal, match=r"journal\.replayed"):
        written()
    assert Fact.objects.count() == 1
    assert journal.seen(DARA.trace)


@pytest.mark.parametrize("change", ["update", "delete"])
def test_the_database_itself_refuses_to_rewrite(change):
    fact = written(leaf=LEAF)
    journal.drain()
    for rows in (Fact.objects.filter(pk=fact), Place.objects.all(), WaitingLeaf.objects.all()):
        field = {Fact: "kind", Place: "seq", WaitingLeaf: "type"}[rows.model]
        with pytest.raises(DatabaseError, match="never rewritten"), transaction.atomic():
            rows.update(**{field: 7}) if change == "update" else rows._raw_delete(rows.db)


def test_facts_hold_codes_only():
    with pytest.raises(ValueError, match="must be text"), transaction.atomic():
        journal.record(DARA, "tests.thing_done", "ABCD", {"when": AT})  # type: ignore[dict-item]


def test_the_leaf_commits_and_shows_nothing():
    fact = written(leaf=LEAF)
    leaf = WaitingLeaf.objects.get(pk=fact)
    assert "900000017" not in str(leaf.entry)
    assert "dara" not in str(leaf.entry)
    assert leaf.entry["c"] == journal.promise(fact).commitment
    assert journal.promise(fact).latest_on == date(2025, 2, 10)
    assert Opening.objects.get(pk=fact).sealed


def test_a_leaf_is_found_and_opened_until_its_opening_is_destroyed():
    fact = written(leaf=LEAF)
    commitment = journal.promise(fact).commitment
    for name in ("ABCD", str(fact), commitment, commitment.upper()):
        [found] = journal.leaves_named(name)
        assert (found.fact, found.commitment, found.has_opening) == (fact, commitment, True)
    assert journal.leaves_named("EFGH") == [] == journal.leaves_named(str(new_id(AT)))
    opened = journal.opening_of(fact)
    assert opened is not None and opened.row == {"number": "900000017"} and opened.label == "card"
    made = commitment_of(settings.SROK_COMMITMENT_KEY, opened.opening, opened.label, opened.version, opened.row)
    assert made.hex() == commitment
    assert journal.offices_about("ABCD") == {"mfa.was"}
    assert journal.destroy_opening(fact) is True and journal.destroy_opening(fact) is False
    assert journal.opening_of(fact) is None and not journal.leaves_named("ABCD")[0].has_opening
    assert WaitingLeaf.objects.get(pk=fact).commitment == commitment


def test_an_entry_about_a_person_shows_the_day_and_no_desk():
    row = WaitingLeaf.objects.get(pk=written(leaf=LEAF))
    other = WaitingLeaf.objects.get(pk=written(ctx=replace(DARA, trace=new_id(AT)), leaf=LEAF))
    assert set(row.entry) == {"v", "t", "at", "case", "by", "c"} and row.entry["at"] == "2025-02-02"
    assert row.entry["by"] != other.entry["by"] and row.entry["case"] != other.entry["case"]


def test_an_entry_about_nobody_shows_the_minute_and_always_the_same_hands():
    leaf = Leaf("election", "station.open", "", public={"station": "0001"})
    row = WaitingLeaf.objects.get(pk=written(leaf=leaf))
    other = WaitingLeaf.objects.get(pk=written(ctx=replace(DARA, trace=new_id(AT)), leaf=leaf))
    assert row.entry["at"] == "2025-02-03T02:00Z" and row.entry["station"] == "0001" and "c" not in row.entry
    assert row.entry["by"] == other.entry["by"] and not Opening.objects.exists()


@pytest.mark.parametrize(
    "leaf",
    [
        Leaf("register", "card.eaten", "card", {"number": "1"}), Leaf("election", "card.issued", "card", {}),
        Leaf("register", "card.issued", "card"), Leaf("register", "row.add", "voter row", {}),
        Leaf("register", "row.remove", "voter row", {}, public={"commune": "070305"}),
        Leaf("register", "card.issued", "card", {}, public={"at": "2025-02-02"}),
        Leaf("register", "batch", "", public={"n": 1, "reason": "x"}),
    ],
)  # fmt: skip
def test_an_entry_nobody_could_check_is_refused(leaf):
    with pytest.raises(ValueError, match="entry"):
        written(leaf=leaf)


def test_the_promise_of_a_commune_row_waits_for_its_list():
    leaf = Leaf("register", "row.add", "voter row", {"row": "1"}, public={"commune": "070305"})
    fact = written(leaf=leaf)
    assert journal.promise(fact, posted=date(2025, 5, 27)).latest_on == date(2025, 5, 27)
    assert journal.promise(fact, posted=date(2025, 2, 3)).latest_on == date(2025, 2, 10)
    card = written(ctx=replace(DARA, trace=new_id(AT)), leaf=LEAF)
    assert journal.promise(card, posted=date(2025, 5, 27)).latest_on == date(2025, 2, 10)


def test_leaves_are_read_in_the_order_of_facts():
    facts = sorted(written(ctx=replace(DARA, trace=new_id(AT)), leaf=LEAF) for _ in range(3))
    assert journal.leaves_after(0, 10) == []
    journal.drain()
    found = journal.leaves_after(0, 10)
    assert [leaf.fact for leaf in found] == facts and [leaf.seq for leaf in found] == [1, 2, 3]
    assert journal.leaves_after(1, 1) == [found[1]] and journal.leaves_of(facts[:1]) == {facts[0]: found[0]}


def test_an_opening_of_before_rows_were_kept_still_opens():
    opened = opened_row(bytes(range(32)))
    assert opened.opening == bytes(range(32)) and opened.row is None


def test_order_is_without_gaps():
    for _ in range(3):
        written(ctx=replace(DARA, trace=new_id(AT)))
    journal.drain()
    written(ctx=replace(DARA, trace=new_id(AT)))
    journal.drain()
    assert list(Place.objects.values_list("seq", flat=True).order_by("seq")) == [1, 2, 3, 4]
