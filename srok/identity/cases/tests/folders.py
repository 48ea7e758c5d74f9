"""Folders as a consulate sends them, written for a test: rows as a spreadsheet saves them, drawn pictures."""

import csv
import io
from pathlib import Path

from srok.ground.kernel.ids import new_reference
from srok.identity.cases.rows import COLUMNS

SOPHEA = {
    "lodged_on": "2025-01-15", "family_km": "សុខ", "given_km": "សុភា", "family_latin": "SOK",
    "given_latin": "Sophea", "name_order": "given_first", "sex": "F", "birth_date": "1960-01-01",
    "birthplace_text": "Battambang", "basis": "descent", "status": "none", "address_option": "post",
    "mother_family_latin": "KEO", "mother_given_latin": "Bopha", "papers": "baptism:original:scan.png",
    "portrait": "face.jpg", "language": "en", "channel": "letter", "pickup_post": "WAS", "may_contact": "none",
    "signed_by": "signature",
}  # fmt: skip


def row(**more: str) -> dict[str, str]:
    """Sophea's row under a reference of its own, with what a test wants to be different."""
    return dict.fromkeys(COLUMNS, "") | SOPHEA | {"reference": new_reference()} | more


def text_of(rows: list[dict[str, str]], columns: tuple[str, ...] = COLUMNS) -> str:
    """The rows as CSV."""
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, lineterminator="\r\n", extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def write(folder: Path, rows: list[dict[str, str]], portrait: bytes, scan: bytes, *, bom: bool = False) -> Path:
    """A whole folder: the rows, one portrait and one scan that every row names."""
    folder.mkdir(exist_ok=True)
    (folder / "applications.csv").write_text(text_of(rows), "utf-8-sig" if bom else "utf-8", newline="")
    (folder / "face.jpg").write_bytes(portrait)
    (folder / "scan.png").write_bytes(scan)
    return folder
