"""`srok law at DATE --json`, `srok law explain RULE`: every parameter in force, each with its source."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.contracts.running import srok, told

SOURCE_KEYS = {"instrument", "article", "mark", "title_km", "title_en", "rule_of_service"}


def parameters(home: Path, day: str) -> dict[str, dict[str, Any]]:
    done = srok("law", "at", day, "--json", home=home)
    assert (done.status, done.err) == (0, ""), done.err
    told(f"\nsrok law at: {done.seconds:.2f} s")
    assert set(done.json) == {"on", "parameters"} and done.json["on"] == day
    rows = done.json["parameters"]
    assert len({row["key"] for row in rows}) == len(rows), "a parameter has one value on a day"
    return {row["key"]: row for row in rows}


def check_source(source: dict[str, Any]) -> None:
    assert set(source) >= SOURCE_KEYS
    assert source["title_km"] and source["title_en"] and source["mark"] and source["instrument"]
    if source["rule_of_service"]:
        assert not source["article"], "a rule of the service never passes for an article"


@pytest.mark.parametrize("day", ["2025-03-01", "2026-11-23"])
def test_every_parameter_in_force_has_its_source(home: Path, day: str) -> None:
    found = parameters(home, day)
    assert len(found) > 30
    for key, row in found.items():
        assert row["value"] is not None and row["text_km"] and row["text_en"], key
        assert row["from"] is None or date.fromisoformat(row["from"]) <= date.fromisoformat(day), key
        assert row["until"] is None or date.fromisoformat(row["until"]) >= date.fromisoformat(day), key
        check_source(row["source"])
    assert not home.exists(), "a pure verb touches no disk"


def test_the_law_moves_with_its_dates(home: Path) -> None:
    """ID-AGE: 18 years under sub-decree 36, 15 under sub-decree 60; ID-VALID: ten years less a day."""
    old, new = parameters(home, "2000-01-01"), parameters(home, "2025-03-01")
    assert (old["card.min_age"]["value"], new["card.min_age"]["value"]) == (18, 15)
    assert (new["card.validity_years"]["value"], new["card.validity_minus_one_day"]["value"]) == (10, True)
    assert new["card.min_age"]["source"]["instrument"] == "SD60" and new["card.min_age"]["source"]["article"] == "2"


def test_values_that_no_source_gives_are_marked_so(home: Path) -> None:
    """law.md section 11: a value of our own says that it is one."""
    found = parameters(home, "2025-03-01")
    for key in ("appeal.days", "card.number_block", "address.abroad_options"):
        assert found[key]["source"]["rule_of_service"] is True, key
    assert found["appeal.days"]["value"] == 30


def test_a_rule_is_explained_with_its_periods(home: Path) -> None:
    done = srok("law", "explain", "ID-AGE", "--json", home=home)
    assert done.status == 0
    found = done.json
    assert found["rule"] == "ID-AGE" and found["text_km"] and found["text_en"]
    assert [(row["key"], row["value"]) for row in found["parameters"]] == [("card.min_age", 18), ("card.min_age", 15)]
    assert found["parameters"][0]["until"] == "2006-12-31" and found["parameters"][1]["from"] == "2007-01-01"
    for source in found["sources"]:
        check_source(source)


def test_a_reason_code_is_explained_by_its_rule(home: Path) -> None:
    done = srok("law", "explain", "cases.under_age", "--json", home=home)
    assert (done.status, done.json["rule"]) == (0, "ID-AGE")
    check_source(done.json["source"])
    plain = srok("law", "explain", "ID-AGE", home=home)
    assert plain.status == 0 and "ID-AGE" in plain.out and "SD60" not in plain.err


@pytest.mark.parametrize("words", [["at", "2025-02-29"], ["at", "2025"], ["at", "soon"], ["explain", "ID-NOTHING"]])
def test_what_cannot_be_read_is_refused_in_both_languages(home: Path, words: list[str]) -> None:
    error = srok("law", *words, "--json", home=home).error(2)
    assert error["code"] in {"kernel.bad_date", "law.unknown_rule"}


def test_the_answer_is_the_same_each_time(home: Path) -> None:
    first, again = (srok("law", "at", "2025-03-01", "--json", home=home).out for _ in range(2))
    assert first == again and json.loads(first)
