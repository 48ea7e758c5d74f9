"""The folder a consulate sends, opened with care: bounded, plain names only, nothing outside it is ever touched."""

import csv
import io
import os
import stat
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from srok.ground.kernel.refusal import Refusal
from srok.identity.cases.rows import SIGNED, check_header

APPLICATIONS = "applications.csv"
MAX_BYTES = 20 * 1024 * 1024
MAX_ROWS = 20_000
FLAGS = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0)


@dataclass(frozen=True, slots=True)
class RawRow:
    """A row as it stands in the file: its number (the header is row 1) and its cells, or why it cannot be read."""

    number: int
    cells: dict[str, str]
    problem: Refusal | None = None


class Folder:
    """A mission's folder. Raises `cases.no_folder` and `cases.no_applications_file` when there is nothing to read."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            # Spreadsheets and cameras of some systems write accents in two code points: both forms find the file.
            self._files = {unicodedata.normalize("NFC", entry.name): entry.name for entry in os.scandir(path)}
        except OSError as error:
            raise Refusal("cases.no_folder", name=path.name) from error
        if APPLICATIONS not in self._files:
            raise Refusal("cases.no_applications_file", name=APPLICATIONS)
        self._used: set[str] = {APPLICATIONS}

    def rows(self) -> list[RawRow]:
        """Every row of `applications.csv`.

        Raises what makes the whole file unreadable: `cases.not_utf8`, `cases.no_rows`, `cases.too_many_rows`, and
        the header's refusals. A row that was cut off is a row with a problem, not the end of the others.
        """
        data = self.read(APPLICATIONS)
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            raise Refusal("cases.not_utf8", row=line, name=APPLICATIONS) from error
        found = list(_rows(text))
        if not found:
            raise Refusal("cases.no_rows", name=APPLICATIONS)
        if len(found) > MAX_ROWS:
            raise Refusal("cases.too_many_rows", most=MAX_ROWS)
        return found

    def read(self, name: str, field: str | None = None) -> bytes:
        """A file of the folder, by its plain name. Never follows a link, never leaves the folder, never blocks.

        Raises `cases.not_a_plain_name`, `cases.file_missing`, `cases.not_a_file`, `cases.file_too_large`.
        """
        plain = plain_name(name, field)
        actual = self._files.get(unicodedata.normalize("NFC", plain))
        if actual is None:
            raise Refusal("cases.file_missing", field=field, name=plain[:80])
        self._used.add(unicodedata.normalize("NFC", plain))
        try:
            handle = os.open(self.path / actual, FLAGS)
        except OSError as error:
            raise Refusal("cases.not_a_file", field=field, name=plain[:80]) from error
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            os.close(handle)
            raise Refusal("cases.not_a_file", field=field, name=plain[:80])
        with os.fdopen(handle, "rb") as stream:
            data = stream.read(MAX_BYTES + 1)
        if len(data) > MAX_BYTES:
            raise Refusal("cases.file_too_large", field=field, name=plain[:80], megabytes=MAX_BYTES // 1024 // 1024)
        return data

    def unused(self) -> list[str]:
        """Files that no row names: told, so that nobody's photo is forgotten."""
        return sorted(name for name in self._files if name not in self._used and not name.startswith("."))


def plain_name(name: str, field: str | None = None) -> str:
    """The name, if it names a file of the folder itself and nothing else (`cases.not_a_plain_name`)."""
    tricks = ("/", "\\", "\0", ":")
    hidden = any(unicodedata.category(character).startswith("C") for character in name)
    if not name or name.startswith(".") or any(trick in name for trick in tricks) or hidden or len(name) > 120:
        raise Refusal("cases.not_a_plain_name", field=field, name=ascii(name[:60]))
    return name


def _rows(text: str) -> Iterator[RawRow]:
    """Rows with their numbers; the header is checked first. Blank rows are stepped over but counted."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    header: list[str] | None = None
    number = 0
    ends = text.endswith(("\n", "\r"))
    held: RawRow | None = None
    while True:
        number += 1
        try:
            cells = next(reader, None)
        except csv.Error:
            # An open quotation mark swallows what follows: nothing after this row can be told apart.
            if header is None:
                raise Refusal("cases.no_rows", row=number, name=APPLICATIONS) from None
            cut: RawRow | None = RawRow(number, {}, Refusal("cases.row_cut", row=number))
            yield from (one for one in (held, cut) if one is not None)
            return
        if held is not None and cells is not None:
            yield held
            held = None
        if cells is None:
            break
        if header is None:
            header = [cell.strip() for cell in cells]
            check_header(header)
        elif any(cell.strip() for cell in cells):
            held = _row(number, header, cells)
    if held is not None:
        yield held if ends else _unended(held)


def _row(number: int, header: list[str], cells: list[str]) -> RawRow:
    if len(cells) != len(header):
        code = "cases.row_cut" if len(cells) < len(header) else "cases.row_too_long"
        problem = Refusal(code, row=number, cells=len(cells), columns=len(header))
        return RawRow(number, dict(zip(header, cells, strict=False)), problem)
    return RawRow(number, dict(zip(header, cells, strict=True)))


def _unended(row: RawRow) -> RawRow:
    """The last row of a file without a line end: taken where its last cell is a whole word of a closed list.

    Some spreadsheets save no line end; but where the last cell is free text, nobody can tell whether it was cut.
    """
    last, text = next(reversed(row.cells.items()), ("", ""))
    if last == "signed_by" and text.strip() in SIGNED:
        return row
    return RawRow(row.number, row.cells, row.problem or Refusal("cases.no_row_end", row=row.number))
