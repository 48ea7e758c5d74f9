"""`srok verification VERB`: check a card, and ask in a party's name."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from srok.ground.faces import cli as frame
from srok.ground.kernel.context import Context
from srok.ground.kernel.ids import new_id
from srok.ground.kernel.refusal import Refusal
from srok.trust.verification.terms import ASKERS, PURPOSES, Ask, Party

app = typer.Typer(help="Checks of cards, and answers from the answer book.", no_args_is_help=True)
MAX_FILE = 10 * 1024 * 1024
MAX_TEXT = 64 * 1024
UNREADABLE = {
    "credentials.unreadable", "faces.unreadable_file", "kernel.bad_date", "verification.no_qr_in_picture",
    "verification.many_qr_in_picture", "verification.picture_unreadable", "verification.picture_too_large",
}  # fmt: skip
OFFICES = {Party.BORDER: "moi.border", Party.LAND: "mlmupc.land", Party.ELECTION: "nec.roll"}
LISTED = "; ".join(f"{party} {', '.join(purposes)}" for party, purposes in PURPOSES.items())

File = Annotated[str, typer.Argument(metavar="FILE|-", help="A file with the text of a QR, or - for standard input.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
At = Annotated[str | None, typer.Option("--at", metavar="DATE", help="The day asked about (default: today).")]


@app.callback()
def room() -> None:
    """Checks of cards, and answers from the answer book."""


@app.command()
def check(
    file: File,
    at: At = None,
    log: Annotated[
        Path | None, typer.Option("--log", help="Demand that the card stands in this published log.")
    ] = None,
    receipt: Annotated[Path | None, typer.Option("--receipt", help="The holder's receipt, promise or slip.")] = None,
    policy: Annotated[Path | None, typer.Option("--policy", help="Keys and witnesses to believe for the log.")] = None,
    as_json: Json = False,
) -> None:
    """Say whether the card of a QR is in force. Exit status 0 valid, 1 not valid, 2 unreadable."""
    frame.setup_django()
    from srok.trust.verification import public
    from srok.trust.verification.json_out import check_json

    with _read_first(as_json=as_json):
        result, logged = public.check(_text(file), _day(at)), {}
        if log is not None and result.claims is not None:
            found = public.in_log(result.claims, log, _file(receipt), _day(at), _file(policy))
            logged = {"log": {"state": found.state, "index": found.index}}
            result = replace(result, valid=result.valid and not found.reasons, reasons=result.reasons + found.reasons)
    if as_json:
        frame.emit({**check_json(result), **logged})
    else:
        said = result.claims
        typer.echo(f"{result.state}: {said.number} {said.name_km} {said.name_latin}" if said else str(result.state))
        _tell(result.reasons)
    raise typer.Exit(int(frame.Exit.YES if result.valid else frame.Exit.NO))


def _file(path: Path | None) -> bytes | None:
    """The bytes of a file that was named; raises `faces.unreadable_file`."""
    try:
        return _start_of(path) if path else None
    except OSError as error:
        raise Refusal("faces.unreadable_file", name=path.name if path else "") from error


@app.command()
def ask(
    file: File,
    party: Annotated[str, typer.Option(help="border, land or election.")],
    purpose: Annotated[str, typer.Option(help=f"One of the party's purposes: {LISTED}.")] = "",
    at: At = None,
    officer: Annotated[str, typer.Option("--as", help="The officer who asks (default: the party's service).")] = "",
    as_json: Json = False,
) -> None:
    """Ask about a card in a party's name; keeps a signed receipt. Exit 0 yes, 1 no or refused, 2 unreadable."""
    frame.setup_django()
    from srok.trust.verification import public
    from srok.trust.verification.json_out import answer_json

    with _read_first(as_json=as_json):
        ctx = frame.context_as(officer, at) if officer else _service(party, at)
        given = public.answer(Ask(party, purpose, _text(file)), ctx=ctx)
    if as_json:
        frame.emit(answer_json(given))
    else:
        typer.echo(f"{given.outcome} ({given.receipt})")
        _tell(given.reasons)
    raise typer.Exit(int(frame.Exit.YES if given.yes else frame.Exit.NO))


def _text(file: str) -> str:
    """The text of a file or of standard input; also out of a picture of the QR. Raises `faces.unreadable_file`."""
    from srok.trust.verification import pictures

    try:
        raw = sys.stdin.buffer.read(MAX_FILE + 1) if file == "-" else _start_of(Path(file))
    except OSError as error:
        raise Refusal("faces.unreadable_file", name=Path(file).name) from error
    if raw.startswith((b"\x89PNG", b"\xff\xd8\xff")):
        return pictures.qr_text(raw)
    if len(raw) > MAX_TEXT:
        raise Refusal("credentials.unreadable", part="length")
    return raw.decode("utf-8", "replace").removeprefix("\ufeff")


def _start_of(path: Path) -> bytes:
    with path.open("rb") as opened:
        return opened.read(MAX_FILE + 1)


def _day(at: str | None) -> date:
    """The day given, or today in Cambodia by the real clock."""
    from srok.ground.faces import clock

    return frame.day(at).date() if at else clock.civil_date()


def _service(party: str, at: str | None) -> Context:
    """The party's own service; a party nobody knows gets a context without any role, and is refused by the act."""
    from srok.ground.accounts.public import service_context
    from srok.ground.faces import clock

    moment = frame.day(at) if at else clock.instant()
    known = Party(party) if party in set(Party) else None
    ctx = service_context("ask", OFFICES[known] if known else "", at=moment, trace=new_id(moment))
    return replace(ctx, roles=ASKERS[known]) if known else ctx


@contextmanager
def _read_first(*, as_json: bool) -> Iterator[None]:
    """A refusal ends the verb: with status 2 where the input cannot be read, else with 1."""
    try:
        yield
    except Refusal as refusal:
        status = frame.Exit.UNREADABLE if refusal.code in UNREADABLE else frame.Exit.NO
        if as_json and status is frame.Exit.UNREADABLE:
            nothing = {"valid": False, "state": "unknown", "reasons": [refusal.code], "claims": {}}
            frame.emit({**nothing, **frame.error_json(refusal)})
            raise typer.Exit(int(status)) from refusal
        frame.fail(refusal, as_json=as_json, status=status)


def _tell(reasons: tuple[str, ...]) -> None:
    from srok.ground.faces import wording

    for code in reasons:
        typer.echo(f"- {wording.sentence(code, language='en')}\n  {wording.sentence(code, language='km')} ({code})")
