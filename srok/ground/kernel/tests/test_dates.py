"""Partial dates, ages, anniversaries, periods."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from srok.ground.kernel.dates import PartialDate, Period, add_years, age_on, age_range, expires_on
from srok.ground.kernel.refusal import Refusal
from srok.ground.kernel.text import to_khmer_digits

DAYS = st.dates(date(1850, 1, 1), date(2199, 12, 31))
PARTIALS = st.one_of(
    DAYS.map(PartialDate.of),
    DAYS.map(lambda d: PartialDate(d.year, d.month)),
    DAYS.map(lambda d: PartialDate(d.year)),
)
BOUNDS = st.none() | st.dates(date(2000, 1, 1), date(2000, 2, 1))
PERIODS = st.builds(Period, BOUNDS, BOUNDS)


@pytest.mark.parametrize(
    ("typed", "iso"),
    [
        ("1960", "1960"),
        ("1960-05", "1960-05"),
        ("1960-05-03", "1960-05-03"),
        ("1960-5-3", "1960-05-03"),
        ("03.05.1960", "1960-05-03"),
        ("3/5/1960", "1960-05-03"),
        ("03-05-1960", "1960-05-03"),
        ("05.1960", "1960-05"),
        ("០៣.០៨.១៩៩០", "1990-08-03"),
        ("០3.0៨.១9៩0", "1990-08-03"),
        (" ១៩៦០ ", "1960"),
        ("2024-02-29", "2024-02-29"),
    ],
)
def test_parse(typed: str, iso: str) -> None:
    assert PartialDate.parse(typed).iso() == iso


@pytest.mark.parametrize(
    "typed",
    ["", "60", "1960-13", "1960-00", "1960-02-30", "2001-02-29", "31.04.1990", "1960-05-00", "0000", "1849",
     "2200", "1960-05-03T00:00", "03.05/1960x", "May 1960", "1960.05.03.", "-1960", "٠٣.٠٨.١٩٩٠", "1960-",
     "១៩"],
)  # fmt: skip
def test_what_is_no_date_is_refused(typed: str) -> None:
    with pytest.raises(Refusal) as caught:
        PartialDate.parse(typed)
    assert caught.value.code == "kernel.bad_date"


def test_a_day_needs_its_month() -> None:
    with pytest.raises(Refusal):
        PartialDate(1960, None, 3)


@given(PARTIALS)
def test_a_partial_date_survives_writing_in_either_script(partial: PartialDate) -> None:
    assert PartialDate.parse(partial.iso()) == partial == PartialDate.parse(to_khmer_digits(partial.iso()))
    assert len(partial.mrz()) == 6
    assert partial.mrz().count("<") == {"year": 4, "month": 2, "day": 0}[partial.known]
    assert str(partial) == partial.iso()


@given(PARTIALS)
def test_bounds_of_a_partial_date(partial: PartialDate) -> None:
    days = (partial.latest - partial.earliest).days + 1
    assert {"day": days == 1, "month": 28 <= days <= 31, "year": days in (365, 366)}[partial.known]
    assert partial.may_be(partial.earliest) and partial.may_be(partial.latest)
    assert not partial.may_be(partial.earliest - timedelta(days=1))
    assert not partial.may_be(partial.latest + timedelta(days=1))
    assert (partial.whole is None) == (partial.known != "day")


def test_anniversaries_of_a_leap_day() -> None:
    assert add_years(date(2024, 2, 29), 10) == date(2034, 2, 28)
    assert add_years(date(2024, 2, 29), 4) == date(2028, 2, 29)
    assert add_years(date(2034, 2, 28), -10) == date(2024, 2, 28)


def test_expiry_with_both_settings_of_the_switch() -> None:
    assert expires_on(date(2015, 8, 4), 10, minus_one_day=True) == date(2025, 8, 3)
    assert expires_on(date(2015, 8, 4), 10, minus_one_day=False) == date(2025, 8, 4)
    assert expires_on(date(2024, 2, 29), 10, minus_one_day=True) == date(2034, 2, 28)
    assert expires_on(date(2024, 2, 29), 10, minus_one_day=False) == date(2034, 2, 28)
    assert expires_on(date(2020, 2, 29), 8, minus_one_day=True) == date(2028, 2, 28)


def test_age_is_completed_on_the_birthday() -> None:
    assert age_on(date(2010, 3, 2), date(2025, 3, 1)) == 14
    assert age_on(date(2010, 3, 2), date(2025, 3, 2)) == 15
    assert age_on(date(2008, 2, 29), date(2023, 2, 28)) == 14
    assert age_on(date(2008, 2, 29), date(2023, 3, 1)) == 15
    assert age_on(date(2010, 3, 2), date(2010, 3, 1)) == -1


def test_the_age_of_a_partial_birth_date_is_a_range() -> None:
    assert age_range(PartialDate(1960), date(2025, 6, 1)) == (64, 65)
    assert age_range(PartialDate(1960, 5), date(2025, 6, 1)) == (65, 65)
    assert age_range(PartialDate(1960, 5, 3), date(2025, 5, 2)) == (64, 64)


@given(DAYS, st.integers(0, 90))
def test_age_and_anniversary_agree(birth: date, years: int) -> None:
    day = add_years(birth, years)
    assert age_on(birth, day) in (years, years - 1)
    assert age_on(birth, day + timedelta(days=1)) == years


@given(PERIODS, PERIODS)
def test_periods_overlap_exactly_when_they_share_a_day(one: Period, other: Period) -> None:
    days = [date(1999, 12, 1) + timedelta(days=i) for i in range(120)]
    assert one.overlaps(other) == any(one.contains(day) and other.contains(day) for day in days)
    assert one.overlaps(other) == other.overlaps(one)
    assert one.empty == (not any(one.contains(day) for day in days))


def test_a_period_is_half_open() -> None:
    period = Period(date(2025, 5, 1), date(2025, 5, 27))
    assert period.contains(date(2025, 5, 1)) and period.contains(date(2025, 5, 26))
    assert not period.contains(date(2025, 5, 27)) and not period.contains(date(2025, 4, 30))
    assert Period().contains(date(1, 1, 1))
