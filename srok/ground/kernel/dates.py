"""Dates of which only a part may be known, ages, anniversaries and half-open legal periods."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from srok.ground.kernel.refusal import Refusal
from srok.ground.kernel.text import to_arabic_digits

FIRST_YEAR: Final = 1850
LAST_YEAR: Final = 2199
_ISO: Final = re.compile(r"(?P<y>\d{4})(?:-(?P<m>\d{1,2})(?:-(?P<d>\d{1,2}))?)?")
_LOCAL: Final = re.compile(r"(?:(?P<d>\d{1,2})(?P<sep>[./-]))?(?P<m>\d{1,2})[./-](?P<y>\d{4})")


@dataclass(frozen=True, slots=True, order=False)
class PartialDate:
    """A date whose day, or month and day, may be unknown; never an impossible one.

    Raises Refusal `kernel.bad_date` for a day without a month, 30 February, or a year out of 1850..2199.
    """

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if not FIRST_YEAR <= self.year <= LAST_YEAR or (self.day is not None and self.month is None):
            raise Refusal("kernel.bad_date")
        if self.month is not None and not 1 <= self.month <= 12:
            raise Refusal("kernel.bad_date")
        if self.day is not None and not 1 <= self.day <= monthrange(self.year, self.month or 1)[1]:
            raise Refusal("kernel.bad_date")

    @classmethod
    def of(cls, day: date) -> PartialDate:
        """The whole date `day`."""
        return cls(day.year, day.month, day.day)

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """Read `1960`, `1960-05`, `1960-05-03`, `03.05.1960`, `03/05/1960` or `05.1960`.

        Khmer and Arabic digits may be mixed; the day always comes before the month in the dotted forms.
        Raises Refusal `kernel.bad_date` when the text is not a date, or not a real one.
        """
        plain = to_arabic_digits(text).strip()
        found = (_ISO.fullmatch(plain) or _LOCAL.fullmatch(plain)) if plain.isascii() else None
        if found is None:
            raise Refusal("kernel.bad_date")
        month, day = found["m"], found["d"]
        return cls(int(found["y"]), int(month) if month else None, int(day) if day else None)

    @property
    def earliest(self) -> date:
        """The first day it can be."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def latest(self) -> date:
        """The last day it can be."""
        month = self.month or 12
        return date(self.year, month, self.day or monthrange(self.year, month)[1])

    @property
    def known(self) -> Literal["year", "month", "day"]:
        """The smallest part that is known."""
        if self.day is not None:
            return "day"
        return "year" if self.month is None else "month"

    @property
    def whole(self) -> date | None:
        """The date, when all of it is known."""
        return self.earliest if self.day is not None else None

    def iso(self) -> str:
        """`1960`, `1960-05` or `1960-05-03`: unknown parts left off."""
        parts = [f"{self.year:04}", *(f"{part:02}" for part in (self.month, self.day) if part)]
        return "-".join(parts)

    def mrz(self) -> str:
        """Six characters YYMMDD, unknown parts as `<<` (ICAO Doc 9303 part 3, 4.8)."""
        month = "<<" if self.month is None else f"{self.month:02}"
        day = "<<" if self.day is None else f"{self.day:02}"
        return f"{self.year % 100:02}{month}{day}"

    def may_be(self, day: date) -> bool:
        """Say whether `day` is one of the days this date can stand for."""
        return self.earliest <= day <= self.latest

    def __str__(self) -> str:
        return self.iso()


@dataclass(frozen=True, slots=True)
class Period:
    """A half-open span of civil dates: from `from_` up to, not including, `until`; None is open."""

    from_: date | None = None
    until: date | None = None

    def contains(self, day: date) -> bool:
        """Say whether `day` lies inside."""
        return (self.from_ is None or self.from_ <= day) and (self.until is None or day < self.until)

    def overlaps(self, other: Period) -> bool:
        """Say whether the two spans share a day."""
        starts = [p.from_ for p in (self, other) if p.from_ is not None]
        ends = [p.until for p in (self, other) if p.until is not None]
        shared = not starts or not ends or max(starts) < min(ends)
        return shared and not self.empty and not other.empty

    @property
    def empty(self) -> bool:
        """Say whether no day lies inside."""
        return self.from_ is not None and self.until is not None and self.until <= self.from_


def add_years(day: date, years: int) -> date:
    """The anniversary `years` later (or earlier); of 29 February in a common year, 28 February."""
    year = day.year + years
    return date(year, day.month, min(day.day, monthrange(year, day.month)[1]))


def expires_on(issued: date, years: int, *, minus_one_day: bool) -> date:
    """The last day of validity of a document of `years` years (law.md ID-VALID and ID-29FEB).

    Issued on 29 February it ends on 28 February of a common year under either setting of the switch.
    """
    anniversary = add_years(issued, years)
    if not minus_one_day or anniversary.day != issued.day:
        return anniversary
    return anniversary - timedelta(days=1)


def age_on(birth: date, on: date) -> int:
    """Completed years on the day `on`; born on 29 February, a year is completed on 1 March of a common year.

    Negative when `on` is before the birth.
    """
    return on.year - birth.year - ((on.month, on.day) < (birth.month, birth.day))


def age_range(birth: PartialDate, on: date) -> tuple[int, int]:
    """The least and the greatest age, in completed years, that someone with this birth date can have."""
    return age_on(birth.latest, on), age_on(birth.earliest, on)
