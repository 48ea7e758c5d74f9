"""What an officer decides about events that were kept apart: let through, or set aside; nothing is ever deleted."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from srok.ground.journal import public as journal
from srok.ground.kernel.context import Context
from srok.ground.kernel.refusal import Refusal, Stale
from srok.trust.parcels import opening, reads, rules, store
from srok.trust.parcels.durable import durable
from srok.trust.parcels.models import Arrival, LostNumbers
from srok.trust.parcels.report import ImportReport
from srok.trust.parcels.terms import Act, KitFacts, State


@dataclass(frozen=True, slots=True)
class DecideArrival:
    """Command: let one event through, or set it aside. `version` is the one that the officer saw."""

    arrival: int
    version: int
    reason: str


@dataclass(frozen=True, slots=True)
class ReleaseKit:
    """Command: let through everything kept apart of this kit for this cause, that happened up to and on `until`."""

    kit: str
    until: date
    reason: str
    code: str = "parcels.kit_revoked"


@dataclass(frozen=True, slots=True)
class DeclareLost:
    """Command: say that these numbers of a kit will not come (both inclusive). If they come, they are opened."""

    kit: str
    first: int
    last: int
    reason: str


def release(command: DecideArrival, *, ctx: Context) -> ImportReport:
    """Let one event through in spite of its code, and open it now; it may still be refused by its room.

    Raises `parcels.not_your_duty`, `parcels.unknown_arrival`, `parcels.hopeless` (nothing can be made of it),
    `parcels.wrong_state`, `parcels.reason_missing`, `Stale`.
    """
    reason = _reason(ctx, command.reason)
    with durable():
        _release(_row(command.arrival, ctx), reason, ctx, command.version)
        return opening.open_one(command.arrival, ctx)


def release_kit(command: ReleaseKit, *, ctx: Context) -> ImportReport:
    """Let through what was kept apart of a kit for one cause, up to a day; each event is opened by itself.

    Stopped in the middle, the rest is let through by saying it again. Raises `parcels.not_your_duty`,
    `parcels.unknown_kit_named`, `parcels.hopeless`, `parcels.reason_missing`.
    """
    reason = _reason(ctx, command.reason)
    reads.kit_for(command.kit, ctx)
    if command.code in rules.HOPELESS:
        raise Refusal("parcels.hopeless")
    rows = Arrival.objects.filter(
        kit=command.kit, state=State.QUARANTINED, code=command.code, happened_at__date__lte=command.until
    )
    report = ImportReport()
    with durable():
        for row in rows.order_by("seq", "id"):
            _release(row, reason, ctx, row.version)
        opening.open_all(ctx, report)
    return report


@transaction.atomic
def set_aside(command: DecideArrival, *, ctx: Context) -> None:
    """Put an event away for good, with the reason; its bytes stay, and it can be let through later.

    Raises `parcels.not_your_duty`, `parcels.unknown_arrival`, `parcels.wrong_state`, `parcels.reason_missing`, `Stale`.
    """
    reason = _reason(ctx, command.reason)
    row = _row(command.arrival, ctx)
    if row.version != command.version:
        raise Stale()
    store.move(row, Act.SET_ASIDE, ctx, reason=reason)
    journal.record(ctx, "parcels.event_set_aside", _named(row), {"code": row.code, "digest": row.digest})


@transaction.atomic
def declare_lost(command: DeclareLost, *, ctx: Context) -> KitFacts:
    """Strike numbers from the list of gaps; raises `parcels.no_such_gap` unless all of them are missing."""
    reason = _reason(ctx, command.reason)
    facts = reads.kit_for(command.kit, ctx)
    gaps = reads.gaps([command.kit])
    if not any(gap.from_ <= command.first <= command.last <= gap.until for gap in gaps):
        raise Refusal("parcels.no_such_gap")
    LostNumbers(
        kit_id=command.kit, first=command.first, last=command.last, reason=reason, actor=ctx.actor, at=ctx.at
    ).save(force_insert=True)
    numbers: journal.Facts = {"first": command.first, "last": command.last}
    journal.record(ctx, "parcels.numbers_lost", f"{command.kit}/{command.first}", numbers)
    return facts


@transaction.atomic
def _release(row: Arrival, reason: str, ctx: Context, seen: int) -> None:
    if row.version != seen:
        raise Stale()
    if row.code in rules.HOPELESS:
        raise Refusal("parcels.hopeless")
    store.move(row, Act.RELEASE, ctx, reason=reason, released_by=ctx.actor)
    journal.record(ctx, "parcels.event_released", _named(row), {"code": row.code, "digest": row.digest})


def _row(pk: int, ctx: Context) -> Arrival:
    row = Arrival.objects.filter(pk=pk).first()
    if row is None or not reads.may_see(row.kit, ctx):
        raise Refusal("parcels.unknown_arrival")
    return row


def _reason(ctx: Context, reason: str) -> str:
    if not ctx.roles & set(map(str, rules.DECIDERS)):
        raise Refusal("parcels.not_your_duty")
    return rules.check_reason(reason)


def _named(row: Arrival) -> str:
    return f"{row.kit}/{row.seq}" if row.kit else f"-/{row.digest[:16]}"
