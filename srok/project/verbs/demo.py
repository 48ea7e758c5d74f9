"""`srok demo` (what `./demo` runs): the main job on real input, end to end, then the pages."""

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from srok.ground.faces import cli

app = typer.Typer()


@app.command()
def demo(
    serve: Annotated[bool, typer.Option("--serve/--no-serve", help="Serve the pages afterwards.")] = True,
    out: Annotated[Path, typer.Option(help="Where cards, letters and summary.json go.")] = Path("demo-out"),
    on: Annotated[str, typer.Option(help="Move the commune desk and the served pages to this day.")] = "",
    port: Annotated[int, typer.Option(help="Where to serve.")] = 8000,
    people: Annotated[int, typer.Option(help="How many synthetic people the resident list has.")] = 20_000,
) -> None:
    """Take the applications of examples/washington through the whole chain, and show what became of each."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "srok.project.settings.demo")
    cli.setup_django()
    from srok.project.demo.run import run

    with cli.refusals_told(as_json=False, status=cli.Exit.UNREADABLE):
        day = cli.day(on).date() if on else None
        pages_from = run(out=out.resolve(), desk_on=day, listed=people, address=f"http://127.0.0.1:{port}")
    if serve:
        os.environ["SROK_CLOCK_STARTS_AT"] = pages_from.isoformat()
        sys.stderr.flush()
        os.execv(sys.executable, [sys.executable, "-m", "srok", "serve", "--port", str(port)])
