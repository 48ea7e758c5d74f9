"""Twenty `kill -9` at random moments: nothing acknowledged is lost, and everything ever signed is one history."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[4]
KILLS = os.environ.get("SROK_KILLS", "20")


@pytest.mark.slow
def test_a_killed_writer_loses_nothing_and_never_tells_two_histories() -> None:
    database = "postgresql" if os.environ.get("SROK_TEST_DB") == "postgresql" else "sqlite"
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("SROK_", "DJANGO_"))}
    command = [sys.executable, "-m", "benchmarks.openlog_kills", "--count", KILLS, "--database", database]
    done = subprocess.run(command, cwd=ROOT, env=clean, capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    found = json.loads(done.stdout)
    assert (found["kills"], found["lost"], found["inconsistent"], found["whole"]) == (int(KILLS), 0, 0, True)
    assert found["acknowledgements"] > 0
