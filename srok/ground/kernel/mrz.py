"""The machine-readable zone of the card: ICAO Doc 9303 TD1, three lines of 30, issuer KHM.

Truncation of names follows part 5 (4.2.3), transliteration part 3 (6, table A), check digits part 3 (4.9).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from srok.ground.kernel.dates import PartialDate, add_years
from srok.ground.kernel.refusal import Refusal

WIDTH: Final = 30
EXPIRY_CENTURY: Final = 2000
_WEIGHTS: Final = (7, 3, 1)
_VALUES: Final = {c: i for i, c in enumerate("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")} | {"<": 0}
_SEXES: Final = {"F": "F", "M": "M", "X": "<"}
_DOCUMENT: Final = "IDKHM"
_NATIONALITY: Final = "KHM"
# Doc 9303-3 section 6 A, the first form it recommends; what is not listed loses its marks (É is E, Ñ is N).
_TRANSLITERATION: Final = {
    ord(letter): spelled
    for letter, spelled in {
        "Ä": "AE", "Å": "AA", "Æ": "AE", "Ö": "OE", "Ø": "OE", "Œ": "OE", "Ü": "UE", "ẞ": "SS", "ß": "SS",
        "Ð": "D", "Đ": "D", "Þ": "TH", "Ħ": "H", "Ĳ": "IJ", "Ł": "L", "Ŀ": "L", "Ŋ": "N", "Ŧ": "T",
        "İ": "I", "ı": "I", "ĸ": "K", "Ə": "E",
        "-": " ", "\u2010": " ", "\u2011": " ", "\u2012": " ", "\u2013": " ", ",": " ", ".": "",
        "'": "", "\u2018": "", "\u2019": "", "\u02bc": "", "`": "", "\u00b4": "", "\u200b": "",
    }.items()
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class MrzFields:
    """What a TD1 text says; names as printed there: upper case A to Z, spaces for fillers, perhaps cut."""

    number: str
    family_latin: str
    given_latin: str
    birth: PartialDate
    sex: Literal["F", "M", "X"]
    expiry: date


def td1(
    number: str, family_latin: str, given_latin: str, birth: PartialDate, sex: str, expiry: date
) -> tuple[str, str, str]:  # six values, as printed on the card: they are the zone's own fields
    """The three lines of 30 characters.

    `number` is exactly 9 of 0-9 A-Z; `sex` is F, M or X; unknown parts of the birth date print as `<<`.
    Raises Refusal `kernel.mrz_number`, `kernel.mrz_name`, `kernel.mrz_sex`, or `kernel.bad_date` (the birth
    date after the expiry date, or an expiry whose two digits would be read as another year: it is always 20xx).
    """
    if not re.fullmatch("[0-9A-Z]{9}", number):
        raise Refusal("kernel.mrz_number", field="number")
    if sex not in _SEXES:
        raise Refusal("kernel.mrz_sex", field="sex")
    if birth.earliest > expiry or expiry.year // 100 != EXPIRY_CENTURY // 100:
        raise Refusal("kernel.bad_date", field="expiry")
    first = f"{_DOCUMENT}{number}{check_digit(number)}".ljust(WIDTH, "<")
    born, ends = birth.mrz(), PartialDate.of(expiry).mrz()
    second = f"{born}{check_digit(born)}{_SEXES[sex]}{ends}{check_digit(ends)}{_NATIONALITY}".ljust(29, "<")
    return first, second + check_digit(_composite(first, second)), name_line(family_latin, given_latin)


def check_digit(text: str) -> str:
    """The check digit of a field: weights 7, 3, 1, modulo 10; Refusal `kernel.mrz_character` for others."""
    if any(c not in _VALUES for c in text):
        raise Refusal("kernel.mrz_character")
    return str(sum(_VALUES[c] * _WEIGHTS[i % 3] for i, c in enumerate(text)) % 10)


def transliterate(name: str, field: str | None = None) -> str:
    """The components of a name in A to Z, joined by single `<`.

    Raises Refusal `kernel.mrz_name`, naming `field`, when a character has no Latin form (Khmer letters, digits).
    """
    upper = unicodedata.normalize("NFC", name).upper().translate(_TRANSLITERATION)
    plain = unicodedata.normalize("NFD", upper).translate(_TRANSLITERATION)
    letters = "".join(c for c in plain if unicodedata.category(c) != "Mn")
    if not re.fullmatch(r"[A-Z\s]*", letters):
        raise Refusal("kernel.mrz_name", field=field)
    return "<".join(letters.split())


def name_line(family_latin: str, given_latin: str) -> str:
    """The third line: primary identifier, `<<`, secondary identifier, filled or cut to 30 (part 5, 4.2.3).

    The separator and at least one letter of the given name are never dropped, and a truncated line ends in a
    letter. A person with one name only has it as primary identifier. Raises Refusal `kernel.mrz_name`.
    """
    family, given = transliterate(family_latin, "family_latin"), transliterate(given_latin, "given_latin")
    primary, secondary = (family, given) if family else (given, "")
    if not primary:
        raise Refusal("kernel.mrz_name", field="family_latin")
    if not secondary:
        return _shortened(primary, WIDTH).ljust(WIDTH, "<")
    whole = f"{primary}<<{secondary}"
    if len(whole) <= WIDTH:
        return whole.ljust(WIDTH, "<")
    kept = _shortened(primary, WIDTH - 3)
    return f"{kept}<<{_shortened(secondary, WIDTH - 2 - len(kept))}".ljust(WIDTH, "<")


def parse_td1(lines: Sequence[str], *, born_by: date | None = None) -> MrzFields:
    """Read and check three TD1 lines of a Khmer identity card.

    The century of the birth date is the latest one that puts it on or before `born_by` (the day of reading
    less the least age of a holder); left out, 25 years before the expiry date, which is always 20xx
    (ID-MRZ-CENTURY). Raises Refusal `kernel.mrz_length`, `kernel.mrz_character`, `kernel.mrz_document`,
    `kernel.mrz_number`, `kernel.mrz_check_digit` (with `field`), `kernel.mrz_sex`,
    `kernel.mrz_name` or `kernel.bad_date`.
    """
    first, second, third = _checked_lines(lines)
    number = first[5:14]
    if "<" in number:
        raise Refusal("kernel.mrz_number", field="number")
    expiry = _read_date(second[8:14], EXPIRY_CENTURY, "expiry").whole
    if expiry is None:
        raise Refusal("kernel.bad_date", field="expiry")
    sex = {"F": "F", "M": "M", "<": "X"}.get(second[7])
    if sex is None:
        raise Refusal("kernel.mrz_sex", field="sex")
    birth = _read_birth(second[0:6], born_by or add_years(expiry, -25))
    family, given = _read_name(third)
    return MrzFields(number, family, given, birth, _as_sex(sex), expiry)


def _composite(first: str, second: str) -> str:
    return first[5:30] + second[0:7] + second[8:15] + second[18:29]


def _shortened(name: str, width: int) -> str:
    """At most `width` characters of a name; cut, it still ends in a letter, so that the cut shows.

    Where the cut would fall on a filler, the component before gives its last place to the next one's first.
    """
    if len(name) <= width:
        return name
    cut = name[:width]
    if not cut.endswith("<"):
        return cut
    if cut[-3:-2] not in ("", "<"):
        return f"{cut[:-2]}<{name[width]}"
    return cut.rstrip("<")


def _checked_lines(lines: Sequence[str]) -> tuple[str, str, str]:
    if len(lines) != 3 or any(len(line) != WIDTH for line in lines):
        raise Refusal("kernel.mrz_length")
    if any(c not in _VALUES for line in lines for c in line):
        raise Refusal("kernel.mrz_character")
    first, second, third = lines
    if not first.startswith(_DOCUMENT) or second[15:18] != _NATIONALITY:
        raise Refusal("kernel.mrz_document")
    digits = {
        "number": (first[5:14], first[14]),
        "birth_date": (second[0:6], second[6]),
        "expiry": (second[8:14], second[14]),
        "composite": (_composite(first, second), second[29]),
    }
    for field, (data, digit) in digits.items():
        if check_digit(data) != digit:
            raise Refusal("kernel.mrz_check_digit", field=field)
    return first, second, third


def _read_date(text: str, century: int, field: str) -> PartialDate:
    parts = re.fullmatch(r"(\d\d)(\d\d|<<)(\d\d|<<)", text)
    if parts is None:
        raise Refusal("kernel.bad_date", field=field)
    month, day = (None if part == "<<" else int(part) for part in parts.groups()[1:])
    try:
        return PartialDate(century + int(parts[1]), month, day)
    except Refusal as problem:
        raise problem.at(field=field) from None


def _read_birth(text: str, born_by: date) -> PartialDate:
    problem: Refusal | None = None
    for century in (2000, 1900):
        try:
            born = _read_date(text, century, "birth_date")
        except Refusal as refused:  # 29 February exists in one century only
            problem = refused
            continue
        if born.earliest <= born_by:
            return born
    raise problem or Refusal("kernel.bad_date", field="birth_date")


def _read_name(line: str) -> tuple[str, str]:
    primary, _, secondary = line.rstrip("<").partition("<<")
    if not re.fullmatch("[A-Z]+(<[A-Z]+)*", primary) or not re.fullmatch("([A-Z]+(<[A-Z]+)*)?", secondary):
        raise Refusal("kernel.mrz_name", field="name")
    return primary.replace("<", " "), secondary.replace("<", " ")


def _as_sex(code: str) -> Literal["F", "M", "X"]:
    return "F" if code == "F" else "M" if code == "M" else "X"
