"""`srok missions VERB`: kits (prepare, list, check out, check in, revoke)."""

import sys
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from srok.ground.faces import cli as frame
from srok.ground.kernel.dates import PartialDate
from srok.ground.kernel.refusal import Refusal

if TYPE_CHECKING:
    from srok.ground.kernel.context import Context

app = typer.Typer(help="Missions: kits, and the plans and appointments of posts.", no_args_is_help=True)
kit_app = typer.Typer(help="The laptops of mobile missions.", no_args_is_help=True)
app.add_typer(kit_app, name="kit")

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
AsUser = Annotated[str, typer.Option("--as", envvar="SROK_OFFICER", help="User name of the head of the mission.")]
Kit = Annotated[str, typer.Argument(help="The kit's name, as on its sheet.")]
Seals = Annotated[list[str], typer.Option("--seal", help="Number on a seal; once for each seal.")]


@app.callback()
def room() -> None:
    """Missions of the posts abroad."""


@kit_app.command()
def prepare(
    post: Annotated[str, typer.Option("--post", help="Code of the post (WAS).")],
    from_: Annotated[str, typer.Option("--from", help="First day of the mission.")],
    until: Annotated[str, typer.Option("--until", help="Last day of the mission, inclusive.")],
    out: Annotated[Path, typer.Option("--out", help="The folder to make; the kit's SROK_HOME.")],
    officer: Annotated[
        list[str] | None, typer.Option("--officer", help="An officer; default: all of the post.")
    ] = None,
    user: AsUser = "",
    json: AsJson = False,
) -> None:
    """Make a kit ready in one step: warrant, tables, places, officers and their passphrases, appointments.

    The passphrases are printed once and kept nowhere. Run again it makes another kit, never the same one twice, and
    refuses a folder that is not empty. Exit status 0: the kit lies in OUT; 1: refused; 2: a date is unreadable.
    """
    frame.setup_django()
    from srok.identity.missions import kit_telling as telling
    from srok.identity.missions import kits
    from srok.identity.missions.kit_rules import Period

    with frame.refusals_told(as_json=json, status=frame.Exit.UNREADABLE):
        period = Period(_day(from_, "from"), _day(until, "until"))
    with frame.refusals_told(as_json=json), telling.bar(kits.STEPS, show=not json) as progress:
        wanted = kits.PrepareKit(post, period, out.absolute(), tuple(officer or ()))
        made = kits.prepare(wanted, ctx=_context(user, post), progress=progress)
    frame.emit(telling.plain(made)) if json else telling.say(made)


@kit_app.command("check-out")
def check_out(name: Kit, seal: Seals, user: AsUser = "", json: AsJson = False) -> None:
    """Note with which seals the kit leaves the centre."""
    frame.setup_django()
    from srok.identity.missions import kits

    with frame.refusals_told(as_json=json):
        kits.check_out(name, seal, ctx=_context(user))
    _said(name, json)


@kit_app.command("check-in")
def check_in(name: Kit, seal: Seals, user: AsUser = "", json: AsJson = False) -> None:
    """Compare the seals on the kit that came back; exit status 1 and the difference where they are not the same."""
    frame.setup_django()
    from srok.identity.missions import kit_telling as telling
    from srok.identity.missions import kits

    with frame.refusals_told(as_json=json):
        found = kits.check_in(name, seal, ctx=_context(user))
    _said(name, json)
    if found.differs:
        telling.say_difference(found)
        raise typer.Exit(int(frame.Exit.NO))


@kit_app.command()
def revoke(
    name: Kit,
    reason: Annotated[str, typer.Option("--reason", help="lost, stolen, broken or withdrawn.")] = "lost",
    user: AsUser = "",
    json: AsJson = False,
) -> None:
    """End a kit now: what it seals from now on is kept apart, and its unused receipt numbers are void."""
    frame.setup_django()
    from srok.identity.missions import kits

    with frame.refusals_told(as_json=json):
        kits.revoke(name, reason, ctx=_context(user))
    _said(name, json)


@kit_app.command("list")
def list_(user: AsUser = "", json: AsJson = False) -> None:
    """The kits, with their state, seals and last contact."""
    frame.setup_django()
    from srok.identity.missions import kit_telling as telling
    from srok.trust.parcels import public as parcels

    with frame.refusals_told(as_json=json):
        rows = [telling.kit_row(one) for one in parcels.kits(_context(user))]
    frame.emit(rows) if json else telling.say_kits(rows)


@kit_app.command(hidden=True)
def lay() -> None:
    """Part of `prepare`, run inside the new folder: tables and places."""
    given = _given()
    from srok.identity.missions import install

    install.lay(Path(str(given["places"])), _inside(given), _told)


@kit_app.command(hidden=True)
def settle() -> None:
    """Part of `prepare`, run inside the new folder: office, officers, packs; answers with the passphrases."""
    given = _given()
    from srok.identity.missions import install

    issued = install.settle(given, _inside(given), _told)
    _answer({"issued": [asdict(one) for one in issued]})


def _day(text: str, field: str) -> date:
    """A full civil date; raises `kernel.bad_date` at its option."""
    try:
        found = PartialDate.parse(text)
    except Refusal as refusal:
        raise refusal.at(field=field) from refusal
    if found.earliest != found.latest:
        raise Refusal("kernel.bad_date", field=field, text=text)
    return found.earliest


def _context(user: str, post: str = "") -> "Context":
    """The officer's own context; without one that of the program itself, at the post. Kits are made at the centre."""
    if frame.in_kit():
        raise Refusal("missions.kit_at_centre_only")
    if user:
        return frame.context_as(user)
    from srok.ground.accounts import public as accounts
    from srok.ground.faces import clock
    from srok.ground.kernel.ids import new_id

    at = clock.instant()
    office = accounts.office_of_post(post)
    return accounts.service_context("missions", office.code if office else "mfa.consular", at=at, trace=new_id(at))


def _said(name: str, json: bool) -> None:
    """Show the kit as it is now."""
    from srok.identity.missions import kit_telling as telling
    from srok.trust.parcels import public as parcels

    row = telling.kit_row(parcels.kit(name))
    frame.emit(row) if json else telling.say_kits([row])


def _given() -> dict[str, object]:
    """What the preparing program handed over on standard input."""
    import cbor2

    found: dict[str, object] = cbor2.load(sys.stdin.buffer)
    frame.setup_django()
    return found


def _inside(given: dict[str, object]) -> "Context":
    """The context of the preparation inside the new kit, on the centre's clock."""
    from datetime import datetime

    from srok.ground.accounts.public import service_context
    from srok.ground.kernel.ids import new_id

    at = datetime.fromisoformat(str(given["at"]))
    return service_context("kit", str(given["at_office"]), at=at, trace=new_id(at))


def _told(step: str) -> None:
    _answer({"step": step})


def _answer(said: dict[str, object]) -> None:
    import json as text

    sys.stdout.write(text.dumps(said) + "\n")
    sys.stdout.flush()
