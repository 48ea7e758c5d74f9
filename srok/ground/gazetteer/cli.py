"""`srok gazetteer`: load the places, and show one."""

import uuid
from pathlib import Path as File
from typing import Annotated, Any

import typer

from srok.ground.faces.cli import Exit, emit, refusals_told, setup_django

app = typer.Typer(help="Provinces, districts, communes, villages, and posts abroad.", no_args_is_help=True)

Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Listed = Annotated[bool, typer.Option("--all", help="List every refused and mended row.")]


@app.command("import")
def import_(
    file: Annotated[File | None, typer.Argument(help="A CSV file; without one the packaged MEF data.")] = None,
    as_json: Json = False,
    listed: Listed = False,
) -> None:
    """Load places through the cleaning step; whole or not at all. The same source again changes nothing."""
    setup_django()
    from srok.ground.gazetteer import public

    ctx = _context()
    with refusals_told(as_json=as_json, status=Exit.UNREADABLE):
        report = public.import_file(file, ctx) if file else public.import_packaged(ctx)
    if as_json:
        emit(report_row(report))
        return
    typer.echo(f"{report.source}: " + ", ".join(f"{count} {level}" for level, count in report.counts.items()))
    cleaned = report.cleaned
    typer.echo(f"written {report.written}, ended {report.ended}, refused {len(cleaned.refused)}, "
               f"mended {len(cleaned.mended)}")  # fmt: skip
    if listed:
        for one in cleaned.refused:
            typer.echo(f"refused {one.row.file}:{one.row.line} {one.row.code} {one.row.name_latin} ({one.reason})")
        for name in cleaned.mended:
            typer.echo(f"mended {name.code} {name.before} -> {name.after} ({name.reason})")


@app.command()
def show(code: Annotated[str, typer.Argument(help="The code of a place or of a post.")], as_json: Json = False) -> None:
    """Show a place, what lies around it and how many places lie in it; or a post abroad."""
    setup_django()
    from srok.ground.gazetteer import public

    with refusals_told(as_json=as_json):
        lines = {language: public.describe(code, language) for language in ("km", "en")}
    if as_json:
        path = public.path(code) if public.exists(code) else ()
        emit({"code": code, **{f"line_{key}": line for key, line in lines.items()},
              "path": [place_row(one) for one in path], "children": len(public.children(code))})  # fmt: skip
        return
    typer.echo(f"{code}\n{lines['km']}\n{lines['en']}\n{len(public.children(code))} places inside")


def place_row(place: Any) -> dict[str, object]:
    """A place as the command line prints it."""
    return {"code": place.code, "level": str(place.level), "unit": str(place.unit), "name_km": place.name_km,
            "name_latin": place.name_latin}  # fmt: skip


def report_row(report: Any) -> dict[str, object]:
    """An import as the command line prints it: counts, and every refused or mended row with its reason code."""
    cleaned = report.cleaned
    return {
        "source": report.source, "accepted": report.counts, "written": report.written, "ended": report.ended,
        "rejected": [
            {"file": one.row.file, "row": one.row.line, "field": "code", "code": one.row.code,
             "name_km": one.row.name_km, "name_latin": one.row.name_latin, "reason": one.reason}
            for one in cleaned.refused
        ],
        "mended": [
            {"code": one.code, "before": one.before, "after": one.after, "reason": one.reason} for one in cleaned.mended
        ],
        "childless": list(cleaned.childless),
    }  # fmt: skip


def _context() -> Any:
    from srok.ground.accounts.public import service_context
    from srok.ground.faces import clock
    from srok.ground.kernel.ids import new_id

    at = clock.instant()
    trace: uuid.UUID = new_id(at)
    return service_context("gazetteer", "moi.gdi", at=at, trace=trace)
