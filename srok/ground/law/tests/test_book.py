"""The data files: complete, sourced, Khmer well written; and what a broken file says."""

import pickle
import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from srok.ground.kernel.refusal import Refusal
from srok.ground.kernel.text import order_problem
from srok.ground.law import public, rules
from srok.ground.law.book import DATA, LawDataError, book
from srok.ground.law.terms import Mark

ON = date(2025, 1, 15)
CONTRACT_KEYS = [
    "card.min_age", "card.validity_years", "card.validity_minus_one_day", "card.renewal_window_days",
    "card.excluded_statuses", "card.number_block", "card.fee_riel", "appeal.days", "address.abroad_options",
    "nationality.by_descent", "roll.min_age", "roll.windows", "roll.channels", "evidence.primary", "witness.max",
    "witness.window_days", "block.lapse_days",
]  # fmt: skip


@pytest.mark.parametrize("key", CONTRACT_KEYS)
def test_keys_that_rooms_ask_for_have_a_value_and_a_source_in_2025(key):
    law = public.as_of(ON)
    assert law.value(key) not in (None, [])
    assert law.source(key).title_km and law.source(key).title_en


def test_every_khmer_text_is_in_canonical_order_and_has_no_latin_words():
    texts = [one.text_km for periods in book().parameters.values() for one in periods]
    texts += [rule.text_km for rule in book().rules.values() if rule.text_km]
    texts += [source.title_km for rule in book().rules.values() for source in rule.sources]
    for text in texts:
        assert order_problem(text) is None, text
        latin = set(re.findall("[A-Za-z]{2,}", text)) - {"ICAO", "TD", "IDKHM", "UTN", "km", "ICU", "xx"}
        assert not latin, text


def test_every_reason_of_a_case_and_the_roll_has_khmer_and_a_source():
    for code in public.reason_codes():
        found = public.as_of(ON).reason(code)
        assert public.rule(found.rule).text_km, code
        assert found.source.cite("km") and found.source.cite("en")


def test_the_source_of_a_reason_is_that_of_the_day():
    assert public.reason("cases.under_age", date(2000, 1, 1)).instrument == "SD36"
    assert public.reason("cases.under_age", ON).instrument == "SD60"
    assert public.reason("cases.under_age", ON).cite("km").endswith("មាត្រា ២")


def test_a_rule_of_the_service_is_printed_without_an_article():
    source = public.as_of(ON).source("appeal.days")
    assert source.rule_of_service
    assert (source.cite("km"), source.cite("en")) == ("វិធានរបស់សេវា", "Rule of the service")


def test_an_unchecked_article_is_never_printed():
    land = public.rule("LAND-OWN").sources[1]
    assert land.mark is Mark.UNCHECKED and land.article == ""
    assert land.cite("en").endswith("(unchecked)")
    for rule in public.rules().values():
        assert all(not source.article for source in rule.sources if source.mark in (Mark.UNCHECKED, Mark.SERVICE))


def test_every_rule_of_law_md_section_10_is_there():
    assert len(public.rules()) == 78 + len(["16a", "16b", "30a", "30b", "30c", "31a"])


def test_rules_that_run_here_name_a_function_and_are_executable():
    for rule in public.rules().values():
        if rule.runs:
            assert rule.executable and callable(getattr(rules, rule.runs)), rule.id


def test_law_is_picklable_and_its_lists_are_copies():
    law = public.as_of(ON)
    assert pickle.loads(pickle.dumps(law)) == law
    law.value("roll.channels").append("post")
    law.value("roll.windows")[0]["year"] = 1
    assert law.words("roll.channels") == ("in_person",)
    assert law.value("roll.windows")[0]["year"] == 2016


def test_nothing_is_extrapolated():
    with pytest.raises(Refusal) as refusal:
        public.as_of(date(1990, 1, 1)).value("card.min_age")
    assert refusal.value.code == "law.nothing_in_force"
    with pytest.raises(Refusal) as refusal:
        public.as_of(ON).value("card.colour")
    assert refusal.value.code == "law.unknown_key"


def test_number_and_words_refuse_another_kind():
    law = public.as_of(ON)
    with pytest.raises(Refusal):
        law.number("card.validity_minus_one_day")
    with pytest.raises(Refusal):
        law.words("card.number_block")


# Broken files


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(DATA, tmp_path / "data"))


def broken(folder: Path, file: str, old: str, new: str) -> LawDataError:
    path = folder / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(LawDataError) as error:
        book(folder)
    return error.value


@pytest.mark.parametrize(
    ("file", "old", "new", "key", "says"),
    [
        ("parameters.toml", 'until = "2007"', 'until = "2008"', "card.min_age", "overlap"),
        ("parameters.toml", 'source = "SD36:3"', 'source = "SD99:3"', "card.min_age", "unknown source “SD99”"),
        ("parameters.toml", ', source = "SD36:3"', "", "card.min_age", "missing source"),
        ("parameters.toml", "{ value = 18,", "{ value = 18, red = 1,", "card.min_age", "unknown field red"),
        ("parameters.toml", 'from = "1996-07-26"', 'from = "1996-13"', "card.min_age", "is not a date"),
        ("parameters.toml", 'until = "2007"', 'until = "1990"', "card.min_age", "before it begins"),
        ("parameters.toml", 'unit = "years"', 'unite = "years"', "card.min_age", "unknown field unite"),
        ("sources.toml", 'mark = "R"', 'mark = "X"', "SD36", "unknown mark"),
        ("rules.toml", '["card.min_age"]', '["card.max_age"]', "ID-AGE", "unknown parameter"),
        ("rules.toml", 'sources = ["SD60:2", "SD36:3"]', "sources = []", "ID-AGE", "no source"),
        ("reasons.toml", 'rule = "ID-AGE"', 'rule = "ID-OLD"', "cases.under_age", "unknown rule"),
        ("reasons.toml", 'effect = "refuse"', 'effect = "burn"', "cases.under_age", "unknown effect"),
        ("windows.toml", "last = 2016-11-30", "last = 2016-08-30", "2016", "in order"),
        ("windows.toml", "year = 2017\nfirst = 2017-09-01", "year = 2018\nfirst = 2018-09-01", "2018", "in order"),
        ("holidays.toml", "2022-01-07", "2021-01-07", "2022", "another year"),
    ],
)  # fmt: skip
def test_a_broken_file_is_named_with_its_key(folder, file, old, new, key, says):
    error = broken(folder, file, old, new)
    assert (error.file, error.key) == (file, key)
    assert says in error.problem


def test_a_missing_or_unreadable_file_is_named(folder):
    (folder / "rules.toml").unlink()
    with pytest.raises(LawDataError, match="rules.toml"):
        book(folder)


def test_a_file_that_is_not_toml_is_named(folder):
    assert broken(folder, "sources.toml", "[SD36]", "[SD36").file == "sources.toml"
