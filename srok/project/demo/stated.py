"""The stated dates of the demo, printed first: no voter window is known for 2026, so its walk runs in 2025."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

PHNOM_PENH = ZoneInfo("Asia/Phnom_Penh")


@dataclass(frozen=True, slots=True)
class StatedDates:
    """On which day each step is done; `desk` moves with `--on`, the cases never do."""

    intake: date = date(2025, 1, 20)
    examined: date = date(2025, 2, 3)
    decided: date = date(2025, 2, 17)
    approved: date = date(2025, 2, 24)
    signed: date = date(2025, 3, 3)
    issued: date = date(2025, 3, 10)
    received: date = date(2025, 3, 24)
    handed_over: date = date(2025, 4, 7)
    desk: date | None = None

    @property
    def pages_from(self) -> datetime:
        """The instant from which the served pages tick: an hour at which it is the same day in Cambodia and America."""
        return datetime.combine(self.desk or date(2025, 5, 12), time(20), PHNOM_PENH).astimezone(UTC)


def morning(day: date) -> datetime:
    """Eight in the morning of this day in Phnom Penh, in UTC."""
    return datetime.combine(day, time(8), PHNOM_PENH).astimezone(UTC)


def noon(day: date) -> datetime:
    """Noon of this day in Phnom Penh less an hour for the posts in America: 10 in the morning in Washington."""
    return datetime.combine(day, time(15), UTC)
