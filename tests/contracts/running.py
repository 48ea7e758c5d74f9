"""How a contract is tried: the command in a process of its own, with a home of its own."""

import atexit
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
SROK = (sys.executable, "-m", "srok")
ERROR_KEYS = {"code", "field", "row", "message_km", "message_en"}
# What may never stand in an answer to a user: the program's own insides.
INSIDES = ("Traceback", "Error:", "site-packages", "sqlite3.", "django.db")


def environment(home: Path, **more: str) -> dict[str, str]:
    """The environment of a command with this home, and nothing of the tests' own settings."""
    own = {name: value for name, value in os.environ.items() if not name.startswith(("SROK_", "DJANGO_"))}
    return {
        **own, "SROK_HOME": str(home), "DJANGO_SETTINGS_MODULE": "srok.project.settings.demo",
        "PYTHONPATH": str(ROOT), "COLUMNS": "120", **more,
    }  # fmt: skip


@dataclass(frozen=True)
class Done:
    """What a command answered: exit status, both outputs, and how long it took."""

    status: int
    out: str
    err: str
    seconds: float

    @property
    def json(self) -> Any:
        """Standard output as JSON; the whole of it, or the contract is broken."""
        assert self.out, f"nothing on standard output; standard error: {self.err[-2000:]}"
        return json.loads(self.out)

    def error(self, status: int = 2) -> dict[str, Any]:
        """The error, in its stable form, with this exit status and words in both languages."""
        assert self.status == status, (self.status, self.out[-2000:], self.err[-2000:])
        found: dict[str, Any] = self.json["error"]
        check_error(found)
        assert not any(word in self.out + self.err for word in INSIDES), self.err[-2000:]
        return found


def check_error(found: Mapping[str, Any]) -> None:
    """The five keys; a code of a room; a Khmer sentence in Khmer and an English one in English; no gap left open."""
    assert set(found) == ERROR_KEYS, found
    room, _, reason = found["code"].partition(".")
    assert room and reason, found
    assert found["row"] is None or isinstance(found["row"], int)
    assert found["field"] is None or (isinstance(found["field"], str) and found["field"])
    assert any("\u1780" <= letter <= "\u17ff" for letter in found["message_km"]), found
    assert found["message_en"] not in ("", found["code"], found["message_km"]), found
    for message in (found["message_km"], found["message_en"]):
        assert "{" not in message, found


def srok(*words: object, home: Path, stdin: str | bytes = b"", **more: str) -> Done:
    """Run `srok WORDS` to its end, in a process that has other people's packages loaded (`warm.py`)."""
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="srok-contract-") as folder:
        files = [Path(folder) / name for name in ("in", "out", "err")]
        files[0].write_bytes(stdin.encode() if isinstance(stdin, str) else stdin)
        for path in files[1:]:
            path.touch()
        asked = {
            "words": [str(word) for word in words], "environment": environment(home, **more),
            "files": [str(path) for path in files],
        }  # fmt: skip
        status = int(_say(json.dumps(asked)))
        return Done(status, *(path.read_text("utf-8") for path in files[1:]), time.monotonic() - started)


def cold(*words: object, home: Path, stdin: bytes = b"", **more: str) -> Done:
    """Run `srok WORDS` to its end as a shell does, from nothing."""
    started = time.monotonic()
    done = subprocess.run(
        [*SROK, *map(str, words)], cwd=ROOT, env=environment(home, **more), input=stdin, capture_output=True,
        timeout=600, check=False,
    )  # fmt: skip
    return Done(done.returncode, done.stdout.decode(), done.stderr.decode(), time.monotonic() - started)


@cache
def _warm() -> "subprocess.Popen[str]":
    command = [sys.executable, str(Path(__file__).with_name("warm.py"))]
    server = subprocess.Popen(
        command, cwd=ROOT, env={**os.environ, "OPENBLAS_NUM_THREADS": "1", "PYTHONPATH": str(ROOT)}, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip
    atexit.register(_cool, server)
    assert server.stdout is not None and server.stdout.readline() == "ready\n"
    return server


def _say(line: str) -> str:
    server = _warm()
    assert server.stdin is not None and server.stdout is not None
    server.stdin.write(line + "\n")
    server.stdin.flush()
    return server.stdout.readline()


def _cool(server: "subprocess.Popen[str]") -> None:
    assert server.stdin is not None and server.stdout is not None
    server.stdin.close()
    server.stdout.close()
    server.wait(timeout=10)


def told(*parts: object) -> None:
    """Print a figure; never assert it: other people's machines are slower."""
    print(*parts, file=sys.__stdout__)
