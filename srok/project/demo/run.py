"""The whole demo in order. Every step is a function of its own; this page is the list of them."""

from datetime import date, datetime
from pathlib import Path

from django.conf import settings

from srok.ground.accounts import public as accounts
from srok.ground.accounts.terms import AppointOfficer
from srok.ground.gazetteer import public as gazetteer
from srok.ground.journal import public as journal
from srok.ground.kernel.context import Context
from srok.ground.kernel.ids import new_id
from srok.identity.cards import public as cards
from srok.identity.matching import public as matching
from srok.identity.register import public as register
from srok.project.demo import asking, chain, desk, home, outcome, people, table, writing
from srok.project.demo.console import Console
from srok.project.demo.stated import StatedDates, morning
from srok.project.settings.base import PROJECT
from srok.trust.credentials import public as credentials

EXAMPLES = PROJECT / "examples" / "washington"
SEED = 2022


def run(*, out: Path, desk_on: date | None, listed: int, address: str) -> datetime:
    """Do everything; return the instant from which the served pages tick."""
    console, dates = Console(), StatedDates(desk=desk_on)
    _say_dates(console, dates)
    planned = desk.visits(EXAMPLES)
    ctx = _service(dates)
    cast, clerks = _open_house(console, ctx, planned)
    _fill_register(console, ctx, listed)
    walk = chain.Walk(dates, console, EXAMPLES)
    chain.take_in(walk)
    chain.examine(walk)
    chain.decide(walk)
    chain.make_cards(walk)
    chain.hand_over(walk, absent=_absent(EXAMPLES))
    asked = asking.ask(walk, [card for ref in walk.references if (card := cards.card_of_case(ref))])
    voters = _desk(walk, planned, clerks)
    outcomes = outcome.rows(walk, voters)
    writing.write(walk, out, writing.Results(outcomes, asked, voters, clerks))
    table.closing(console, outcomes)
    for reference, act, said in walk.refused_acts:
        console.say(f"refused: {reference} {act}: {said}")
    table.sign_ins(console, cast, address)
    console.say(f"Written: {out}")
    return dates.pages_from


def _desk(walk: chain.Walk, planned: list[desk.Visit], clerks: dict[str, str]) -> dict[str, desk.VoterOutcome]:
    found = desk.register(walk, planned, clerks)
    journal.drain()
    return found


def _say_dates(console: Console, dates: StatedDates) -> None:
    console.say("Srok ស្រុក: the demo lives on stated dates, because no voter window is known for 2026.")
    console.say(
        f"Applications {dates.intake}, decided {dates.approved}, cards issued {dates.issued}, handed over "
        f"{dates.handed_over}; commune desks {dates.desk or 'from 12 May 2025'}. Everybody in it is invented."
    )


def _service(dates: StatedDates) -> Context:
    at = morning(dates.intake)
    return accounts.service_context("demo", "moi.gdi", at=at, trace=new_id(at))


def _open_house(
    console: Console, ctx: Context, planned: list[desk.Visit]
) -> tuple[list[AppointOfficer], dict[str, str]]:
    """Database, keys, gazetteer, offices and the cast; the clerk of each commune that is visited."""
    with console.step("home"):
        home.prepare(settings.SROK_HOME)
        credentials.create_keys(ctx=_fresh(ctx))
    with console.step("gazetteer"):
        gazetteer.import_packaged(ctx=_fresh(ctx))
    codes = list(dict.fromkeys(visit.commune for visit in planned))
    with console.step("people"):
        desks = [(code, gazetteer.describe(code, "km"), gazetteer.describe(code, "en")) for code in codes]
        cast = people.settle(ctx, desks)
    clerks = {officer.office.removeprefix("commune."): officer.username for officer in cast}
    return cast, {code: clerks[code] for code in codes}


def _fill_register(console: Console, ctx: Context, count: int) -> None:
    """A synthetic list, then the people that the examples speak of; then the search keys."""
    listed = settings.SROK_HOME / "resident-list.csv"
    with console.step("generate"):
        register.generate(count, SEED, listed)
    for path in (listed, EXAMPLES / "register.csv"):
        with console.step("register") as tick:
            register.import_file(path, ctx=_fresh(ctx), progress=lambda stage, done, total: tick(done, total))
    with console.step("index"):
        journal.drain()
        matching.index_now()


def _absent(folder: Path) -> list[str]:
    """References of those who have not come for their card (`absent.txt` of the examples, one a line)."""
    path = folder / "absent.txt"
    return path.read_text("utf-8").split() if path.exists() else []


def _fresh(ctx: Context) -> Context:
    return ctx.for_command(new_id(ctx.at))
