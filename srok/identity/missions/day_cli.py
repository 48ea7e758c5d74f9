"""`srok missions day VERB`: plan, book, cancel, arrive, next, served, surge, numbers; for scripts and rehearsals."""

from collections.abc import Callable, Mapping
from datetime import datetime, time
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

import typer

from srok.ground.faces import cli as frame
from srok.ground.kernel.context import Context
from srok.ground.kernel.dates import PartialDate
from srok.ground.kernel.ids import new_id
from srok.ground.kernel.refusal import Refusal

if TYPE_CHECKING:
    from srok.identity.missions.facts import DayFacts, TicketFacts

day_app = typer.Typer(help="The days of a post: plan, book, the line.", no_args_is_help=True)

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
AsUser = Annotated[str, typer.Option("--as", help="User name of the officer.")]
At = Annotated[str | None, typer.Option("--at", help="Instant, ISO 8601 with offset (default: the clock).")]
Day = Annotated[str, typer.Argument(metavar="DAY", help="Id of the day, as `plan` prints it.")]
Ticket = Annotated[str, typer.Argument(metavar="TICKET", help="Reference of the ticket.")]


class Plans(StrEnum):
    """The options of `plan` that are times of day, for the message of a wrong one."""

    OPENS = "opens"
    CLOSES = "closes"


def _context(user: str, at: str | None) -> Context:
    """The context of an officer's verb, or of the public for an empty name; raises `kernel.bad_date`."""
    frame.setup_django()
    from srok.ground.accounts import public as accounts
    from srok.ground.faces import clock

    try:
        instant = datetime.fromisoformat(at) if at else clock.instant()
    except ValueError as error:
        raise Refusal("kernel.bad_date", field="at") from error
    if instant.tzinfo is None:
        raise Refusal("kernel.bad_date", field="at")
    if user:
        return accounts.context_for(user, at=instant, trace=new_id(instant))
    return Context("public", "", frozenset(), instant, instant.date(), new_id(instant))


def _said_day(day: "DayFacts") -> dict[str, Any]:
    return {
        "day": str(day.id), "post": day.post, "on": day.on.isoformat(), "place": day.place.name_en,
        "order": str(day.order), "places": day.places, "bookable": day.bookable, "left": day.left,
        "slots": [{"at": one.starts_at.isoformat(), "left": one.left} for one in day.slots],
    }  # fmt: skip


def _said_ticket(ticket: "TicketFacts") -> dict[str, Any]:
    return {
        "ticket": ticket.reference, "day": str(ticket.day), "state": str(ticket.state), "people": ticket.people,
        "served": ticket.served_people, "number": ticket.number, "desk": ticket.desk, "before": ticket.before,
        "seats": [{"at": one.starts_at.isoformat(), "people": one.people} for one in ticket.seats],
    }  # fmt: skip


def _told(said: Mapping[str, Any], *, as_json: bool) -> None:
    if as_json:
        frame.emit(said)
        return
    typer.echo("\n".join(f"{key}: {value}" for key, value in said.items() if value not in (None, "")))


def _run(act: Callable[[], Any], said: Callable[[Any], dict[str, Any]], *, as_json: bool) -> None:
    """Run one act; its result in words or JSON, a refusal with status 1."""
    with frame.refusals_told(as_json=as_json):
        done = act()
    _told(said(done), as_json=as_json)


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise Refusal("missions.unknown_day", field="day") from error


def _time(text: str, field: Plans) -> time:
    try:
        return time.fromisoformat(text)
    except ValueError as error:
        raise Refusal("missions.bad_plan", field=field.value) from error


def _slot(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError as error:
        raise Refusal("missions.no_such_slot", field="slot") from error


@day_app.command()
def plan(
    on: Annotated[str, typer.Option("--on", help="Date of the day.")],
    user: AsUser,
    opens: Annotated[str, typer.Option(help="Time at which the doors open.")] = "08:00",
    closes: Annotated[str, typer.Option(help="Time at which they close.")] = "16:00",
    desks: Annotated[int, typer.Option(help="Desks.")] = 4,
    minutes: Annotated[int, typer.Option(help="Minutes for one person at a desk.")] = 12,
    walk_in: Annotated[int, typer.Option(help="Percent kept for people without a ticket.")] = 20,
    place_km: Annotated[str, typer.Option(help="Mission place in Khmer.")] = "",
    place_en: Annotated[str, typer.Option(help="Mission place in Latin letters.")] = "",
    state: Annotated[str, typer.Option(help="Host state in which it lies.")] = "",
    timezone: Annotated[str, typer.Option(help="Its time zone, where it is not the post's.")] = "",
    at: At = None,
    json: AsJson = False,
) -> None:
    """Plan a day of the officer's post. Exit status 0 planned, 1 refused."""

    def act() -> Any:
        ctx = _context(user, at)
        from srok.identity.missions import public as missions

        day = PartialDate.parse(on).whole
        if day is None:
            raise Refusal("kernel.bad_date", field="on")
        found = missions.Plan(
            _time(opens, Plans.OPENS), _time(closes, Plans.CLOSES), desks, minutes, walk_in_percent=walk_in
        )
        where = missions.Place(place_km, place_en, state, timezone)
        return missions.plan_day(missions.PlanDay(day, found, where), ctx=ctx)

    _run(act, _said_day, as_json=json)


@day_app.command()
def book(
    day: Day,
    people: Annotated[int, typer.Option(help="How many come together, one to eight.")] = 1,
    slot: Annotated[str, typer.Option(help="When the slot begins, ISO 8601 with offset; none: waiting list.")] = "",
    user: Annotated[str, typer.Option("--as", help="An officer; without one, as the public does.")] = "",
    at: At = None,
    json: AsJson = False,
) -> None:
    """Book a slot, or stand on the waiting list. Exit status 0 with the ticket, 1 refused."""

    def act() -> Any:
        ctx = _context(user, at)
        from srok.identity.missions import public as missions

        return missions.book(missions.Book(_id(day), people, _slot(slot) if slot else None), ctx=ctx)

    _run(act, _said_ticket, as_json=json)


@day_app.command()
def cancel(ticket: Ticket, at: At = None, json: AsJson = False) -> None:
    """Give the places of a ticket back."""

    def act() -> Any:
        ctx = _context("", at)
        from srok.identity.missions import public as missions

        return missions.cancel(missions.Cancel(ticket), ctx=ctx)

    _run(act, _said_ticket, as_json=json)


@day_app.command()
def arrive(
    user: AsUser,
    ticket: Annotated[str, typer.Option(help="Reference of a ticket.")] = "",
    day: Annotated[str, typer.Option(help="For somebody without one: the id of the day.")] = "",
    people: Annotated[int, typer.Option(help="How many they are, without a ticket.")] = 1,
    lane: Annotated[str, typer.Option(help="old, ill, pregnant, disabled, small_child.")] = "",
    at: At = None,
    json: AsJson = False,
) -> None:
    """Somebody is here, with a ticket or without; they stand in the line."""

    def act() -> Any:
        ctx = _context(user, at)
        from srok.identity.missions import public as missions

        if lane not in set(missions.Lane):
            raise Refusal("missions.unknown_value", field="lane")
        if ticket:
            return missions.arrive(missions.Arrive(ticket, missions.Lane(lane)), ctx=ctx)
        return missions.walk_in(missions.WalkIn(_id(day), people, missions.Lane(lane)), ctx=ctx)

    _run(act, _said_ticket, as_json=json)


@day_app.command(name="next")
def next_(
    day: Day, user: AsUser, desk: Annotated[int, typer.Option(help="Which desk.")] = 1, at: At = None,
    json: AsJson = False,
) -> None:  # fmt: skip
    """Call the next of the line to a desk. Exit status 1 when nobody waits."""

    def act() -> Any:
        ctx = _context(user, at)
        from srok.identity.missions import public as missions

        return missions.call_next(missions.CallNext(_id(day), desk), ctx=ctx)

    _run(act, _said_ticket, as_json=json)


@day_app.command()
def served(
    ticket: Ticket, user: AsUser, people: Annotated[int, typer.Option(help="How many; 0: all.")] = 0, at: At = None,
    json: AsJson = False,
) -> None:  # fmt: skip
    """So many people of a ticket are done."""

    def act() -> Any:
        ctx = _context(user, at)
        from srok.identity.missions import public as missions

        return missions.serve(missions.Serve(ticket, people), ctx=ctx)

    _run(act, _said_ticket, as_json=json)


@day_app.command()
def surge(
    day: Day, user: AsUser, back: Annotated[bool, typer.Option("--back", help="Back to appointments.")] = False,
    at: At = None, json: AsJson = False,
) -> None:  # fmt: skip
    """Switch to the order in which people come, or back; the line itself stays as it is."""

    def act() -> Any:
        ctx = _context(user, at)
        from srok.identity.missions import public as missions

        order = missions.Order.APPOINTMENTS if back else missions.Order.WALK_IN
        return missions.switch_order(missions.SwitchOrder(_id(day), order), ctx=ctx)

    _run(act, _said_day, as_json=json)


@day_app.command()
def end(day: Day, user: AsUser, at: At = None, json: AsJson = False) -> None:
    """End the day: who did not come is noted, names and contacts are erased."""

    def act() -> Any:
        ctx = _context(user, at)
        from srok.identity.missions import public as missions

        return missions.end_day(missions.EndDay(_id(day)), ctx=ctx)

    _run(act, _said_day, as_json=json)


@day_app.command()
def numbers(day: Day, user: AsUser, at: At = None, json: AsJson = False) -> None:
    """The numbers of a day: counts of people, medians in minutes."""

    def act() -> Any:
        ctx = _context(user, at)
        from srok.identity.missions import public as missions

        return missions.numbers(_id(day), ctx)

    _run(act, _said_numbers, as_json=json)


def _said_numbers(found: Any) -> dict[str, Any]:
    from dataclasses import asdict

    said = asdict(found)
    for name in ("out_of_turn", "turned_away"):
        said[name] = dict(said[name])
    return {**said, "lane_percent": found.lane_percent, "hours": list(said["hours"])}


@day_app.command(name="list")
def list_(user: AsUser, at: At = None, json: AsJson = False) -> None:
    """The days of the officer's post from today on."""

    def act() -> Any:
        ctx = _context(user, at)
        from srok.identity.missions import public as missions

        return missions.days(ctx)

    with frame.refusals_told(as_json=json):
        found = [_said_day(one) for one in act()]
    if json:
        frame.emit(found)
        return
    for one in found:
        typer.echo(f"{one['day']}  {one['on']}  {one['order']:<12}  {one['left']}/{one['places']}  {one['place']}")
