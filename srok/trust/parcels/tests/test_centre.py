"""At the centre: each event once, whatever order, cut or number of times it comes; what does not fit is kept apart."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from srok.ground.journal import public as journal
from srok.trust.parcels.models import AllocatedReference, Arrival, ArrivalBytes, Kit
from srok.trust.parcels.tests import world
from srok.trust.parcels.tests.world import KitInMemory, file_of, imported, told


def kinds(subject: str) -> list[str]:
    """What the desk did; facts of one instant have no order of their own."""
    return sorted(row.kind for row in journal.facts_about(subject) if row.kind.startswith("desk."))


def test_events_act_once_in_the_officers_name_with_both_times(centre: Path) -> None:
    kit = world.kit()
    opened, added = kit.open_file(0), kit.add_page(0, 1)
    assert told(imported(file_of(opened, added))) == {"opened": 2}
    reference = kit.warrant.references[0]
    second, first = sorted(journal.facts_about(reference), key=lambda row: row.kind)
    assert (first.kind, second.kind) == ("desk.opened", "desk.added")
    assert (first.actor, first.office, first.on) == ("dara", "mfa.was", world.ON)
    assert first.happened_at == world.START + timedelta(minutes=1)
    assert first.at == world.START + timedelta(days=1)
    assert AllocatedReference.objects.get(pk=reference).fate == "used"
    assert Kit.objects.get().last_seen_at == first.at


def test_one_file_fifty_times_is_one_file(centre: Path) -> None:
    kit = world.kit()
    content = file_of(kit.open_file(0), kit.add_page(0, 1), kit.add_page(1, 1))
    assert told(imported(content))["opened"] == 2
    before = list(Arrival.objects.values().order_by("pk"))
    for _ in range(49):
        report = imported(content)
        assert (report.opened, report.already, report.stored) == (0, 3, 0)
    assert list(Arrival.objects.values().order_by("pk")) == before
    assert kinds(kit.warrant.references[0]) == ["desk.added", "desk.opened"]


def test_in_any_order_and_over_a_gap(centre: Path) -> None:
    """A page that comes before its file waits for it; what needs nothing never waits."""
    kit = world.kit()
    opened, added, other = kit.open_file(0), kit.add_page(0, 7), kit.open_file(1)
    report = told(imported(file_of(other, added)))
    assert report["opened"] == 1
    assert report["gaps"] == [{"kit": kit.warrant.kit, "from": 1, "until": 1}]
    assert report["waiting"] == [{"kit": kit.warrant.kit, "seq": 2, "code": "parcels.state_waiting"}]
    assert told(imported(file_of(opened))) == {"opened": 2}
    assert kinds(kit.warrant.references[0]) == ["desk.added", "desk.opened"]


@pytest.mark.parametrize("back", [1, 40, 500, 4_000])
def test_a_cut_file_gives_every_whole_event_and_names_the_rest(centre: Path, back: int) -> None:
    kit = world.kit()
    content = file_of(kit.open_file(0), kit.open_file(1), kit.open_file(2))
    report = imported(content[:-back])
    assert told(report) == {"opened": 2, "quarantined": [{"kit": "", "seq": 0, "code": "parcels.truncated"}]}
    assert told(imported(content)) == {"opened": 1, "already": 2}


def test_a_file_cut_and_continued_by_another_loses_nothing_whole(centre: Path) -> None:
    kit = world.kit()
    first, second, third = kit.open_file(0), kit.open_file(1), kit.open_file(2)
    report = imported(first.raw[:-900] + file_of(second, third))
    assert report.opened == 2
    assert {one.code for one in report.quarantined} <= {"parcels.bad_signature", "parcels.damaged"}
    assert told(imported(file_of(first)))["opened"] == 1


Wrong = Callable[[KitInMemory], Any]
CASES: dict[str, Wrong] = {
    "parcels.from_the_future": lambda kit: kit.open_file(0, happened_at=world.START + timedelta(days=1, minutes=11)),
    "parcels.outside_warrant": lambda kit: kit.open_file(0, on=world.ON - timedelta(days=1)),
    "parcels.not_named": lambda kit: kit.open_file(0, actor="rith"),
    "parcels.unknown_kind": lambda kit: kit.act("desk.burn", kit.warrant.references[0]),
    "parcels.clock_backwards": lambda kit: kit.open_file(0, previous_at=world.START + timedelta(hours=2)),
    "parcels.no_such_gap": lambda kit: kit.open_file(0, holder="nobody"),
}


@pytest.mark.parametrize("code", CASES)
def test_what_does_not_fit_is_kept_apart_under_its_name(centre: Path, code: str) -> None:
    kit = world.kit()
    event = CASES[code](kit)
    named = {"kit": kit.warrant.kit, "seq": 1, "code": code}
    assert told(imported(file_of(event))) == {"quarantined": [named]}
    assert kinds(kit.warrant.references[0]) == []
    assert bytes(Arrival.objects.get().content.raw) == event.raw
    # What comes after it is not held up.
    assert told(imported(file_of(kit.open_file(1))))["opened"] == 1


def test_a_kit_whose_clock_is_a_year_off(centre: Path) -> None:
    kit = world.kit()
    year = timedelta(days=365)
    ahead = kit.open_file(0, happened_at=world.START + year, on=world.ON + year)
    behind = kit.open_file(1, happened_at=world.START - year, on=world.ON - year)
    codes = [one.code for one in imported(file_of(ahead, behind)).quarantined]
    assert codes == ["parcels.from_the_future", "parcels.clock_backwards"]


def test_an_unknown_kit(centre: Path) -> None:
    kit = world.kit()
    stranger = KitInMemory(world.replace(kit.warrant, kit="WAS-2025-9"), kit.key)
    event = stranger.open_file(0)
    assert [one.code for one in imported(file_of(event)).quarantined] == ["parcels.unknown_kit"]
    assert bytes(Arrival.objects.get().content.raw) == event.raw


def test_another_key_under_a_kits_name(centre: Path) -> None:
    kit, other = world.kit(), world.kit()
    forged = KitInMemory(kit.warrant, other.key)
    report = imported(file_of(forged.open_file(0)))
    assert [one.code for one in report.quarantined] == ["parcels.bad_signature"]
    assert report.gaps == []


def test_a_reference_of_another_kit(centre: Path) -> None:
    kit, other = world.kit(), world.kit()
    event = kit.act("desk.open", other.warrant.references[0], {"holder": "x"})
    assert [one.code for one in imported(file_of(event)).quarantined] == ["parcels.reference_of_another"]


def test_the_same_command_under_two_numbers_acts_once(centre: Path) -> None:
    kit = world.kit()
    first = kit.open_file(0, id=world.command_id(7))
    second = kit.open_file(1, id=world.command_id(7))
    report = imported(file_of(first, second))
    assert report.opened == 1
    assert [one.code for one in report.quarantined] == ["parcels.same_command"]


def test_a_conflict_is_told_and_both_are_kept(centre: Path) -> None:
    kit, other = world.kit(), world.kit()
    imported(file_of(kit.open_file(0, holder="sophea")))
    report = told(imported(file_of(other.open_file(0, holder="sophea"))))
    ours, theirs = other.warrant.references[0], kit.warrant.references[0]
    assert report == {"conflicts": [{"kit": other.warrant.kit, "seq": 1, "reference": ours, "with": theirs}]}
    assert kinds(ours) == kinds(theirs) == ["desk.opened"]


def test_a_fault_of_the_program_undoes_the_act_and_stops_no_other(centre: Path, caplog: Any) -> None:
    kit = world.kit()
    broken, fine = kit.act("desk.break", kit.warrant.references[0]), kit.open_file(1)
    report = told(imported(file_of(broken, fine)))
    assert report["opened"] == 1
    assert report["waiting"] == [{"kit": kit.warrant.kit, "seq": 1, "code": "parcels.failed_inside"}]
    assert kinds(kit.warrant.references[0]) == []
    assert "ZeroDivisionError" in caplog.text


def test_fork_both_are_kept_the_later_one_apart(centre: Path) -> None:
    kit = world.kit()
    first = kit.open_file(0)
    again = kit.copy()
    one, other, follows = kit.open_file(1), again.open_file(2), again.open_file(3)
    assert told(imported(file_of(first, one)))["opened"] == 2
    report = imported(file_of(other, follows))
    assert [(row.seq, row.code) for row in report.quarantined] == [(2, "parcels.forked"), (3, "parcels.forked")]
    assert Kit.objects.get().forked
    assert Arrival.objects.count() == 4
    assert "parcels.kit_forked" in {row.kind for row in journal.facts_about(kit.warrant.kit)}


def test_an_event_that_does_not_precede_what_is_here_is_a_fork(centre: Path) -> None:
    kit = world.kit()
    again = kit.copy()
    kit.open_file(0)
    second = kit.open_file(1)
    assert told(imported(file_of(second)))["opened"] == 1
    assert [one.code for one in imported(file_of(again.open_file(2))).quarantined] == ["parcels.forked"]


def test_what_arrived_is_never_rewritten_or_deleted(centre: Path) -> None:
    from django.db import DatabaseError, transaction

    kit = world.kit()
    imported(file_of(kit.open_file(0)))
    for change in (
        lambda rows: ArrivalBytes.objects.update(raw=b"x"),
        lambda rows: rows.update(seq=9),
        lambda rows: rows.delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change(Arrival.objects.all())


def test_a_file_that_is_something_else_altogether_does_not_fill_the_disk(centre: Path) -> None:
    """Thirty megabytes of a film, then an event: the film is told, not kept; the event is opened."""
    kit = world.kit()
    report = imported(bytes(30_000_000) + file_of(kit.open_file(0)))
    assert report.opened == 1
    assert {one.code for one in report.quarantined} == {"parcels.damaged"}
    assert sum(len(row.raw) for row in ArrivalBytes.objects.all()) < 28_000_000


def test_a_kit_that_left_before_the_new_years_keys_takes_receipts(centre: Path) -> None:
    from dataclasses import replace
    from datetime import date

    from srok.trust.credentials import public as credentials
    from srok.trust.parcels import bundles, public

    kit = world.kit()
    imported(file_of(kit.open_file(0)))
    credentials.create_keys(replace(world.service(), on=date(2026, 1, 2)))
    (bundle,) = bundles.from_file(public.bundle_of(kit.warrant.kit, world.service()), kit.warrant.receipt_keys)
    assert [one.outcome for one in bundle.events] == ["opened"]
    # And what it sealed to the old key is opened as before.
    assert told(imported(file_of(kit.open_file(1)))) == {"opened": 1}
