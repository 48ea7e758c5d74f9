"""Levels, weights and confidence, without a database."""

from __future__ import annotations

from functools import cache
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from srok.ground.kernel.dates import PartialDate
from srok.ground.kernel.names import PersonName
from srok.identity.matching import rules
from srok.identity.matching.counts import Counts
from srok.identity.matching.names import NameLevel, forms_of, khmer_skeleton, level_of, name_key
from srok.identity.matching.rules import Listed, date_level, place_level
from srok.identity.matching.similarity import jaro_winkler
from srok.identity.matching.terms import Candidate, Hint, SearchedAs, SearchPerson
from srok.identity.matching.weights import (
    DATE_M,
    DATE_M_PLACEHOLDER,
    NAME_M_KHMER,
    NAME_M_LATIN,
    PLACE_M,
    DateLevel,
    PlaceLevel,
)
from srok.identity.matching.wording import SENTENCES

LATIN = st.text(alphabet="ABCDEHIKLMNOPRSTUVY", min_size=0, max_size=12)
DATES = st.builds(PartialDate, st.integers(1920, 2010), st.integers(1, 12), st.integers(1, 28)) | st.builds(
    PartialDate, st.integers(1920, 2010)
)


@pytest.mark.parametrize(
    ("left", "right", "level"),
    [
        (("SOPHEA", "សុភា"), ("SOPHEAP", "សុភា"), NameLevel.KHMER),
        (("SOPHEA", ""), ("SOPHEA", "សុភា"), NameLevel.LATIN),
        (("SO PHEA", ""), ("SOPHEA", ""), NameLevel.LATIN),
        (("SOPEA", ""), ("SOPHEA", ""), NameLevel.SOUND),
        (("SOPHÉA", ""), ("SOPHEA", ""), NameLevel.LATIN),
        (("TCHHAY", ""), ("CHAY", ""), NameLevel.SOUND),
        (("VANNARITHI", ""), ("VANNARITH", ""), NameLevel.NEAR),
        (("SARAN", ""), ("SOROUN", ""), NameLevel.CONSONANTS),
        (("MALIS", ""), ("DARA", ""), NameLevel.ELSE),
        (("CHAN", "ចាន់"), ("CHAN", "ច័ន្ទ"), NameLevel.LATIN),
        (("", "ចាន់"), ("CHAN", ""), NameLevel.CONSONANTS),
        (("", "ចាន់"), ("MALIS", ""), None),
        (("", ""), ("MALIS", ""), None),
    ],
)
def test_levels_of_names(left: tuple[str, str], right: tuple[str, str], level: NameLevel | None) -> None:
    assert level_of(name_key(*left), name_key(*right)) is level
    assert level_of(name_key(*right), name_key(*left)) is level


def test_a_khmer_name_is_heard_as_its_latin_spelling() -> None:
    for khmer, latin in {
        "សុភា": "SOPHEA", "ចាន់": "CHAN", "ប៊ុនរិទ្ធ": "BUNRITH", "ពេជ្រ": "PICH", "ថាច់": "THACH", "ហេង": "HENG",
        "ស្រីពេជ្រ": "SREYPICH", "ហ្វាទីម៉ះ": "FATIMAH", "លក្ខណ៍": "LEAK", "ម៉ាលីស": "MALIS", "អ៊ុក": "OUK",
    }.items():  # fmt: skip
        assert khmer_skeleton(khmer) == name_key(latin, "").k1, (khmer, latin)


@settings(deadline=None)
@given(LATIN, LATIN)
def test_jaro_winkler_is_a_symmetric_measure(left: str, right: str) -> None:
    alike = jaro_winkler(left, right)
    assert 0 <= alike <= 1
    assert alike == pytest.approx(jaro_winkler(right, left))
    assert (alike == 1) is (left == right and bool(left))


@pytest.mark.parametrize(
    ("left", "right", "alike"),
    [("MARTHA", "MARHTA", 0.961), ("DIXON", "DICKSONX", 0.813), ("DWAYNE", "DUANE", 0.840), ("ABC", "XYZ", 0.0)],
)
def test_jaro_winkler_gives_the_published_values(left: str, right: str, alike: float) -> None:
    assert jaro_winkler(left, right) == pytest.approx(alike, abs=0.001)


@pytest.mark.parametrize(
    ("left", "right", "level"),
    [
        ("1960-05-03", "1960-05-03", DateLevel.EXACT),
        ("1960-05-03", "1960-03-05", DateLevel.SWAPPED),
        ("1960-05-03", "1961-05-03", DateLevel.DAY_MONTH),
        ("1960-01-01", "1960-05-03", DateLevel.PLACEHOLDER),
        ("1960", "1960-05-03", DateLevel.PLACEHOLDER),
        ("1960-04-13", "1960-05-03", DateLevel.PLACEHOLDER),
        ("1960-01-01", "1961-01-01", DateLevel.NEAR_1),
        ("1960-05-03", "1960-05-20", DateLevel.YEAR_PART),
        ("1960-05-03", "1960-08-20", DateLevel.YEAR),
        ("1960-01-01", "1959-11-20", DateLevel.NEAR_1),
        ("1960", "1963", DateLevel.NEAR_3),
        ("1960", "1967", DateLevel.NEAR_8),
        ("1960", "1970", DateLevel.ELSE),
    ],
)
def test_levels_of_dates(left: str, right: str, level: DateLevel) -> None:
    one, other = PartialDate.parse(left), PartialDate.parse(right)
    assert date_level(one, other) is level
    assert date_level(other, one) is level


@pytest.mark.parametrize(
    ("left", "right", "level"),
    [
        ("010502", "01050201", PlaceLevel.COMMUNE),
        ("010502", "0105", PlaceLevel.DISTRICT),
        ("010502", "010999", PlaceLevel.PROVINCE),
        ("VN", "VN", PlaceLevel.PROVINCE),
        ("VN", "010502", PlaceLevel.ELSE),
    ],
)
def test_levels_of_places(left: str, right: str, level: PlaceLevel) -> None:
    assert place_level(left, right) is level


def test_the_weights_are_shares_of_one_whole() -> None:
    for table in (NAME_M_KHMER, DATE_M, DATE_M_PLACEHOLDER, PLACE_M):
        assert sum(table.values()) == pytest.approx(1)
    assert sum(m for level, m in NAME_M_LATIN.items() if level is not NameLevel.KHMER) == pytest.approx(1)


def test_every_code_that_can_be_given_has_its_sentence() -> None:
    codes = {f"matching.name_{level.name.lower()}" for level in NameLevel}
    codes |= {f"matching.birth_{level.value}" for level in DateLevel}
    codes |= {f"matching.place_{level.value}" for level in PlaceLevel}
    codes |= {f"matching.hint_{hint.value}" for hint in Hint}
    codes |= {f"matching.{rest}" for rest in (
        "name_patronymic", "name_fathers", "order_swapped", "order_part", "sex_same", "sex_else", "gap_plausible",
        "gap_else", "kin_sibling", "kin_twin", "alive_no",
    )}  # fmt: skip
    assert codes <= set(SENTENCES)


NAMES = {
    "given": ["SOPHEA", "MALIS", "DARA", "BOPHA", "CHANTHA"],
    "family": ["SOK", "CHEA", "KEO", "MEAS", "SAO"],
}


@cache
def counts(total: int = 20_000) -> Counts:
    """A list on which each of five names is borne by one in a hundred."""
    each = total // 100
    roles = {
        role: {name_key(name, ""): each for name in NAMES[role.rsplit("_")[-1]]}
        for role in ("given", "family", "father_given", "mother_given", "mother_family", "father_family")
    }
    births = {f"{year}-{month:02}-{day:02}": 1 for year in range(1940, 2000) for month in (1, 3, 5) for day in (1, 7)}
    return Counts(total, roles, births, {"010502": each, "020101": each}, {"F": total // 2, "M": total // 2})


def listed(**more: object) -> Listed:
    facts: dict[str, object] = {
        "subject": UUID(int=1), "register_no": "1", "family": name_key("SOK", ""), "given": name_key("SOPHEA", ""),
        "father_family": name_key("SOK", ""), "father_given": name_key("DARA", ""),
        "mother_family": name_key("CHEA", ""), "mother_given": name_key("BOPHA", ""), "sex": "F",
        "birth": PartialDate(1970, 5, 7), "birthplace": "010502", "alive": True,
    }  # fmt: skip
    return Listed(**{**facts, **more})  # type: ignore[arg-type]


def latin(family: str, given: str) -> PersonName:
    return PersonName("", "", family, given)


PARENTS = {"father": latin("SOK", "DARA"), "mother": latin("CHEA", "BOPHA")}


def judged(query: SearchPerson, one: Listed | None = None) -> Candidate:
    asked = rules.prepare(query)
    return rules.candidate(asked, rules.score(asked, one or listed(), counts()))


def bits(found: Candidate) -> int:
    return sum(one.bits10 for one in found.reasons)


def reason(found: Candidate, field: str) -> str:
    return next((one.level for one in found.reasons if one.field == field), "")


def test_the_same_person_is_likely_in_either_order() -> None:
    straight = judged(SearchPerson(latin("SOK", "SOPHEA"), PartialDate(1970, 5, 7), "F", "010502", **PARENTS))
    swapped = judged(SearchPerson(latin("SOPHEA", "SOK"), PartialDate(1970, 5, 7), "F", "010502", **PARENTS))
    assert straight.hint is swapped.hint is Hint.LIKELY
    assert straight.score >= swapped.score
    assert (reason(straight, "order"), reason(swapped, "order")) == ("", "swapped")


def test_a_borrowed_birthday_and_another_spelling_do_not_hide_a_person() -> None:
    found = judged(SearchPerson(latin("SOPEA", "SOKH"), PartialDate(1970, 1, 1), "F", "", **PARENTS))
    assert found.score > 0.5
    assert (reason(found, "birth"), reason(found, "given")) == ("placeholder", "sound")


def test_a_name_taken_from_the_father_is_no_contradiction() -> None:
    query = SearchPerson(latin("DARA", "SOPHEA"), PartialDate(1970, 5, 7), "F", "010502", **PARENTS)
    other = SearchPerson(latin("KEO", "SOPHEA"), PartialDate(1970, 5, 7), "F", "010502", **PARENTS)
    assert reason(judged(query), "family") == "patronymic"
    assert reason(judged(other), "family") == "fathers"  # the list's name is the father's: neutral
    strange = judged(other, listed(family=name_key("MEAS", "")))
    assert reason(strange, "family") == "else"
    assert bits(judged(query)) > bits(judged(other)) > bits(strange)


def test_a_married_name_beside_the_own_one_is_left_out() -> None:
    found = judged(SearchPerson(latin("SOK-TREMBLAY", "MARIE SOPHEA"), PartialDate(1970, 5, 7), "F", **PARENTS))
    assert found.hint is Hint.LIKELY
    assert reason(found, "order") == "part"


@pytest.mark.parametrize(("born", "kin"), [((1972, 3, 1), "sibling"), ((1970, 5, 7), "twin")])
def test_brothers_and_sisters_are_never_likely(born: tuple[int, int, int], kin: str) -> None:
    found = judged(SearchPerson(latin("SOK", "MALIS"), PartialDate(*born), "F", "010502", **PARENTS))
    assert found.hint is not Hint.LIKELY
    assert reason(found, "kin") == kin


def test_a_parent_is_judged_by_name_and_age() -> None:
    query = SearchPerson(latin("SOK", "SOPHEA"), sex="F", as_role=SearchedAs.MOTHER, child_birth=PartialDate(1995))
    fits, too_old = judged(query), judged(query, listed(birth=PartialDate(1940)))
    assert (reason(fits, "gap"), reason(too_old, "gap")) == ("plausible", "else")
    assert fits.score > too_old.score
    assert reason(fits, "kin") == ""


def test_a_nameless_sibling_is_found_by_the_parents() -> None:
    nobody = PersonName("", "", "", "")
    found = judged(SearchPerson(nobody, as_role=SearchedAs.SIBLING, child_birth=PartialDate(1974), **PARENTS), listed())
    assert found.hint in (Hint.LIKELY, Hint.REVIEW)
    assert reason(found, "father_family") == "latin"


def test_one_who_has_died_is_shown_as_such() -> None:
    found = judged(SearchPerson(latin("SOK", "SOPHEA"), PartialDate(1970, 5, 7)), listed(alive=False))
    assert reason(found, "alive") == "no"


QUERIES = st.builds(
    SearchPerson, name=st.builds(latin, LATIN, LATIN), birth=st.none() | DATES,
    sex=st.sampled_from(["F", "M", "X", ""]), birthplace=st.sampled_from(["010502", "01", "VN", ""]),
    father=st.none() | st.builds(latin, LATIN, LATIN), as_role=st.sampled_from(SearchedAs),
    child_birth=st.none() | DATES,
)  # fmt: skip


@settings(deadline=None)  # a busy machine is no failure
@given(QUERIES)
def test_any_question_gets_a_confidence_and_reasons(query: SearchPerson) -> None:
    found = judged(query)
    assert 0 <= found.score <= 1
    assert all(one.code in SENTENCES and f"matching.field_{one.field}" in SENTENCES for one in found.reasons)


@settings(deadline=None)
@given(st.sampled_from(NAMES["family"]), st.sampled_from(NAMES["given"]))
def test_closer_is_never_worth_less(family: str, given_name: str) -> None:
    """Shares grow and m falls from level to level, so that weights never rise on the way down."""
    shares = counts().name_shares("given", name_key(given_name, "")).shares
    ordered = [shares[level] for level in list(NameLevel)[:-1]]
    assert ordered == sorted(ordered)
    assert forms_of(latin(family, given_name))[0].cost10 == 0
