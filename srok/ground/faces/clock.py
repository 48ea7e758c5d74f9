"""The one place where the program reads the time (house rule 4)."""

import time
from datetime import UTC, date, datetime
from functools import cache
from zoneinfo import ZoneInfo

from django.conf import settings

PHNOM_PENH = ZoneInfo("Asia/Phnom_Penh")


@cache
def _anchor(starts_at: str) -> tuple[datetime, float]:
    """The instant from which a demo clock ticks, and the monotonic second at which it was first read."""
    return datetime.fromisoformat(starts_at).astimezone(UTC), time.monotonic()


def instant() -> datetime:
    """Now, in UTC; a demo's clock ticks from `SROK_CLOCK_STARTS_AT` (ISO 8601 with offset)."""
    starts_at: str | None = getattr(settings, "SROK_CLOCK_STARTS_AT", None)
    if not starts_at:
        return datetime.now(UTC)
    start, first_read = _anchor(starts_at)
    return datetime.fromtimestamp(start.timestamp() + time.monotonic() - first_read, UTC)


def civil_date() -> date:
    """Today in Cambodia."""
    return instant().astimezone(PHNOM_PENH).date()
