"""Small resident lists for the tests: a family of the cast, and any row made from it."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

from srok.ground.kernel.context import Context
from srok.identity.register.terms import COLUMNS

BOPHA = {
    "register_no": "0100000001", "family_km": "ជា", "given_km": "បុប្ផា", "family_latin": "CHEA",
    "given_latin": "BOPHA", "sex": "F", "birth_date": "1955", "birthplace": "010502", "residence": "01050201",
    "household": "H1",
}  # fmt: skip
DARITH = {
    **BOPHA, "register_no": "0100000002", "family_km": "សុខ", "given_km": "ដារិទ្ធ", "family_latin": "SOK",
    "given_latin": "DARITH", "sex": "M", "birth_date": "1950-01-01",
}  # fmt: skip
SOPHEA = {
    **BOPHA, "register_no": "0100000003", "family_km": "សុខ", "given_km": "សុភា", "family_latin": "SOK",
    "given_latin": "SOPHEA", "birth_date": "1982-03-14", "father_family_km": "សុខ", "father_given_km": "ដារិទ្ធ",
    "father_family_latin": "SOK", "father_given_latin": "DARITH", "mother_family_km": "ជា",
    "mother_given_km": "បុប្ផា", "mother_family_latin": "CHEA", "mother_given_latin": "BOPHA",
    "father_no": "0100000002", "mother_no": "0100000001", "card_number": "100000017",
    "card_generation": "new_model", "card_issued": "2016-05-02", "card_expires": "2026-05-01",
}  # fmt: skip
MALIS = {
    **SOPHEA, "register_no": "0100000004", "given_km": "ម៉ាលីស", "given_latin": "MALIS", "birth_date": "1985-07-30",
    "card_number": "", "card_generation": "", "card_issued": "", "card_expires": "",
}  # fmt: skip
FAMILY = [BOPHA, DARITH, SOPHEA, MALIS]


def write_list(path: Path, rows: Iterable[dict[str, str]], *, bom: bool = False) -> Path:
    """Write rows as a resident list."""
    with path.open("w", encoding="utf-8-sig" if bom else "utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, restval="")
        writer.writeheader()
        writer.writerows(rows)
    return path


def context(number: int = 1, on: date = date(2025, 1, 6)) -> Context:
    """The circumstances of one act by Vuthy of Interior; each number is another command."""
    at = datetime(on.year, on.month, on.day, 3, 0, number % 60, tzinfo=UTC)
    return Context("vuthy", "moi.gdi", frozenset({"identification_officer"}), at, on, UUID(int=number))
