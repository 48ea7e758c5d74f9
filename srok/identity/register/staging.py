"""The way in of an import: rows are read and checked in chunks into a staging table, then swapped at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Exists, Min, OuterRef, Subquery

from srok.ground.gazetteer import public as gazetteer
from srok.ground.kernel.ids import new_id, random_id
from srok.identity.register.models import Person, StagedRow
from srok.identity.register.reading import ListFile, rows_of
from srok.identity.register.rules import KNOWN_PLACE, ReadRow, read_row
from srok.identity.register.swap import Value, put_staged
from srok.identity.register.terms import Progress, RowRejection

CHUNK = 2_000
FORGOTTEN_AFTER = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Staged:
    """What was read: how many rows, and what was rejected, in order of rows."""

    read: int
    rejected: tuple[RowRejection, ...]

    @property
    def taken(self) -> int:
        """How many rows wait in the staging table."""
        return self.read - len({one.row for one in self.rejected})


def stage(source: ListFile, run: UUID, on: date, progress: Progress | None) -> Staged:
    """Read the whole file into the staging table, chunk by chunk; what cannot be taken is listed."""
    rejected: list[RowRejection] = []
    done, known_place, rows = 0, _known_place(), rows_of(source)
    while chunk := list(islice(rows, CHUNK)):
        staged = []
        for number, cells in chunk:
            if cells is None:
                rejected.append(RowRejection(number, "", "register.row_shape"))
                continue
            row = read_row(cells, on=on, known_place=known_place)
            rejected += [RowRejection(number, field, code) for field, code in row.problems]
            if not row.problems:
                staged.append(_staged(row, number, run))
        with transaction.atomic():
            put_staged(staged)
        done += len(chunk)
        if progress:
            progress("read", done, max(source.rows, done))
    rejected += _repeated(run, ("register_no",), "register.repeated_number")
    rejected += _repeated(run, ("card_number", "card_generation"), "register.repeated_card")
    return Staged(done, tuple(sorted(rejected, key=lambda one: (one.row, one.field, one.code))))


def decide_acts(run: UUID) -> dict[str, int]:
    """Mark each staged row `add`, `change` or `keep` against the list as it stands now; return how many of each."""
    rows = StagedRow.objects.filter(run=run)
    known = Person.objects.filter(register_no=OuterRef("register_no"))
    rows.update(act="add")
    listed = rows.filter(Exists(known))
    listed.update(act="change", subject=Subquery(known.values("subject")[:1]))
    rows.filter(Exists(known.filter(row_hash=OuterRef("row_hash")))).update(act="keep")
    counts = dict(rows.values_list("act").annotate(number=Count("id")).order_by("act"))
    return {act: counts.get(act, 0) for act in ("add", "change", "keep")}


def clear(run: UUID, at: datetime) -> None:
    """Empty the staging table of this import, and of any that was killed more than a day ago."""
    with transaction.atomic():
        StagedRow.objects.filter(run=run).delete()
        StagedRow.objects.filter(run__lt=new_id(at - FORGOTTEN_AFTER)).delete()


def _known_place() -> KNOWN_PLACE:
    """Whether a code is a place or a country; without a gazetteer, whether it has the shape of one."""
    countries = gazetteer.countries()
    loaded = bool(gazetteer.children(None))

    def known(code: str) -> bool:
        if code in countries:
            return True
        if loaded:
            return gazetteer.exists(code)
        return code.isascii() and code.isdigit() and len(code) in (2, 4, 6, 8)

    return known


def _staged(row: ReadRow, number: int, run: UUID) -> dict[str, Value]:
    return {
        **row.values, "run": run, "row": number, "subject": random_id(), "handle": random_id(),
        "synthetic": row.synthetic, "birth": row.values["birth_date"], "card_issued": row.card_issued,
        "card_expires": row.card_expires, "row_hash": row.row_hash, "card_hash": row.card_hash,
        "as_written": row.as_written,
    }  # fmt: skip


def _repeated(run: UUID, columns: tuple[str, ...], code: str) -> Iterator[RowRejection]:
    """Every row but the first that repeats these columns; they are taken out of the staging table."""
    staged = StagedRow.objects.filter(run=run).exclude(**{columns[0]: ""})
    repeated = staged.values(*columns).annotate(number=Count("id"), first=Min("row")).filter(number__gt=1)
    for found in list(repeated.order_by("first")):
        same = {column: found[column] for column in columns}
        again = staged.filter(**same).exclude(row=found["first"])
        yield from [RowRejection(row, columns[0], code) for row in again.values_list("row", flat=True)]
        again.delete()
