"""`srok codes --json`, the list of rooms, and what every verb does with words it does not know."""

import re
from pathlib import Path
from typing import Any

import pytest

from tests.contracts.running import ROOT, srok, told

KHMER = re.compile("[\u1780-\u17ff]")
LATIN_SENTENCE = re.compile(r"(?:\b[a-z]{3,}\b ){3}")
# Kinds of event that travel in parcels (docs/formats/parcel.md): named like codes, said to nobody.
EVENTS = {"cases.lodge"}
FACT = re.compile(r"\{(\w*)\}")


@pytest.fixture(scope="module")
def codes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    done = srok("codes", "--json", home=tmp_path_factory.mktemp("codes"))
    told(f"\nsrok codes: {done.seconds:.2f} s")
    assert done.status == 0, done.err
    assert {frozenset(row) for row in done.json} == {frozenset({"code", "km", "en"})}
    assert len({row["code"] for row in done.json}) == len(done.json)
    return {row["code"]: row for row in done.json}


def test_every_code_speaks_both_languages(codes: dict[str, Any]) -> None:
    assert len(codes) > 150
    wrong = [
        code
        for code, row in codes.items()
        if not (re.fullmatch(r"[a-z]+(\.[A-Za-z0-9_]+)+", code) and KHMER.search(row["km"]))
        or KHMER.search(row["en"]) or not row["en"].strip() or LATIN_SENTENCE.search(row["km"])
    ]  # fmt: skip
    assert wrong == []


def test_both_languages_hold_the_same_facts(codes: dict[str, Any]) -> None:
    facts = {code: [sorted(set(FACT.findall(row[lang]))) for lang in ("km", "en")] for code, row in codes.items()}
    assert {code: both for code, both in facts.items() if both[0] != both[1]} == {}


def test_every_code_that_the_formats_name_is_listed(codes: dict[str, Any]) -> None:
    rooms = {code.partition(".")[0] for code in codes}
    written = {
        code
        for page in (ROOT / "docs" / "formats").glob("*.md")
        for code in re.findall(r"`([a-z]+\.[a-z][a-z_]+)`", page.read_text("utf-8"))
        if code.partition(".")[0] in rooms and not code.endswith((".csv", ".state", ".pdf", ".qr", ".md", ".json"))
    }
    assert len(written) > 10
    assert sorted(written - set(codes) - EVENTS) == []


def test_every_reason_in_expected_csv_is_listed(codes: dict[str, Any]) -> None:
    rows = (ROOT / "examples" / "washington" / "expected.csv").read_text("utf-8").splitlines()[1:]
    reasons = {reason for row in rows for reason in row.split(",")[2].split(";") if reason}
    assert reasons and sorted(reasons - set(codes)) == []


def test_no_words_list_the_rooms(home: Path) -> None:
    done = srok(home=home)
    assert done.status == 2
    for room in ("cards", "cases", "law", "register", "verification"):
        assert room in done.out + done.err
    assert srok("--help", home=home).status == 0


@pytest.mark.parametrize("words", [["nothing"], ["law", "nothing"], ["cards"], ["register", "import"]])
def test_unknown_or_missing_words_are_status_two(home: Path, words: list[str]) -> None:
    done = srok(*words, home=home)
    assert done.status == 2 and "Traceback" not in done.err
