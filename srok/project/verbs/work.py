"""`srok work`: sequencer, reactions and outbox, in a loop or once."""

import time
from typing import Annotated

import typer

app = typer.Typer()


@app.command()
def work(
    once: Annotated[bool, typer.Option("--once", help="Drain once and stop.")] = False,
    every: Annotated[float, typer.Option(help="Seconds between rounds.")] = 1.0,
) -> None:
    """Give facts their places, run the rooms' reactions, send what waits in the outbox."""
    from srok.ground.faces import cli, clock

    cli.setup_django()
    from srok.ground.journal import public as journal
    from srok.ground.notices import public as notices

    while True:
        moved = journal.drain() + notices.deliver(at=clock.instant())
        if once:
            typer.echo(f"{moved}")
            return
        time.sleep(every)
