"""`srok cards mrz --json`: three lines from an object; checked by Doc 9303 written apart, and by ICAO's own cases."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.contracts.mrz_by_hand import digit, faults, is_shortened
from tests.contracts.running import Done, srok, told

SOPHEA = {
    "number": "900000017", "family_latin": "SOK", "given_latin": "SOPHEA", "birth_date": "1972-01-01", "sex": "F",
    "expiry": "2034-05-31",
}  # fmt: skip
SOPHEAS = ["IDKHM9000000173<<<<<<<<<<<<<<<", "7201013F3405318KHM<<<<<<<<<<<4", "SOK<<SOPHEA<<<<<<<<<<<<<<<<<<<"]
NGUON = {
    "number": "900000033", "family_latin": "NGUON", "given_latin": "CHAN SOVANNARITHIREAKSMEY",
    "birth_date": "1956-04-13", "sex": "M", "expiry": "2036-09-30",
}  # fmt: skip
NGUONS = ["IDKHM9000000335<<<<<<<<<<<<<<<", "5604137M3609301KHM<<<<<<<<<<<2", "NGUON<<CHAN<SOVANNARITHIREAKSM"]


def lines_of(home: Path, given: object) -> list[Any]:
    done = srok("cards", "mrz", "--json", home=home, stdin=json.dumps(given))
    assert done.status == 0, done.out + done.err
    found: list[Any] = done.json
    return found


def named(family: str, given: str) -> dict[str, str]:
    return {**SOPHEA, "family_latin": family, "given_latin": given}


@pytest.mark.parametrize(("given", "lines"), [(SOPHEA, SOPHEAS), (NGUON, NGUONS)])
def test_the_samples_of_the_law_page(home: Path, given: dict[str, str], lines: list[str]) -> None:
    done = srok("cards", "mrz", "--json", home=home, stdin=json.dumps(given))
    told(f"\nsrok cards mrz: {done.seconds:.2f} s")
    assert (done.status, done.json, done.err) == (0, lines, "")
    assert faults(done.json) == []
    assert not home.exists(), "a pure verb touches no disk"


def test_the_hand_written_check_knows_icaos_examples() -> None:
    """The oracle itself: the specimen of Doc 9303 part 5, and a changed digit."""
    assert [digit(text) for text in ("D23145890", "740812", "120415")] == ["7", "2", "9"]
    assert "composite" in faults([SOPHEAS[0], SOPHEAS[1][:-1] + "5", SOPHEAS[2]])
    assert {"number", "composite"} <= set(faults([SOPHEAS[0].replace("173", "174"), *SOPHEAS[1:]]))


# Doc 9303 part 5, 4.2.3.3 to 4.2.3.5: names with one right form only.
FITTING = {
    ("PAPANDROPOULOUS", "JONATHON ALEC"): "PAPANDROPOULOUS<<JONATHON<ALEC",
    ("VAN DER MUELLEN", "MARTIN"): "VAN<DER<MUELLEN<<MARTIN<<<<<<<",
    ("AL-BASRI", "HUDA MUHAMMAD JAWAD"): "AL<BASRI<<HUDA<MUHAMMAD<JAWAD<",
    ("VILARCHAO FERNANDEZ", "JOSE RAMON"): "VILARCHAO<FERNANDEZ<<JOSE<RAMO",
    ("ARKFREITH", ""): "ARKFREITH<<<<<<<<<<<<<<<<<<<<<",
    ("SATRIYA SUDARPA", ""): "SATRIYA<SUDARPA<<<<<<<<<<<<<<<",
    ("O'CONNOR", "ENYA SIOBHAN"): "OCONNOR<<ENYA<SIOBHAN<<<<<<<<<",
    ("SMITH-JONES", "SUSIE MARGARET"): "SMITH<JONES<<SUSIE<MARGARET<<<",
}
# 4.2.3.1 and 4.2.3.2: where to cut is the issuer's choice; that both parts stand and the last place is a letter is not.
CUT = [
    ("NILAVADHANANANDA", "CHAYAPA DEJTHAMRONG KRASUANG"),
    ("NILAVADHANANANDA", "ARNPOL PETCH CHARONGUANG"),
    ("BENNELONG WOOLOOMOOLOO WARRANDYTE WARNAMBOOL", "DINGO POTOROO"),
]
FRENCH_AND_OTHERS = {
    ("Œuk", "Éloïse"): "OEUK<<ELOISE",
    ("Müller", "Björk"): "MUELLER<<BJOERK",
    ("D’Angelo", "Jean-Luc"): "DANGELO<<JEAN<LUC",
    ("Nguyễn", "Đức"): "NGUYEN<<DUC",
    ("Gagnon", "Anne-Sophéa"): "GAGNON<<ANNE<SOPHEA",
}


def test_icaos_own_names(home: Path) -> None:
    whole = {**FITTING, **{names: line.ljust(30, "<") for names, line in FRENCH_AND_OTHERS.items()}}
    found = lines_of(home, [named(*names) for names in whole])
    assert [three for _, _, three in found] == list(whole.values())
    assert [faults(lines) for lines in found] == [[]] * len(found)


def test_icaos_long_names_are_cut_as_its_rule_says(home: Path) -> None:
    for (family, given), lines in zip(CUT, lines_of(home, [named(*names) for names in CUT]), strict=True):
        primary, separator, secondary = lines[2].partition("<<")
        assert faults(lines) == [] and separator and lines[2][29].isalpha(), lines
        assert is_shortened(primary, family) and is_shortened(secondary, given), lines
        assert family.startswith(primary.split("<")[0]) and given.startswith(secondary.split("<")[0]), lines


def test_partial_dates_and_every_sex(home: Path) -> None:
    dates = {"1960": "60<<<<", "1960-05": "6005<<", "1960-05-03": "600503"}
    cases = [{**SOPHEA, "birth_date": date, "sex": sex} for date in dates for sex in "FMX"]
    for given, lines in zip(cases, lines_of(home, cases), strict=True):
        assert faults(lines) == []
        assert lines[1][:6] == dates[given["birth_date"]]
        assert lines[1][7] == {"F": "F", "M": "M", "X": "<"}[given["sex"]]


BAD = {
    "number": ["90000001", "9000000170", "90000001<", "", None, 900000017],
    "family_latin": ["សុខ", "SOK2", 7],
    "birth_date": ["2001-02-29", "1972-13", "", "yesterday", None],
    "sex": ["f", "", "W", None],
    "expiry": ["2034", "2034-05", "1970-01-01", "1999-12-31", "2134-05-31", "2034-02-30", None],
}


def refused(done: Done, row: int | None = None) -> dict[str, Any]:
    error = done.error(2)
    assert error["row"] == row
    return error


@pytest.mark.parametrize(("field", "value"), [(field, value) for field, values in BAD.items() for value in values[:1]])
def test_a_bad_value_names_its_field(home: Path, field: str, value: object) -> None:
    error = refused(srok("cards", "mrz", "--json", home=home, stdin=json.dumps({**SOPHEA, field: value})))
    assert error["field"] == field, error


def test_a_bad_value_in_a_list_names_its_row(home: Path) -> None:
    error = refused(srok("cards", "mrz", "--json", home=home, stdin=json.dumps([SOPHEA, {**SOPHEA, "sex": ""}])), 2)
    assert (error["code"], error["field"]) == ("kernel.mrz_sex", "sex")


@pytest.mark.parametrize("text", ["", "{", "5", b"\xff\xfe", "[" * 100_000, '{"number": "900000017"}'])
def test_what_is_no_object_is_unreadable(home: Path, text: str | bytes) -> None:
    refused(srok("cards", "mrz", "--json", home=home, stdin=text))


@pytest.mark.slow
@pytest.mark.parametrize(("field", "value"), [(field, value) for field, values in BAD.items() for value in values[1:]])
def test_further_bad_values(home: Path, field: str, value: object) -> None:
    error = refused(srok("cards", "mrz", "--json", home=home, stdin=json.dumps({**SOPHEA, field: value})))
    assert error["field"] == field, error


def test_without_json_the_lines_are_plain_and_errors_are_told_on_the_side(home: Path) -> None:
    done = srok("cards", "mrz", home=home, stdin=json.dumps(SOPHEA))
    assert (done.status, done.out.split()) == (0, SOPHEAS)
    wrong = srok("cards", "mrz", home=home, stdin="{")
    assert wrong.status == 2 and wrong.out == "" and "(faces.unreadable_json)" in wrong.err
