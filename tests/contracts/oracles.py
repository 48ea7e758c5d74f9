"""Asking other people's implementations (tools/oracles.py), and skipping by name where they are not."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tools.oracles import PYTHON, fresh

needed = pytest.mark.skipif(not fresh(), reason=".venv-oracles is missing or old: python -m tools.oracles makes it")


def asked(script: str, question: object) -> Any:
    """What the script of this name beside this file answers to a question as JSON."""
    done = subprocess.run(
        [str(PYTHON), str(Path(__file__).with_name(script))], input=json.dumps(question), text=True,
        capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
