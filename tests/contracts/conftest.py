"""Homes for the commands: an empty one, and a prepared one that each test gets a copy of."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.contracts.running import ROOT, environment


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home where nothing is yet: what pure verbs must be content with."""
    return tmp_path / "home"


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with database, keys, gazetteer, offices and officers, nobody on any list. Do not write to it."""
    home = tmp_path_factory.mktemp("contracts") / "prepared"
    done = subprocess.run(
        [sys.executable, "-m", "tests.contracts.home"], cwd=ROOT, env=environment(home), text=True,
        capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return home


@pytest.fixture
def house(prepared: Path, tmp_path: Path) -> Path:
    """A copy of the prepared home, to write to."""
    return Path(shutil.copytree(prepared, tmp_path / "house"))
