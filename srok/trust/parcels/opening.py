"""Open what is kept: judge each event, hand it to its room, and move it, in one transaction with the act."""

import importlib
import logging
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from importlib.util import find_spec
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import transaction

from srok.ground.journal import public as journal
from srok.ground.kernel.context import Context
from srok.ground.kernel.refusal import Refusal, Stale
from srok.trust.credentials import public as credentials
from srok.trust.parcels import envelope, framing, reads, rules, store
from srok.trust.parcels.models import AllocatedReference, Arrival, ArrivalBytes, Kit
from srok.trust.parcels.report import Disputed, ImportReport, KeptApart
from srok.trust.parcels.rules import Found
from srok.trust.parcels.terms import (
    Act,
    Arrived,
    Content,
    Event,
    Handler,
    Later,
    Outcome,
    ReferenceState,
    Standing,
    State,
    Warrant,
)

Progress = Callable[[str, int, int], None]

log = logging.getLogger(__name__)

OPENED_KIND = "parcels.event_opened"
DISPUTED_KIND = "parcels.event_disputed"
QUARANTINED_KIND = "parcels.event_quarantined"
REFUSED_KIND = "parcels.event_refused"


class Quarantine(Exception):
    """This event is kept apart, for this reason (a code)."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def handlers() -> dict[str, Handler]:
    """Every kind of event that some room takes: from the drawer `parcels` of each installed room."""
    found: dict[str, Handler] = {}
    for module in drawers():
        found.update(getattr(module, "HANDLERS", {}))
    return found


def drawers() -> tuple[Any, ...]:
    """The module `parcels` of every installed room that has one, in the order of the rooms."""
    return _drawers(tuple(config.name for config in apps.get_app_configs()))


@cache
def _drawers(rooms: tuple[str, ...]) -> tuple[Any, ...]:
    return tuple(
        importlib.import_module(f"{room}.parcels")
        for room in rooms
        if room.startswith("srok.") and find_spec(f"{room}.parcels")
    )


def open_all(ctx: Context, report: ImportReport, progress: Progress | None = None) -> set[str]:
    """Open everything that is kept and not yet judged, by kit and number; then what waited, while anything moves.

    Returns the kits concerned.
    """
    waiting_ids = Arrival.objects.filter(state=State.STORED).order_by("kit", "seq", "id").values_list("pk", flat=True)
    ids = list(waiting_ids)
    handlers()  # a room that cannot be loaded stops the import here, and not each event
    touched: set[str] = set()
    for done, pk in enumerate(ids, start=1):
        touched.add(_settle(pk, ctx, report).kit)
        if progress:
            progress("opened", done, len(ids))
    while _again(ctx, report):
        pass
    waiting = Arrival.objects.filter(state=State.WAITING, kit__in=touched).order_by("kit", "seq")
    report.waiting = [KeptApart(row.kit, row.seq, row.code) for row in waiting]
    return touched


def open_one(pk: int, ctx: Context) -> ImportReport:
    """Open one event that an officer let through, and what waited for it."""
    report = ImportReport()
    _settle(pk, ctx, report)
    while _again(ctx, report):
        pass
    return report


def _again(ctx: Context, report: ImportReport) -> bool:
    """Try once more what waited; True where something moved, so that the rest may move too."""
    ids = Arrival.objects.filter(state=State.WAITING).order_by("kit", "seq", "id").values_list("pk", flat=True)
    moved = [_settle(pk, ctx, report).state != State.WAITING for pk in list(ids)]
    return any(moved)


def _settle(pk: int, ctx: Context, report: ImportReport) -> Arrival:
    """Judge and open one event; a refusal of its room undoes the act and keeps the event."""
    row = Arrival.objects.get(pk=pk)
    try:
        try:
            with transaction.atomic():
                event, content, found = _judged(row)
                given = _told(row, content, found, ctx)
                outcome = _handler(content.kind)(given)
                _opened(row, content, outcome, given.ctx)
        except (Later, Stale) as later:  # what it rests on is not here, or is being changed at this moment
            _kept(row, Act.WAIT, later.code, ctx)
        except Quarantine as problem:
            _kept(row, Act.QUARANTINE, problem.code, ctx)
        except Refusal as refusal:
            _kept(row, Act.REFUSE, refusal.code, ctx)
        except Exception:  # one event that its room fails on must not stop the others; it is kept and tried again
            log.exception("event %s of %s", row.seq, row.kit)
            _kept(row, Act.WAIT, "parcels.failed_inside", ctx)
    except Stale:  # two imports at one moment: the other one has it
        return Arrival.objects.get(pk=pk)
    _report(row, report)
    return row


def _judged(row: Arrival) -> tuple[Event, Content, Found]:
    """The event behind this row, opened; raises `Quarantine` unless an officer let it through or it waited."""
    if row.code == "parcels.damaged":
        raise Quarantine(row.code)
    warrant = reads.warrant_of(row.kit)
    if warrant is None:
        raise Quarantine("parcels.unknown_kit")
    event = framing.one(bytes(ArrivalBytes.objects.get(pk=row.pk).raw))
    if not envelope.genuine(event, warrant.kit_key):
        raise Quarantine("parcels.bad_signature")
    found = _found(row, event, warrant)
    judging = row.state == State.STORED and not row.released_by
    forked = rules.chain_problem(event.digest, event.header.prev, found) if judging else None
    row.accepted = row.accepted or forked is None
    try:
        content = envelope.open_event(event, credentials.open_sealed)
    except Refusal as refusal:
        raise Quarantine("parcels.unreadable_seal") from refusal
    row.happened_at, row.kind, row.event_id = content.happened_at, content.kind[:80], content.id
    row.actor, row.subject = content.actor[:150], content.subject[:80]
    problem = forked or rules.standing_problem(found, row.received_on) or rules.content_problem(content, found)
    if judging and (problem := problem or _reference_problem(row, content)):
        raise Quarantine(problem)
    return event, content, found


def _found(row: Arrival, event: Event, warrant: Warrant) -> Found:
    """What stands around this event, without looking at events that are themselves not accepted."""
    rows = Arrival.objects.filter(kit=row.kit, accepted=True, seq__gte=row.seq - 1, seq__lte=row.seq + 1)
    near = list(rows.exclude(pk=row.pk).values_list("seq", "digest", "prev"))
    standing = Kit.objects.values_list("state", flat=True).get(pk=row.kit)
    before = tuple(bytes.fromhex(digest) for seq, digest, _prev in near if seq == row.seq - 1)
    return Found(
        warrant, Standing(standing), row.received_at, rivals=any(seq == row.seq for seq, _digest, _prev in near),
        before=(bytes(32),) if row.seq == 1 else before,
        after=tuple(bytes.fromhex(prev) for seq, _digest, prev in near if seq == row.seq + 1),
    )  # fmt: skip


def _reference_problem(row: Arrival, content: Content) -> str | None:
    """A reference that another kit was given, or that was voided with this one."""
    reference = AllocatedReference.objects.filter(pk=content.subject).first()
    if reference is None:
        return None
    if reference.kit_id != row.kit:
        return "parcels.reference_of_another"
    return "parcels.reference_voided" if reference.fate == ReferenceState.VOIDED else None


def _told(row: Arrival, content: Content, found: Found, ctx: Context) -> Arrived:
    """What the handler is given: the circumstances of the act, seen from the centre."""
    if Arrival.objects.filter(event_id=content.id, state__in=[State.OPENED, State.CONFLICT]).exists():
        raise Refusal("parcels.same_command")
    officer = found.warrant.officer(content.actor)
    acting = replace(
        ctx, actor=content.actor, office=found.warrant.office, roles=frozenset(officer.roles if officer else ()),
        on=content.on, trace=content.id, happened_at=content.happened_at,
    )  # fmt: skip
    return Arrived(content.kind, content.id, content.subject, content.body, acting, row.kit, row.seq)


def _handler(kind: str) -> Handler:
    found = handlers().get(kind)
    if found is None:
        raise Refusal("parcels.unknown_kind", kind=kind[:80])
    return found


def _opened(row: Arrival, content: Content, outcome: Outcome, ctx: Context) -> None:
    disputed = outcome.conflict_with is not None
    _moved(row, Act.DISPUTE if disputed else Act.OPEN, ctx, code="parcels.conflict" if disputed else "",
           subject=outcome.subject[:80], conflict_with=(outcome.conflict_with or "")[:80])  # fmt: skip
    used = AllocatedReference.objects.filter(pk=content.subject, kit_id=row.kit)
    used.exclude(fate=ReferenceState.USED).update(fate=ReferenceState.USED)
    kind = DISPUTED_KIND if disputed else OPENED_KIND
    journal.record(ctx, kind, f"{row.kit}/{row.seq}", {"kind": row.kind, "digest": row.digest, "subject": row.subject})


@transaction.atomic
def _kept(row: Arrival, act: Act, code: str, ctx: Context) -> None:
    """Keep the event as it is, with the reason; an event that goes on waiting stays as it was."""
    if act is Act.WAIT and row.state == State.WAITING:
        return
    if act is Act.QUARANTINE and row.state == State.WAITING:
        act = Act.REFUSE
    _moved(row, act, ctx, code=code)
    if act is Act.WAIT:
        return
    kind = QUARANTINED_KIND if act is Act.QUARANTINE else REFUSED_KIND
    named = f"{row.kit}/{row.seq}" if row.kit else "-"
    trace = row.event_id or UUID(bytes=bytes.fromhex(row.digest)[:16])
    journal.record(
        replace(ctx, trace=_trace(trace, row)), kind, named, {"code": code, "digest": row.digest, "kind": row.kind}
    )
    if code == "parcels.forked" and Kit.objects.filter(pk=row.kit, forked=False).update(forked=True):
        journal.record(ctx, "parcels.kit_forked", row.kit, {"seq": row.seq})


def _trace(trace: UUID, row: Arrival) -> UUID:
    """An id for each time that the event was judged: released and refused again is another fact."""
    return UUID(int=trace.int ^ row.version)


def _moved(row: Arrival, act: Act, ctx: Context, **changes: Any) -> None:
    noted = ("accepted", "happened_at", "kind", "event_id", "actor", "subject")
    store.move(row, act, ctx, **{**{name: getattr(row, name) for name in noted}, **changes})


def _report(row: Arrival, report: ImportReport) -> None:
    if row.state == State.OPENED:
        report.opened += 1
    elif row.state == State.CONFLICT:
        report.conflicts.append(Disputed(row.kit, row.seq, row.subject, row.conflict_with))
    elif row.state in (State.QUARANTINED, State.REFUSED):
        report.quarantined.append(KeptApart(row.kit, row.seq, row.code))
