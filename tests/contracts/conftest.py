"""Homes for the commands: an empty one, a prepared one that each test gets a copy of, and the demo's."""

import fcntl
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.contracts.running import ROOT, cold, environment, told


def shared(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """A folder made once for all workers of this run: the first makes it, the others wait for it."""
    base = factory.getbasetemp()
    folder = (base.parent if base.name.startswith("popen-") else base) / f"contracts-{name}"
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "made").exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            make(folder)
            (folder / "made").touch()
    return folder


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home where nothing is yet: what pure verbs must be content with."""
    return tmp_path / "home"


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with database, keys, gazetteer, offices and officers, nobody on any list. Do not write to it."""

    def make(folder: Path) -> None:
        done = subprocess.run(
            [sys.executable, "-m", "tests.contracts.home"], cwd=ROOT, env=environment(folder / "home"), text=True,
            capture_output=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr

    return shared(tmp_path_factory, "prepared", make) / "home"


@pytest.fixture
def house(prepared: Path, tmp_path: Path) -> Path:
    """A copy of the prepared home, to write to."""
    return Path(shutil.copytree(prepared, tmp_path / "house"))


@dataclass(frozen=True)
class Demo:
    """A demo that has run: its home, what it wrote, and `summary.json` as read."""

    home: Path
    out: Path
    summary: dict[str, Any]

    def application(self, row: int) -> dict[str, Any]:
        """The application of this row of the example folder."""
        found: dict[str, Any] = next(one for one in self.summary["applications"] if one["row"] == row)
        return found


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    """The demo with a short resident list, run once. Do not write to its home."""

    def make(folder: Path) -> None:
        words = ("demo", "--no-serve", "--out", folder / "out", "--people", 600)
        done = cold(*words, home=folder / "home")
        assert done.status == 0, done.out[-2000:] + done.err[-2000:]
        told(f"\nsrok demo: {done.seconds:.0f} s")

    folder = shared(tmp_path_factory, "demo", make)
    summary = json.loads((folder / "out" / "summary.json").read_text("utf-8"))
    return Demo(folder / "home", folder / "out", summary)
