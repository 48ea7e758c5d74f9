"""Khmer text: canonical order, folds, digits, collation, dates in words (law.md sections 9 and 10, TX)."""

import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from srok.ground.kernel import text
from srok.ground.kernel.dates import PartialDate

BASES = [chr(c) for c in (*range(0x1780, 0x17A3), *range(0x17A5, 0x17B4))]
MARKS = [chr(c) for c in (*range(0x17B6, 0x17D2), 0x17D3, 0x17DD)]
INVISIBLE = ["\u200b", "\u200c", "\u200d", "\u17b4", "\u17b5", "\ufeff"]
KHMER = st.text(st.sampled_from([*BASES, *MARKS, "\u17d2", "\u17d2", "\u17d2", *INVISIBLE, "\u17a3", "\u17a4", " "]))
SYLLABLE = st.builds(
    lambda base, coengs, marks: (base, ["\u17d2" + c for c in coengs], marks),
    st.sampled_from(BASES),
    st.lists(st.sampled_from(BASES), max_size=2, unique=True),
    st.lists(st.sampled_from(MARKS), max_size=3, unique=True),
)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("ហុ៊ន", "ហ៊ុន"),
        ("សិទិ្ធ", "សិទ្ធិ"),
        ("ស្រ្តី", "ស្ត្រី"),
        ("កណ្ដាល", "កណ្ដាល"),
        ("កណ្តាល", "កណ្តាល"),
        ("ស្ដេច", "ស្ដេច"),
        ("កេា", "កោ"),
        ("កាេ", "កោ"),
        ("កេី", "កើ"),
        ("\u17a3", "អ"),
        ("\u17a4", "អា"),
        ("សុ\u200bភា", "សុភា"),
        ("ក\u17b4", "ក"),
        ("ចំាប", "ចាំប"),
        ("ធមិ៌", "ធម៌ិ"),
        ("SOK សុខ 1", "SOK សុខ 1"),
        ("", ""),
    ],
)
def test_canonical_order(typed: str, stored: str) -> None:
    assert text.canonical(typed) == stored
    assert text.is_canonical(stored)


@given(KHMER)
def test_canonical_is_idempotent(typed: str) -> None:
    once = text.canonical(typed)
    assert text.canonical(once) == once
    assert text.is_canonical(once)


@given(KHMER)
def test_canonical_only_moves_what_is_there(typed: str) -> None:
    """Letters and what hangs under them survive; only split vowels and invisible marks change."""

    def atoms(value: str) -> list[str]:
        spelled = value.replace("\u17a4", "អា").replace("\u17a3", "អ").replace("\u17be", "េី").replace("\u17c4", "េា")
        return sorted(c for c in spelled if c not in INVISIBLE)

    stored = text.canonical(typed)
    assert atoms(stored) == atoms(typed)
    assert [c for c in stored if c == "\u178a"] == [c for c in typed if c == "\u178a"]


@given(SYLLABLE, st.randoms(use_true_random=False))
def test_every_typing_order_of_one_syllable_is_stored_alike(syllable, shuffler) -> None:
    base, coengs, marks = syllable
    ranks = [text._rank(mark) for mark in marks]
    if len(set(ranks)) < len(ranks):
        return  # two marks of one rank keep the typed order: which comes first can change the reading
    subscripts = sorted(coengs, key=lambda c: c[1] == "\u179a")
    mixed = [*subscripts, *marks]
    shuffler.shuffle(mixed)
    kept = [unit for unit in mixed if unit[0] == "\u17d2" and unit[1] != "\u179a"]
    if kept != [unit for unit in subscripts if unit[1] != "\u179a"]:
        return  # the order of two subscripts is a spelling of its own, RO alone moves
    assert text.canonical(base + "".join(mixed)) == text.canonical(base + "".join([*subscripts, *marks]))


@given(KHMER)
def test_the_short_way_and_the_long_way_agree(typed: str) -> None:
    """Text that is recognised as in order is exactly text that sorting its syllables leaves alone."""
    if text._IN_ORDER.fullmatch(typed):
        visible = typed.translate(text._INVISIBLE).translate(text._DEPRECATED)
        assert text._SYLLABLE.sub(text._ordered, visible) == typed


@given(KHMER)
def test_no_invisible_or_deprecated_character_is_stored(typed: str) -> None:
    assert not set(text.canonical(typed)) & {*INVISIBLE, "\u17a3", "\u17a4"}


def test_a_coeng_without_a_consonant_never_captures_the_next_letter() -> None:
    assert text.canonical("ក្ាខ") == "ក្ាខ"
    assert text.canonical("ក្") == "ក្"


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("សុខ", None),
        ("ស្ត្រី", None),
        ("SOK 12", None),
        ("ហុ៊ន", "order"),
        ("កេា", "order"),
        ("សុ\u200bភា", "invisible"),
        ("\u17a4", "deprecated"),
        ("ក្ាខ", "lone_coeng"),
        ("ក្", "lone_coeng"),
        ("ាក", "lone_mark"),
        ("A\u17c6", "lone_mark"),
        ("កាា", "repeated_mark"),
        ("កំំ", "repeated_mark"),
    ],
)
def test_order_problem_names_the_first_thing_wrong(typed: str, problem: str | None) -> None:
    assert text.order_problem(typed) == problem


@given(KHMER)
def test_order_problem_and_canonical_agree(typed: str) -> None:
    assert (text.order_problem(typed) in ("invisible", "deprecated", "order")) == (text.canonical(typed) != typed)


def test_fold_makes_the_two_spellings_of_kandal_meet_and_storage_keeps_them_apart() -> None:
    assert text.fold("កណ្ដាល") == text.fold("កណ្តាល")
    assert text.canonical("កណ្ដាល") != text.canonical("កណ្តាល")


def test_fold_reads_u_before_an_upper_vowel_as_the_shifter_it_looks_like() -> None:
    assert text.fold("សុី") == text.fold("ស៊ី") == "ស៊ី"
    assert text.fold("មុី") == text.fold("ម៉ី")
    assert text.fold("សុើ") == text.fold("ស៊ើ")
    assert text.fold("សុខ") == "សុខ"
    assert text.fold("សុំ") == "សុំ"


def test_different_names_with_one_latin_spelling_never_fold_together() -> None:
    names = ["ចាន់", "ច័ន្ទ", "ចន្ទ"]
    assert len({text.canonical(name) for name in names}) == 3
    assert len({text.fold(name) for name in names}) == 3


def test_the_loose_fold_also_drops_three_signs() -> None:
    assert text.fold("ចាន់", loose=True) == "ចាន"
    assert text.fold("ច័ន្ទ", loose=True) == text.fold("ចន្ទ", loose=True)


@given(KHMER, st.booleans())
def test_fold_is_idempotent_and_blind_to_typing_order(typed: str, loose: bool) -> None:
    key = text.fold(typed, loose=loose)
    assert text.fold(key, loose=loose) == key
    assert text.fold(text.canonical(typed), loose=loose) == key


def test_digits_both_ways() -> None:
    assert text.to_arabic_digits("០៣.០៨.1990") == "03.08.1990"
    assert text.to_khmer_digits("03.08.1990") == "០៣.០៨.១៩៩០"
    assert int(text.to_arabic_digits("២០២៦")) == 2026


@given(st.text(st.sampled_from("0123456789កA. ")))
def test_digits_round_trip(plain: str) -> None:
    assert text.to_arabic_digits(text.to_khmer_digits(plain)) == plain


def test_collation_is_the_dictionarys_not_the_code_points() -> None:
    words = ["កាំ", "កុំ", "កំ", "កៅ"]
    assert sorted(words, key=text.sort_key) == ["កៅ", "កុំ", "កំ", "កាំ"]
    assert sorted(words) != ["កៅ", "កុំ", "កំ", "កាំ"]


def test_dates_in_khmer_words_and_digits() -> None:
    assert text.format_date_km(date(1990, 8, 3)) == "ថ្ងៃទី៣ ខែសីហា ឆ្នាំ១៩៩០"
    assert text.format_date_km(PartialDate(1960, 5)) == "ខែឧសភា ឆ្នាំ១៩៦០"
    assert text.format_date_km(PartialDate(1960)) == "ឆ្នាំ១៩៦០"
    assert text.format_date_digits_km(date(1990, 8, 3)) == "០៣.០៨.១៩៩០"
    assert text.format_date_digits_km(PartialDate(1960)) == "១៩៦០"


def test_our_own_khmer_words_are_in_canonical_order() -> None:
    for month in text.MONTHS_KM:
        assert text.order_problem(month) is None
        assert unicodedata.name(month[0]).startswith("KHMER")
