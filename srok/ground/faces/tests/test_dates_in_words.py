"""Dates as an administration writes them."""

from datetime import UTC, date, datetime

import pytest

from srok.ground.faces import wording
from srok.ground.faces.dates_in_words import date_in_words, instant_in_words, partial_in_words


def test_full_date() -> None:
    assert date_in_words(date(2025, 5, 12), "km") == "ថ្ងៃទី១២ ខែឧសភា ឆ្នាំ២០២៥"
    assert date_in_words(date(2025, 5, 12), "en") == "12 May 2025"


def test_partial_dates_leave_off_what_is_not_known() -> None:
    assert [partial_in_words(iso, "km") for iso in ("1960", "1960-05", "1960-05-03")] == [
        "ឆ្នាំ១៩៦០", "ខែឧសភា ឆ្នាំ១៩៦០", "ថ្ងៃទី៣ ខែឧសភា ឆ្នាំ១៩៦០",
    ]  # fmt: skip
    assert [partial_in_words(iso, "en") for iso in ("1960", "1960-05", "1960-05-03")] == [
        "1960", "May 1960", "3 May 1960",
    ]  # fmt: skip


def test_an_instant_is_told_on_the_clocks_of_phnom_penh() -> None:
    at = datetime(2025, 5, 12, 18, 5, tzinfo=UTC)
    assert instant_in_words(at, "en") == "13 May 2025, 01:05"
    assert instant_in_words(at, "km") == "ថ្ងៃទី១៣ ខែឧសភា ឆ្នាំ២០២៥ ម៉ោង០១:០៥"


@pytest.mark.parametrize("typed", ["1960-13-45", "1960-25-03", "2001-02-29", "0000-01-01"])
@pytest.mark.parametrize("language", ["km", "en"])
def test_a_date_that_does_not_exist_is_said_back_as_it_was_typed(typed: str, language: str) -> None:
    """It once broke the page that was to tell of it: the month has no name."""
    assert wording.sentence("cases.before_service", {"on": typed}, language)
    assert wording._in_words(typed) == typed
