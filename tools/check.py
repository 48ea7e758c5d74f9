"""`./check`: every check of the house, one line each, and what was skipped with why.

`--quick` is the inner loop (no browser, no PostgreSQL, no demo); `--nothing-skipped` fails where a tool is missing.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path

from tools import postgres

ROOT = Path(__file__).resolve().parents[1]
PYTHON = sys.executable
PYTEST = [PYTHON, "-m", "pytest", "-q", "-rs", "-p", "no:cacheprovider", "-n", "2"]


@dataclass(frozen=True)
class Step:
    """One check: its name, its command, whether the inner loop runs it, and what it cannot do without."""

    name: str
    command: list[str]
    quick: bool = True
    missing: Callable[[], str | None] = lambda: None
    on_postgresql: bool = False


def no_chromium() -> str | None:
    """Why the browser's journeys cannot run here, or None."""
    return None if shutil.which("chromium") else "Debian's chromium is not installed"


def no_postgresql() -> str | None:
    """Why the second database's tests cannot run here, or None."""
    return None if postgres.binaries() else "PostgreSQL is not installed"


def steps(out: Path) -> list[Step]:
    """The checks in the order in which a mistake is cheapest to find."""
    return [
        Step("other implementations", [PYTHON, "-m", "tools.oracles"], quick=False),
        Step("lint", [PYTHON, "-m", "ruff", "check", "."]),
        Step("format", [PYTHON, "-m", "ruff", "format", "--check", "."]),
        Step("walls", [str(Path(PYTHON).parent / "lint-imports"), "--no-cache"]),
        Step("types", [PYTHON, "-m", "mypy", "srok", "tools"], quick=False),
        Step("security lint", [PYTHON, "-m", "bandit", "-q", "-ll", "-r", "srok", "-c", "pyproject.toml"], quick=False),
        Step("migrations", [PYTHON, "-m", "django", "makemigrations", "--check", "--dry-run", "-v", "0"]),
        Step("tests, SQLite", [*PYTEST, "-m", "not browser and not slow"]),
        Step("slow tests", [*PYTEST, "-m", "slow and not browser"], quick=False),
        Step(
            "tests, PostgreSQL", [*PYTEST, "-m", "not browser", "--ignore=tests/contracts"],
            quick=False, missing=no_postgresql, on_postgresql=True,
        ),
        Step(
            "demo equals expected.csv", [PYTHON, "-m", "tools.check_demo", "--out", str(out)],
            quick=False,
        ),
        Step("journeys in the browser", [*PYTEST[:-2], "-m", "browser"], quick=False, missing=no_chromium),
    ]  # fmt: skip


def run(step: Step, environment: Mapping[str, str], skipped: list[str]) -> bool:
    """Run one step and print its line; its output is shown only when it fails. Tests it skipped go to `skipped`."""
    started = time.monotonic()
    cluster: AbstractContextManager[Mapping[str, str]] = nullcontext({})
    if step.on_postgresql:
        cluster = postgres.cluster()
    with cluster as extra:
        done = subprocess.run(
            step.command, cwd=ROOT, env={**environment, **extra}, text=True, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, check=False,
        )  # fmt: skip
    good = done.returncode == 0
    sys.stdout.write(f"{'ok  ' if good else 'FAIL'} {step.name}  ({time.monotonic() - started:.0f} s)\n")
    lines = done.stdout.strip().splitlines()
    skipped += [f"in {step.name}: {line.removeprefix('SKIPPED ')}" for line in lines if line.startswith("SKIPPED ")]
    last = lines[-1:] if good else lines
    sys.stdout.writelines(f"     {line}\n" for line in last)
    sys.stdout.flush()
    return good


def main() -> None:
    """Run the steps; status 1 when one fails, or is skipped where nothing may be."""
    words = argparse.ArgumentParser(prog="./check", description=__doc__)
    words.add_argument("--quick", action="store_true")
    words.add_argument("--nothing-skipped", action="store_true")
    given = words.parse_args()
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "srok.project.settings.test",
        "SROK_EXAMPLES": "10" if given.quick else "200",
    }
    passed, failed = 0, 0
    skipped: list[str] = []
    with tempfile.TemporaryDirectory(prefix="srok-check-") as folder:
        for step in steps(Path(folder)):
            reason = "not in the inner loop" if given.quick and not step.quick else step.missing()
            if reason:
                skipped.append(f"{step.name}: {reason}")
            elif run(step, environment, skipped):
                passed += 1
            else:
                failed += 1
    sys.stdout.writelines(f"skipped {line}\n" for line in skipped)
    failed += len(skipped) if given.nothing_skipped else 0
    sys.stdout.write(f"{passed} passed, {failed} failed\n")
    raise SystemExit(1 if failed else 0)


if __name__ == "__main__":
    main()
