"""`srok cases intake FOLDER --json`: what a folder must be, and that the same folder again changes nothing."""

from collections.abc import Callable
from pathlib import Path
from shutil import copyfile

import pytest

from tests.contracts.folders import SCAN, as_csv, columns, folder, people, person
from tests.contracts.lodging import faults, intake, kept, report
from tests.contracts.running import srok

Spoil = Callable[[Path], object]


def test_good_rows_are_lodged_and_the_same_folder_changes_nothing(house: Path, tmp_path: Path) -> None:
    path = folder(tmp_path / "bag", as_csv(people(3)))
    (path / "left-over.txt").write_text("nobody names me")
    found = report(intake(path, house), 0)
    assert [row["row"] for row in found["accepted"]] == [2, 3, 4] and found["unused_files"] == ["left-over.txt"]
    before = kept(house)
    assert before["cases_case"] == 3
    again = report(intake(path, house), 0)
    assert again["counts"] | {"accepted": 0, "already": 3, "rejected": 0} == again["counts"]
    assert kept(house) == before


@pytest.mark.slow
def test_bom_and_line_ends_and_no_last_line_end_make_no_difference(house: Path, tmp_path: Path) -> None:
    """Spreadsheets save with and without a mark at the front, with either line end, and some with none at the end."""
    rows = people(4)
    texts = {
        "plain": as_csv(rows[:1], ends="\n").encode(),
        "bom": as_csv(rows[:2]).encode("utf-8-sig"),
        "blank lines": as_csv(rows[:3]).replace("\r\n", "\r\n\r\n", 1).encode() + b"\r\n,,,\r\n",
        "no line end": as_csv(rows).rstrip("\r\n").encode(),
    }
    for number, (name, text) in enumerate(texts.items()):
        found = report(intake(folder(tmp_path / name, text), house), 0)
        assert [row["reference"] for row in found["accepted"]] == [rows[number]["reference"]], name
        assert found["counts"]["already"] == number, name


def test_columns_in_another_order_and_without_the_note(house: Path, tmp_path: Path) -> None:
    heads = [head for head in reversed(columns()) if head != "row_note"]
    report(intake(folder(tmp_path / "bag", as_csv(people(1), heads)), house), 0)


SLOW = pytest.mark.slow


@pytest.mark.parametrize("keep", ["signatu", pytest.param("", marks=SLOW), pytest.param("half a row", marks=SLOW)])
def test_a_half_written_row_is_rejected_and_the_whole_file_completes_it(keep: str, house: Path, tmp_path: Path) -> None:
    whole = as_csv(people(3))
    cut = whole.rstrip("\r\n").removesuffix("signature") + keep if keep != "half a row" else whole[:-80]
    found = report(intake(folder(tmp_path / "bag", cut), house), 1)
    assert [row["row"] for row in found["accepted"]] == [2, 3] and {row for row, _, _ in faults(found)} == {4}
    found = report(intake(folder(tmp_path / "bag", whole), house), 0)
    assert found["counts"]["accepted"] == 1 and found["counts"]["already"] == 2


def without(path: Path) -> None:
    (path / "applications.csv").unlink()


def rewritten(old: str, new: str) -> Spoil:
    def spoil(path: Path) -> None:
        text = (path / "applications.csv").read_bytes().decode()
        assert old in text
        (path / "applications.csv").write_bytes(text.replace(old, new, 1).encode())

    return spoil


def as_bytes(make: Callable[[str], bytes]) -> Spoil:
    def spoil(path: Path) -> None:
        text = (path / "applications.csv").read_bytes().decode()
        (path / "applications.csv").write_bytes(make(text))

    return spoil


def linked_out(path: Path) -> None:
    """`applications.csv` itself points out of the folder."""
    outside = path.parent / "outside.csv"
    (path / "applications.csv").rename(outside)
    (path / "applications.csv").symlink_to(outside)


UNREADABLE: dict[str, tuple[str, Spoil]] = {
    "no applications.csv": ("cases.no_applications_file", without),
    "a missing column": ("cases.missing_columns", rewritten("birth_date,", "")),
    "an extra column": ("cases.extra_columns", rewritten("reference,", "reference,shoe_size,")),
    "a column twice": ("cases.repeated_columns", rewritten("row_note", "reference")),
    "semicolons": ("cases.wrong_separator", as_bytes(lambda text: text.replace(",", ";").encode())),
    "latin-1": ("cases.not_utf8", as_bytes(lambda text: text.replace("Sophea", "Éloïse").encode("cp1252", "replace"))),
    "utf-16": ("cases.not_utf8", as_bytes(lambda text: text.encode("utf-16"))),
    "nothing in it": ("cases.no_rows", as_bytes(lambda _: b"")),
    "the header only": ("cases.no_rows", as_bytes(lambda text: text.splitlines()[0].encode())),
    "a link out of the folder": ("cases.not_a_file", linked_out),
}


@pytest.mark.parametrize("what", UNREADABLE)
def test_an_unreadable_folder_is_named_and_nothing_is_lodged(what: str, house: Path, tmp_path: Path) -> None:
    code, spoil = UNREADABLE[what]
    path = folder(tmp_path / "bag", as_csv(people(2)))
    spoil(path)
    before = kept(house)
    error = intake(path, house).error(2)
    assert error["code"] == code, error
    named = {"a missing column": "birth_date", "an extra column": "shoe_size", "a column twice": "reference"}
    assert named.get(what, "") in error["message_en"] and named.get(what, "") in error["message_km"]
    assert what != "latin-1" or error["row"] == 2
    assert kept(house) == before


@pytest.mark.slow
def test_no_folder_an_empty_one_and_a_file_are_unreadable(house: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").write_text("not a folder")
    codes = [intake(tmp_path / name, house).error(2)["code"] for name in ("nowhere", "empty", "file")]
    assert codes == ["cases.no_folder", "cases.no_applications_file", "cases.no_folder"]


@pytest.mark.slow
def test_only_the_posts_own_officer_lodges(house: Path, tmp_path: Path) -> None:
    """Rith has no right to anything; Chanthou examines and does not lodge; nobody is named: the post itself."""
    path = folder(tmp_path / "bag", as_csv(people(1)))
    before = kept(house)
    for username in ("rith", "chanthou"):
        done = srok("cases", "intake", path, "--json", "--as", username, home=house)
        assert done.status in (1, 2) and done.json["error"]["message_km"], username
    assert kept(house) == before
    assert report(srok("cases", "intake", path, "--json", home=house), 0)["counts"]["accepted"] == 1


def test_a_bad_day_is_unreadable(house: Path, tmp_path: Path) -> None:
    path = folder(tmp_path / "bag", as_csv(people(1)))
    done = srok("cases", "intake", path, "--json", "--on", "2025-02-30", home=house)
    assert done.error(2)["code"] == "kernel.bad_date"


def test_without_json_a_reader_is_told_in_both_languages(house: Path, tmp_path: Path) -> None:
    rows = [person(1), person(2, sex="W")]
    path = folder(tmp_path / "bag", as_csv(rows))
    done = srok("cases", "intake", path, "--as", "dara", "--on", "2025-01-20", home=house)
    assert done.status == 1 and "row 3" in done.out and "(cases.unknown_choice)" in done.out
    assert any("\u1780" <= letter <= "\u17ff" for letter in done.out)


def test_the_same_reference_with_another_content_is_not_taken_twice(house: Path, tmp_path: Path) -> None:
    path = folder(tmp_path / "bag", as_csv(people(1)))
    report(intake(path, house), 0)
    copyfile(SCAN, path / "other.png")
    changed = folder(tmp_path / "bag", as_csv([people(1)[0] | {"given_latin": "Rith"}]))
    assert faults(report(intake(changed, house), 1)) == {(2, "reference", "cases.reference_taken")}
