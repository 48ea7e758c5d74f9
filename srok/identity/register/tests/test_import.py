"""Importing a resident list: whole or not at all, nothing lost, nothing done twice."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from srok.ground.journal import public as journal
from srok.ground.kernel.refusal import Refusal
from srok.identity.register import public as register
from srok.identity.register.models import ElectionHandle, ImportRun, Person, PersonVersion, StagedRow
from srok.identity.register.terms import COLUMNS, RowRejection
from srok.identity.register.tests.lists import BOPHA, DARITH, FAMILY, MALIS, SOPHEA, context, write_list
from srok.trust.verification import public as verification

pytestmark = pytest.mark.django_db


def put(tmp_path: Path, rows: list[dict[str, str]], number: int = 1, **more: bool) -> register.ImportReport:
    return register.import_file(write_list(tmp_path / f"{number}.csv", rows), context(number), **more)


def test_a_family_comes_in_with_its_kin(tmp_path: Path) -> None:
    report = put(tmp_path, FAMILY)
    assert (report.rows, report.accepted, report.added, report.cards) == (4, 4, 4, 1)
    assert report.rejected == ()
    sophea = register.person_by_no("0100000003")
    assert sophea.name.khmer == "សុខ សុភា"
    assert sophea.father is not None and sophea.father.latin == "SOK DARITH"
    kin = register.kin_of(sophea.subject)
    assert kin.mother is not None and kin.mother.birth.iso() == "1955"
    assert [one.register_no for one in kin.siblings] == ["0100000004"]
    assert [one.register_no for one in register.kin_of(kin.mother.subject).children] == ["0100000003", "0100000004"]
    assert register.kin_of(kin.mother.subject).father is None
    assert StagedRow.objects.count() == 0


def test_people_and_cards_go_down_into_the_answer_book(tmp_path: Path) -> None:
    put(tmp_path, [*FAMILY[:1], SOPHEA, {**MALIS, "deceased_on": "2020-02"}])
    sophea = register.person_by_no("0100000003")
    [card] = verification.cards_of(sophea.subject)
    assert (card.number, card.generation, str(card.state)) == ("100000017", "new_model", "handed_over")
    booked = verification.person(register.person_by_no("0100000004").subject)
    assert booked is not None and str(booked.alive_until) == "2020-02-29"
    assert ElectionHandle.objects.count() == 3


def test_the_same_file_again_changes_nothing(tmp_path: Path) -> None:
    first = put(tmp_path, [*FAMILY, {**MALIS, "sex": "?"}])
    run = ImportRun.objects.get().run
    again = register.import_file(tmp_path / "1.csv", context(2))
    assert again.seen_before and not first.seen_before
    assert again.rejected == first.rejected == (RowRejection(6, "sex", "register.bad_sex"),)
    assert again.accepted == first.accepted == 4
    assert (len(journal.facts_about(str(run))), ImportRun.objects.count(), PersonVersion.objects.count()) == (1, 1, 4)


def test_the_same_rows_in_another_file_change_nothing(tmp_path: Path) -> None:
    put(tmp_path, FAMILY)
    report = put(tmp_path, [*reversed(FAMILY)], 2)
    assert (report.added, report.changed, report.unchanged, report.cards) == (0, 0, 4, 0)
    assert PersonVersion.objects.count() == 4


def test_a_changed_row_makes_a_new_version_and_keeps_the_old_one(tmp_path: Path) -> None:
    put(tmp_path, FAMILY)
    report = put(tmp_path, [{**SOPHEA, "residence": "02010101"}], 2, allow_many_changes=True)
    assert (report.added, report.changed) == (0, 1)
    old, new = PersonVersion.objects.filter(person__register_no="0100000003").order_by("version")
    assert (old.residence, new.residence) == ("01050201", "02010101")
    assert old.valid_until == new.valid_from
    assert new.valid_until is None
    assert register.person_by_no("0100000003").version == 2
    assert register.size() == 4  # nobody leaves because a file does not name them


def test_too_many_changes_are_refused_and_nothing_is_half_done(tmp_path: Path) -> None:
    put(tmp_path, FAMILY)
    new = {**MALIS, "register_no": "0100000009"}
    with pytest.raises(Refusal, match="too_many_changes") as refused:
        put(tmp_path, [new, {**SOPHEA, "residence": "02010101"}], 2)
    assert refused.value.facts == {"changed": 1, "existing": 4}
    assert (register.size(), PersonVersion.objects.count(), StagedRow.objects.count()) == (4, 4, 0)


def test_bad_rows_are_listed_and_good_ones_taken(tmp_path: Path) -> None:
    path = write_list(tmp_path / "list.csv", [BOPHA, {**SOPHEA, "birth_date": "yesterday", "sex": "W"}, DARITH, DARITH])
    with path.open("a", encoding="utf-8") as file:
        file.write("\n0100000005,ជា,only three cells\n")
    report = register.import_file(path, context())
    assert report.accepted == 2
    assert report.rows == 5
    assert report.rejected == (
        RowRejection(3, "birth_date", "register.bad_date"),
        RowRejection(3, "sex", "register.bad_sex"),
        RowRejection(5, "register_no", "register.repeated_number"),
        RowRejection(7, "", "register.row_shape"),
    )


def test_a_card_twice_in_a_file_is_rejected_but_two_generations_are_two_cards(tmp_path: Path) -> None:
    card = {column: SOPHEA[column] for column in SOPHEA if column.startswith("card_")}
    report = put(tmp_path, [SOPHEA, {**MALIS, **card}, {**BOPHA, **card, "card_generation": "old_model"}])
    assert report.rejected == (RowRejection(3, "card_number", "register.repeated_card"),)
    assert report.cards == 2


def test_a_card_of_another_stops_the_whole_import(tmp_path: Path) -> None:
    put(tmp_path, [SOPHEA])
    card = {column: SOPHEA[column] for column in SOPHEA if column.startswith("card_")}
    with pytest.raises(Refusal, match="card_of_another") as refused:
        put(tmp_path, [BOPHA, {**MALIS, **card}], 2)
    assert (refused.value.row, refused.value.field) == (3, "card_number")
    assert register.size() == 1


def test_a_new_card_goes_down_without_a_new_version(tmp_path: Path) -> None:
    put(tmp_path, [SOPHEA])
    renewed = {**SOPHEA, "card_number": "100000025", "card_issued": "2024-01-02", "card_expires": "2034-01-01"}
    report = put(tmp_path, [renewed], 2)
    assert (report.changed, report.unchanged, report.cards) == (0, 1, 1)
    assert len(verification.cards_of(register.person_by_no("0100000003").subject)) == 2


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "register.file_empty"),
        ("register_no,sex\n", "register.columns_missing"),
        (",".join((*COLUMNS, "telephone")) + "\n", "register.columns_unknown"),
        (",".join((*COLUMNS, "sex")) + "\n", "register.columns_twice"),
        (",".join(COLUMNS) + '\n"never closed', "register.file_broken"),
    ],
)
def test_what_is_no_list_is_refused(tmp_path: Path, text: str, code: str) -> None:
    (tmp_path / "list.csv").write_text(text, encoding="utf-8")
    with pytest.raises(Refusal) as refused:
        register.import_file(tmp_path / "list.csv", context())
    assert refused.value.code == code
    assert (register.size(), StagedRow.objects.count(), ImportRun.objects.count()) == (0, 0, 0)


def test_latin_1_and_missing_files_are_refused(tmp_path: Path) -> None:
    path = write_list(tmp_path / "list.csv", [{**BOPHA, "family_latin": "CHÉA"}])
    path.write_bytes(path.read_text("utf-8").encode("latin-1", errors="replace"))
    with pytest.raises(Refusal, match="file_not_utf8"):
        register.import_file(path, context())
    with pytest.raises(Refusal, match="file_missing"):
        register.import_file(tmp_path / "none.csv", context())


def test_a_spreadsheets_byte_order_mark_does_not_matter(tmp_path: Path) -> None:
    report = register.import_file(write_list(tmp_path / "list.csv", FAMILY, bom=True), context())
    assert report.accepted == 4


def test_an_interrupted_import_leaves_nothing_and_can_be_run_again(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    register.generate(300, 3, path)

    def interrupt(stage: str, done: int, total: int) -> None:
        if stage == "book":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        register.import_file(path, context(), interrupt)
    assert (register.size(), StagedRow.objects.count(), ImportRun.objects.count()) == (0, 0, 0)
    assert register.import_file(path, context(2)).accepted == 300


def test_an_import_whose_staged_rows_vanish_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    register.generate(30, 3, path)
    with pytest.raises(Refusal, match="disturbed"):
        register.import_file(path, context(), lambda *_: StagedRow.objects.all().delete() and None)
    assert register.size() == 0


def test_progress_is_told_in_order_up_to_the_end(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    register.generate(300, 3, path)
    told: list[tuple[str, int, int]] = []
    register.import_file(path, context(), lambda *step: told.append(step))
    assert told == [("read", 300, 300), ("book", 300, 300)]


def test_the_fact_holds_counts_and_a_hash_and_its_leaf(tmp_path: Path) -> None:
    report = put(tmp_path, FAMILY)
    [fact] = journal.facts_about(str(ImportRun.objects.get().run))
    assert (fact.kind, fact.facts) == (
        "register.imported",
        {"sha256": report.sha256, "cards": 1, "added": 4, "changed": 0, "unchanged": 0, "rejected": 0},
    )
    assert journal.promise(fact.id).type == "person.import"


def test_synthetic_people_are_known_as_such(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    register.generate(50, 3, path)
    register.import_file(path, context())
    assert Person.objects.filter(synthetic=True).count() == 50


FIELDS = {"residence": ["01050201", "02010101", ""], "given_latin": ["SOPHEA", "MALIS", "BOPHA"], "sex": ["F", "M"]}
ROWS = st.fixed_dictionaries({
    "register_no": st.sampled_from([f"02000000{n:02}" for n in range(6)]),
    **{name: st.sampled_from(values) for name, values in FIELDS.items()},
})  # fmt: skip


@pytest.mark.slow
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(ROWS, max_size=6, unique_by=lambda row: row["register_no"]), min_size=1, max_size=4))
def test_any_history_of_files_ends_with_the_last_word_on_everyone(
    tmp_path: Path, files: list[list[dict[str, str]]]
) -> None:
    """Import idempotence, round trip and versions, against a dictionary."""
    expected: dict[str, dict[str, str]] = {
        number: {"residence": known.residence, "given_latin": known.name.given_latin, "sex": known.sex}
        for number in Person.objects.values_list("register_no", flat=True)
        for known in [register.person_by_no(number)]
    }
    for number, rows in enumerate(files, start=2 + ImportRun.objects.count()):
        changed = sum(row["register_no"] in expected and expected[row["register_no"]] != _told(row) for row in rows)
        report = put(tmp_path, [{**BOPHA, **row} for row in rows], number, allow_many_changes=True)
        assert report.seen_before or report.changed == changed
        expected |= {row["register_no"]: _told(row) for row in rows}
    for number, told in expected.items():
        known = register.person_by_no(number)
        assert told == {"residence": known.residence, "given_latin": known.name.given_latin, "sex": known.sex}
        versions = PersonVersion.objects.filter(person__register_no=number).order_by("version")
        assert [one.version for one in versions] == list(range(1, known.version + 1))


def _told(row: dict[str, str]) -> dict[str, str]:
    return {name: row[name] for name in FIELDS}
