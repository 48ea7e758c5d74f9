"""`srok work`: sequencer, reactions, outbox and the search among faces, in a loop or once."""

import logging
import time
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from srok.ground.kernel.context import Context

app = typer.Typer()
log = logging.getLogger(__name__)


@app.command()
def work(
    once: Annotated[bool, typer.Option("--once", help="Drain once and stop.")] = False,
    every: Annotated[float, typer.Option(help="Seconds between rounds.")] = 1.0,
) -> None:
    """Give facts their places, run reactions, send the outbox, search faces asked for, keep the logs published."""
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
            moved += _published(ctx)
        if once:
            typer.echo(f"{moved}")
            return
        time.sleep(every)


def _published(ctx: "Context") -> int:
    """Keep the public logs published; what stops them (a full disk, a lost key) is told and stops nothing else."""
    from srok.ground.kernel.refusal import Refusal
    from srok.trust.openlog import public as openlog

    try:
        return openlog.work(ctx)
    except Refusal as refusal:
        log.error("the public logs were not published: %s", refusal)
        return 0
