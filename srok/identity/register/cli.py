"""`srok register`: import a resident list, make a synthetic one, show one person."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from srok.ground.faces.cli import Exit, context_as, emit, fail, refusals_told, setup_django
from srok.ground.kernel.refusal import Refusal

if TYPE_CHECKING:
    from rich.progress import Progress as Bar
    from rich.progress import TaskID

    from srok.ground.kernel.context import Context
    from srok.identity.register.terms import ImportReport, PersonFacts

app = typer.Typer(help="The resident list: import it, make a synthetic one, show a person.", no_args_is_help=True)

Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
STAGES = {"read": "reading", "book": "answer book", "generate": "writing"}
SHOWN = 40  # rejected rows shown without --json


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="A CSV file (docs/formats/register.md).")],
    as_json: Json = False,
    allow_many_changes: Annotated[
        bool, typer.Option("--allow-many-changes", help="Also when more than 0.5 % of the list would change.")
    ] = False,
    as_: Annotated[str, typer.Option("--as", help="The officer who does it; without one, the program itself.")] = "",
    on: Annotated[str, typer.Option("--on", help="The day on which it is done.")] = "",
) -> None:
    """Import a resident list: whole or not at all; rejected rows are listed; the same file changes nothing."""
    setup_django()
    from srok.identity.register import public

    with refusals_told(as_json=as_json, status=Exit.UNREADABLE), progress_bar(as_json) as bar:
        try:
            report = public.import_file(file, _context(as_, on), Bars(bar), allow_many_changes=allow_many_changes)
        except Refusal as refusal:
            if refusal.code in {"register.too_many_changes", "register.not_your_list"}:
                bar.stop()
                fail(refusal, as_json=as_json, status=Exit.NO)
            raise
    emit(_report_row(report)) if as_json else _tell(report)
    if report.rejected:
        raise SystemExit(int(Exit.NO))


@app.command()
def generate(
    count: Annotated[int, typer.Argument(min=0, help="How many people.")],
    out: Annotated[Path, typer.Option("--out", help="The CSV file to write.")],
    seed: Annotated[int, typer.Option("--seed", help="The same seed gives the same people.")] = 1,
    as_json: Json = False,
) -> None:
    """Write synthetic families in both scripts, marked as such; places come from the gazetteer when it is loaded."""
    villages = _villages()
    from srok.identity.register.synthetic.writing import generate as write

    with refusals_told(as_json=as_json, status=Exit.UNREADABLE), progress_bar(as_json) as bar:
        try:
            written = write(count, seed, out, villages=villages, progress=Bars(bar))
        except OSError as problem:
            raise Refusal("register.cannot_write", name=out.name) from problem
    if as_json:
        emit({"written": written, "seed": seed, "file": str(out), "synthetic": True, "gazetteer": bool(villages)})
    else:
        typer.echo(f"synthetic people: {written} in {out}")


@app.command()
def person(
    number: Annotated[str, typer.Argument(help="A register number.")],
    as_json: Json = False,
) -> None:
    """Show one person as the list knows them today."""
    setup_django()
    from srok.identity.register import public

    with refusals_told(as_json=as_json):
        found = public.person_by_no(number)
    row = person_row(found)
    if as_json:
        emit(row)
        return
    for key, value in row.items():
        typer.echo(f"{key}: {value}")


def person_row(found: PersonFacts) -> dict[str, object]:
    """A person as the command line prints them; the subject never leaves the program."""
    return {
        "register_no": found.register_no, "name_km": found.name.khmer, "name_latin": found.name.latin,
        "other_names": [alias.latin or alias.khmer for alias in found.aliases], "sex": found.sex,
        "birth_date": found.birth.iso(), "birthplace": found.birthplace, "residence": found.residence,
        "address_of_record": found.address_of_record, "abroad_post": found.abroad_post,
        "father": found.father.khmer or found.father.latin if found.father else "",
        "mother": found.mother.khmer or found.mother.latin if found.mother else "",
        "citizen": found.citizen, "alive": found.alive, "version": found.version, "synthetic": found.synthetic,
    }  # fmt: skip


class Bars:
    """Turns the progress of long work into bars, one for each stage."""

    def __init__(self, bar: Bar) -> None:
        self._bar = bar
        self._tasks: dict[str, TaskID] = {}

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Show how far a stage has come."""
        if stage not in self._tasks:
            self._tasks[stage] = self._bar.add_task(STAGES.get(stage, stage), total=total)
        self._bar.update(self._tasks[stage], completed=done, total=total)


def progress_bar(silent: bool) -> Bar:
    """A progress bar on standard error; nothing at all with `--json`."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    return Bar(*columns, console=Console(stderr=True), disable=silent)


def _report_row(report: ImportReport) -> dict[str, object]:
    return {
        "counts": {
            "rows": report.rows, "accepted": report.accepted, "added": report.added, "changed": report.changed,
            "unchanged": report.unchanged, "cards": report.cards,
            "rejected": len({one.row for one in report.rejected}),
        },
        "accepted": report.accepted, "sha256": report.sha256, "seen_before": report.seen_before,
        "rejected": [
            {"row": one.row, "field": one.field, "code": one.code, "reason": one.code} for one in report.rejected
        ],
    }  # fmt: skip


def _tell(report: ImportReport) -> None:
    from srok.ground.faces.public import wording

    if report.seen_before:
        typer.echo("this file was imported already: nothing was changed")
    typer.echo(
        f"accepted {report.accepted} of {report.rows}: added {report.added}, changed {report.changed}, "
        f"unchanged {report.unchanged}; cards {report.cards}; problems {len(report.rejected)}"
    )
    for one in report.rejected[:SHOWN]:
        said = wording.sentence(one.code, {}, "en"), wording.sentence(one.code, {}, "km")
        typer.echo(f"  row {one.row} {one.field}: {said[0]} / {said[1]} ({one.code})")
    if len(report.rejected) > SHOWN:
        typer.echo(f"  and {len(report.rejected) - SHOWN} more: see --json")


def _context(officer: str, on: str) -> Context:
    """The officer's context, or that of the program's own work at Interior's identification department."""
    if officer:
        return context_as(officer, on or None)
    from srok.ground.accounts.public import service_context
    from srok.ground.faces import clock
    from srok.ground.faces.cli import day
    from srok.ground.kernel.ids import new_id

    at = day(on) if on else clock.instant()
    return service_context("register", "moi.gdi", at=at, trace=new_id(at))


def _villages() -> tuple[str, ...]:
    """Every village of the gazetteer, or none when it is not loaded (or no database stands yet)."""
    setup_django()
    from django.db import DatabaseError

    from srok.ground.gazetteer import public as gazetteer

    try:
        communes = [
            commune
            for province in gazetteer.children(None)
            for district in gazetteer.children(province.code)
            for commune in gazetteer.children(district.code)
        ]
        return tuple(village.code for commune in communes for village in gazetteer.children(commune.code))
    except DatabaseError:
        return ()
