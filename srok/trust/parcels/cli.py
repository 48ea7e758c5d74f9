"""`srok parcels VERB`: what leaves a kit and what arrives at the centre."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from srok.ground.faces.cli import Exit, context_as, day, emit, refusals_told, setup_django

if TYPE_CHECKING:
    from collections.abc import Callable

    from srok.ground.kernel.context import Context
    from srok.trust.parcels.report import ImportReport

app = typer.Typer(help="Sealed events from and to machines that work without a network.", no_args_is_help=True)

Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Out = Annotated[Path, typer.Option("--out", metavar="FILE", help="The file to write.")]
As = Annotated[str, typer.Option("--as", metavar="USER", help="The officer who does it (default: the program itself).")]
On = Annotated[str, typer.Option("--on", metavar="DATE", help="The day on which it is done (default: today).")]
SHOWN = 40
STAGES = {"stored": "keeping", "opened": "opening", "sent": "sending", "written": "writing"}


@app.command("export")
def export(
    out: Out,
    since: Annotated[int, typer.Option("--since", min=1, help="From this number on.")] = 1,
    as_json: Json = False,
) -> None:
    """In a kit: write the sealed events that have no receipt yet. Nothing is removed; again gives the same file."""
    setup_django()
    from srok.trust.parcels import public

    with refusals_told(as_json=as_json, status=Exit.INTERNAL), _bar(show=not as_json) as bar:
        done = public.export(out, since, lambda at, of: bar("written", at, of))
    if as_json:
        emit({"events": done.events, "first": done.first, "last": done.last, "bytes": done.bytes, "file": str(out)})
    else:
        typer.echo(f"events: {done.events} (numbers {done.first} to {done.last}), {done.bytes} bytes in {out}")


@app.command("import")
def import_(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Files that kits have written.")],
    as_: As = "",
    on: On = "",
    as_json: Json = False,
) -> None:
    """At the centre: keep and open what kits sent. Exit 0 all is well, 1 something was kept apart, 2 unreadable."""
    setup_django()
    from srok.trust.parcels import public

    with refusals_told(as_json=as_json, status=Exit.UNREADABLE), _bar(show=not as_json) as bar:
        report = public.import_files(list(files), ctx=_context(as_, on), progress=bar)
    emit(report.json()) if as_json else _tell(report)
    if report.quarantined or report.conflicts:
        raise SystemExit(int(Exit.NO))


@app.command("receipts")
def receipts(
    out: Out,
    kit: Annotated[str, typer.Option("--kit", help="Of this kit only.")] = "",
    as_: As = "",
    on: On = "",
    as_json: Json = False,
) -> None:
    """At the centre: write signed receipts of what is held of each kit, for the kits to take."""
    setup_django()
    from srok.trust.parcels import public

    with refusals_told(as_json=as_json):
        written = public.receipts(out, _context(as_, on), kit or None)
    emit({"kits": written, "file": str(out)}) if as_json else typer.echo(f"kits: {written} in {out}")


@app.command("confirm")
def confirm(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Receipts of the centre.")],
    as_: As = "",
    on: On = "",
    as_json: Json = False,
) -> None:
    """In a kit: take the centre's receipts, and let go of the sealed events that the centre holds."""
    setup_django()
    from srok.trust.parcels import public

    with refusals_told(as_json=as_json, status=Exit.UNREADABLE):
        done = public.confirm_receipts(file, _context(as_, on))
    if as_json:
        emit({"receipted": done.receipted, "pending": done.pending, "foreign": list(done.foreign)})
    else:
        typer.echo(f"receipted: {done.receipted}, without a receipt: {done.pending}")


@app.command("send")
def send(
    to: Annotated[str, typer.Option("--to", metavar="URL", help="The address of the centre, https://...")],
    as_: As = "",
    on: On = "",
    as_json: Json = False,
) -> None:
    """In a kit: send what waits over the network and take the receipts. Stopped anywhere, it goes on from there."""
    setup_django()
    from srok.trust.parcels import sending

    with refusals_told(as_json=as_json), _bar(show=not as_json) as bar:
        done = sending.send(sending.Https(to), ctx=_context(as_, on), progress=lambda at, of: bar("sent", at, of))
    if as_json:
        told = {"receipted": done.confirmed.receipted, "pending": done.confirmed.pending}
        emit({"bytes": done.bytes, "reports": list(done.reports), **told})
    else:
        typer.echo(f"sent: {done.bytes} bytes; receipted: {done.confirmed.receipted}, "
                   f"without a receipt: {done.confirmed.pending}")  # fmt: skip


@app.command("status")
def status(as_: As = "", on: On = "", as_json: Json = False) -> None:
    """In a kit: what waits, the last contact. At the centre: every kit, and what is missing of it."""
    setup_django()
    from srok.trust.parcels import standing

    with refusals_told(as_json=as_json):
        found = standing.status(_context(as_, on))
    if as_json:
        emit(found)
        return
    for row in standing.lines(found):
        typer.echo(row)


def _context(as_: str, on: str) -> Context:
    if as_:
        return context_as(as_, on or None)
    from srok.ground.accounts.public import service_context
    from srok.ground.faces import clock
    from srok.ground.kernel.ids import new_id

    at = day(on) if on else clock.instant()
    return service_context("parcels", "mfa.consular", at=at, trace=new_id(at))


def _tell(report: ImportReport) -> None:
    from srok.ground.faces import wording

    typer.echo(f"opened: {report.opened}, here already: {report.already}")
    for gap in report.gaps:
        typer.echo(f"- {gap.kit}: numbers {gap.from_} to {gap.until} are missing")
    for one in report.conflicts[:SHOWN]:
        typer.echo(f"- {one.kit} {one.seq}: {one.reference} stands beside {one.with_}")
    for kept in [*report.quarantined, *report.waiting][:SHOWN]:
        typer.echo(f"- {kept.kit} {kept.seq}: {wording.sentence(kept.code, language='en')}\n"
                   f"  {wording.sentence(kept.code, language='km')} ({kept.code})")  # fmt: skip


@contextmanager
def _bar(*, show: bool) -> Iterator[Callable[[str, int, int], None]]:
    """Progress on standard error, one bar for each stage."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), disable=not show) as bar:
        tasks: dict[str, TaskID] = {}

        def tick(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bar.add_task(STAGES.get(stage, stage), total=total or None)
            bar.update(tasks[stage], completed=done, total=total or None)

        yield tick
