"""A post that plans days: Washington, with Dara at the counter, Sreymom its head, and Rith of another post."""

from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from srok.ground.accounts import public as accounts
from srok.ground.accounts.terms import AppointOfficer, OpenOffice
from srok.ground.kernel.context import Context
from srok.ground.kernel.ids import new_id
from srok.identity.missions import public as missions
from srok.identity.missions.facts import DayFacts, TicketFacts
from srok.identity.missions.terms import Lane, Plan

ON = date(2025, 5, 12)
# Eight in the morning in Washington.
OPENS = datetime(2025, 5, 12, 12, tzinfo=UTC)
BEFORE = OPENS - timedelta(days=5)
PLAN = Plan(time(8), time(11), desks=2, minutes=15, slot_minutes=30, walk_in_percent=25)
OFFICES = (
    OpenOffice("mfa.was", "ស្ថានទូតវ៉ាស៊ីនតោន", "Royal Embassy, Washington", "America/New_York", "WAS"),
    OpenOffice("mfa.par", "ស្ថានទូតប៉ារីស", "Royal Embassy, Paris", "Europe/Paris", "PAR"),
    OpenOffice("moi.gdi", "អគ្គនាយកដ្ឋានអត្តសញ្ញាណកម្ម", "General Department of Identification"),
)
OFFICERS = {
    "dara": ("mfa.was", ("consular_officer",)),
    "sreymom": ("mfa.was", ("consular_officer", "mission_head")),
    "rith": ("mfa.par", ("consular_officer", "mission_head")),
    "kunthea": ("moi.gdi", ("approver",)),
}
PASSWORD = "only for tests"


def settle() -> None:
    """Open the offices, appoint the cast."""
    setup = Context("setup", "moi.gdi", frozenset(), BEFORE, BEFORE.date(), new_id(BEFORE))
    for office in OFFICES:
        accounts.open_office(office, ctx=setup.for_command(new_id(BEFORE)))
    for name, (code, roles) in OFFICERS.items():
        appointment = AppointOfficer(name, "មន្ត្រី", name.title(), code, roles, PASSWORD)
        accounts.appoint(appointment, ctx=setup.for_command(new_id(BEFORE)))


def acting(name: str, minutes: int | None = None) -> Context:
    """A fresh command of this officer: so many minutes after the doors open, or days before (None)."""
    at = BEFORE if minutes is None else OPENS + timedelta(minutes=minutes)
    return accounts.context_for(name, at=at, trace=new_id(at))


def public(minutes: int | None = None) -> Context:
    """A fresh command of somebody who is signed in nowhere."""
    at = BEFORE if minutes is None else OPENS + timedelta(minutes=minutes)
    return Context("public", "", frozenset(), at, at.date(), new_id(at))


def planned(plan: Plan = PLAN, on: date = ON) -> DayFacts:
    """A day of six slots of four places each; three of each can be booked."""
    return missions.plan_day(missions.PlanDay(on, plan), ctx=acting("sreymom"))


def slot(n: int) -> datetime:
    """When the n-th slot of the day begins, from 0."""
    return OPENS + timedelta(minutes=30 * n)


def booked(day: DayFacts | UUID, n: int | None = 0, people: int = 1, **more: object) -> TicketFacts:
    """Somebody books on line, days before."""
    day_id = day if isinstance(day, UUID) else day.id
    command = missions.Book(day_id, people, None if n is None else slot(n), **more)
    return missions.book(command, ctx=public())


def here(ticket: TicketFacts, minutes: int, lane: Lane = Lane.NONE) -> TicketFacts:
    """The holders of a ticket come, so many minutes after the doors open."""
    return missions.arrive(missions.Arrive(ticket.reference, lane), ctx=acting("dara", minutes))


def walks_in(day: DayFacts, minutes: int, people: int = 1, lane: Lane = Lane.NONE) -> TicketFacts:
    """Somebody comes without a ticket."""
    return missions.walk_in(missions.WalkIn(day.id, people, lane), ctx=acting("dara", minutes))
