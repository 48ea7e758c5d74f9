"""`{% load missions %}`: times on the clocks of the place, names of posts and places, words of codes."""

from datetime import datetime

from django import template

from srok.ground.faces.dates_in_words import digits
from srok.ground.faces.public import wording
from srok.identity.missions import shown
from srok.identity.missions.facts import DayFacts

register = template.Library()
# The colours of a ticket's tag: yellow waits, green is done, red could not be served.
COLOURS = {
    "waitlisted": "yellow", "booked": "blue", "displaced": "red", "present": "yellow", "called": "purple",
    "served": "green", "left": "grey", "turned_away": "red", "cancelled": "grey", "not_come": "grey",
    "appointments": "blue", "walk_in": "purple", "closed": "grey", "ended": "grey",
}  # fmt: skip


@register.filter
def clock_at(at: datetime | None, timezone: str) -> str:
    """The time of day of an instant on the clocks of that zone; nothing for None."""
    return shown.clock_time(at, timezone) if at else ""


@register.filter
def clock_of(time: object) -> str:
    """A time of day as hours and minutes."""
    return digits(f"{time:%H:%M}", shown.language()) if time else ""


@register.filter
def post_name(code: str) -> str:
    """The name of a post."""
    return shown.post_name(code)


@register.filter
def place_name(day: DayFacts) -> str:
    """Where a day is held."""
    return shown.place_name(day)


@register.filter
def colour(code: object) -> str:
    """The colour of a ticket's state or of a day's order."""
    return COLOURS.get(str(code), "grey")


@register.simple_tag
def word(prefix: str, code: object) -> str:
    """The words of a code of this room: `{% word "state" ticket.state %}`."""
    return wording.sentence(f"missions.{prefix}_{code}")
