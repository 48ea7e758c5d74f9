"""Where an office plans its days: the post behind it, its time zone, the civil date at the place."""

from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo, available_timezones

from srok.ground.accounts import public as accounts
from srok.ground.accounts.terms import OfficeFacts
from srok.ground.kernel.context import Context
from srok.ground.kernel.refusal import Refusal
from srok.identity.missions.models import Day
from srok.identity.missions.terms import Place


def post_office(ctx: Context) -> OfficeFacts:
    """The actor's office; raises `missions.not_a_post` for one that is no post abroad."""
    if not ctx.office:
        raise Refusal("missions.not_a_post")
    found = accounts.office(ctx.office)
    if not found.post:
        raise Refusal("missions.not_a_post")
    return found


def zone_name(place: Place, office: OfficeFacts) -> str:
    """The time zone of a day: that of the mission place where it has one, else of the post.

    Raises `missions.unknown_timezone`.
    """
    if not place.timezone:
        return office.timezone
    if place.timezone not in available_timezones():
        raise Refusal("missions.unknown_timezone", field="timezone")
    return place.timezone


def zone(day: Day) -> ZoneInfo:
    """The clocks of the place."""
    return ZoneInfo(day.timezone)


def civil_date(day: Day, at: datetime) -> date:
    """The date at the place of this day at this instant."""
    return at.astimezone(zone(day)).date()


def day_of(day_id: UUID) -> Day:
    """The row of a day; raises `missions.unknown_day`."""
    found = Day.objects.filter(pk=day_id).first()
    if found is None:
        raise Refusal("missions.unknown_day")
    return found


def own_day(day_id: UUID, ctx: Context) -> Day:
    """A day of the actor's own office; any other is as unknown as one that never was."""
    found = Day.objects.filter(pk=day_id, office=ctx.office).first() if ctx.office else None
    if found is None:
        raise Refusal("missions.unknown_day")
    return found
