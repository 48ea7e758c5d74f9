"""Acts of a kit: write an event with the act that made it, and give out references of the warrant."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from srok.ground.kernel.context import Context
from srok.ground.kernel.refusal import Refusal
from srok.trust.credentials.terms import SEALING_SUITE
from srok.trust.parcels import envelope, here, rules
from srok.trust.parcels.models import Contact, OutgoingBytes, OutgoingEvent, UsedReference
from srok.trust.parcels.terms import Content, EventRef, Header, Warrant


def check_capture(ctx: Context) -> None:
    """Refuse to begin anything new in this kit; does nothing at a centre. Export and receipts never ask this.

    Raises `parcels.revoked_here`, `parcels.frozen` (too long without contact), `parcels.clock_behind`,
    `parcels.outside_warrant`, `parcels.not_named`, and what `here.warrant` raises.
    """
    if not here.is_kit():
        return
    warrant = here.warrant()
    if Contact.objects.filter(revoked=True).exists():
        raise Refusal("parcels.revoked_here")
    _check_clock(ctx, warrant)
    if warrant.officer(ctx.actor) is None:
        raise Refusal("parcels.not_named", actor=ctx.actor)
    rules.check_day(warrant, ctx.on)
    contact = last_contact(warrant)
    if ctx.on >= rules.frozen_on(contact.date(), warrant.contact_days):
        raise Refusal("parcels.frozen", days=warrant.contact_days)


def append(kind: str, subject: str, body: Mapping[str, Any], *, ctx: Context) -> EventRef:
    """Seal, sign and number one event in the transaction of its act: both stand, or neither.

    `kind` is a handler's name at the centre, `subject` what the act is about (a reference), `body` plain values
    (numbers, text, bytes, lists, maps by text, truth, null), at most 24 MiB together. `ctx.trace` becomes the id of
    the event: one command is one event. Raises `parcels.not_a_kit`, `parcels.clock_behind`, `parcels.too_large`,
    `parcels.appended_already`, `parcels.no_kit_key`, ValueError outside a transaction.
    """
    if not transaction.get_connection().in_atomic_block:
        raise ValueError(f"{kind}: an event is written in the transaction of its act")
    warrant = here.warrant()
    _check_clock(ctx, warrant)
    if OutgoingEvent.objects.filter(event_id=ctx.trace).exists():
        raise Refusal("parcels.appended_already")
    last = OutgoingEvent.objects.order_by("-seq").first()
    header = Header(
        kit=warrant.kit, seq=last.seq + 1 if last else 1, prev=bytes.fromhex(last.digest) if last else bytes(32),
        suite=SEALING_SUITE, seal_kid=warrant.seal_kid,
    )  # fmt: skip
    content = Content(
        kind=kind, id=ctx.trace, actor=ctx.actor, happened_at=ctx.at, on=ctx.on, subject=subject, body=body,
        previous_at=last.happened_at if last else None, contact_at=last_contact(warrant),
    )  # fmt: skip
    event = envelope.seal(header, content, warrant.seal_key, here.sign)
    row = OutgoingEvent(
        seq=header.seq, event_id=ctx.trace, kind=kind, subject=subject, happened_at=ctx.at,
        digest=event.digest.hex(), length=len(event.raw),
    )  # fmt: skip
    row.save(force_insert=True)
    OutgoingBytes(event=row, raw=event.raw).save(force_insert=True)
    return EventRef(warrant.kit, header.seq, row.digest, ctx.trace)


def next_reference(ctx: Context) -> str:
    """The next receipt reference of the warrant that was not given out; raises `parcels.no_reference_left`.

    It is only shown here: `use_reference` in the act's transaction takes it.
    """
    left = unused_references()
    if not left:
        raise Refusal("parcels.no_reference_left")
    return left[0]


def unused_references() -> list[str]:
    """Every receipt reference of the warrant that was not given out, in the warrant's order."""
    given = set(UsedReference.objects.values_list("reference", flat=True))
    return [one for one in here.warrant().references if one not in given]


def use_reference(reference: str, ctx: Context) -> None:
    """Give out this reference, in the caller's transaction.

    Raises `parcels.foreign_reference` (not one of this kit's), `parcels.reference_used`.
    """
    if reference not in here.warrant().references:
        raise Refusal("parcels.foreign_reference", reference=reference)
    if UsedReference.objects.filter(pk=reference).exists():
        raise Refusal("parcels.reference_used", reference=reference)
    UsedReference(reference=reference, at=ctx.at).save(force_insert=True)


def last_contact(warrant: Warrant) -> datetime:
    """The last sign of the centre: the newest genuine receipt bundle, or the warrant itself."""
    newest = Contact.objects.aggregate(newest=Max("made_at"))["newest"]
    return max(warrant.prepared_at, newest) if newest else warrant.prepared_at


def _check_clock(ctx: Context, warrant: Warrant) -> None:
    """No event before the one before it, and none before the centre's last word."""
    last = OutgoingEvent.objects.aggregate(last=Max("happened_at"))["last"]
    rules.check_clock(ctx.at, max(filter(None, (last, warrant.prepared_at))))
