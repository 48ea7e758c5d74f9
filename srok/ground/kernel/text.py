"""Khmer text: the order its code points must have, digits, dates in words, collation, a fold for matching.

Canonical order is that of Unicode Technical Note 61 (and SIL's khmer-character-specification): base, robat,
coengs with coeng RO last, register shifter, vowels, signs. Unlike the packages looked at (law.md section 9)
it never turns coeng DA into coeng TA: ្ដ and ្ត are different spellings, and only `fold` lets them meet.
NFC is deliberately not used: it does nothing useful for Khmer and can damage <ATTHACAN, COENG>.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any, Final, Protocol

COENG: Final = "\u17d2"
RO, DA, TA = "\u179a", "\u178a", "\u178f"
MONTHS_KM: Final = (
    "មករា", "កុម្ភៈ", "មីនា", "មេសា", "ឧសភា", "មិថុនា",
    "កក្កដា", "សីហា", "កញ្ញា", "តុលា", "វិច្ឆិកា", "ធ្នូ",
)  # fmt: skip

_INVISIBLE: Final = dict.fromkeys(
    (0x17B4, 0x17B5, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF, 0x00AD), None
)
_DEPRECATED: Final = {0x17A3: "\u17a2", 0x17A4: "\u17a2\u17b6"}
_TO_KHMER: Final = {ord("0") + i: chr(0x17E0 + i) for i in range(10)}
_TO_ARABIC: Final = {0x17E0 + i: str(i) for i in range(10)}

_BASE: Final = "[\u1780-\u17a2\u17a5-\u17b3]"
_MARK: Final = "[\u17b6-\u17d1\u17d3\u17dd]"
# One syllable: a base and all that hangs on it; a coeng counts only together with the consonant it carries.
_SYLLABLE: Final = re.compile(f"{_BASE}(?:{COENG}{_BASE}|{_MARK})+")
_UNIT: Final = re.compile(f"{COENG}{_BASE}|.", re.DOTALL)
# What is in order already, which is nearly everything: recognised in one pass, so that imports stay quick.
_IN_ORDER: Final = re.compile(
    "(?:[^\u17a3\u17a4\u17b4-\u17d3\u17dd\u200b-\u200f\u2060\ufeff\u00ad]"
    "\u17cc*+(?:\u17d2[\u1780-\u1799\u179b-\u17a2\u17a5-\u17b3])*+(?:\u17d2\u179a)*+[\u17c9\u17ca]*+"
    "(?:[\u17be-\u17c0\u17c2-\u17c5]|\u17c1(?![\u17bb-\u17bd]*[\u17b6\u17b8]))*+[\u17bb-\u17bd]*+[\u17b7-\u17ba]*+"
    "\u17b6*+[\u17c6\u17cb\u17cd-\u17d1\u17d3\u17dd]*+[\u17c7\u17c8]*+)*+"
)
_SPLIT_OE: Final = re.compile("\u17c1([\u17bb-\u17bd]*)\u17b8")
_SPLIT_OO: Final = re.compile("\u17c1([\u17bb-\u17bd]*)\u17b6")


class Dated(Protocol):
    """What can be written as a date: a `date`, or a `PartialDate` whose month or day may be None."""

    @property
    def year(self) -> int: ...
    @property
    def month(self) -> int | None: ...
    @property
    def day(self) -> int | None: ...


def to_arabic_digits(text: str) -> str:
    """The text with Khmer digits (U+17E0 to U+17E9) as 0 to 9; everything else unchanged."""
    return text.translate(_TO_ARABIC)


def to_khmer_digits(text: str) -> str:
    """The text with 0 to 9 as Khmer digits; everything else unchanged."""
    return text.translate(_TO_KHMER)


def canonical(text: str) -> str:
    """The text in the one order that is stored (UTN 61); idempotent; reading is never changed.

    Zero-width characters and the invisible U+17B4/17B5 go, the deprecated U+17A3/17A4 become the letters they
    stand for, split vowels (េ+ា, េ+ី) are composed, and each syllable is put in order. Non-Khmer text is kept.
    """
    if _IN_ORDER.fullmatch(text):
        return text
    visible = text.translate(_INVISIBLE).translate(_DEPRECATED)
    return _SYLLABLE.sub(_ordered, visible)


def is_canonical(text: str) -> bool:
    """Say whether the text already stands in canonical order."""
    return canonical(text) == text


def order_problem(text: str) -> str | None:
    """The first thing wrong with the text's Khmer spelling order as a short code, or None.

    What `canonical` mends: `invisible`, `deprecated`, `order`. What it cannot: `lone_coeng`, `lone_mark` (no
    base to hang on), `repeated_mark` (the same mark twice on one base); such text must go back to a person.
    """
    if text.translate(_INVISIBLE) != text:
        return "invisible"
    if text.translate(_DEPRECATED) != text:
        return "deprecated"
    if canonical(text) != text:
        return "order"
    if any(_repeats(found.group()) for found in _SYLLABLE.finditer(text)):
        return "repeated_mark"
    left = re.sub(_BASE, "", _SYLLABLE.sub("", text))
    if COENG in left:
        return "lone_coeng"
    return "lone_mark" if re.search(_MARK, left) else None


def fold(text: str, *, loose: bool = False) -> str:
    """A key for matching only, never stored as a name: spellings that look or sound alike meet (TX-FOLD).

    Coeng DA is read as coeng TA, ុ before an upper vowel as the register shifter it stands for (សុី as ស៊ី),
    Khmer digits as Arabic. `loose` also drops the signs ័ ់ ៍ and what ៍ silences nothing of (the letter stays).
    """
    key = canonical(text).replace(COENG + DA, COENG + TA)
    key = _U_AS_SHIFTER.sub(_shifter, key)
    if loose:
        key = key.translate(_LOOSE_SIGNS)
    return to_arabic_digits(canonical(key))


def sort_key(text: str) -> bytes:
    """A key that sorts Khmer as a dictionary does (CLDR `km` collation through ICU)."""
    key: bytes = _collator().getSortKey(text)
    return key


def format_date_km(day: Dated) -> str:
    """A date in Khmer words: ថ្ងៃទី៣ ខែសីហា ឆ្នាំ១៩៩០; unknown parts of a partial date are left out."""
    parts = [f"ថ្ងៃទី{day.day}"] if day.day else []
    parts += [f"ខែ{MONTHS_KM[day.month - 1]}"] if day.month else []
    return to_khmer_digits(" ".join([*parts, f"ឆ្នាំ{day.year}"]))


def format_date_digits_km(day: Dated) -> str:
    """A date as the card prints it: ០៣.០៨.១៩៩០; unknown parts of a partial date are left out."""
    parts = [f"{part:02}" for part in (day.day, day.month) if part]
    return to_khmer_digits(".".join([*parts, f"{day.year:04}"]))


_U_AS_SHIFTER: Final = re.compile(
    f"({_BASE})((?:{COENG}{_BASE})*)([\u17be\u17bf\u17c0]?)\u17bb(?=[\u17b7-\u17ba]|(?<=[\u17be-\u17c0]\u17bb))"
)
_SECOND_SERIES: Final = frozenset("ងញណនបមយរលវ")
_LOOSE_SIGNS: Final = dict.fromkeys((0x17CB, 0x17CD, 0x17D0), None)


def _rank(unit: str) -> int:
    """Where a unit stands in its syllable; units of equal rank keep the order they were typed in."""
    if len(unit) == 2:
        return 3 if unit[1] == RO else 2
    code = ord(unit)
    if code == 0x17CC:
        return 1
    if code in (0x17C9, 0x17CA):
        return 4
    for rank, first, last in _VOWEL_RANKS:
        if first <= code <= last:
            return rank
    return 0 if code < 0x17B4 else 9


_VOWEL_RANKS: Final = (
    (5, 0x17BE, 0x17C5),  # vowels with a part before the base
    (6, 0x17BB, 0x17BD),  # below
    (7, 0x17B7, 0x17BA),  # above
    (8, 0x17B6, 0x17B6),  # after
    (10, 0x17C7, 0x17C8),  # final signs; all other signs rank 9
)


def _ordered(found: re.Match[str]) -> str:
    units = _UNIT.findall(found.group())
    syllable = "".join([units[0], *sorted(units[1:], key=_rank)])
    return _SPLIT_OO.sub("\u17c4\\1", _SPLIT_OE.sub("\u17be\\1", syllable))


def _repeats(syllable: str) -> bool:
    marks = [unit for unit in _UNIT.findall(syllable)[1:] if len(unit) == 1]
    return len(set(marks)) < len(marks)


def _shifter(found: re.Match[str]) -> str:
    base, coengs, before = found.groups()
    sign = "\u17c9" if base in _SECOND_SERIES else "\u17ca"
    return f"{base}{coengs}{sign}{before}"


@cache
def _collator() -> Any:
    import icu

    return icu.Collator.createInstance(icu.Locale("km"))
