"""Acts of the second officer: approve a capture, send it back; and of either: give it up, take it up again."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db import transaction

from srok.ground.journal import public as journal
from srok.ground.kernel.context import Context
from srok.ground.kernel.refusal import Refusal
from srok.identity.cases import bodies, capture_reads, capture_rules, capture_store, filled, kit
from srok.identity.cases.capture_commands import ApproveCapture, DiscardCapture, RestoreCapture, SendBackCapture
from srok.identity.cases.capture_models import Capture
from srok.identity.cases.capture_rules import CaptureDoing
from srok.identity.cases.capture_terms import CaptureAct, CaptureFacts, Stage
from srok.identity.cases.commands import LodgeApplication
from srok.identity.cases.lodging import lodge


@dataclass(frozen=True, slots=True)
class ApprovedCapture:
    """What an approval did: the capture, and whether it is lodged already or waits sealed in the kit."""

    capture: CaptureFacts
    lodged: bool


@transaction.atomic
def approve(command: ApproveCapture, *, ctx: Context) -> ApprovedCapture:
    """The second officer compared person, portrait and papers: the application is lodged, in one transaction.

    At a post with a network `lodge` runs at once; in a kit the application is sealed into the next event, which this
    machine cannot read again. In both the plain words are destroyed here. Raises `cases.own_capture` (whoever typed
    anything of it), `cases.statement_needed` (taken elsewhere), `cases.capture_not_so`, what `lodge` refuses, `Stale`.
    """
    row = capture_store.load(command.capture, ctx)
    doing = CaptureDoing(CaptureAct.APPROVE, ctx.actor, ctx.office, ctx.roles)
    capture_rules.step(capture_store.standing(row), doing)
    capture_rules.check_statement(row.where, command.statement)
    application = _application(row, command, ctx)
    capture_store.take(row, CaptureAct.APPROVE, ctx, seen=command.seen, approved_by=ctx.actor, sealed=None)
    _note(row, "cases.capture_approved", ctx)
    lodged = not kit.is_kit()
    if lodged:
        lodge(application, ctx=ctx)
    else:
        by_kit, event = kit.hand_on(application.reference, bodies.body_of(application), ctx)
        Capture.objects.filter(pk=row.pk).update(kit=by_kit, event=event)
    kit.served(row.ticket, ctx)
    capture_store.destroy_words(row)
    return ApprovedCapture(capture_reads.facts(row, ctx), lodged)


@transaction.atomic
def send_back(command: SendBackCapture, *, ctx: Context) -> CaptureFacts:
    """The second officer sends it back with reasons; whoever took it corrects it and reads it back again.

    Raises `cases.no_reason`, `cases.own_capture`.
    """
    row = capture_store.load(command.capture, ctx)
    if not command.reasons:
        raise Refusal("cases.no_reason", field="reasons")
    reasons = [str(code) for code in command.reasons]
    capture_store.take(
        row, CaptureAct.SEND_BACK, ctx, seen=command.seen, reasons=reasons, confirmed="", read_back_by=""
    )  # fmt: skip
    _note(row, "cases.capture_sent_back", ctx, reasons)
    return capture_reads.facts(row, ctx)


@transaction.atomic
def discard(command: DiscardCapture, *, ctx: Context) -> CaptureFacts:
    """Give a capture up. Its words stay sealed until the next day's sweep, so that it can be taken up again."""
    row = capture_store.load(command.capture, ctx)
    capture_store.take(row, CaptureAct.DISCARD, ctx, seen=command.seen, confirmed="", read_back_by="")
    _note(row, "cases.capture_discarded", ctx)
    return capture_reads.facts(row, ctx)


@transaction.atomic
def restore(command: RestoreCapture, *, ctx: Context) -> CaptureFacts:
    """Take up a discarded capture again, with the reference it had. Raises `cases.words_destroyed` after the sweep."""
    row = capture_store.load(command.capture, ctx)
    if Stage(row.state) is Stage.DISCARDED and row.sealed is None:
        raise Refusal("cases.words_destroyed")
    capture_store.take(row, CaptureAct.RESTORE, ctx, seen=command.seen, reasons=[])
    _note(row, "cases.capture_restored", ctx)
    return capture_reads.facts(row, ctx)


@transaction.atomic
def sweep(*, ctx: Context) -> int:
    """Destroy the words of what was discarded on an earlier day; how many. One fact with the count, none for none."""
    rows = capture_store.visible(ctx).filter(state=Stage.DISCARDED.value, changed_at__date__lt=ctx.at.date())
    found = list(rows.exclude(sealed=None))
    for row in found:
        capture_store.destroy_words(row)
    if found:
        journal.record(ctx, "cases.discarded_swept", ctx.office, {"count": len(found)})
    return len(found)


def _application(row: Capture, command: ApproveCapture, ctx: Context) -> LodgeApplication:
    """The application as it stands, with the second hand and what that officer states."""
    read = filled.read(row, ctx)
    taken = replace(read.taken, approved_by=ctx.actor, statement=command.statement.strip()[:2000])
    return replace(read, taken=taken).command(row.reference or "")


def _note(row: Capture, kind: str, ctx: Context, reasons: Sequence[str] = ()) -> None:
    facts: journal.Facts = {
        "capture": str(row.id), "version": row.version, "where": row.where, "reasons": list(reasons),
    }  # fmt: skip
    journal.record(ctx, kind, row.reference or str(row.id), facts)
