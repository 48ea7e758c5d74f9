"""Keep the links of `docs/walk.md` on the lines they name: `python -m tools.walk` mends them, `--check` only looks.

A link is [`name`](../srok/room/file.py#L12): the line must define `name` (def, class or an assignment).
"""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "walk.md"
LINK = re.compile(r"\[`(?P<name>\w+)`\]\((?P<path>[\w./]+\.py)#L(?P<line>\d+)\)")


def line_of(name: str, path: Path) -> int:
    """The line (from 1) on which `name` is defined; raises `LookupError` where it is not."""
    defined = re.compile(rf"\s*(async def|def|class)\s+{name}\b|{name}\b[^=(]*=")
    for number, text in enumerate(path.read_text("utf-8").splitlines(), start=1):
        if defined.match(text):
            return number
    raise LookupError(f"{path.relative_to(ROOT)} defines no {name}")


def mended(page: str) -> str:
    """The page with every link on its line."""

    def mend(found: re.Match[str]) -> str:
        path = (PAGE.parent / found["path"]).resolve()
        return f"[`{found['name']}`]({found['path']}#L{line_of(found['name'], path)})"

    return LINK.sub(mend, page)


def main() -> None:
    """Mend the page, or with `--check` end with status 1 where it needs mending."""
    page = PAGE.read_text("utf-8")
    now = mended(page)
    if "--check" in sys.argv:
        raise SystemExit(now != page)
    PAGE.write_text(now, "utf-8")


if __name__ == "__main__":
    main()
