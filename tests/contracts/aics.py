"""An unmodified `aics-witness` from PyPI on a port of this machine, for tests and benchmarks/openlog_witness.py."""

import socket
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tools.oracles import PYTHON

AICS = (str(PYTHON), "-m", "aics_witness")


@contextmanager
def serving(folder: Path, origin: str, vkey: str, name: str = "aics.example/w1") -> Iterator[str]:
    """A witness that trusts one log; gives its line of a policy (`witness NAME VKEY URL`)."""
    config = folder / "witness.json"
    folder.mkdir(parents=True, exist_ok=True)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    own = _run("init", "--config", config, "--name", name, "--listen", f"127.0.0.1:{port}").strip().split("\n")[-1]
    _run("add-log", "--config", config, "--origin", origin, "--vkey", vkey)
    command = [*AICS, "serve", "--config", str(config), "--log-level", "WARNING"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as server:
        try:
            _wait(port, server)
            yield f"witness {name.split('.')[0]} {own} http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.communicate(timeout=30)


def evidence(folder: Path) -> str:
    """What the witness kept against our log: nothing, or the tests have failed."""
    return _run("evidence", "--config", folder / "witness.json")


def status(folder: Path) -> str:
    """The witness's own account, as JSON."""
    return _run("status", "--config", folder / "witness.json", "--json")


def _run(*words: object) -> str:
    done = subprocess.run([*AICS, *map(str, words)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def _wait(port: int, server: "subprocess.Popen[bytes]") -> None:
    for _ in range(200):
        with socket.socket() as trial:
            if trial.connect_ex(("127.0.0.1", port)) == 0:
                return
        assert server.poll() is None, server.stderr
        threading.Event().wait(0.05)
    raise AssertionError("aics-witness did not start")
