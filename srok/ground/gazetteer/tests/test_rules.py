"""The cleaning step: what law.md section 6 lists is refused or mended, with its reason, and nothing is guessed."""

import csv
from collections import Counter
from itertools import groupby
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from srok.ground.gazetteer.rules import clean, described, fold_name
from srok.ground.gazetteer.source import packaged, units
from srok.ground.gazetteer.terms import Level, RawPlace, Unit, level_of, parent_code
from srok.ground.kernel.text import is_canonical, order_problem

NAME, ROWS = packaged()
CLEAN = clean(ROWS, units())
PLACES = {place.code: place for place in CLEAN.places}
REFERENCE = Path(__file__).parents[5] / "shared" / "data" / "pumi_communes.csv"


def row(code: str, name_km: str = "ភូមិថ្មី", name_latin: str = "Phum Thmei", parent: str | None = None) -> RawPlace:
    return RawPlace(code, name_km, name_latin, code[:-2] if parent is None else parent, "test.csv", 2)


# The packaged data


def test_every_row_of_the_source_is_a_place_or_refused():
    assert len(CLEAN.places) + len(CLEAN.refused) == len(ROWS)


def test_levels_and_units_of_law_md_section_6():
    levels = Counter(place.level for place in PLACES.values())
    assert (levels[Level.PROVINCE], levels[Level.DISTRICT], levels[Level.COMMUNE]) == (25, 210, 1654)
    found = Counter(place.unit for place in PLACES.values())
    assert (found[Unit.DISTRICT], found[Unit.CITY], found[Unit.KHAN]) == (163, 33, 14)
    assert (found[Unit.CAPITAL], found[Unit.PROVINCE]) == (1, 24)


def test_refused_rows_are_those_that_law_md_lists():
    reasons = Counter(one.reason for one in CLEAN.refused)
    assert reasons == {
        "gazetteer.wrong_parent": 43, "gazetteer.code_twice": 30, "gazetteer.unknown_parent": 13,
        "gazetteer.bad_code": 9, "gazetteer.name_twice": 7,
    }  # fmt: skip
    kokir = [one.row.code for one in CLEAN.refused if one.reason == "gazetteer.name_twice"]
    assert kokir == [f"2503{number}" for number in range(15, 22)]
    assert {one.row.code for one in CLEAN.refused if one.reason == "gazetteer.bad_code"} == {"0506140-"}


def test_codes_are_unique_and_start_with_their_parents():
    for place in PLACES.values():
        assert level_of(place.code) is place.level
        assert place.parent == parent_code(place.code)
        assert not place.parent or place.parent in PLACES


def test_every_name_is_canonical_without_blemish():
    for place in PLACES.values():
        assert is_canonical(place.name_km) and order_problem(place.name_km) is None, place
        assert place.name_km == place.name_km.strip() and "  " not in place.name_km + place.name_latin
        assert not set("\u200b\u200c\u200d") & set(place.name_km + place.name_latin)
        assert place.name_latin.isascii()


def test_mended_names_keep_their_reading():
    after = {one.code: one for one in CLEAN.mended}
    assert after["140107"].after == "ស្ពឺ ក" and after["140107"].reason == "gazetteer.double_space"
    assert after["10050609"].after == "អូរសែនជ័យ" and after["10050609"].reason == "gazetteer.invisible_mark"
    assert after["17101002"].after == "ថ្នល់" and after["17101002"].reason == "gazetteer.sign_twice"
    assert PLACES["12"].name_km == "ភ្នំពេញ"


def test_coeng_da_stays():
    assert PLACES["08"].name_km == "កណ្ដាល"


@pytest.mark.skipif(not REFERENCE.exists(), reason="no ../shared/data/pumi_communes.csv beside the project")
def test_communes_agree_with_the_official_mirror_by_code_and_name():
    """Two sources are compared by code AND name (GEO-KEY): law.md counts 1,643 common codes and 50 other names."""
    with REFERENCE.open(encoding="utf-8-sig") as stream:
        mirror = {one["code"]: one for one in csv.DictReader(stream)}
    communes = {code: place for code, place in PLACES.items() if place.level is Level.COMMUNE}
    common = communes.keys() & mirror.keys()
    assert (len(communes.keys() - mirror.keys()), len(mirror.keys() - communes.keys())) == (11, 9)
    assert len(common) == 1643
    other = [code for code in common if fold_name(communes[code].name_km) != fold_name(mirror[code]["name_km"])]
    assert len(other) == 48
    for code in common - set(other):
        assert str(communes[code].unit) == mirror[code]["unit"].lower(), code
    assert "120914" in other and "121001" in other  # the khans 1210 to 1212 mean different places in the two sources


# Rules on rows of any kind


def test_two_rows_with_one_code_are_both_refused():
    rows = [row("12"), row("1201", "ចំការមន"), row("120101"), row("12010101", "ក"), row("12010101", "ខ")]
    cleaned = clean(rows, units())
    assert [one.reason for one in cleaned.refused] == ["gazetteer.code_twice"] * 2
    assert cleaned.childless == ("120101",)


def test_a_misplaced_double_does_not_harm_the_right_row():
    rows = [row("12"), row("1201", "ចំការមន"), row("120101", "ក"), row("120102", "ខ"), row("12010101", "គ"),
            row("12010101", "ឃ", parent="120102")]  # fmt: skip
    cleaned = clean(rows, units())
    assert [(one.row.name_km, one.reason) for one in cleaned.refused] == [("ឃ", "gazetteer.wrong_parent")]


def test_a_listed_city_under_another_name_is_a_conflict():
    cleaned = clean([row("12"), row("1210", "ជ្រោយចង្វារ")], units())
    assert [one.reason for one in cleaned.refused] == ["gazetteer.unit_conflict"]


TBOUNG_KHMUM = [one for one in ROWS if one.code == "25" or one.code.startswith("2503") and len(one.code) < 8]


@given(st.permutations(TBOUNG_KHMUM))
def test_the_order_of_rows_does_not_matter_for_what_is_a_place(shuffled):
    as_given, as_shuffled = clean(TBOUNG_KHMUM, units()), clean(shuffled, units())
    assert {place.code for place in as_given.places} == {place.code for place in as_shuffled.places}
    assert "250314" in {place.code for place in as_shuffled.places}  # of eight rows "Kokir" the first code stays


@given(st.lists(st.builds(row, st.from_regex(r"[0-9]{1,9}-?", fullmatch=True)), max_size=20))
def test_any_rows_end_as_places_or_refused(rows):
    cleaned = clean(rows, units())
    assert len(cleaned.places) + len(cleaned.refused) == len(rows)
    codes = [place.code for place in cleaned.places]
    assert len(codes) == len(set(codes))
    assert all(place.parent in codes for place in cleaned.places if place.parent)


def test_an_address_line_names_every_unit_smallest_first():
    path = [PLACES["01"], PLACES["0102"], PLACES["010201"]]
    assert described(path, "km") == "ឃុំបន្ទាយនាង ស្រុកមង្គលបូរី ខេត្តបន្ទាយមានជ័យ"
    assert described(path, "en") == "Banteay Neang commune, Mangkul Bourei district, Banteay Meanchey province"
    phnom_penh = [PLACES["12"], PLACES["1201"], PLACES["120101"]]
    assert described(phnom_penh, "km").endswith("ខណ្ឌចំការមន រាជធានីភ្នំពេញ")
    assert described(phnom_penh, "km").startswith("សង្កាត់")


def test_communes_of_one_name_stay_apart_by_code():
    by_name = sorted((p.name_km, p.code) for p in PLACES.values() if p.level is Level.COMMUNE)
    repeated = [len(list(group)) for _, group in groupby(by_name, key=lambda item: item[0])]
    assert sum(count > 1 for count in repeated) > 100
