"""Writes of the gazetteer: one import, whole or not at all; the same source again changes nothing."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from django.db import transaction

from srok.ground.gazetteer import models, reads, source
from srok.ground.gazetteer.rules import clean
from srok.ground.gazetteer.terms import LEVELS, Cleaned, ImportReport, Place, RawPlace
from srok.ground.journal import public as journal
from srok.ground.kernel.context import Context
from srok.ground.kernel.refusal import Refusal

FIELDS = ["level", "name_km", "name_latin", "unit", "parent_id", "from_on", "until_on"]
CHUNK = 2000


def import_packaged(ctx: Context) -> ImportReport:
    """Load the packaged MEF data through the cleaning step; raises `gazetteer.no_places` for an empty source."""
    return _import(*source.packaged(), ctx=ctx)


def import_file(path: Path, ctx: Context) -> ImportReport:
    """Load a file of the documented form; raises as `source.from_file`, and `gazetteer.no_places`."""
    return _import(*source.from_file(path), ctx=ctx)


@transaction.atomic
def _import(name: str, rows: Sequence[RawPlace], *, ctx: Context) -> ImportReport:
    cleaned = clean(rows, source.units())
    if not cleaned.places:
        raise Refusal("gazetteer.no_places", name=name)
    changed, ended = _swap(cleaned.places, ctx)
    counts = Counter(str(place.level) for place in cleaned.places)
    report = ImportReport(name, {str(level): counts[level] for level in LEVELS}, changed, ended, cleaned)
    if changed or ended:
        journal.record(ctx, "gazetteer.places_imported", name, _facts(report))
        transaction.on_commit(reads.forget)
    reads.forget()
    return report


def _swap(places: Sequence[Place], ctx: Context) -> tuple[int, int]:
    """Write what differs and end what the source no longer has; how many of each."""
    held = {row.code: row for row in models.Place.objects.all()}
    rows = [_row(place) for place in places]
    fresh = [row for row in rows if row.code not in held]
    changed = [row for row in rows if row.code in held and _differs(row, held[row.code])]
    kept = {row.code for row in rows}
    gone = [code for code, row in held.items() if code not in kept and row.until_on is None]
    models.Place.objects.bulk_create(fresh, batch_size=CHUNK)
    models.Place.objects.bulk_update(changed, FIELDS, batch_size=500)
    models.Place.objects.filter(pk__in=gone).update(until_on=ctx.on)
    return len(fresh) + len(changed), len(gone)


def _row(place: Place) -> models.Place:
    return models.Place(code=place.code, level=place.level, name_km=place.name_km, name_latin=place.name_latin,
                        unit=place.unit, parent_id=place.parent or None)  # fmt: skip


def _differs(row: models.Place, held: models.Place) -> bool:
    return any(getattr(row, name) != getattr(held, name) for name in FIELDS)


def _facts(report: ImportReport) -> dict[str, int]:
    cleaned: Cleaned = report.cleaned
    return {**report.counts, "written": report.written, "ended": report.ended,
            "refused": len(cleaned.refused), "mended": len(cleaned.mended)}  # fmt: skip
