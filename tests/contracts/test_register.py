"""`srok register generate N` and `srok register import FILE --json`: counts, rejected rows, the same file again."""

import csv
import io
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.contracts.running import ROOT, Done, srok, told

Rows = list[dict[str, str]]
COUNT_KEYS = {"rows", "accepted", "added", "changed", "unchanged", "cards", "rejected"}


def generated(home: Path, count: int, out: Path, *more: object) -> Done:
    done = srok("register", "generate", count, "--out", out, "--json", *more, home=home)
    assert done.status == 0, done.err
    return done


def imported(file: Path, home: Path, status: int = 0, *more: str) -> dict[str, Any]:
    done = srok("register", "import", file, "--json", *more, home=home)
    assert done.status == status, done.out[-3000:] + done.err[-3000:]
    found: dict[str, Any] = done.json
    assert {"counts", "accepted", "rejected"} <= set(found) and set(found["counts"]) == COUNT_KEYS
    counts = found["counts"]
    assert counts["accepted"] == counts["added"] + counts["changed"] + counts["unchanged"] == found["accepted"]
    assert counts["rows"] == counts["accepted"] + counts["rejected"]
    assert all(set(one) == {"row", "field", "code", "reason"} for one in found["rejected"])
    return found


def read(path: Path) -> Rows:
    with path.open(encoding="utf-8-sig", newline="") as text:
        return list(csv.DictReader(text))


def written(rows: Rows, path: Path, *, ends: str = "\n") -> Path:
    text = io.StringIO()
    out = csv.DictWriter(text, list(rows[0]), lineterminator=ends)
    out.writeheader()
    out.writerows(rows)
    path.write_text(text.getvalue(), "utf-8", newline="")
    return path


@pytest.fixture(scope="module")
def few(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A synthetic list of 300."""
    folder = tmp_path_factory.mktemp("list")
    generated(Path(shutil.copytree(prepared, folder / "house")), 300, folder / "list.csv")
    return folder / "list.csv"


def test_generate_writes_marked_people_in_both_scripts(few: Path, house: Path, tmp_path: Path) -> None:
    rows = read(few)
    assert len(rows) == 300 and len({row["register_no"] for row in rows}) == 300
    assert {row["synthetic"] for row in rows} == {"yes"} and {row["register_no"][:2] for row in rows} == {"99"}
    assert all(row["family_km"] and row["given_km"] and row["family_latin"] and row["given_latin"] for row in rows)
    families = [row for row in rows if row["father_no"] or row["mother_no"]]
    numbers = {row["register_no"] for row in rows}
    assert families and all({row["father_no"], row["mother_no"]} - {""} <= numbers for row in families)
    again = generated(house, 300, tmp_path / "again.csv")
    assert (tmp_path / "again.csv").read_bytes() == few.read_bytes() and again.json["synthetic"] is True
    generated(house, 300, tmp_path / "other.csv", "--seed", 2)
    assert (tmp_path / "other.csv").read_bytes() != few.read_bytes()


@pytest.mark.slow
def test_generate_needs_no_database_and_refuses_what_it_cannot_write(home: Path, tmp_path: Path) -> None:
    assert generated(home, 0, tmp_path / "none.csv").json["written"] == 0
    assert len((tmp_path / "none.csv").read_text("utf-8-sig").splitlines()) == 1
    error = srok("register", "generate", 5, "--out", tmp_path / "no" / "where.csv", "--json", home=home).error(2)
    assert error["code"] == "register.cannot_write"
    assert srok("register", "generate", -5, "--out", tmp_path / "x.csv", "--json", home=home).status == 2


@pytest.mark.slow
def test_a_list_is_imported_and_the_same_file_changes_nothing(few: Path, house: Path, tmp_path: Path) -> None:
    first = imported(few, house)
    assert first["counts"]["added"] == 300 and first["rejected"] == [] and first["seen_before"] is False
    again = imported(few, house)
    assert again["seen_before"] is True and again["counts"]["accepted"] == 300
    rewritten = imported(written(read(few), tmp_path / "crlf.csv", ends="\r\n"), house)
    assert rewritten["counts"]["unchanged"] == 300 and rewritten["counts"]["added"] == 0
    number = read(few)[0]["register_no"]
    shown = srok("register", "person", number, "--json", home=house)
    assert shown.json["register_no"] == number and shown.json["version"] == 1
    assert srok("register", "person", "9900000000", "--json", home=house).error(1)["code"] == "register.unknown_person"


CARD = {"card_number": "912345678", "card_issued": "2020-01-01", "card_expires": "2029-12-31"}
FAULTS: dict[str, tuple[str, Callable[[dict[str, str]], object]]] = {
    "register_no": ("register.bad_register_no", lambda row: row.update(register_no="9912345")),
    "sex": ("register.bad_sex", lambda row: row.update(sex="W")),
    "birth_date": ("register.bad_date", lambda row: row.update(birth_date="2001-02-29")),
    "residence": ("register.unknown_place", lambda row: row.update(residence="99999999")),
    "given_km": ("register.not_khmer", lambda row: row.update(given_km="Sophea")),
    "given_latin": ("register.name_half", lambda row: row.update(given_latin="")),
    "household": ("register.too_long", lambda row: row.update(household="h" * 41)),
    "card_generation": ("register.control_character", lambda row: row.update(CARD, card_generation="new\0model")),
}


def test_bad_rows_are_told_by_row_and_field_and_the_good_ones_are_taken(few: Path, house: Path, tmp_path: Path) -> None:
    rows = read(few)[:40]
    for number, (_, spoil) in enumerate(FAULTS.values()):
        spoil(rows[2 * number])
    rows.append(rows[21] | {"household": "again"})
    found = imported(written(rows, tmp_path / "bad.csv"), house, 1)
    expected = {(2 * number + 2, field, code) for number, (field, (code, _)) in enumerate(FAULTS.items())}
    told_of = {(one["row"], one["field"], one["reason"]) for one in found["rejected"]}
    assert told_of == expected | {(42, "register_no", "register.repeated_number")}
    assert found["counts"]["added"] == 41 - len(told_of)
    codes = {row["code"] for row in srok("codes", "--json", home=house).json}
    assert {one["reason"] for one in found["rejected"]} <= codes
    assert imported(written(rows, tmp_path / "same.csv"), house, 1)["seen_before"] is True


def test_bom_khmer_digits_and_another_order_of_columns_are_read(few: Path, house: Path, tmp_path: Path) -> None:
    rows = [dict(reversed(row.items())) for row in read(few)[:20]]
    khmer = str.maketrans("0123456789", "០១២៣៤៥៦៧៨៩")
    for row in rows:
        row["birth_date"] = row["birth_date"].translate(khmer)
    path = written(rows, tmp_path / "list.csv")
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().rstrip(b"\n"))
    assert imported(path, house)["counts"]["added"] == 20


def spoiled(few: Path, path: Path, how: str) -> Path:
    """A file that nobody can read as a list."""
    lines = few.read_text("utf-8-sig").splitlines(keepends=True)
    header = lines[0].rstrip("\n")
    path.write_bytes({
        "empty": b"",
        "latin-1": "".join(lines).encode() + "9999999999,Éloïse\n".encode("latin-1"),
        "missing column": "".join([lines[0].replace("birth_date,", ""), *lines[1:]]).encode(),
        "unknown column": (header + ",shoe_size\n").encode(),
        "column twice": (header + ",sex\n").encode(),
        "open quotation mark": (lines[0] + '"' + lines[1]).encode(),
    }[how])  # fmt: skip
    return path


@pytest.mark.parametrize(("how", "code"), [
    ("empty", "register.file_empty"), ("latin-1", "register.file_not_utf8"),
    ("missing column", "register.columns_missing"), ("unknown column", "register.columns_unknown"),
    ("column twice", "register.columns_twice"), ("open quotation mark", "register.file_broken"),
])  # fmt: skip
def test_what_is_no_list_is_unreadable_and_nothing_changes(
    how: str, code: str, few: Path, house: Path, tmp_path: Path
) -> None:
    before = (house / "srok.sqlite3").read_bytes()
    error = srok("register", "import", spoiled(few, tmp_path / "list.csv", how), "--json", home=house).error(2)
    assert error["code"] == code
    if how == "latin-1":
        assert error["row"] == 302
    if how.endswith("column"):
        assert error["row"] == 1
    assert how == "latin-1" or (house / "srok.sqlite3").read_bytes() == before


def test_a_missing_file_and_a_folder_are_unreadable(house: Path, tmp_path: Path) -> None:
    for path in (tmp_path / "none.csv", tmp_path):
        error = srok("register", "import", path, "--json", home=house).error(2)
        assert error["code"] == "register.file_missing" and path.name in error["message_en"]


@pytest.mark.slow
def test_a_half_written_list_loses_its_cut_row_only(few: Path, house: Path, tmp_path: Path) -> None:
    lines = few.read_text("utf-8-sig").splitlines(keepends=True)
    cut = tmp_path / "cut.csv"
    cut.write_text("".join(lines[:30]) + lines[30][:60], "utf-8")
    found = imported(cut, house, 1)
    assert found["counts"]["added"] == 29 and [one["row"] for one in found["rejected"]] == [31]
    assert imported(few, house)["counts"]["added"] == 271, "the whole file completes it"


@pytest.mark.slow
def test_too_many_changes_stop_before_anyone_changes(few: Path, house: Path, tmp_path: Path) -> None:
    """R8: half the list moving house at once is no correction."""
    imported(few, house)
    rows = read(few)
    for row in rows[:150]:
        row["household"] = "moved"
    path = written(rows, tmp_path / "moved.csv")
    assert srok("register", "import", path, "--json", home=house).error(1)["code"] == "register.too_many_changes"
    assert imported(path, house, 0, "--allow-many-changes")["counts"]["changed"] == 150


@pytest.mark.slow
def test_twenty_thousand_rows(house: Path, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    told(f"\ngenerate 20,000: {generated(house, 20_000, path).seconds:.1f} s")
    done = srok("register", "import", path, "--json", home=house)
    told(f"import 20,000: {done.seconds:.1f} s")
    assert done.status == 0 and done.json["counts"]["added"] == 20_000 and done.json["rejected"] == []
    again = imported(path, house)
    assert again["seen_before"] is True


def test_the_example_list_is_accepted_whole(house: Path) -> None:
    found = imported(ROOT / "examples" / "washington" / "register.csv", house)
    assert found["rejected"] == [] and found["counts"]["added"] > 5


def test_only_interior_imports_the_list(house: Path) -> None:
    """Vuthy of Interior may; the consulate and a stranger may not; where nobody is named it is Interior's service."""
    path = ROOT / "examples" / "washington" / "register.csv"
    for username, code in (("dara", "register.not_your_list"), ("rith", "accounts.unknown_officer")):
        done = srok("register", "import", path, "--json", "--as", username, home=house)
        assert done.status in (1, 2) and done.json["error"]["code"] == code
    assert imported(path, house, 0, "--as", "vuthy")["counts"]["added"] == 25
