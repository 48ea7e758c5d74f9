"""`srok serve`: the pages on this machine, with one `srok work` beside them. A kit looks at its laptop first."""

import subprocess
import sys
from typing import Annotated

import typer

from srok.ground.faces import cli
from srok.ground.kernel.refusal import Refusal

app = typer.Typer()
THIS_MACHINE = frozenset({"127.0.0.1", "localhost", "::1"})


@app.command()
def serve(
    host: Annotated[str, typer.Option()] = "127.0.0.1",
    port: Annotated[int, typer.Option()] = 8000,
) -> None:
    """Serve the pages and the API with granian until interrupted."""
    from granian.constants import Interfaces
    from granian.server import Server

    if cli.in_kit():
        _look_first(host)
    with subprocess.Popen([sys.executable, "-m", "srok", "work"]) as worker:
        try:
            Server(
                "srok.project.wsgi:application", address=host, port=port, interface=Interfaces.WSGI, workers=1,
                blocking_threads=4,
            ).serve()  # fmt: skip
        finally:
            worker.terminate()


def _look_first(host: str) -> None:
    """A kit serves this laptop alone, and says before anything else what is wrong with it."""
    cli.setup_django()
    from srok.ground.faces import clock
    from srok.identity.missions import public as missions

    with cli.refusals_told(as_json=False):
        if host not in THIS_MACHINE:
            raise Refusal("web.kit_this_machine_only")
        for km, en, blocks in missions.start_checks(clock.instant()):
            sys.stderr.write(f"{'!!' if blocks else '! '} {km}\n   {en}\n")
