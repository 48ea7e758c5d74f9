"""What is written where on a card and on a letter: texts in the form in which they are printed. Pure."""

import re
from datetime import date
from typing import Final

from srok.ground.kernel.text import format_date_digits_km, to_khmer_digits
from srok.ground.paper.terms import CardFace

# A break may stand before a letter that no coeng hangs under: between the syllables of a word without spaces.
_SYLLABLE_START: Final = re.compile("(?<=[\u1780-\u17dd])(?<!\u17d2)(?=[\u1780-\u17b3])")
_LONG_WORD: Final = re.compile(r"[^\s\u1780-\u17ff\u200b]{16,}")
_SEX: Final = {"F": "ស្រី", "M": "ប្រុស", "X": "មិនបញ្ជាក់"}
_MONTHS_EN: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def breakable(text: str) -> str:
    """The text with zero-width break opportunities, for the smallest places only.

    Between Khmer syllables, never inside one, and inside Latin words of more than 15 letters.
    """
    soft = _SYLLABLE_START.sub("\u200b", text)
    return _LONG_WORD.sub(lambda word: "\u200b".join(word.group()), soft)


def date_en(on: date) -> str:
    """A date in English words: 12 May 2025."""
    return f"{on.day} {_MONTHS_EN[on.month - 1]} {on.year}"


def card_texts(face: CardFace) -> dict[str, str]:
    """Every variable Khmer or Latin text of the card by field name, as printed (law.md 1.3).

    A birth date of which only the year, or year and month, is known prints just that: `១៩៦០`, `០៥.១៩៦០`.
    """
    lines = (*face.address_km, "", "")[:2]
    return {
        "number": face.number,
        "name_km": face.name.khmer,
        "name_latin": face.name.latin.upper(),
        "birth": format_date_digits_km(face.birth),
        "sex": _SEX[face.sex],
        "height": to_khmer_digits(f"{face.height_cm} ស.ម") if face.height_cm else "",
        "birthplace": face.birthplace_km,
        "address_1": lines[0],
        "address_2": lines[1],
        "valid_from": format_date_digits_km(face.issued),
        "valid_until": format_date_digits_km(face.expires),
        "mark": face.mark_km,
        "issued_at_km": face.issued_at_km,
        "issued_at_en": face.issued_at_en,
    }
