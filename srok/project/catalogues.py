"""Compile every room's Khmer catalogue (`django.po` to `django.mo`) with Babel: no gettext on the machine needed."""

import sys
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

PACKAGE = Path(__file__).resolve().parents[1]


def compile_all(root: Path = PACKAGE) -> int:
    """Compile the catalogues below `root` that are newer than their compiled form; return how many."""
    done = 0
    for source in sorted(root.rglob("locale/*/LC_MESSAGES/django.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        with source.open("rb") as text:
            catalogue = read_po(text, locale=source.parents[1].name)
        with target.open("wb") as compiled:
            write_mo(compiled, catalogue)
        done += 1
    return done


if __name__ == "__main__":
    sys.stdout.write(f"catalogues compiled: {compile_all()}\n")
