"""ICAO 9303 TD1: the samples of law.md section 1.4, ICAO's rules on names and dates, generated cards."""

from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from srok.ground.kernel import mrz
from srok.ground.kernel.dates import PartialDate
from srok.ground.kernel.refusal import Refusal

SOPHEA = (
    "IDKHM9000000173<<<<<<<<<<<<<<<",
    "7201013F3405318KHM<<<<<<<<<<<4",
    "SOK<<SOPHEA<<<<<<<<<<<<<<<<<<<",
)
NGUON = ("IDKHM9000000335<<<<<<<<<<<<<<<", "5604137M3609301KHM<<<<<<<<<<<2", "NGUON<<CHAN<SOVANNARITHIREAKSM")
ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ<"
NUMBERS = st.text(st.sampled_from("0123456789"), min_size=9, max_size=9)
WORDS = st.text(st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZ"), min_size=1, max_size=12)
NAMES = st.lists(WORDS, min_size=1, max_size=5).map(" ".join)
BIRTHS = st.dates(date(1925, 1, 1), date(2009, 12, 31))
EXPIRIES = st.dates(date(2035, 1, 1), date(2099, 12, 31))


def refused(code: str, *arguments, **named) -> Refusal:
    with pytest.raises(Refusal) as caught:
        mrz.td1(*arguments, **named)
    assert caught.value.code == code
    return caught.value


def test_the_sample_of_a_short_name() -> None:
    assert mrz.td1("900000017", "Sok", "Sophea", PartialDate(1972, 1, 1), "F", date(2034, 5, 31)) == SOPHEA


def test_the_sample_of_a_name_cut_at_thirty() -> None:
    lines = mrz.td1("900000033", "NGUON", "CHAN SOVANNARITHIREAKSMEY", PartialDate(1956, 4, 13), "M", date(2036, 9, 30))
    assert lines == NGUON
    assert mrz.parse_td1(lines).given_latin == "CHAN SOVANNARITHIREAKSM"


def test_the_sample_whose_digits_are_right_but_whose_birth_date_never_was() -> None:
    second = "0102292M2812313KHM<<<<<<<<<<<"
    first = "IDKHM9000000254<<<<<<<<<<<<<<<"
    second += mrz.check_digit(first[5:30] + second[0:7] + second[8:15] + second[18:29])
    assert second.endswith("0")
    with pytest.raises(Refusal) as caught:
        mrz.parse_td1((first, second, "HENG<<VANNA".ljust(30, "<")), born_by=date(2013, 1, 1))
    assert caught.value.code == "kernel.bad_date"
    assert caught.value.field == "birth_date"


def test_check_digits_of_the_standards_own_example() -> None:
    assert mrz.check_digit("D23145890") == "7"
    assert mrz.check_digit("740812") == "2"
    assert mrz.check_digit("120415") == "9"
    assert mrz.check_digit("520727") == "3"
    assert mrz.check_digit("AB2134<<<") == "5"


@pytest.mark.parametrize(("birth", "printed"), [("1960", "60<<<<"), ("1960-05", "6005<<"), ("1960-05-03", "600503")])
def test_unknown_parts_of_a_birth_date_print_as_fillers(birth: str, printed: str) -> None:
    lines = mrz.td1("900000017", "SOK", "SOPHEA", PartialDate.parse(birth), "F", date(2034, 5, 31))
    assert lines[1][:6] == printed
    assert mrz.parse_td1(lines).birth == PartialDate.parse(birth)


def test_an_unspecified_sex_is_a_filler() -> None:
    lines = mrz.td1("900000017", "SOK", "SOPHEA", PartialDate(1972), "X", date(2034, 5, 31))
    assert lines[1][7] == "<"
    assert mrz.parse_td1(lines).sex == "X"


@pytest.mark.parametrize(
    ("name", "printed"),
    [
        ("Éloïse", "ELOISE"),
        ("Lœuk", "LOEUK"),
        ("Strauß", "STRAUSS"),
        ("Jäger", "JAEGER"),
        ("Müller", "MUELLER"),
        ("Björk Ångström", "BJOERK<AANGSTROEM"),
        ("Muñoz", "MUNOZ"),
        ("D’Angelo", "DANGELO"),
        ("O'Neil", "ONEIL"),
        ("Jean-Luc", "JEAN<LUC"),
        ("Nguyễn Đức", "NGUYEN<DUC"),
        ("Łukasz Żółć", "LUKASZ<ZOLC"),
        ("Jr.", "JR"),
        ("Sok, Dara", "SOK<DARA"),
        ("  Sok   Dara ", "SOK<DARA"),
        ("E\u0301loi\u0308se", "ELOISE"),
        ("Þór", "THOR"),
    ],
)
def test_transliteration_of_latin_letters(name: str, printed: str) -> None:
    assert mrz.transliterate(name) == printed


@pytest.mark.parametrize(
    ("family", "given_", "line"),
    [
        ("ARKFREITH", "", "ARKFREITH<<<<<<<<<<<<<<<<<<<<<"),
        ("", "SOPHEA", "SOPHEA<<<<<<<<<<<<<<<<<<<<<<<<"),
        ("TREMBLAY GAGNON", "MARIE CLAIRE SOPHEA", "TREMBLAY<GAGNON<<MARIE<CLAIR<S"),
        ("A" * 40, "SOPHEA", "A" * 27 + "<<S"),
        ("A" * 28, "SOPHEA", "A" * 27 + "<<S"),
        ("A" * 27, "SOPHEA", "A" * 27 + "<<S"),
        ("A" * 26 + " BC", "SOPHEA", "A" * 25 + "<B<<S"),
        ("A" * 31, "", "A" * 30),
        ("ABC " * 10, "", "ABC<ABC<ABC<ABC<ABC<ABC<ABC<AB"),
        ("SOK", "SOPHEA NARY DARA CHANTHOU X", "SOK<<SOPHEA<NARY<DARA<CHANTHOU"),
    ],
)
def test_names_are_filled_or_cut_and_keep_their_separator(family: str, given_: str, line: str) -> None:
    assert mrz.name_line(family, given_) == line


@given(NAMES, NAMES)
def test_every_name_fits_keeps_its_separator_and_shows_a_cut(family: str, given_: str) -> None:
    line = mrz.name_line(family, given_)
    primary, separator, secondary = line.partition("<<")
    assert len(line) == 30
    assert separator and secondary[0].isalpha()
    assert "<<" not in line.rstrip("<").replace("<<", "", 1)
    whole = f"{family}<<{given_}".replace(" ", "<")
    if len(whole) <= 30:
        assert line.rstrip("<") == whole
    else:
        single_letters = any(len(word) == 1 for word in f"{family} {given_}".split())
        assert line[-1].isalpha() or single_letters
        assert family.replace(" ", "<")[: len(primary) - 2].startswith(primary[:-2])


@given(NUMBERS, NAMES, NAMES, BIRTHS, st.sampled_from("FMX"), EXPIRIES)
def test_what_is_written_is_read_back(number, family, given_, birth, sex, expiry) -> None:
    assume(birth <= date(expiry.year - 25, 1, 1) and birth.year > expiry.year - 124)
    lines = mrz.td1(number, family, given_, PartialDate.of(birth), sex, expiry)
    fields = mrz.parse_td1(lines)
    assert [len(line) for line in lines] == [30, 30, 30]
    assert (fields.number, fields.birth.whole, fields.sex, fields.expiry) == (number, birth, sex, expiry)
    assert f"{family} {given_}".startswith(fields.family_latin[:-2])


@given(st.sampled_from([SOPHEA, NGUON]), st.integers(0, 1), st.integers(0, 29), st.sampled_from(ALPHABET))
def test_no_single_changed_character_of_the_data_lines_goes_unseen(lines, row, column, character) -> None:
    """Weights 7-3-1 cannot tell characters 10 apart in value; every other single change is caught."""
    old = lines[row][column]
    assume((mrz._VALUES[character] - mrz._VALUES[old]) % 10 and (row, column) != (1, 7))
    changed = list(lines)
    changed[row] = lines[row][:column] + character + lines[row][column + 1 :]
    with pytest.raises(Refusal):
        mrz.parse_td1(changed)


@pytest.mark.parametrize("number", ["90000001", "9000000170", "90000001é", "90000001<", "abcdefghi", ""])
def test_a_number_is_exactly_nine_characters(number: str) -> None:
    assert refused("kernel.mrz_number", number, "SOK", "SOPHEA", PartialDate(1972), "F", date(2034, 5, 31)).field


def test_refusals_of_names_sex_and_dates() -> None:
    born, ends = PartialDate(1972, 1, 1), date(2034, 5, 31)
    assert refused("kernel.mrz_name", "900000017", "សុខ", "SOPHEA", born, "F", ends).field == "family_latin"
    assert refused("kernel.mrz_name", "900000017", "SOK", "SOPHEA2", born, "F", ends).field == "given_latin"
    assert refused("kernel.mrz_name", "900000017", "-", "'", born, "F", ends).field == "family_latin"
    refused("kernel.mrz_sex", "900000017", "SOK", "SOPHEA", born, "f", ends)
    refused("kernel.bad_date", "900000017", "SOK", "SOPHEA", PartialDate(2035), "F", ends)
    for misread in (date(1999, 12, 31), date(2100, 1, 1)):
        refused("kernel.bad_date", "900000017", "SOK", "SOPHEA", born, "F", misread)


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        (SOPHEA[:2], "kernel.mrz_length"),
        ((SOPHEA[0] + "<", *SOPHEA[1:]), "kernel.mrz_length"),
        ((SOPHEA[0].lower(), *SOPHEA[1:]), "kernel.mrz_character"),
        (("P" + SOPHEA[0][1:], *SOPHEA[1:]), "kernel.mrz_document"),
        ((SOPHEA[0], SOPHEA[1].replace("KHM", "THA"), SOPHEA[2]), "kernel.mrz_document"),
        ((SOPHEA[0], SOPHEA[1][:7] + "Q" + SOPHEA[1][8:], SOPHEA[2]), "kernel.mrz_sex"),
        ((*SOPHEA[:2], "<<SOPHEA".ljust(30, "<")), "kernel.mrz_name"),
        ((*SOPHEA[:2], "SOK<<<SOPHEA".ljust(30, "<")), "kernel.mrz_name"),
        ((*SOPHEA[:2], "S0K<<SOPHEA".ljust(30, "<")), "kernel.mrz_name"),
    ],
)
def test_refusals_of_lines_that_are_no_khmer_card(lines, code: str) -> None:
    with pytest.raises(Refusal) as caught:
        mrz.parse_td1(lines)
    assert caught.value.code == code


def test_a_check_digit_refusal_names_its_field() -> None:
    wrong = {
        "number": (SOPHEA[0][:14] + "4" + SOPHEA[0][15:], SOPHEA[1]),
        "birth_date": (SOPHEA[0], "7201014" + SOPHEA[1][7:]),
        "expiry": (SOPHEA[0], SOPHEA[1][:14] + "9" + SOPHEA[1][15:]),
        "composite": (SOPHEA[0], SOPHEA[1][:29] + "5"),
    }
    for field, (first, second) in wrong.items():
        with pytest.raises(Refusal) as caught:
            mrz.parse_td1((first, second, SOPHEA[2]))
        assert (caught.value.code, caught.value.field) == ("kernel.mrz_check_digit", field)


def test_the_century_is_the_latest_that_makes_the_holder_old_enough() -> None:
    lines = mrz.td1("900000017", "SOK", "SOPHEA", PartialDate(2010, 3, 2), "F", date(2035, 3, 1))
    assert mrz.parse_td1(lines, born_by=date(2010, 3, 2)).birth.year == 2010
    assert mrz.parse_td1(lines, born_by=date(2010, 3, 1)).birth.year == 1910
    assert mrz.parse_td1(NGUON).birth.year == 1956


def test_a_card_that_never_names_its_number_or_expiry_is_refused() -> None:
    def closed(first: str, second: str) -> tuple[str, str, str]:
        digit = mrz.check_digit(first[5:30] + second[0:7] + second[8:15] + second[18:29])
        return first, second + digit, SOPHEA[2]

    hollow = "IDKHM90000001<" + mrz.check_digit("90000001<") + "<" * 15
    with pytest.raises(Refusal) as caught:
        mrz.parse_td1(closed(hollow, SOPHEA[1][:29]))
    assert caught.value.code == "kernel.mrz_number"
    endless = SOPHEA[1][:8] + "34<<<<" + mrz.check_digit("34<<<<") + SOPHEA[1][15:29]
    with pytest.raises(Refusal) as caught:
        mrz.parse_td1(closed(SOPHEA[0], endless))
    assert (caught.value.code, caught.value.field) == ("kernel.bad_date", "expiry")
