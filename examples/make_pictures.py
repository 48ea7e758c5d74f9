"""Draws the pictures of `examples/washington/`: portraits and scanned papers, all invented, papers marked SPECIMEN.

    python examples/make_pictures.py [FOLDER]

Reads `applications.csv` of the folder and writes every file that its columns `portrait` and `papers` name. Nobody's
photo is used: the same row always gets the same face, and a person who applies twice, like a twin, has the same one.
One portrait is cut off on purpose: the row whose note says so.
"""

import csv
import io
import sys
from pathlib import Path

from drawn_faces import portrait
from typed_papers import paper

HERE = Path(__file__).resolve().parent
CUT = "cannot be read"


def draw(folder: Path) -> int:
    """Write every picture that the folder's rows name; return how many."""
    with (folder / "applications.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    written = 0
    for row in rows:
        out = io.BytesIO()
        portrait(row).save(out, "JPEG", quality=82, optimize=True)
        data = out.getvalue()
        (folder / row["portrait"]).write_bytes(data[: len(data) // 3] if CUT in row["row_note"] else data)
        written += 1
        for number, cell in enumerate(filter(None, row["papers"].split(";")), start=1):
            kind, _, file_name = cell.split(":")
            if file_name:
                (folder / file_name).write_bytes(paper(row, kind, number))
                written += 1
    return written


if __name__ == "__main__":
    chosen = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "washington"
    sys.stdout.write(f"{draw(chosen)} pictures in {chosen.name}\n")
