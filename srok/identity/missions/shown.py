"""Times and places of the missions in the words of the page."""

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from srok.ground.faces.dates_in_words import date_in_words, digits
from srok.ground.gazetteer import public as gazetteer
from srok.ground.kernel.refusal import Refusal
from srok.identity.missions.facts import DayFacts
from srok.identity.missions.terms import MOST_PEOPLE, Away, Lane, Offer, Outcome, OutOfTurn, Seat, SlotFacts
from srok.identity.missions.wording import SENTENCES

Choices = list[tuple[str, str | Promise]]


def language() -> str:
    """The two letters of the page's language."""
    return (get_language() or "km")[:2]


def clock_time(at: datetime, timezone: str) -> str:
    """The time of day on the clocks of the place."""
    return digits(f"{at.astimezone(ZoneInfo(timezone)):%H:%M}", language())


def post_name(code: str) -> str:
    """The name of a post in the language of the page; its code where the gazetteer does not know it."""
    try:
        return gazetteer.describe(code, language())
    except Refusal:
        return code


def place_name(day: DayFacts) -> str:
    """Where a day is held: the post, or the mission place and its state."""
    place = day.place.name_km if language() == "km" else day.place.name_en
    return place or post_name(day.post)


def date_words(day: DayFacts) -> str:
    """The date of a day in words."""
    return date_in_words(day.on, language())


def seats_words(seats: Iterable[Seat], timezone: str) -> str:
    """The times of a ticket: one, or each with how many people."""
    found = list(seats)
    if len(found) == 1:
        return clock_time(found[0].starts_at, timezone)
    said = (
        _("{time} for {people}").format(
            time=clock_time(seat.starts_at, timezone), people=digits(str(seat.people), language())
        )
        for seat in found
    )
    return " · ".join(said)


def offer_choices(offers: Iterable[Offer], slots: Iterable[SlotFacts], timezone: str) -> Choices:
    """The times that can be chosen, by their instant, each with the places that are left in it."""
    left = {slot.starts_at: slot.left for slot in slots}
    return [(one.starts_at.isoformat(), _offer_words(one, left[one.starts_at], timezone)) for one in offers]


def _offer_words(offer: Offer, left: int, timezone: str) -> str:
    said = seats_words(offer.seats, timezone)
    if len(offer.seats) > 1:
        return said
    return _("{time}, {left} places left").format(time=said, left=digits(str(left), language()))


def people_choices() -> Choices:
    """One to eight, in the digits of the page."""
    return [(str(n), digits(str(n), language())) for n in range(1, MOST_PEOPLE + 1)]


def choices(prefix: str, words: Iterable[str]) -> Choices:
    """The values of a closed list with their sentences."""
    return [(str(word), SENTENCES[f"missions.{prefix}_{word}"]) for word in words]


LANES: Choices = [("", ""), *choices("lane", [one for one in Lane if one])]
TURNS: Choices = choices("turn", list(OutOfTurn))
AWAYS: Choices = choices("away", [one for one in Away if one is not Away.CLOSING])
OUTCOMES: Choices = choices("outcome", list(Outcome))
