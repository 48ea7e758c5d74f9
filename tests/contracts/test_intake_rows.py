"""`srok cases intake`: every row is checked by itself; bad ones are told by row and field, good ones are lodged."""

import os
from pathlib import Path
from shutil import copyfile

import pytest

from tests.contracts.folders import FACE, SCAN, Row, as_csv, bomb, folder, large, person, reference
from tests.contracts.lodging import faults, intake, report
from tests.contracts.running import srok, told

Faults = set[tuple[str | None, str]]
WRONG_LAST = reference(90)[:-1] + ("2" if reference(90)[-1] != "2" else "3")

CELLS: dict[str, tuple[dict[str, str], Faults]] = {
    "no reference": ({"reference": ""}, {("reference", "cases.required")}),
    "a mistyped reference": ({"reference": WRONG_LAST}, {("reference", "kernel.bad_reference")}),
    "a day that never was": ({"birth_date": "2001-02-29"}, {("birth_date", "kernel.bad_date")}),
    "lodged in the future": ({"lodged_on": "2031-01-01"}, {("lodged_on", "cases.lodged_in_future")}),
    "half a day of lodging": ({"lodged_on": "2025-01"}, {("lodged_on", "cases.full_date_needed")}),
    "no name": ({"family_km": ""}, {("family_km", "cases.required")}),
    "Latin where Khmer stands": ({"given_km": "Sophea"}, {("given_km", "kernel.name_not_khmer")}),
    "an unknown sex": ({"sex": "W"}, {("sex", "cases.unknown_choice")}),
    "an unknown basis": ({"basis": "marriage"}, {("basis", "cases.unknown_choice")}),
    "a place that is none": ({"birthplace": "99999999"}, {("birthplace", "cases.unknown_place")}),
    "an unknown post": ({"pickup_post": "XXX"}, {("pickup_post", "cases.unknown_post")}),
    "a strange paper": ({"papers": "asylum_claim:original:scan.png"}, {("papers", "cases.unknown_paper")}),
    "a paper without a file": ({"papers": "i94:original:"}, {("papers", "cases.paper_without_file")}),
    "two faults at once": (
        {"sex": "", "birth_date": "soon"},
        {("sex", "cases.required"), ("birth_date", "kernel.bad_date")},
    ),
    "e-mail without address": ({"channel": "email", "email": ""}, {("email", "cases.required_for_channel")}),
    "no e-mail address": ({"channel": "email", "email": "at home"}, {("email", "cases.bad_email")}),
    "a control character": ({"postal": "1\x07 Street"}, {("postal", "cases.control_character")}),
    "a novel": ({"postal": "x" * 501}, {("postal", "cases.too_long")}),
}
FILES: dict[str, tuple[dict[str, str], Faults]] = {
    "no portrait named": ({"portrait": ""}, {("portrait", "cases.required")}),
    "a missing portrait": ({"portrait": "gone.jpg"}, {("portrait", "cases.file_missing")}),
    "one folder up": ({"portrait": "../outside.jpg"}, {("portrait", "cases.not_a_plain_name")}),
    "an absolute path": ({"portrait": "{outside}"}, {("portrait", "cases.not_a_plain_name")}),
    "a path of another system": ({"portrait": "..\\outside.jpg"}, {("portrait", "cases.not_a_plain_name")}),
    "a folder below": ({"portrait": "below/face.jpg"}, {("portrait", "cases.not_a_plain_name")}),
    "dots": ({"portrait": ".."}, {("portrait", "cases.not_a_plain_name")}),
    "a paper one folder up": ({"papers": "i94:original:../outside.jpg"}, {("papers", "cases.not_a_plain_name")}),
    "a link out of the folder": ({"portrait": "link.jpg"}, {("portrait", "cases.not_a_file")}),
    "a link to a device": ({"portrait": "zero.jpg"}, {("portrait", "cases.not_a_file")}),
    "a pipe that never ends": ({"portrait": "pipe.jpg"}, {("portrait", "cases.not_a_file")}),
    "a folder as a photo": ({"portrait": "below"}, {("portrait", "cases.not_a_file")}),
    "no picture": ({"portrait": "text.jpg"}, {("portrait", "biometrics.unreadable")}),
    "an empty photo": ({"portrait": "empty.jpg"}, {("portrait", "biometrics.unreadable")}),
    "half a photo": ({"portrait": "half.jpg"}, {("portrait", "biometrics.unreadable")}),
    "a photo of 50 megabytes": ({"portrait": "large.jpg"}, {("portrait", "cases.file_too_large")}),
    "a picture that unpacks to 400 megapixels": ({"portrait": "bomb.png"}, {("portrait", "biometrics.too_large")}),
    "a paper that is a bomb": ({"papers": "i94:original:bomb.png"}, {("papers", "biometrics.too_large")}),
    "a paper that is no picture": ({"papers": "i94:original:text.jpg"}, {("papers", "biometrics.unreadable")}),
}


def try_all(cases: dict[str, tuple[dict[str, str], Faults]], house: Path, bag: Path) -> None:
    """One folder with all of the faulty rows between two good ones: each is told, and the good ones are lodged."""
    rows = [person(100 + number, **change) for number, (change, _) in enumerate(cases.values())]
    path = folder(bag, as_csv([person(1), *rows, person(2)]))
    done = intake(path, house)
    told(f"\nintake of {len(rows) + 2} rows: {done.seconds:.1f} s")
    found = report(done, 1)
    assert [row["row"] for row in found["accepted"]] == [2, len(rows) + 3]
    by_row: dict[int, Faults] = {}
    for row, field, code in faults(found):
        by_row.setdefault(row, set()).add((field, code))
    assert {name: by_row.get(row) for row, name in enumerate(cases, start=3)} == {
        name: expected for name, (_, expected) in cases.items()
    }


def test_faulty_cells(house: Path, tmp_path: Path) -> None:
    try_all(CELLS, house, tmp_path / "bag")


def test_faulty_files(house: Path, tmp_path: Path) -> None:
    bag, outside = tmp_path / "bag", tmp_path / "outside.jpg"
    (bag / "below").mkdir(parents=True)
    copyfile(FACE, outside)
    copyfile(FACE, bag / "below" / "face.jpg")
    (bag / "link.jpg").symlink_to(outside)
    (bag / "zero.jpg").symlink_to("/dev/zero")
    os.mkfifo(bag / "pipe.jpg")
    (bag / "text.jpg").write_text("this is no picture")
    (bag / "empty.jpg").touch()
    (bag / "half.jpg").write_bytes(FACE.read_bytes()[:20_000])
    large(bag / "large.jpg")
    bomb(bag / "bomb.png")
    assert (bag / "bomb.png").stat().st_size < 1_000_000
    cases = {
        name: ({cell: text.replace("{outside}", str(outside)) for cell, text in change.items()}, expected)
        for name, (change, expected) in FILES.items()
    }
    try_all(cases, house, bag)


def test_no_reason_goes_without_its_sentence(house: Path) -> None:
    known = {row["code"] for row in srok("codes", "--json", home=house).json}
    expected = {code for _, found in [*CELLS.values(), *FILES.values()] for _, code in found}
    assert expected - known == set()


def test_rows_twice(house: Path, tmp_path: Path) -> None:
    """The same row again, the same reference for somebody else, the same person under another reference."""
    rows: list[Row] = [
        person(1), person(1), person(2, reference=reference(1)), person(1, reference=reference(3)), person(4)
    ]  # fmt: skip
    found = report(intake(folder(tmp_path / "bag", as_csv(rows)), house), 1)
    assert [row["row"] for row in found["accepted"]] == [2, 6]
    assert faults(found) == {
        (3, "reference", "cases.reference_repeated"), (3, "given_latin", "cases.same_person_twice"),
        (4, "reference", "cases.reference_repeated"), (5, "given_latin", "cases.same_person_twice"),
    }  # fmt: skip


def test_khmer_and_mixed_digits_and_an_accented_file_name_are_taken(house: Path, tmp_path: Path) -> None:
    """What a spreadsheet or a camera does to text is no fault of the person."""
    bag = tmp_path / "bag"
    bag.mkdir()
    copyfile(FACE, bag / "Re\u0301my.jpg")  # two code points, as some systems save it
    copyfile(SCAN, bag / "with space.png")
    rows = [
        person(1, birth_date="០៣.០៨.១៩៩០", portrait="R\u00e9my.jpg"), person(2, birth_date="១៩60"),
        person(3, papers="i94:original:with space.png"), person(4, birthplace="20302", birthplace_text=""),
    ]  # fmt: skip
    found = report(intake(folder(bag, as_csv(rows)), house), 0)
    assert found["counts"]["accepted"] == 4
    assert ("birthplace", "cases.leading_zero_restored") in {(note["field"], note["code"]) for note in found["notes"]}


def test_lines_too_short_too_long_and_never_closed(house: Path, tmp_path: Path) -> None:
    good, short, long, last = (as_csv([person(number)]).splitlines()[1] for number in range(4))
    head = as_csv([]).splitlines()[0]
    text = "\r\n".join([head, good, short.rsplit(",", 5)[0], long + ",more", last, '"' + good, ""])
    found = report(intake(folder(tmp_path / "bag", text), house), 1)
    assert [row["row"] for row in found["accepted"]] == [2, 5]
    assert faults(found) == {(3, None, "cases.row_cut"), (4, None, "cases.row_too_long"), (6, None, "cases.row_cut")}


@pytest.mark.slow
def test_more_rows_than_a_folder_may_have(house: Path, tmp_path: Path) -> None:
    row = as_csv([person(1)]).splitlines()[1]
    text = as_csv([]) + (row + "\r\n") * 20_001
    assert intake(folder(tmp_path / "bag", text), house).error(2)["code"] == "cases.too_many_rows"
