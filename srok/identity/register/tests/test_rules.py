"""What a row of a resident list must be."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from srok.ground.kernel.refusal import Refusal
from srok.ground.kernel.text import is_canonical
from srok.identity.register.rules import ReadRow, check_changes, check_importer, read_row
from srok.identity.register.terms import CARD_COLUMNS, COLUMNS
from srok.identity.register.tests.lists import SOPHEA
from srok.identity.register.wording import SENTENCES

ON = date(2025, 1, 6)


def read(**changes: str) -> ReadRow:
    return read_row({**SOPHEA, **changes}, on=ON, known_place=lambda code: code.isdigit())


def test_a_good_row_has_no_problem_and_stays_as_it_is() -> None:
    row = read()
    assert row.problems == []
    assert row.as_written == {}
    assert row.values["given_km"] == "សុភា"
    assert row.card_expires == date(2026, 5, 1)


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"register_no": "123"}, ("register_no", "register.bad_register_no")),
        ({"register_no": ""}, ("register_no", "register.bad_register_no")),
        ({"father_no": "12345678901"}, ("father_no", "register.bad_register_no")),
        ({"father_no": SOPHEA["register_no"]}, ("register_no", "register.own_parent")),
        ({"register_no": "9900000001"}, ("register_no", "register.reserved_number")),
        ({"synthetic": "yes"}, ("register_no", "register.reserved_number")),
        ({"given_km": "Sophea"}, ("given_km", "register.not_khmer")),
        ({"given_latin": "សុភា"}, ("given_latin", "register.not_latin")),
        ({"given_km": ""}, ("given_km", "register.name_half")),
        ({"sex": "?"}, ("sex", "register.bad_sex")),
        ({"birth_date": ""}, ("birth_date", "register.birth_missing")),
        ({"birth_date": "1982-02-30"}, ("birth_date", "register.bad_date")),
        ({"birth_date": "2025-01-07"}, ("birth_date", "register.in_the_future")),
        ({"birth_date": "1870"}, ("birth_date", "register.birth_too_early")),
        ({"deceased_on": "1981"}, ("deceased_on", "register.died_before_birth")),
        ({"deceased_on": "2026"}, ("deceased_on", "register.in_the_future")),
        ({"residence": "Battambang"}, ("residence", "register.unknown_place")),
        ({"household": "x" * 41}, ("household", "register.too_long")),
        ({"card_number": "12345678"}, ("card_number", "register.bad_card_number")),
        ({"card_issued": ""}, ("card_issued", "register.card_incomplete")),
        ({"card_expires": "2026"}, ("card_expires", "register.bad_date")),
        ({"card_expires": "2016-05-02"}, ("card_expires", "register.card_dates_reversed")),
        ({"card_issued": "2025-02-01"}, ("card_issued", "register.in_the_future")),
    ],
)
def test_each_problem_is_named_with_its_column(changes: dict[str, str], problem: tuple[str, str]) -> None:
    assert problem in read(**changes).problems
    assert problem[1] in SENTENCES


def test_a_name_in_one_script_is_enough() -> None:
    assert read(family_km="", given_km="").problems == []
    assert read(family_latin="", given_latin="").problems == []
    nothing = read(family_km="", given_km="", family_latin="", given_latin="")
    assert nothing.problems == [("family_km", "register.name_missing")]


def test_khmer_digits_wrong_order_and_lower_case_are_mended_and_kept_as_written() -> None:
    row = read(birth_date="១៤.០៣.១៩៨២", given_km="ហុ៊ន", given_latin="Sophéa", register_no="០១០០០០០០០៣")
    assert row.problems == []
    assert row.values["birth_date"] == "1982-03-14"
    assert row.values["given_km"] == "ហ៊ុន"
    assert row.values["given_latin"] == "SOPHÉA"
    assert row.values["register_no"] == "0100000003"
    assert row.as_written == {"birth_date": "១៤.០៣.១៩៨២", "given_km": "ហុ៊ន", "given_latin": "Sophéa"}


def test_every_problem_of_a_row_is_told_at_once() -> None:
    fields = [field for field, _ in read(sex="", birth_date="x", register_no="1", given_latin="1").problems]
    assert fields == ["register_no", "given_latin", "sex", "birth_date"]


def test_the_hash_of_a_person_does_not_see_the_card() -> None:
    other_card = read(card_number="100000018")
    assert other_card.row_hash == read().row_hash
    assert other_card.card_hash != read().card_hash
    assert read(**dict.fromkeys(CARD_COLUMNS, "")).card_hash == ""
    assert read(residence="01050202").row_hash != read().row_hash


@settings(deadline=None)  # a busy machine is no failure
@given(st.dictionaries(st.sampled_from(COLUMNS), st.text(max_size=30)))
def test_any_cells_are_read_without_an_error(cells: dict[str, str]) -> None:
    row = read(**cells)
    if not row.problems:
        assert is_canonical(row.values["given_km"])
        assert len(row.values["register_no"]) == 10


@settings(deadline=None)
@given(st.integers(0, 100_000), st.integers(0, 1000))
def test_more_than_half_a_percent_is_refused_unless_allowed(existing: int, changed: int) -> None:
    check_changes(existing, changed, allowed=True)
    if changed > existing * 0.005:
        with pytest.raises(Refusal, match="too_many_changes"):
            check_changes(existing, changed, allowed=False)
    else:
        check_changes(existing, changed, allowed=False)


@pytest.mark.parametrize(
    ("office", "roles", "may"),
    [
        ("moi.gdi", {"identification_officer"}, True), ("moi.gdi", set(), True), ("moi.gdi", {"approver"}, False),
        ("mfa.was", {"consular_officer"}, False), ("mfa.was", set(), False), ("moi.border", {"border_officer"}, False),
    ],
)  # fmt: skip
def test_the_list_is_interiors(office: str, roles: set[str], may: bool) -> None:
    if may:
        check_importer(office, roles)
        return
    with pytest.raises(Refusal, match=r"register\.not_your_list"):
        check_importer(office, roles)
