"""`srok cases VERB`: the folder of a mission, numbered receipts, and the acts of the desks."""

import signal
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from srok.ground.faces import cli as frame
from srok.ground.kernel.refusal import Refusal
from srok.identity.cases import capture_cli

if TYPE_CHECKING:
    from srok.ground.kernel.context import Context

app = typer.Typer(help="Applications: a folder's intake, receipts, and the acts of the desks.", no_args_is_help=True)

app.add_typer(capture_cli.app, name="capture")

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
AsUser = Annotated[str, typer.Option("--as", envvar="SROK_OFFICER", help="User name of the officer who acts.")]
OnDay = Annotated[str, typer.Option("--on", help="The day of the act (YYYY-MM-DD); today when left out.")]
Reference = Annotated[str, typer.Argument(help="Reference of the application.")]
Reasons = Annotated[list[str] | None, typer.Option("--reason", help="A reason code; may be given several times.")]


@app.callback()
def room() -> None:
    """Applications for the Khmer nationality identity card from abroad."""


@app.command()
def intake(
    folder: Annotated[Path, typer.Argument(help="The folder with applications.csv.")],
    json: AsJson = False,
    user: AsUser = "",
    office: Annotated[str, typer.Option(help="The post of the folder, when no officer is named.")] = "mfa.was",
    on: OnDay = "",
) -> None:
    """Lodge the good rows of FOLDER and tell every fault of the others.

    Exit status 0: every row is lodged or already there; 1: some are rejected; 2: the folder is unreadable; 3: stopped.
    """
    frame.setup_django()
    from srok.identity.cases import kit, telling
    from srok.identity.cases.intake import intake as take_in

    # Ctrl-C reaches us even where a shell started the program in the background.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    with frame.refusals_told(as_json=json, status=frame.Exit.UNREADABLE), telling.bar(show=not json) as progress:
        if kit.is_kit() and not user:
            frame.fail(Refusal("cases.unknown_officer"), as_json=json)
        ctx = _context(user, on) if user else _service(office, on)
        report = take_in(folder, ctx=ctx, progress=progress)
    frame.emit(telling.plain(report)) if json else telling.say(report)
    if report.stopped:
        raise typer.Exit(int(frame.Exit.INTERNAL))
    raise typer.Exit(int(frame.Exit.NO if report.rejected_rows else frame.Exit.YES))


@app.command()
def references(
    out: Annotated[Path, typer.Option("--out", help="The PDF to write.")],
    count: Annotated[int, typer.Option("--count", min=1, max=5000, help="How many receipts.")] = 300,
    post: Annotated[str, typer.Option("--post", help="Code of the post where holders may ask.")] = "WAS",
    json: AsJson = False,
) -> None:
    """Print numbered receipts with check character and QR; the folder's column `reference` keeps their numbers."""
    frame.setup_django()
    from srok.ground.gazetteer import public as gazetteer
    from srok.ground.paper import public as paper
    from srok.identity.cases import kit

    with frame.refusals_told(as_json=json, status=frame.Exit.UNREADABLE):
        found = gazetteer.post(post)
        numbers = kit.references_to_print(count)
        sheets = paper.reference_sheets_pdf(numbers, found.city_km, found.city_en)
        try:
            out.write_bytes(sheets)
        except OSError as error:
            raise Refusal("faces.unwritable_file", name=out.name) from error
    frame.emit({"file": str(out), "count": len(numbers), "references": numbers}) if json else typer.echo(
        f"{out.name}: {len(numbers)}"
    )


@app.command()
def prefill(
    out: Annotated[Path, typer.Option("--out", help="The HTML file to write.")],
    lang: Annotated[str, typer.Option("--lang", help="The language it opens in: km or en.")] = "km",
    json: AsJson = False,
) -> None:
    """Write the page that applicants fill at home: one file, no network, a QR for the counter."""
    frame.setup_django()
    from srok.identity.cases import prefill_page

    with frame.refusals_told(as_json=json, status=frame.Exit.UNREADABLE):
        if lang not in ("km", "en"):
            raise Refusal("cases.unknown_choice", field="lang", given=lang[:40], allowed="km, en")
        page = prefill_page.page(lang).encode()
        try:
            out.write_bytes(page)
        except OSError as error:
            raise Refusal("faces.unwritable_file", name=out.name) from error
    frame.emit({"file": str(out), "bytes": len(page)}) if json else typer.echo(f"{out.name}: {len(page)}")


@app.command()
def captures(user: AsUser = "", json: AsJson = False, on: OnDay = "") -> None:
    """List what waits at this office's counter: half-filled, to be read back, for a second officer, sent back."""
    frame.setup_django()
    from srok.identity.cases import capture_reads, capture_telling

    with frame.refusals_told(as_json=json):
        found = [capture_telling.plain(one) for one in capture_reads.captures(_context(user, on))]
    frame.emit({"captures": found}) if json else capture_telling.say(found)


@app.command()
def show(reference: Reference, user: AsUser = "", json: AsJson = False, on: OnDay = "") -> None:
    """Show where an application stands, its path to proof, what is missing, and its candidates."""
    frame.setup_django()
    from srok.identity.cases import public as cases
    from srok.identity.cases import telling
    from srok.identity.cases.opening import note_opening

    with frame.refusals_told(as_json=json):
        ctx = _context(user, on)
        found = telling.case(cases.whole(reference, ctx), cases.assessment(reference, ctx))
        note_opening(reference, ctx)
    frame.emit(found) if json else telling.say_case(found)


@app.command()
def search(reference: Reference, user: AsUser = "", json: AsJson = False, on: OnDay = "") -> None:
    """Search the resident list for the applicant, the parents and the siblings."""
    frame.setup_django()
    from srok.identity.cases import public as cases
    from srok.identity.cases import telling

    with frame.refusals_told(as_json=json):
        found = cases.propose_candidates(cases.ProposeCandidates(reference), ctx=_context(user, on))
    rows = [telling.candidate(one) for one in found]
    frame.emit(rows) if json else telling.say_candidates(rows)


@app.command()
def settle(
    reference: Reference,
    candidate: Annotated[str, typer.Argument(help="Id of the candidate, or `rest` for all others.")],
    as_: Annotated[str, typer.Option("--is", help="same_person, mother, father, sibling or someone_else.")] = "",
    reason: Annotated[str, typer.Option(help="cases.settled_by_papers, ...")] = "cases.settled_by_papers",
    user: AsUser = "",
    json: AsJson = False,
    on: OnDay = "",
) -> None:
    """Say who a candidate is; `rest` says that every candidate still open is someone else."""
    frame.setup_django()
    from srok.identity.cases import acting

    _do(lambda ctx: acting.settle(reference, candidate, as_, reason, ctx), reference, user, json, on)


@app.command()
def examine(
    reference: Reference,
    opinion: Annotated[str, typer.Option(help="favourable or unfavourable.")],
    reason: Reasons = None,
    user: AsUser = "",
    json: AsJson = False,
    on: OnDay = "",
) -> None:
    """Record the opinion of Foreign Affairs."""
    frame.setup_django()
    from srok.identity.cases import acting

    _do(lambda ctx: acting.examine(reference, opinion, reason or (), ctx), reference, user, json, on)


@app.command()
def decide(
    reference: Reference,
    outcome: Annotated[str, typer.Option(help="approve, refuse or central.")],
    reason: Reasons = None,
    central_answer: Annotated[str, typer.Option(help="Number of the central unit's answer.")] = "",
    user: AsUser = "",
    json: AsJson = False,
    on: OnDay = "",
) -> None:
    """Record the decision of Interior's first hand."""
    frame.setup_django()
    from srok.identity.cases import acting

    _do(lambda ctx: acting.decide(reference, outcome, reason or (), central_answer, ctx), reference, user, json, on)


@app.command()
def approve(
    reference: Reference,
    agree: Annotated[bool, typer.Option("--agree/--send-back", help="Agree, or send back with a reason.")] = True,
    reason: Reasons = None,
    user: AsUser = "",
    json: AsJson = False,
    on: OnDay = "",
) -> None:
    """Record the approval of Interior's second hand: it orders the card, or sends the refusal."""
    frame.setup_django()
    from srok.identity.cases import acting

    _do(lambda ctx: acting.approve(reference, agree, reason or (), ctx), reference, user, json, on)


def _do(act: Any, reference: str, user: str, json: bool, on: str) -> None:
    """Run one act as an officer and print where the case stands then; exit status 1 with words when refused."""
    from srok.identity.cases import public as cases
    from srok.identity.cases import telling

    with frame.refusals_told(as_json=json):
        act(_context(user, on))
        found = telling.standing(cases.standing_of(reference))
    frame.emit(found) if json else telling.say_standing(found)


def _context(user: str, on: str) -> "Context":
    if not user:
        raise Refusal("cases.unknown_officer")
    return frame.context_as(user, on or None)


def _service(office: str, on: str) -> "Context":
    """The program's own context at a post, for a folder that no officer brings in person."""
    from dataclasses import replace

    from srok.ground.accounts.public import service_context
    from srok.ground.accounts.terms import Role
    from srok.ground.faces import clock
    from srok.ground.kernel.ids import new_id

    at = frame.day(on) if on else clock.instant()
    ctx = service_context("intake", office, at=at, trace=new_id(at))
    return replace(ctx, roles=frozenset({str(Role.CONSULAR_OFFICER)}))
