"""Make `.venv-oracles`: `.venv/bin/python -m tools.oracles`. Other people's implementations, to compare with.

They live apart because one of them is GPL and none may be needed by the program. Tests that ask them are skipped by
name where the venv is missing; the stamp of the lock's hash makes the second run instant.
"""

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv-oracles"
PYTHON = VENV / "bin" / "python"
LOCK = ROOT / "requirements" / "oracles.lock"
# Packages that name a newer Python than they need: installed as they are, without their own requirements.
ALONE = ROOT / "requirements" / "oracles-alone.lock"
INSTALL = ("-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes")
STAMP = VENV / "srok-oracles.stamp"


def fresh() -> bool:
    """Whether the venv holds exactly what the two locks say."""
    return PYTHON.exists() and STAMP.exists() and STAMP.read_text("utf-8") == _wanted()


def make() -> None:
    """Make the venv anew, by the locks' hashes, with the machine's own pip (it knows the machine's registry)."""
    shutil.rmtree(VENV, ignore_errors=True)
    _run(sys.executable, "-m", "venv", str(VENV))
    _run(str(PYTHON), *INSTALL, "-r", str(LOCK))
    _run(str(PYTHON), *INSTALL, "--no-deps", "--ignore-requires-python", "-r", str(ALONE))
    STAMP.write_text(_wanted(), "utf-8")


def _wanted() -> str:
    return hashlib.sha256(LOCK.read_bytes() + ALONE.read_bytes()).hexdigest()


def _run(*command: str) -> None:
    subprocess.run(command, check=True)


def main() -> None:
    """Make it unless it is there; `--check` only says whether it is."""
    if fresh():
        sys.stdout.write(f"{VENV.name} is as its locks say\n")
    elif "--check" in sys.argv[1:]:
        sys.stdout.write(f"{VENV.name} is missing or old: python -m tools.oracles makes it\n")
        raise SystemExit(1)
    else:
        make()
        sys.stdout.write(f"{VENV.name} made\n")


if __name__ == "__main__":
    main()
