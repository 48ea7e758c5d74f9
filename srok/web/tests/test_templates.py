"""What every template of every room keeps to, so that the strict content policy never breaks a page."""

import re
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[2]
TEMPLATES = sorted(PACKAGE.rglob("templates/**/*.html"))
# One file that people take home: it stands alone, and its own policy names the hashes of what is written into it.
ALONE = {"identity/cases/templates/cases/prefill.html"}
SERVED = [path for path in TEMPLATES if str(path.relative_to(PACKAGE)) not in ALONE]
INLINE = re.compile(r"<style|<script(?![^>]*\bsrc=)|\sstyle=|\son[a-z]+=|javascript:", re.I)


def test_there_are_templates() -> None:
    assert TEMPLATES


@pytest.mark.parametrize("path", SERVED, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_inline_style_or_script(path: Path) -> None:
    assert INLINE.findall(path.read_text("utf-8")) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_pages_load_nothing_from_elsewhere(path: Path) -> None:
    assert re.findall(r"(?:src|href)=[\"'](?:https?:)?//", path.read_text("utf-8")) == []
