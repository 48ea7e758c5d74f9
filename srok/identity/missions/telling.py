"""Telling somebody that their day changed, where they left a way: a short message without a name, through `notices`."""

from zoneinfo import ZoneInfo

from srok.ground.accounts import public as accounts
from srok.ground.kernel.context import Context
from srok.ground.notices import public as notices
from srok.identity.missions.commands import Reach
from srok.identity.missions.models import Ticket

MOVED, CLOSED, GIVEN = "appointment_moved", "appointment_closed", "appointment_given"


def keep_reach(ticket: Ticket, reach: Reach, ctx: Context) -> None:
    """Keep how the holder wants to be told, sealed by `notices` under the ticket's opaque subject.

    Raises `notices.bad_email`, `notices.bad_phone`, `notices.no_address`, `notices.unknown_value`.
    """
    if not reach.channel:
        return
    email = reach.address if reach.channel == notices.Channel.EMAIL else ""
    phone = reach.address if reach.channel == notices.Channel.SMS else ""
    notices.set_contact(notices.SetContact(ticket.subject, reach.language, reach.channel, email, phone), ctx=ctx)


def tell(ticket: Ticket, kind: str, ctx: Context) -> None:
    """Send the notice of a change, where the ticket has somebody to tell; does nothing otherwise."""
    if not ticket.reachable:
        return
    day = ticket.day
    office = ctx
    if not ctx.office:
        office = accounts.service_context("missions", day.office, at=ctx.at, trace=ctx.trace)
    facts: dict[str, str | int] = {"post": day.post, "day": day.on.isoformat(), "time": "-"}
    if ticket.slot_at is not None:
        facts["time"] = f"{ticket.slot_at.astimezone(ZoneInfo(day.timezone)):%H:%M}"
    notices.send(notices.SendNotice(ticket.subject, ticket.reference, kind, facts), ctx=office)


def forget(ticket: Ticket, ctx: Context) -> None:
    """Erase how the holder could be reached; the day is over."""
    if ticket.reachable:
        notices.erase(ticket.subject, ctx=ctx)
