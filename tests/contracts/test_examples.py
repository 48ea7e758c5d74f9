"""The example folder is what its formats say: every row reads, every file is there, every expectation has its row."""

import csv
import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from srok.ground.gazetteer.rules import clean
from srok.ground.gazetteer.source import packaged, posts, units
from srok.ground.law import public as law
from srok.identity.biometrics.checks import quality, readable
from srok.identity.cases.rows import COLUMNS, Parsed, Places, parse
from srok.identity.register.rules import read_row
from srok.identity.register.terms import COLUMNS as LIST_COLUMNS

EXAMPLES = Path(__file__).parents[2] / "examples"
FOLDER = EXAMPLES / "washington"
PLACES = {place.code for place in clean(packaged()[1], units()).places}
INTAKE_DAY = date(2025, 1, 20)
UNREADABLE, TWICE = 18, 20


def table(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


ROWS = dict(enumerate(table("applications.csv"), start=2))
EXPECTED = {int(row["row"]): row for row in table("expected.csv")}


def parsed(number: int) -> Parsed:
    places = Places(PLACES.__contains__, posts().__contains__, "WAS")
    return parse(ROWS[number], places, today=INTAKE_DAY)


@pytest.mark.parametrize("number", ROWS)
def test_every_row_reads_without_an_error(number: int) -> None:
    found = parsed(number)
    assert found.row is not None, [(error.field, error.code) for error in found.errors]
    assert law.as_of(found.row.lodged_on).has("case.days_allowed")


def test_the_template_has_the_columns_and_nothing_else() -> None:
    lines = (EXAMPLES / "template" / "applications.csv").read_text("utf-8-sig").split()
    assert lines == [",".join(COLUMNS)]
    assert tuple(ROWS[2]) == COLUMNS


def test_every_expectation_has_its_row_and_every_row_its_expectation() -> None:
    assert EXPECTED.keys() == ROWS.keys()
    outcomes = Counter(row["outcome"] for row in EXPECTED.values())
    assert outcomes == {"issued": 21, "refused": 4, "waiting": 1, "rejected_input": 2}
    for row in EXPECTED.values():
        assert bool(row["reasons"]) is (row["outcome"] != "issued")
        assert bool(row["card_state"]) is bool(row["voter_state"]) is (row["outcome"] == "issued")


def test_every_reason_has_a_source_in_the_law() -> None:
    for row in EXPECTED.values():
        for code in filter(None, row["reasons"].split(";")):
            assert law.reason(code, INTAKE_DAY).title_km


def test_every_option_of_an_address_abroad_is_used_and_all_of_them_are_issued() -> None:
    options = {ROWS[n]["address_option"] for n, row in EXPECTED.items() if row["outcome"] == "issued"}
    assert options == {*law.as_of(INTAKE_DAY).words("address.abroad_options"), ""}


def test_at_least_four_are_from_canada_with_accents() -> None:
    canada = [row for row in ROWS.values() if row["row_note"].startswith("Canada")]
    assert len(canada) >= 4
    assert any(not (row["family_latin"] + row["given_latin"]).isascii() for row in canada)


@pytest.mark.parametrize("number", ROWS)
def test_pictures_can_be_used_but_the_one_that_was_cut_off(number: int) -> None:
    portrait = (FOLDER / ROWS[number]["portrait"]).read_bytes()
    assert quality(portrait).problems == (("biometrics.unreadable",) if number == UNREADABLE else ())
    row = parsed(number).row
    assert row is not None
    for paper in row.papers:
        assert not paper.file or readable((FOLDER / paper.file).read_bytes()) is None


def test_faces_differ_but_those_of_twins_and_of_the_same_person() -> None:
    faces = Counter((FOLDER / row["portrait"]).read_bytes() for row in ROWS.values())
    assert max(faces.values()) == 1


def test_no_file_lies_there_unnamed() -> None:
    named = {row["portrait"] for row in ROWS.values()}
    named |= {cell.split(":")[2] for row in ROWS.values() for cell in row["papers"].split(";")}
    named |= {"applications.csv", "expected.csv", "register.csv", "commune.csv", "absent.txt", ""}
    assert {path.name for path in FOLDER.iterdir()} <= named


def test_the_resident_list_reads_and_everybody_on_it_is_marked_synthetic() -> None:
    rows = table("register.csv")
    assert tuple(rows[0]) == (*LIST_COLUMNS, "synthetic")
    for row in rows:
        found = read_row(row, on=INTAKE_DAY, known_place=PLACES.__contains__)
        assert not found.problems and found.synthetic, row["register_no"]
    assert len({row["register_no"] for row in rows}) == len(rows)


def test_visits_to_the_desks_are_of_people_with_a_card_in_real_communes() -> None:
    issued = {ROWS[n]["reference"] for n, row in EXPECTED.items() if row["outcome"] == "issued"}
    visits = table("commune.csv")
    assert {visit["commune"] for visit in visits} <= PLACES
    assert {visit["reference"] for visit in visits} <= issued
    tried = {n for n, row in EXPECTED.items() if row["voter_state"] in ("entered", "refused")}
    assert {visit["reference"] for visit in visits} == {ROWS[n]["reference"] for n in tried}
    assert {visit["channel"] for visit in visits} == {"in_person", "post", "online", "consulate"}


def test_nobody_can_be_reached_at_a_real_address() -> None:
    for row in ROWS.values():
        assert not row["email"] or row["email"].endswith("@example.org")
        assert not row["phone"] or re.search(r"555 01\d\d$", row["phone"])
        assert not row["postal"] or re.search("[Ee]x[ae]mple", row["postal"])


def test_the_readme_explains_every_row() -> None:
    text = (EXAMPLES / "README.md").read_text("utf-8")
    told = [int(number) for number in re.findall(r"^\| (\d+) \|", text, flags=re.M)]
    assert told == sorted(ROWS)
