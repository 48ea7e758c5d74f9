"""Import at the centre: keep what came first, and have it on the disk; then open event by event.

Stopped anywhere, the same import finishes the rest: what is kept is known by its SHA-256, and what was opened moved in
the transaction of its act.
"""

from collections.abc import Callable, Iterable
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, Final

from django.db import IntegrityError, transaction

from srok.ground.kernel.context import Context
from srok.ground.kernel.refusal import Refusal
from srok.trust.parcels import envelope, framing, opening, reads
from srok.trust.parcels.durable import durable
from srok.trust.parcels.models import Arrival, ArrivalBytes, Kit
from srok.trust.parcels.report import ImportReport, KeptApart
from srok.trust.parcels.terms import MAX_EVENT_BYTES, Event, State, Warrant

Progress = Callable[[str, int, int], None]
"""(`stored` or `opened`, how many, of how many; 0 where that is not known)"""
_CHUNK: Final = 64


def import_files(sources: Iterable[Path | bytes], *, ctx: Context, progress: Progress | None = None) -> ImportReport:
    """Keep every event of these files, then open what can be opened; the same files again change nothing.

    Order does not matter, nor how often: events wait for no gap, except where their room says `Later`. Bytes that are
    no event are kept apart with a code; what a cut file lacks is told. Raises `faces.unreadable_file`.
    """
    report = ImportReport()
    touched: set[str] = set()
    with durable():
        for source in sources:
            try:
                with BytesIO(source) if isinstance(source, bytes) else source.open("rb") as stream:
                    touched |= _keep_all(stream, report, ctx, progress)
            except OSError as error:
                raise Refusal("faces.unreadable_file", name=getattr(source, "name", "")) from error
        touched |= opening.open_all(ctx, report, progress)
        Kit.objects.filter(pk__in=touched).update(last_seen_at=ctx.at)
    report.gaps = reads.gaps(Kit.objects.filter(pk__in=touched).values_list("pk", flat=True))
    return report


def _keep_all(stream: BinaryIO, report: ImportReport, ctx: Context, progress: Progress | None) -> set[str]:
    """Keep what this stream holds, in small transactions; the kits it names."""
    touched: set[str] = set()
    held: list[ArrivalBytes] = []
    size = 0
    damaged = 0
    for found in framing.frames(stream):
        damaged += found.length if isinstance(found, framing.Damaged) else 0
        if isinstance(found, framing.Truncated) or damaged > MAX_EVENT_BYTES:
            # A file that is something else altogether is told, and not kept: it lies where it came from.
            code = "parcels.truncated" if isinstance(found, framing.Truncated) else "parcels.damaged"
            report.quarantined += [] if KeptApart("", 0, code) in report.quarantined else [KeptApart("", 0, code)]
            if not isinstance(found, Event):
                continue
        rows = _rows(found, ctx)
        touched |= {row.arrival.kit for row in rows}
        held += rows
        size += sum(len(row.raw) for row in rows)
        if len(held) >= _CHUNK or size > 16 * 1024 * 1024:
            _keep(held, report)
            held, size = [], 0
            if progress:
                progress("stored", report.stored + report.already, 0)
    _keep(held, report)
    return touched


def _rows(found: Event | framing.Damaged, ctx: Context) -> list[ArrivalBytes]:
    """The rows of one frame; also of events that lie inside one whose stated length was a lie."""
    if isinstance(found, framing.Damaged):
        return [_row(ctx, found.kept, code="parcels.damaged")]
    rows = [_row(ctx, found.raw, found)]
    inside = framing.within(found)
    if inside > 0 and not _genuine(found):
        for event in framing.frames(BytesIO(found.raw[inside:])):
            rows += _rows(event, ctx) if isinstance(event, Event) else []
    return rows


def _genuine(event: Event) -> bool:
    warrant: Warrant | None = reads.warrant_of(event.header.kit)
    return warrant is not None and envelope.genuine(event, warrant.kit_key)


def _row(ctx: Context, raw: bytes, event: Event | None = None, code: str = "") -> ArrivalBytes:
    row = Arrival(digest=sha256(raw).hexdigest(), state=State.STORED, code=code, received_at=ctx.at, received_on=ctx.on)
    if event is not None:
        row.kit, row.seq, row.prev = event.header.kit, event.header.seq, event.header.prev.hex()
    return ArrivalBytes(arrival=row, raw=raw)


def _keep(rows: list[ArrivalBytes], report: ImportReport) -> None:
    """Keep these rows in one transaction; those that are here already are counted as such."""
    unique = {row.arrival.digest: row for row in rows}
    report.already += len(rows) - len(unique)
    if not unique:
        return
    with transaction.atomic():
        known = set(Arrival.objects.filter(digest__in=list(unique)).values_list("digest", flat=True))
        new = [row for digest, row in unique.items() if digest not in known]
        report.already += len(known)
        for row in new:
            try:
                with transaction.atomic():
                    row.arrival.save(force_insert=True)
                    row.arrival_id = row.arrival.pk
                    row.save(force_insert=True)
                report.stored += 1
            except IntegrityError:  # another import of the same file was first
                report.already += 1
