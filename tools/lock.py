"""Make the lock files again: `.venv/bin/python -m tools.lock` (hashes, no address of any registry)."""

import subprocess
import sys
from pathlib import Path

REQUIREMENTS = Path(__file__).resolve().parents[1] / "requirements"
# `oracles-alone` are packages that name a newer Python than they need (tools/oracles.py).
LOCKS = {
    "demo": ("3.11",),
    "faces": ("3.11",),
    "test": ("3.11",),
    "oracles": ("3.11",),
    "oracles-alone": ("3.12", "--no-deps"),
}
FORM = ("--universal", "--no-header", "--quiet", "--python-version")


def main() -> None:
    """Resolve each `.in` into a `.lock` with `uv` for Python 3.11 and newer."""
    uv = Path(sys.executable).parent / "uv"
    for name, own in LOCKS.items():
        words = ["pip", "compile", f"{name}.in", "--output-file", f"{name}.lock", "--generate-hashes"]
        subprocess.run([str(uv), *words, *FORM, *own, *sys.argv[1:]], cwd=REQUIREMENTS, check=True)


if __name__ == "__main__":
    main()
