"""Writes of the notices: contact details kept and erased, a notice sent, its service recorded."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from srok.ground.journal import public as journal
from srok.ground.kernel.context import Context
from srok.ground.kernel.ids import new_id
from srok.ground.kernel.refusal import Refusal
from srok.ground.law import public as law
from srok.ground.notices import letters, outbox, reads, rules, store
from srok.ground.notices.models import ContactDetails, Notice
from srok.ground.notices.terms import Channel, Language, NoticeRef, SendNotice, SetContact
from srok.ground.paper.public import letter_pdf


@transaction.atomic
def set_contact(command: SetContact, *, ctx: Context) -> None:
    """Keep how the subject can be reached, sealed; replaces what was kept before.

    Raises `notices.bad_email`, `notices.bad_phone`, `notices.postal_too_long`, `notices.no_address`,
    `notices.unknown_value`, each with its field.
    """
    rules.check_contact(command)
    store.keep_contact(command)
    facts = {"language": command.language, "channel": command.channel}
    journal.record(ctx, "notices.contact_set", str(command.subject), facts)


@transaction.atomic
def send(command: SendNotice, *, ctx: Context) -> NoticeRef:
    """Make a notice of the actor's office and put its message into the outbox, in the caller's transaction.

    Without contact details it is a letter in Khmer that waits at the post. A command sends a subject at most one
    notice: again is `journal.replayed`. Raises `notices.not_a_code` (a fact that may be a name),
    `notices.no_reason`, `notices.reason_without_source`, `notices.unknown_value`.
    """
    rules.check_notice(command, law.as_of(ctx.on))
    known = ContactDetails.objects.filter(pk=command.subject).first()
    notice = Notice(
        id=new_id(ctx.at),
        subject=command.subject,
        reference=command.reference,
        kind=command.kind,
        facts=dict(command.facts),
        reasons=list(command.reasons),
        language=known.language if known else Language.KHMER.value,
        channel=known.channel if known else Channel.LETTER.value,
        office=ctx.office,
        made_at=ctx.at,
        made_on=ctx.on,
    )
    facts: journal.Facts = {
        "notice": str(notice.id),
        "kind": command.kind,
        "reference": command.reference,
        "channel": notice.channel,
        "reasons": list(command.reasons),
    }
    journal.record(ctx, "notices.notice_sent", str(command.subject), facts)
    notice.save(force_insert=True)
    outbox.enqueue(notice)
    return reads.ref(notice)


def letter(notice_id: UUID, addressee: Sequence[str], *, ctx: Context) -> bytes:
    """The letter of a notice as a PDF in Khmer and English, with the name and address handed in at print time.

    The caller has checked that this officer may see the case. Raises `notices.not_an_office` for the public,
    `notices.unknown_notice`, `paper.unprintable`.
    """
    if not ctx.office:
        raise Refusal("notices.not_an_office")
    return letter_pdf(letters.compose(reads.row(notice_id), addressee))


@transaction.atomic
def record_service(notice_id: UUID, how: str, *, ctx: Context) -> NoticeRef:
    """Record the proof that a notice reached the person on `ctx.on`; against a refusal the time to object starts.

    `object_until` is law's `appeal.days` calendar days later, moved to a working day (law.md section 11). Raises
    `notices.not_an_office`, `notices.unknown_notice`, `notices.unknown_value`, `notices.served_already`, `Stale`.
    """
    if not ctx.office:
        raise Refusal("notices.not_an_office")
    way = rules.check_way(how)
    notice = reads.row(notice_id)
    if notice.served_on is not None:
        raise Refusal("notices.served_already", served_on=notice.served_on.isoformat())
    until = rules.last_day_to_object(notice.kind, ctx.on, law.as_of(ctx.on))
    store.serve(notice, on=ctx.on, how=way.value, until=until)
    facts: journal.Facts = {
        "notice": str(notice.id),
        "reference": notice.reference,
        "how": way.value,
        "served_on": ctx.on.isoformat(),
        "object_until": until.isoformat() if until else None,
    }
    journal.record(ctx, "notices.notice_served", str(notice.subject), facts)
    return reads.notice(notice_id)


@transaction.atomic
def erase(subject: UUID, *, ctx: Context) -> bool:
    """Erase the contact details of a subject, drop what waits, and remove messages still in the outbox folder.

    The notices stay: they are codes. Returns False when there was nothing to erase.
    """
    erased, _ = ContactDetails.objects.filter(pk=subject).delete()
    outbox.forget(subject)
    if erased:
        journal.record(ctx, "notices.contact_erased", str(subject), {})
    return erased > 0
