"""The arithmetic of the law: validity, renewal, age, the voter window, time limits. Pure; for every room's rules."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from srok.ground.kernel.dates import PartialDate, add_years, age_range, expires_on
from srok.ground.law.terms import LawAsOf


class Answer(StrEnum):
    """An answer about somebody whose birth date may be known in part only."""

    YES = "yes"  # បាទ ចាស
    NO = "no"  # ទេ
    DEPENDS = "depends"  # អាស្រ័យលើថ្ងៃខែដែលមិនស្គាល់


class WindowState(StrEnum):
    """Where a day stands in that year's voter window."""

    OPEN = "open"  # បើក
    ANNOUNCED = "announced"  # បានប្រកាស មិនទាន់ដល់ថ្ងៃ
    CLOSED = "closed"  # បិទ
    NOT_ANNOUNCED = "not_announced"  # មិនទាន់ប្រកាស


@dataclass(frozen=True, slots=True)
class RollWindow:
    """One year's voter window: half-open (`last` is the day before `until`), posting, final list, reference date."""

    year: int
    from_: date
    until: date
    last: date
    posted: date | None
    complaint_days: int | None
    final: date | None
    reference_date: date

    @classmethod
    def of(cls, item: Mapping[str, Any]) -> "RollWindow":
        """The window of one entry of the parameter `roll.windows`."""
        return cls(item["year"], item["from"], item["until"], item["last"], item.get("posted"),
                   item.get("complaint_days"), item.get("final"), item["reference_date"])  # fmt: skip


@dataclass(frozen=True, slots=True)
class WindowAnswer:
    """`window`: that year's window, if it has one; `next`: the next known one that begins after the day."""

    state: WindowState
    window: RollWindow | None
    next: RollWindow | None


def expiry(issue: date, law: LawAsOf) -> date:
    """The last valid day of a card issued on `issue` (ID-VALID, ID-29FEB; SD36 art 2, SD60 art 4)."""
    minus_one_day = bool(law.value("card.validity_minus_one_day"))
    return expires_on(issue, law.number("card.validity_years"), minus_one_day=minus_one_day)


def renewal_open(expires: date, on: date, law: LawAsOf) -> bool:
    """Whether a card whose last valid day is `expires` may be renewed on `on` (ID-RENEW; GDI notices)."""
    return (expires - on).days < law.number("card.renewal_window_days")


def of_age(birth: PartialDate, on: date, minimum: int) -> Answer:
    """Whether somebody has completed `minimum` years on `on` (ID-AGE); a partial date may leave it open."""
    youngest, oldest = age_range(birth, on)
    if youngest >= minimum:
        return Answer.YES
    return Answer.DEPENDS if oldest >= minimum else Answer.NO


def last_voting_birthday(reference: date, law: LawAsOf) -> date:
    """The latest birth date that gives the vote on the reference date (VL-AGE; NEC 2022 and 2024).

    The election committee counts a year as completed on the eve of the birthday, so it is the day after the
    reference date, less the voting age.
    """
    eve = 1 if law.value("roll.age_completed_on_eve") else 0
    return add_years(reference + timedelta(days=eve), -law.number("roll.min_age"))


def voter_of_age(birth: PartialDate, reference: date, law: LawAsOf) -> Answer:
    """Whether somebody has the voting age on the list's reference date (VL-AGE)."""
    limit = last_voting_birthday(reference, law)
    if birth.latest <= limit:
        return Answer.YES
    return Answer.DEPENDS if birth.earliest <= limit else Answer.NO


def roll_windows(law: LawAsOf) -> tuple[RollWindow, ...]:
    """Every announced voter window that has both ends, by year."""
    return tuple(RollWindow.of(item) for item in law.value("roll.windows"))


def roll_window(law: LawAsOf, on: date) -> WindowAnswer:
    """Where the day `on` stands (VL-WINDOW): a year without a source is `not_announced`, never extrapolated."""
    known = roll_windows(law)
    this_year = next((window for window in known if window.year == on.year), None)
    later = next((window for window in known if window.from_ > on), None)
    if this_year is None:
        return WindowAnswer(WindowState.NOT_ANNOUNCED, None, later)
    if on < this_year.from_:
        return WindowAnswer(WindowState.ANNOUNCED, this_year, this_year)
    state = WindowState.OPEN if on < this_year.until else WindowState.CLOSED
    return WindowAnswer(state, this_year, later)


def card_counts(expires: date, on: date, law: LawAsOf) -> bool:
    """Whether a card that ends on `expires` counts as valid for the voter list on `on` (VL-CARD, VL-EXT)."""
    if on <= expires:
        return True
    if not (law.has("roll.expired_counts_from") and law.has("roll.expired_counts_until")):
        return False
    return bool(law.value("roll.expired_counts_from") <= expires < law.value("roll.expired_counts_until"))


def photo_prints_due(taken: date, on: date, law: LawAsOf) -> bool:
    """Whether photo and prints of a registration must be renewed (VL-BIO10; from 2025, before it never)."""
    return law.has("roll.photo_prints_years") and on >= add_years(taken, law.number("roll.photo_prints_years"))


def working_day(day: date, law: LawAsOf) -> bool:
    """Whether a time limit may end on `day`: no Sunday, no listed public holiday (law.md section 11)."""
    holidays = law.value("days.holidays") if law.has("days.holidays") else ()
    return day.weekday() != 6 and day not in holidays


def deadline(days: int, from_: date, law: LawAsOf) -> date:
    """The last day of a limit of `days` calendar days after `from_`, moved to a working day (law.md section 11)."""
    last = from_ + timedelta(days=days)
    while not working_day(last, law):
        last += timedelta(days=1)
    return last
