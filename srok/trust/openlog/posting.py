"""When the lists of a period are posted: until then a commune's few rows are held, and no longer (law.md VL-POST)."""

from datetime import date, timedelta
from typing import Final

from srok.ground.journal.terms import About
from srok.ground.law import public as law

# A posting day that is not announced yet: the law lets a list stand for a year.
_UNANNOUNCED_DAYS: Final = 366


def posted_day(about: About, on: date) -> date | None:
    """The day on which the commune lists of the period of `on` are posted; None for what no list shows."""
    if about is not About.COMMUNE:
        return None
    in_force = law.as_of(on)
    window = law.roll_window(in_force, on).window if in_force.has("roll.windows") else None
    return window.posted if window and window.posted else on + timedelta(days=_UNANNOUNCED_DAYS)
