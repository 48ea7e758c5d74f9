"""Make the lock files again: `.venv/bin/python -m tools.lock` (hashes, no address of any registry)."""

import subprocess
import sys
from pathlib import Path

REQUIREMENTS = Path(__file__).resolve().parents[1] / "requirements"
LOCKS = ("demo", "faces", "test", "oracles")
FORM = (
    "--universal", "--python-version", "3.11", "--no-header", "--quiet",
)  # fmt: skip


def main() -> None:
    """Resolve each `.in` into a `.lock` with `uv` for Python 3.11 and newer."""
    uv = Path(sys.executable).parent / "uv"
    for name in LOCKS:
        words = ["pip", "compile", f"{name}.in", "--output-file", f"{name}.lock", "--generate-hashes"]
        subprocess.run([str(uv), *words, *FORM, *sys.argv[1:]], cwd=REQUIREMENTS, check=True)


if __name__ == "__main__":
    main()
