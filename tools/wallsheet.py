"""The wall sheet of a mission day as a page to print: `docs/operators/mission-day.html` from `mission-day.md`.

`python -m tools.wallsheet` writes it, `--check` says whether it is in step (exit status 1). One A3 page; on A4 printers
choose two pages a sheet the other way round. The font is the one of the pages.
"""

import html
import re
import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "operators"
SOURCE, TARGET = FOLDER / "mission-day.md", FOLDER / "mission-day.html"
FONT = "../../srok/ground/faces/static/faces/vendor/noto-sans-khmer-khmer-400-normal.woff2"
KHMER = re.compile(r"[\u1780-\u17ff]")
HEAD = f"""<!doctype html>
<html lang="km"><head><meta charset="utf-8"><title>ថ្ងៃបេសកកម្ម · Mission day</title><style>
@font-face {{ font-family: Khmer; src: url("{FONT}"); unicode-range: U+1780-17FF, U+200B-200C, U+25CC; }}
@page {{ size: A3 portrait; margin: 9mm; }}
body {{ font: 9.3pt/1.42 Khmer, "Noto Sans", "DejaVu Sans", sans-serif; max-width: 279mm; margin: auto; color: #111; }}
h1 {{ font-size: 17pt; margin: 0 0 1mm; }} h2 {{ font-size: 12pt; margin: 2mm 0 .5mm; }} p {{ margin: 0 0 2mm; }}
table {{ width: 100%; border-collapse: collapse; }} tr {{ break-inside: avoid; }}
th, td {{ border: .3mm solid #888; padding: .3mm 1.5mm; text-align: left; vertical-align: top; }}
th {{ background: #e8eefc; }} td:first-child {{ width: 34mm; font-weight: bold; }}
td:nth-child(2) {{ width: 45%; font-size: 10.4pt; }} code {{ font-size: 9pt; }}
</style></head><body>
"""


def page(text: str) -> str:
    """The sheet as one page of HTML: headings, paragraphs and tables, which is all that it has."""
    made: list[str] = [HEAD]
    rows: list[str] = []
    for line in [*text.splitlines(), ""]:
        if line.startswith("|"):
            rows.append(line)
            continue
        if rows:
            made.append(_table(rows))
            rows = []
        if line.startswith("#"):
            marks, _, words = line.partition(" ")
            made.append(f"<h{len(marks)}>{_said(words)}</h{len(marks)}>\n")
        elif line:
            made.append(f"<p>{_said(line)}</p>\n")
    return "".join([*made, "</body></html>\n"])


def _table(lines: list[str]) -> str:
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")] for line in lines if not re.fullmatch(r"[|\-]+", line)
    ]
    head, *body = rows
    cells = [_row(head, "th"), *(_row(row, "td") for row in body)]
    return "<table>\n" + "".join(cells) + "</table>\n"


def _row(cells: list[str], kind: str) -> str:
    made = (f"<{kind}{_language(cell)}>{_said(cell)}</{kind}>" for cell in cells)
    return f"<tr>{''.join(made)}</tr>\n"


def _language(cell: str) -> str:
    return "" if KHMER.search(cell) or not cell else ' lang="en"'


def _said(text: str) -> str:
    """Bold, italics and code of Markdown; everything else as it stands."""
    safe = html.escape(text, quote=False)
    bold = re.sub(r"\*\*([^*]+)\*\*", r"<strong>\1</strong>", safe)
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", re.sub(r"\*([^*]+)\*", r"<em>\1</em>", bold))


if __name__ == "__main__":
    wanted = page(SOURCE.read_text("utf-8"))
    if "--check" in sys.argv[1:]:
        sys.exit(0 if TARGET.exists() and TARGET.read_text("utf-8") == wanted else 1)
    TARGET.write_text(wanted, "utf-8")
