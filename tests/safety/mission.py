"""A centre and a kit as two installations: two folders, two processes, and no network between them.

The kit's programs run in a network namespace of their own in which only 127.0.0.1 exists (`unshare -rn`). Where a
machine does not allow that, they run as any other program, and the run says so.
"""

import shutil
import socket
import subprocess
import sys
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from tests.contracts.running import ROOT, SROK, Done, environment

MISSION = ("2025-05-12", "2025-05-13")
# Ten in the evening in Phnom Penh, eleven in the morning in Washington.
STARTS = datetime.fromisoformat("2025-05-12T11:00:00-04:00")
ALONE = ("unshare", "--map-root-user", "--net", "sh", "-c", 'ip link set lo up 2>/dev/null; exec "$@"', "sh")


@cache
def can_be_alone() -> bool:
    """Whether a program can be started here without any network."""
    if not shutil.which("unshare"):
        return False
    return subprocess.run([*ALONE, "true"], capture_output=True, check=False).returncode == 0


@dataclass
class Installation:
    """A folder with its own clock, which the rehearsal moves on; `alone`: without a network."""

    home: Path
    at: datetime = STARTS
    alone: bool = False
    shell: tuple[tuple[str, str], ...] = ()

    def later(self, **by: float) -> "Installation":
        """The same installation, this much later."""
        self.at += timedelta(**by)
        return self

    def run(self, *words: object, python: str = "") -> Done:
        """Run `srok WORDS` (or a Python source with these arguments) to its end; two minutes at most. The clock moves on a minute."""
        self.at += timedelta(minutes=1)
        command = [sys.executable, "-c", python, *map(str, words)] if python else [*SROK, *map(str, words)]
        told = environment(self.home, SROK_CLOCK_STARTS_AT=self.at.isoformat(), **dict(self.shell))
        prefix = ALONE if self.alone and can_be_alone() else ()
        done = subprocess.run(
            [*prefix, *command],
            cwd=ROOT,
            env=told,
            capture_output=True,
            timeout=120,
            check=False,
            stdin=subprocess.DEVNULL,
        )
        return Done(done.returncode, done.stdout.decode(), done.stderr.decode(), 0.0)

    def yes(self, *words: object) -> Any:
        """The JSON of a verb that says yes."""
        done = self.run(*words, "--json")
        assert done.status == 0, (words, done.status, done.out[-1500:], done.err[-3000:])
        return done.json

    def no(self, *words: object, status: int = 1) -> str:
        """The code of a verb that says no, in words of both languages."""
        return str(self.run(*words, "--json").error(status)["code"])


NETWORK = """
import socket, sys
from pathlib import Path
own = [line.split(":")[0].strip() for line in Path("/proc/net/dev").read_text().splitlines()[2:]]
probe = socket.socket(); probe.settimeout(2)
try:
    probe.connect((sys.argv[1] if len(sys.argv) > 1 else "192.0.2.1", 9)); reached = True
except OSError:
    reached = False
print(own, reached)
"""


def made_centre(home: Path) -> Installation:
    """A centre with keys, places, offices and officers; nobody on any list."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.contracts.home"], cwd=ROOT, env=environment(home), text=True, capture_output=True,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return Installation(home)


def free_port() -> int:
    """A port of 127.0.0.1 that nobody uses."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port
