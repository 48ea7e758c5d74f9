"""Dates as an administration writes them, in the language of the page (Khmer digits on Khmer pages only)."""

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

PHNOM_PENH = ZoneInfo("Asia/Phnom_Penh")
KHMER_DIGITS = str.maketrans("0123456789", "០១២៣៤៥៦៧៨៩")
MONTHS_KM: Sequence[str] = (
    "មករា", "កុម្ភៈ", "មីនា", "មេសា", "ឧសភា", "មិថុនា", "កក្កដា", "សីហា", "កញ្ញា", "តុលា", "វិច្ឆិកា", "ធ្នូ",
)  # fmt: skip
MONTHS_EN: Sequence[str] = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


def digits(text: str, language: str) -> str:
    """The text with Khmer digits where the language is Khmer, unchanged otherwise."""
    return text.translate(KHMER_DIGITS) if language == "km" else text


def parts_in_words(year: int, month: int | None, day: int | None, language: str) -> str:
    """A date of which the day, or the month and the day, may be unknown."""
    if language == "km":
        said = f"ឆ្នាំ{year}"
        if month:
            said = f"ខែ{MONTHS_KM[month - 1]} {said}"
        if month and day:
            said = f"ថ្ងៃទី{day} {said}"
        return digits(said, language)
    return " ".join(str(part) for part in (month and day, month and MONTHS_EN[month - 1], year) if part)


def date_in_words(on: date, language: str) -> str:
    """A full civil date: `ថ្ងៃទី១២ ខែឧសភា ឆ្នាំ២០២៥`, `12 May 2025`."""
    return parts_in_words(on.year, on.month, on.day, language)


def instant_in_words(at: datetime, language: str) -> str:
    """Date and time of an aware instant, on the clocks of Phnom Penh."""
    local = at.astimezone(PHNOM_PENH)
    join = " ម៉ោង" if language == "km" else ", "
    return date_in_words(local.date(), language) + join + digits(f"{local:%H:%M}", language)


def partial_in_words(iso: str, language: str) -> str:
    """An ISO date whose unknown parts are left off: `1960`, `1960-05`, `1960-05-03`."""
    year, month, day = (iso.split("-") + ["", ""])[:3]
    return parts_in_words(int(year), int(month or 0) or None, int(day or 0) or None, language)
