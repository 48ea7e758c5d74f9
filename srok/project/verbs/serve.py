"""`srok serve`: the pages on this machine, with one `srok work` beside them."""

import subprocess
import sys
from typing import Annotated

import typer

app = typer.Typer()


@app.command()
def serve(
    host: Annotated[str, typer.Option()] = "127.0.0.1",
    port: Annotated[int, typer.Option()] = 8000,
) -> None:
    """Serve the pages and the API with granian until interrupted."""
    from granian.constants import Interfaces
    from granian.server import Server

    with subprocess.Popen([sys.executable, "-m", "srok", "work"]) as worker:
        try:
            Server(
                "srok.project.wsgi:application", address=host, port=port, interface=Interfaces.WSGI, workers=1,
                blocking_threads=4,
            ).serve()  # fmt: skip
        finally:
            worker.terminate()
