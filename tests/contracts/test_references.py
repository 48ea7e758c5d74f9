"""`srok cases references --count N --out FILE`: numbered receipts whose numbers the intake takes."""

import re
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.contracts.folders import as_csv, check_character, folder, person
from tests.contracts.lodging import intake, report
from tests.contracts.running import srok

REFERENCE = re.compile(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}\b")


def check(found: list[str], count: int) -> None:
    """As many different numbers as asked, each with its right check character."""
    assert len(found) == len(set(found)) == count
    for one in found:
        body = one.replace("-", "")
        assert check_character(body[:-1]) == body[-1], one


def printed(path: Path) -> set[str]:
    """The references that stand on the sheets."""
    return {one for page in PdfReader(path).pages for one in REFERENCE.findall(page.extract_text())}


def test_a_few_receipts_and_their_numbers_are_taken(house: Path, tmp_path: Path) -> None:
    path = tmp_path / "sheets.pdf"
    done = srok("cases", "references", "--count", 4, "--out", path, "--json", home=house)
    assert done.status == 0, done.out + done.err
    assert set(done.json) == {"file", "count", "references"} and done.json["count"] == 4
    check(done.json["references"], 4)
    assert printed(path) == set(done.json["references"])
    rows = [person(number, reference=one) for number, one in enumerate(done.json["references"])]
    report(intake(folder(tmp_path / "bag", as_csv(rows)), house), 0)
    again = srok("cases", "references", "--count", 4, "--out", path, "--json", home=house)
    assert not set(again.json["references"]) & set(done.json["references"]), "numbers are drawn, never counted up"


@pytest.mark.slow
def test_what_cannot_be_made_is_told(house: Path, tmp_path: Path) -> None:
    words = ("cases", "references", "--json", "--out")
    error = srok(*words, tmp_path / "no" / "sheets.pdf", "--count", 2, home=house).error(2)
    assert error["code"] == "faces.unwritable_file" and "sheets.pdf" in error["message_en"]
    error = srok(*words, tmp_path / "sheets.pdf", "--count", 2, "--post", "XXX", home=house).error(2)
    assert error["code"] == "gazetteer.unknown_post"
    for count in (0, -1, "many", 1_000_000):
        assert srok(*words, tmp_path / "sheets.pdf", "--count", count, home=house).status == 2
    assert not (tmp_path / "sheets.pdf").exists()


@pytest.mark.slow
def test_three_hundred(house: Path, tmp_path: Path) -> None:
    path = tmp_path / "sheets.pdf"
    done = srok("cases", "references", "--count", 300, "--out", path, "--json", home=house)
    assert done.status == 0, done.out + done.err
    check(done.json["references"], 300)
    pages = PdfReader(path).pages
    assert len(pages) == 60
    for number in (0, 31, 59):
        there = REFERENCE.findall(pages[number].extract_text())
        assert set(there) == set(done.json["references"][number * 5 : number * 5 + 5])
