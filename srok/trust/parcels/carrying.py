"""A kit's way out and back: write the sealed events to a file, and let go of them after the centre's receipt."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from django.db import transaction

from srok.ground.journal import public as journal
from srok.ground.kernel.context import Context
from srok.ground.kernel.refusal import Refusal
from srok.trust.parcels import bundles, encoding, here
from srok.trust.parcels.files import in_place_of
from srok.trust.parcels.models import Contact, KitReceipt, OutgoingBytes, OutgoingEvent
from srok.trust.parcels.terms import Bundle, Receipted

OVERDUE: Final = timedelta(days=1)
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Pending:
    """An event of this kit for which no receipt has come."""

    seq: int
    kind: str
    subject: str
    happened_at: datetime
    bytes: int


@dataclass(frozen=True, slots=True)
class Exported:
    """What a file of events holds: how many, the first and last number (0 where none), how many bytes."""

    events: int
    first: int
    last: int
    bytes: int


@dataclass(frozen=True, slots=True)
class Confirmed:
    """What a bundle did in this kit: newly receipted events, events still without a receipt, foreign numbers."""

    receipted: int
    pending: int
    foreign: tuple[int, ...]


def pending() -> list[Pending]:
    """Every event of this kit for which no receipt has come, in order."""
    rows = OutgoingEvent.objects.filter(sealed__isnull=False).order_by("seq")
    return [Pending(row.seq, row.kind, row.subject, row.happened_at, row.length) for row in rows]


def overdue(at: datetime) -> list[Pending]:
    """Those of `pending` that are older than a day (design/features.md row 14)."""
    return [one for one in pending() if one.happened_at < at - OVERDUE]


def pieces(since: int = 1) -> Iterator[bytes]:
    """The sealed events from this number on, one after the other: the content of a file."""
    for seq in OutgoingEvent.objects.filter(sealed__isnull=False, seq__gte=since).order_by("seq").values_list("seq"):
        yield bytes(OutgoingBytes.objects.get(pk=seq[0]).raw)


def export(out: Path, since: int = 1, progress: Progress | None = None) -> Exported:
    """Write every sealed event from this number on into `out`: the whole file in one step, and on the disk.

    Never frozen: what was captured can always leave. Raises `parcels.not_a_kit`, `faces.unwritable_file` (also where
    the disk is full: a half file is removed).
    """
    here.warrant()
    waiting = [one for one in pending() if one.seq >= since]
    written = 0
    try:
        with in_place_of(out) as opened:
            for done, piece in enumerate(pieces(since), start=1):
                written += opened.write(piece)
                if progress:
                    progress(done, len(waiting))
    except OSError as error:
        raise Refusal("faces.unwritable_file", name=out.name) from error
    ends = (waiting[0].seq, waiting[-1].seq) if waiting else (0, 0)
    return Exported(len(waiting), *ends, written)


def confirm(content: bytes, *, ctx: Context) -> Confirmed:
    """Take the centre's receipts: let go of the sealed bytes that the centre holds, and note the contact.

    In any order, twice, and old ones: the newest word on each event counts. An event whose digest the bundle states
    otherwise is kept. Raises `parcels.bad_receipts`, `parcels.receipts_of_others`.
    """
    warrant = here.warrant()
    found = [one for one in bundles.from_file(content, warrant.receipt_keys) if one.kit == warrant.kit]
    if not found:
        raise Refusal("parcels.receipts_of_others")
    for bundle in sorted(found, key=lambda one: one.made_at):
        receipted, foreign = _take(bundle, ctx)
    return Confirmed(receipted, OutgoingBytes.objects.count(), foreign)


@transaction.atomic
def _take(bundle: Bundle, ctx: Context) -> tuple[int, tuple[int, ...]]:
    ours = {row.seq: row for row in OutgoingEvent.objects.all()}
    foreign: list[int] = []
    receipted = 0
    for one in bundle.events:
        row = ours.get(one.seq)
        if row is None or bytes.fromhex(row.digest) != one.digest:
            foreign.append(one.seq)
            continue
        receipted += OutgoingBytes.objects.filter(pk=one.seq).delete()[0]
        _note(row, one, bundle.made_at)
    matched = {one.seq for one in bundle.events} - set(foreign)
    strange = tuple(sorted(set(foreign) - matched))
    _, new = Contact.objects.get_or_create(
        made_at=bundle.made_at,
        defaults={"confirmed_at": ctx.at, "revoked": bundle.revoked, "foreign": list(strange)},
    )
    if new:
        facts: journal.Facts = {"receipted": receipted, "made_at": bundle.made_at.isoformat()}
        journal.record(ctx, "parcels.receipts_confirmed", f"{bundle.kit}/{encoding.micros(bundle.made_at)}", facts)
    return receipted, strange


def _note(row: OutgoingEvent, said: Receipted, made_at: datetime) -> None:
    """Keep what the bundle says of an event, where it says something new."""
    last = row.receipts.order_by("-made_at").first()
    if last is not None and ((last.outcome, last.code) == (said.outcome, said.code) or last.made_at >= made_at):
        return
    KitReceipt(event=row, made_at=made_at, outcome=said.outcome, subject=said.subject, code=said.code).save()
