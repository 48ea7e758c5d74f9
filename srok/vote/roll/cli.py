"""`srok roll VERB`: the window of a year, and registration at a commune desk with `--as USER`."""

import sys
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from srok.ground.faces import cli as frame
from srok.ground.kernel.dates import PartialDate
from srok.ground.kernel.refusal import Refusal

app = typer.Typer(help="The voter list: windows, registration in person.", no_args_is_help=True)

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
On = Annotated[str | None, typer.Option("--on", help="Civil date (default: the clock).")]
MAX_QR = 4_000


@app.command()
def window(
    year: Annotated[int | None, typer.Option(help="The year of the list (default: that of --on).")] = None,
    on: On = None,
    as_json: AsJson = False,
) -> None:
    """Say whether registration is open on a day. Exit status 0 open, 1 not (closed, not begun, not announced)."""
    with frame.refusals_told(as_json=as_json, status=frame.Exit.UNREADABLE):
        day = _day(on, year)
        frame.setup_django()
        from srok.vote.roll import public as roll

        found = roll.window(day)
    said = _said(found, day)
    if as_json:
        frame.emit(said)
    else:
        typer.echo("\n".join(f"{key}: {value}" for key, value in said.items() if value is not None))
    raise typer.Exit(int(frame.Exit.YES if said["state"] == "open" else frame.Exit.NO))


def _day(on: str | None, year: int | None) -> date:
    """The day asked about: `--on`; with a year alone, its first day; raises `kernel.bad_date`."""
    if on is not None:
        day = PartialDate.parse(on).whole
        if day is None or (year is not None and day.year != year):
            raise Refusal("kernel.bad_date", field="on")
        return day
    if year is not None:
        return PartialDate(year, 1, 1).earliest
    from srok.ground.faces import clock

    frame.setup_django()
    return clock.civil_date()


def _said(found: Any, day: date) -> dict[str, Any]:
    """The window for scripts; dates are inclusive, null is "not announced"."""
    return {
        "year": found.year, "on": day.isoformat(), "state": str(found.state), "from": _iso(found.from_),
        "until": _iso(found.last), "reference_date": _iso(found.reference), "posted": _iso(found.posted),
        "final": _iso(found.final), "next": _iso(found.next_from),
    }  # fmt: skip


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


@app.command()
def register(
    source: Annotated[str, typer.Argument(metavar="FILE|-", help="The text of the card's QR.")],
    user: Annotated[str, typer.Option("--as", help="User name of the clerk.")],
    commune: Annotated[str, typer.Option(help="Code of the commune, six digits.")],
    channel: Annotated[str, typer.Option(help="in_person; any other is refused with its reason.")] = "in_person",
    present: Annotated[
        bool, typer.Option("--present", help="The clerk states: the holder stands here and lives in the commune.")
    ] = False,
    on: On = None,
    as_json: AsJson = False,
) -> None:
    """Enter the holder of a card on the list. Exit status 0 entered, 1 refused (with code), 2 unreadable file."""
    with frame.refusals_told(as_json=as_json, status=frame.Exit.UNREADABLE):
        text = _qr_text(source)
    with frame.refusals_told(as_json=as_json):
        ctx = frame.context_as(user, on)
        from srok.vote.roll import public as roll

        try:
            receipt = roll.register_voter(roll.RegisterVoter(text, commune, channel, present=present), ctx=ctx)
        except Refusal as refusal:
            if refusal.code != "roll.unreadable_card":
                raise
            frame.fail(refusal, as_json=as_json, status=frame.Exit.UNREADABLE)
    said = {
        "receipt": receipt.reference, "commune": receipt.commune, "state": str(receipt.state),
        "list_year": receipt.list_year, "entered_on": receipt.entered_on.isoformat(),
        "public_leaf": receipt.commitment, "log_published": False,
    }  # fmt: skip
    if as_json:
        frame.emit(said)
        return
    typer.echo("\n".join(f"{key}: {value}" for key, value in said.items()))


def _qr_text(source: str) -> str:
    """The QR's text from a file or standard input; raises `faces.unreadable_file`."""
    try:
        if source == "-":
            return sys.stdin.buffer.read(MAX_QR + 1).decode("ascii").strip()
        with Path(source).open("rb") as stream:
            return stream.read(MAX_QR + 1).decode("ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise Refusal("faces.unreadable_file", name=Path(source).name) from error
