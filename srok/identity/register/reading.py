"""Reading a resident list as a file: UTF-8 CSV with or without BOM, row by row, never whole in memory."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from io import TextIOWrapper
from pathlib import Path

from srok.ground.kernel.refusal import Refusal
from srok.identity.register.terms import COLUMNS

OPTIONAL = frozenset({"synthetic"})
BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class ListFile:
    """A file that can be read: its hash, about how many rows it has, its columns in order."""

    path: Path
    sha256: str
    rows: int
    columns: tuple[str, ...]


def inspect_list(path: Path) -> ListFile:
    """Hash the file and read its first row.

    Raises `register.file_missing`, `register.file_not_utf8`, `register.file_broken`, `register.file_empty`,
    `register.columns_missing`, `register.columns_unknown`, `register.columns_twice`.
    """
    digest, lines = sha256(), 0
    try:
        with path.open("rb") as file:
            while block := file.read(BLOCK):
                digest.update(block)
                lines += block.count(b"\n")
    except OSError as problem:
        raise Refusal("register.file_missing", name=path.name) from problem
    header = next(_records(path), None)
    if header is None:
        raise Refusal("register.file_empty", name=path.name)
    columns = tuple(cell.strip().lower() for cell in header)
    _check_columns(columns)
    return ListFile(path, digest.hexdigest(), max(lines - 1, 0), columns)


def rows_of(source: ListFile) -> Iterator[tuple[int, dict[str, str] | None]]:
    """Each row with its number (the header is row 1); None for one with too few or too many cells.

    Empty lines are skipped. Raises `register.file_not_utf8` and `register.file_broken` where the file breaks off.
    """
    records = _records(source.path)
    next(records, None)
    width = len(source.columns)
    for number, cells in enumerate(records, start=2):
        if cells:
            yield number, dict(zip(source.columns, cells, strict=True)) if len(cells) == width else None


def _records(path: Path) -> Iterator[list[str]]:
    row = 0
    with path.open("rb") as raw, TextIOWrapper(raw, encoding="utf-8-sig", newline="") as text:
        try:
            for cells in csv.reader(text, strict=True):
                row += 1
                yield cells
        except UnicodeDecodeError as problem:
            raise Refusal("register.file_not_utf8", row=_undecodable(path) or row + 1, name=path.name) from problem
        except csv.Error as problem:
            raise Refusal("register.file_broken", row=row + 1, name=path.name) from problem


def _undecodable(path: Path) -> int | None:
    """The first row with bytes that are no UTF-8; decoding itself runs ahead of the rows."""
    with path.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as text:
        for row, cells in enumerate(csv.reader(text), start=1):
            if any("\udc80" <= letter <= "\udcff" for letter in "".join(cells)):
                return row
    return None


def _check_columns(columns: tuple[str, ...]) -> None:
    missing = [column for column in COLUMNS if column not in columns]
    if missing:
        raise Refusal("register.columns_missing", row=1, columns=", ".join(missing))
    unknown = [column for column in columns if column not in COLUMNS and column not in OPTIONAL]
    if unknown:
        raise Refusal("register.columns_unknown", row=1, columns=", ".join(unknown))
    if len(set(columns)) < len(columns):
        raise Refusal("register.columns_twice", row=1)
