"""Synthetic people: the same every time, marked, in families, in both scripts."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from srok.ground.kernel.text import is_canonical
from srok.identity.register.rules import read_row
from srok.identity.register.synthetic.names import rows_of
from srok.identity.register.synthetic.writing import generate

Rows = list[dict[str, str]]


@pytest.fixture(scope="module")
def people(tmp_path_factory: pytest.TempPathFactory) -> Rows:
    out = tmp_path_factory.mktemp("list") / "people.csv"
    assert generate(3000, 11, out) == 3000
    with out.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    first, again, other = (tmp_path / name for name in ("1.csv", "2.csv", "3.csv"))
    for path, seed in ((first, 5), (again, 5), (other, 6)):
        generate(400, seed, path)
    assert first.read_bytes() == again.read_bytes() != other.read_bytes()


@pytest.mark.parametrize("count", [0, 1, 57])
def test_exactly_as_many_as_asked(tmp_path: Path, count: int) -> None:
    path = tmp_path / "list.csv"
    assert generate(count, 1, path) == count
    assert len(path.read_text("utf-8").splitlines()) == count + 1


def test_a_negative_count_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="negative"):
        generate(-1, 1, tmp_path / "x.csv")


def test_only_the_villages_given_are_used(tmp_path: Path) -> None:
    generate(900, 1, tmp_path / "x.csv", villages=("01020101", "12010101"))
    with (tmp_path / "x.csv").open(encoding="utf-8") as file:
        assert {row["residence"] for row in csv.DictReader(file)} == {"01020101", "12010101"}


def test_every_row_would_be_imported(people: Rows) -> None:
    for row in people:
        read = read_row(row, on=date(2025, 1, 6), known_place=lambda code: code.isdigit())
        assert read.problems == [], row
        assert read.as_written == {}


def test_everyone_is_marked_and_stands_in_the_reserved_range(people: Rows) -> None:
    assert {row["synthetic"] for row in people} == {"yes"}
    assert all(row["register_no"].startswith("99") for row in people)
    assert len({row["register_no"] for row in people}) == len(people)
    cards = [row["card_number"] for row in people if row["card_number"]]
    assert len(set(cards)) == len(cards)


def test_parents_stand_before_their_children_and_are_old_enough(people: Rows) -> None:
    seen: dict[str, dict[str, str]] = {}
    for row in people:
        for which, sex in (("father", "M"), ("mother", "F")):
            parent = seen.get(row[f"{which}_no"])
            if row[f"{which}_no"]:
                assert parent is not None
                assert parent["sex"] == sex
                assert parent["given_km"] == row[f"{which}_given_km"]
                assert 14 <= int(row["birth_date"][:4]) - int(parent["birth_date"][:4]) <= 70
        seen[row["register_no"]] = row


def test_there_is_what_a_real_list_has(people: Rows) -> None:
    total = len(people)
    assert sum(row["birth_date"].endswith("-01-01") for row in people) > total * 0.02
    assert any(len(row["birth_date"]) == 4 for row in people)
    assert sum(row["family_km"] == row["father_given_km"] for row in people) > total * 0.05
    assert any(not row["father_no"] and row["father_given_km"] for row in people)
    days = Counter((row["father_no"], row["mother_no"], row["birth_date"]) for row in people if row["father_no"])
    assert any(number > 1 and not day.endswith("01-01") for (*_, day), number in days.items())
    assert any(row["deceased_on"] for row in people)
    assert all(row["given_km"] != row["father_given_km"] for row in people)


def test_the_lists_of_names_are_canonical_and_large_enough() -> None:
    family, given = rows_of("family_names.csv"), rows_of("given_names.csv")
    assert len(family) >= 120
    assert len(given) >= 250
    for row in (*family, *given):
        assert is_canonical(row["khmer"])
        assert row["latin"].isascii() and row["latin"].isupper()


def test_every_place_lies_around_a_village_that_there_is(tmp_path: Path) -> None:
    """Some districts have no commune 01."""
    villages = ("02020301", "12130902")
    generate(300, 3, tmp_path / "list.csv", villages=villages)
    with (tmp_path / "list.csv").open(encoding="utf-8") as file:
        found = {row[column] for row in csv.DictReader(file) for column in ("birthplace", "residence")}
    assert found <= {"", *(code[:digits] for code in villages for digits in (4, 6, 8))}
