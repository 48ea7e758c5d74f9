"""The arithmetic of the law: law.md's examples, and what must hold for every day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from srok.ground.kernel.dates import PartialDate, age_on
from srok.ground.law.public import as_of
from srok.ground.law.rules import (
    Answer,
    WindowState,
    card_counts,
    deadline,
    expiry,
    last_voting_birthday,
    of_age,
    photo_prints_due,
    renewal_open,
    roll_window,
    roll_windows,
    voter_of_age,
    working_day,
)

NOW = as_of(date(2025, 1, 15))
DAYS = st.dates(date(1996, 7, 26), date(2060, 12, 31))
BIRTHS = st.dates(date(1900, 1, 1), date(2060, 12, 31))


@st.composite
def partial_births(draw: st.DrawFn) -> PartialDate:
    day = draw(BIRTHS)
    known = draw(st.sampled_from(["year", "month", "day"]))
    return PartialDate(day.year, day.month if known != "year" else None, day.day if known == "day" else None)


def birth(text: str) -> PartialDate:
    return PartialDate.parse(text)


# ID-AGE


def test_applicant_reaches_fifteen_on_the_birthday():
    minimum = NOW.number("card.min_age")
    assert of_age(birth("2010-03-02"), date(2025, 3, 1), minimum) is Answer.NO
    assert of_age(birth("2010-03-02"), date(2025, 3, 2), minimum) is Answer.YES


def test_least_age_was_eighteen_before_2007():
    assert as_of(date(2006, 12, 31)).number("card.min_age") == 18
    assert as_of(date(2007, 1, 1)).number("card.min_age") == 15


def test_year_only_birth_may_leave_the_age_open():
    assert of_age(birth("2010"), date(2025, 6, 1), 15) is Answer.DEPENDS
    assert of_age(birth("2009"), date(2025, 6, 1), 15) is Answer.YES
    assert of_age(birth("2011"), date(2025, 6, 1), 15) is Answer.NO


@given(partial_births(), DAYS, st.integers(0, 30))
def test_age_of_a_partial_date_covers_each_day_it_can_be(partial, on, minimum):
    ages = {age_on(day, on) >= minimum for day in (partial.earliest, partial.latest)}
    expected = Answer.DEPENDS if len(ages) == 2 else Answer.YES if True in ages else Answer.NO
    assert of_age(partial, on, minimum) is expected


# ID-VALID, ID-29FEB, ID-RENEW


@pytest.mark.parametrize(
    ("issued", "last"),
    [
        ("2015-08-04", "2025-08-03"),
        ("2024-02-29", "2034-02-28"),
        ("2024-03-01", "2034-02-28"),
        ("2025-01-01", "2034-12-31"),
    ],
)
def test_expiry_examples(issued, last):
    assert expiry(date.fromisoformat(issued), NOW) == date.fromisoformat(last)


@given(DAYS)
def test_expiry_is_ten_years_less_one_day_whatever_the_day(issued):
    last = expiry(issued, NOW)
    assert last.year - issued.year in (9, 10)
    assert 3651 <= (last - issued).days <= 3653
    assert age_on(issued, last) == 9  # the tenth year is not completed on the last valid day


@given(DAYS, DAYS)
def test_expiry_keeps_the_order_of_issue(one, other):
    earlier, later = sorted((one, other))
    assert expiry(earlier, NOW) <= expiry(later, NOW)


def test_renewal_window_was_ninety_days_then_one_hundred_and_eighty():
    expires, on = date(2026, 8, 1), date(2026, 3, 1)
    assert not renewal_open(expires, on, as_of(date(2023, 6, 1)))
    assert renewal_open(expires, on, as_of(date(2026, 3, 1)))


@given(DAYS, st.integers(-4000, 4000))
def test_renewal_opens_once_and_stays_open(expires, before):
    on = expires - timedelta(days=before)
    assert renewal_open(expires, on, NOW) is (before < 180)


# VL-AGE


@pytest.mark.parametrize(
    ("reference", "born", "answer"),
    [
        ("2023-07-23", "2005-07-24", Answer.YES), ("2023-07-23", "2005-07-25", Answer.NO),
        ("2024-11-30", "2006-12-01", Answer.YES), ("2024-11-30", "2006-12-02", Answer.NO),
        ("2025-07-31", "2007-08-01", Answer.YES), ("2025-07-31", "2007", Answer.DEPENDS),
        ("2025-07-31", "2006", Answer.YES), ("2025-07-31", "2008", Answer.NO),
    ],
)  # fmt: skip
def test_voting_age_is_completed_on_the_eve(reference, born, answer):
    assert voter_of_age(birth(born), date.fromisoformat(reference), NOW) is answer


@given(BIRTHS, st.dates(date(2016, 9, 1), date(2060, 1, 1)))
def test_voting_age_agrees_with_the_age_on_the_next_day(born, reference):
    next_day = reference + timedelta(days=1)
    expected = age_on(born, next_day) >= 18
    if (born.month, born.day) == (2, 29) and (next_day.month, next_day.day) == (2, 28):
        return  # 29 February: the kernel completes the year on 1 March, so does the eve rule
    assert (voter_of_age(PartialDate.of(born), reference, NOW) is Answer.YES) is expected


@given(st.dates(date(2016, 9, 1), date(2060, 1, 1)))
def test_last_voting_birthday_never_goes_back(reference):
    assert last_voting_birthday(reference, NOW) <= last_voting_birthday(reference + timedelta(days=1), NOW)


# VL-WINDOW


@pytest.mark.parametrize(
    ("on", "state"),
    [
        ("2025-05-26", WindowState.OPEN), ("2025-05-27", WindowState.CLOSED), ("2025-05-01", WindowState.OPEN),
        ("2025-04-30", WindowState.ANNOUNCED), ("2016-11-30", WindowState.OPEN), ("2016-12-01", WindowState.CLOSED),
        ("2021-10-20", WindowState.NOT_ANNOUNCED), ("2026-11-23", WindowState.NOT_ANNOUNCED),
    ],
)  # fmt: skip
def test_window_of_a_day(on, state):
    assert roll_window(NOW, date.fromisoformat(on)).state is state


@pytest.mark.parametrize("year", [2018, 2019, 2020, 2021, 2023, 2026, 2027])
def test_a_year_without_a_source_has_no_window(year):
    day = date(year, 1, 1)
    while day.year == year:
        assert roll_window(NOW, day).state is WindowState.NOT_ANNOUNCED
        day += timedelta(days=7)


def test_the_next_window_is_named_before_it_and_unknown_after_the_last():
    answer = roll_window(NOW, date(2025, 1, 15))
    assert answer.state is WindowState.ANNOUNCED
    assert answer.next is not None and answer.next.from_ == date(2025, 5, 1) and answer.next.last == date(2025, 5, 26)
    assert roll_window(NOW, date(2025, 5, 27)).next is None


@given(st.dates(date(2016, 1, 1), date(2030, 1, 1)))
def test_open_exactly_inside_a_window(on):
    inside = any(window.from_ <= on <= window.last for window in roll_windows(NOW))
    assert (roll_window(NOW, on).state is WindowState.OPEN) is inside


# VL-CARD, VL-EXT, VL-BIO10


def test_extension_of_2023():
    during, after = as_of(date(2023, 7, 23)), as_of(date(2023, 9, 1))
    assert card_counts(date(2022, 2, 1), date(2023, 7, 23), during)
    assert not card_counts(date(2022, 2, 1), date(2023, 9, 1), after)
    assert not card_counts(date(2021, 12, 31), date(2023, 7, 23), during)
    assert not card_counts(date(2025, 5, 11), date(2025, 5, 12), NOW)
    assert card_counts(date(2025, 5, 12), date(2025, 5, 12), NOW)


def test_photo_of_2016_is_due_in_2026_and_never_before_2025():
    assert photo_prints_due(date(2016, 9, 1), date(2026, 9, 1), as_of(date(2026, 9, 1)))
    assert not photo_prints_due(date(2016, 9, 1), date(2026, 8, 31), as_of(date(2026, 8, 31)))
    assert not photo_prints_due(date(2010, 1, 1), date(2024, 1, 1), as_of(date(2024, 1, 1)))


# Section 11: days


@pytest.mark.parametrize(
    ("days", "from_", "last"),
    [
        (5, "2024-10-23", "2024-10-28"),  # VL-CMP1
        (10, "2022-01-03", "2022-01-13"),  # VL-CMP1
        (30, "2025-03-15", "2025-04-17"),  # 14 April: the three days of New Year, then Thursday
        (30, "2025-01-10", "2025-02-10"),  # 9 February is a Sunday
    ],
)
def test_deadline_examples(days, from_, last):
    on = date.fromisoformat(from_)
    assert deadline(days, on, as_of(max(on, date(2022, 5, 11)))) == date.fromisoformat(last)


@given(st.integers(1, 400), DAYS)
def test_deadline_is_a_working_day_and_never_early(days, from_):
    last = deadline(days, from_, NOW)
    plain = from_ + timedelta(days=days)
    assert last >= plain and working_day(last, NOW)
    assert not any(working_day(plain + timedelta(days=n), NOW) for n in range((last - plain).days))
