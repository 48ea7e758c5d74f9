"""`srok cards VERB`: the MRZ of any card (pure), and the acts of the card desks with `--as USER`."""

import json
import sys
from dataclasses import dataclass
from typing import Annotated, Any

import typer

from srok.ground.faces import cli as frame
from srok.ground.kernel.dates import PartialDate
from srok.ground.kernel.mrz import td1
from srok.ground.kernel.refusal import Refusal

app = typer.Typer(help="Identity cards: order, sign, issue, send, hand over.", no_args_is_help=True)

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
AsUser = Annotated[str, typer.Option("--as", help="User name of the acting officer.")]
On = Annotated[str | None, typer.Option("--on", help="Civil date of the act (default: the clock).")]
Number = Annotated[str, typer.Argument(help="The nine digits of the card.")]

MRZ_FIELDS = ("number", "family_latin", "given_latin", "birth_date", "sex", "expiry")


@dataclass(frozen=True, slots=True)
class Asked:
    """Which card, for which officer, on which day, and how to say it."""

    number: str
    user: str
    on: str | None
    as_json: bool


@app.command()
def mrz(as_json: AsJson = False) -> None:
    """Print the three machine-readable lines of the object on standard input (a list of objects gives a list)."""
    with frame.refusals_told(as_json=as_json, status=frame.Exit.UNREADABLE):
        given = _standard_input()
        if isinstance(given, list):
            found: list[Any] = [_lines(item, row) for row, item in enumerate(given, start=1)]
        else:
            found = list(_lines(given, None))
    if as_json:
        sys.stdout.write(json.dumps(found) + "\n")
        return
    for item in found:
        typer.echo(item if isinstance(item, str) else "\n".join(item) + "\n")


def _standard_input() -> object:
    try:
        return json.loads(sys.stdin.buffer.read().decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise Refusal("faces.unreadable_json") from error


def _lines(item: object, row: int | None) -> tuple[str, str, str]:
    """The three lines of one object; a refusal names its field and its row in the list."""
    if not isinstance(item, dict):
        raise Refusal("faces.unreadable_json", row=row)
    for field in MRZ_FIELDS:
        if not isinstance(item.get(field), str):
            raise Refusal("faces.missing_field", field=field, row=row, name=field)
    birth, expiry = _date(item, "birth_date", row), _date(item, "expiry", row)
    if expiry.whole is None:
        raise Refusal("kernel.bad_date", field="expiry", row=row, text=item["expiry"])
    try:
        return td1(item["number"], item["family_latin"], item["given_latin"], birth, item["sex"], expiry.whole)
    except Refusal as refusal:
        raise refusal.at(row=row) from refusal


def _date(item: dict[str, str], field: str, row: int | None) -> PartialDate:
    try:
        return PartialDate.parse(item[field])
    except Refusal as refusal:
        raise Refusal(refusal.code, field=field, row=row, text=item[field]) from refusal


@app.command()
def show(number: Number, user: AsUser, as_json: AsJson = False) -> None:
    """Show a card and its life line, as far as the officer's office may see it."""
    _verb(Asked(number, user, None, as_json), "show")


@app.command()
def sign(number: Number, user: AsUser, on: On = None, as_json: AsJson = False) -> None:
    """Sign the card's order for the officer's ministry."""
    _verb(Asked(number, user, on, as_json), "sign_order")


@app.command()
def issue(number: Number, user: AsUser, on: On = None, as_json: AsJson = False) -> None:
    """Personalise: check both signatures, sign the stored bytes, make the QR."""
    _verb(Asked(number, user, on, as_json), "issue")


@app.command()
def dispatch(number: Number, user: AsUser, on: On = None, as_json: AsJson = False) -> None:
    """Put the card into the bag to its post."""
    _verb(Asked(number, user, on, as_json), "dispatch")


@app.command()
def receive(number: Number, user: AsUser, on: On = None, as_json: AsJson = False) -> None:
    """Count the card in at its post."""
    _verb(Asked(number, user, on, as_json), "receive")


@app.command("hand-over")
def hand_over(
    number: Number,
    user: AsUser,
    checked: Annotated[str, typer.Option(help="portrait or two_officers")],
    present: Annotated[str, typer.Option(help="holder, holder_and_relative or holder_and_interpreter")] = "holder",
    second_officer: Annotated[str, typer.Option(help="User name of the second officer, for two_officers")] = "",
    on: On = None,
    as_json: AsJson = False,
) -> None:
    """Give the card to its holder: it becomes active, and older cards end."""
    given = {"checked": checked, "present": present, "second_officer": second_officer}
    _verb(Asked(number, user, on, as_json), "hand_over", **given)


@app.command()
def revoke(
    number: Number,
    user: AsUser,
    reason: Annotated[str, typer.Option(help="cards.lost, cards.lost_in_bag or cards.misprinted")],
    on: On = None,
    as_json: AsJson = False,
) -> None:
    """End a card before its date. With cards.lost the officer states that the holder reported the loss."""
    _verb(Asked(number, user, on, as_json), "revoke", reason=reason, reported=reason == "cards.lost")


def _verb(who: Asked, act: str, **given: str | bool) -> None:
    """Find the card for the officer, do one act, then show the card as it is."""
    as_json = who.as_json
    with frame.refusals_told(as_json=as_json):
        ctx = frame.context_as(who.user, who.on)
        from srok.identity.cards import public as cards

        found = cards.card_by_number(who.number, ctx)
        if act == "show":
            cards.open_card(found, ctx=ctx)
        else:
            command = cards.COMMANDS[act](found.id, **given)
            getattr(cards, act)(command, ctx=ctx)
        said = cards.told(cards.card(found.id), ctx.on)
    if as_json:
        frame.emit(said)
        return
    for key, value in said.items():
        typer.echo(f"{key}: {value}")
