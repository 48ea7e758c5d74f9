"""`srok work`: sequencer, reactions, outbox and the search among faces, in a loop or once."""

import time
from typing import Annotated

import typer

app = typer.Typer()


@app.command()
def work(
    once: Annotated[bool, typer.Option("--once", help="Drain once and stop.")] = False,
    every: Annotated[float, typer.Option(help="Seconds between rounds.")] = 1.0,
) -> None:
    """Give facts their places, run the rooms' reactions, send what waits in the outbox, search the faces asked for."""
    from srok.ground.faces import cli, clock

    cli.setup_django()
    from django.conf import settings

    from srok.ground.accounts import public as accounts
    from srok.ground.journal import public as journal
    from srok.ground.kernel.ids import new_id
    from srok.ground.notices import public as notices
    from srok.identity.biometrics import public as biometrics

    while True:
        at = clock.instant()
        ctx = accounts.service_context("work", "moi.gdi", at=at, trace=new_id(at))
        moved = journal.drain()
        if not settings.SROK_KIT:  # nothing is written to anybody from a mission's laptop
            moved += notices.deliver(ctx).delivered
            moved += biometrics.work(ctx).answered
        if once:
            typer.echo(f"{moved}")
            return
        time.sleep(every)
