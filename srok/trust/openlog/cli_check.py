"""`srok openlog check`: do the tables say what the log says?"""

from typing import Annotated

import typer

from srok.ground.faces import cli as frame

Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def add_to(app: typer.Typer) -> None:
    """Give this verb to the room's command."""
    app.command()(check)


def check(as_json: Json = False) -> None:
    """Compare every covered table with the log, through the openings. Exit status 0 the same, 1 it differs."""
    frame.setup_django()
    from srok.ground.faces import wording
    from srok.trust.openlog import checking

    done = checking.compare()
    told = [
        {"code": one.code, "reference": one.reference, "message_en": wording.sentence(one.code, language="en"),
         "message_km": wording.sentence(one.code, language="km")}
        for one in done.differences
    ]  # fmt: skip
    if as_json:
        counted = {"rows": done.rows, "leaves": done.leaves, "erased": done.erased}
        frame.emit({"same": done.same, **counted, "differences": told})
    else:
        typer.echo(f"{done.rows} rows, {done.leaves} leaves, {done.erased} erased, {len(told)} differences")
        for one in told:
            typer.echo(f"- {one['reference']}: {one['message_en']}\n  {one['message_km']} ({one['code']})")
    raise typer.Exit(int(frame.Exit.YES if done.same else frame.Exit.NO))
