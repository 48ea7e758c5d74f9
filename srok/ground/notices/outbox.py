"""The outbox: messages leave after the act is committed, at least once, and twice changes nothing."""

import json
from email.message import EmailMessage
from uuid import UUID

from django.db import transaction

from srok.ground.kernel.context import Context
from srok.ground.kernel.refusal import Refusal
from srok.ground.notices import letters, store
from srok.ground.notices.models import Notice, Outbox
from srok.ground.notices.rules import next_try
from srok.ground.notices.terms import Channel, Contact, DeliveryReport, Language, OutboxAct, OutboxState
from srok.ground.notices.transport import Transport, default
from srok.ground.paper.public import letter_pdf, shaping_problem

SUFFIX = {Channel.EMAIL: "eml", Channel.SMS: "json", Channel.LETTER: "pdf"}
# Replaced by the carrier; a name that can never be a real sender.
SENDER = "Srok <no-reply@srok.invalid>"


def enqueue(notice: Notice) -> None:
    """Put the message of a notice into the outbox, in the transaction of the act; the same notice once."""
    Outbox.objects.get_or_create(
        key=f"{notice.id}.{notice.channel}",
        defaults={"notice": notice, "channel": notice.channel, "next_at": notice.made_at},
    )


def deliver(ctx: Context, *, limit: int = 500, transport: Transport | None = None) -> DeliveryReport:
    """Write out the messages due at `ctx.at`, oldest first, each in its own transaction; safe to run twice.

    A message that cannot leave is tried again later and given up after the last attempt; one whose contact
    details were erased is dropped. Never raises for a single message.
    """
    carrier = transport or default()
    due = Outbox.objects.filter(state=OutboxState.WAITING.value, next_at__lte=ctx.at).order_by("next_at", "key")
    counts = dict.fromkeys(OutboxAct, 0)
    for row in due.select_related("notice")[:limit]:
        with transaction.atomic():
            counts[_try(row, ctx, carrier)] += 1
    return DeliveryReport(
        counts[OutboxAct.DELIVER], counts[OutboxAct.PUT_OFF], counts[OutboxAct.GIVE_UP], counts[OutboxAct.DROP]
    )


def forget(subject: UUID, transport: Transport | None = None) -> None:
    """Drop what waits for a subject and remove what still lies in the outbox folder."""
    carrier = transport or default()
    for row in Outbox.objects.filter(notice__subject=subject).select_related("notice"):
        carrier.remove(row.channel, _name(row))
        if row.state in (OutboxState.WAITING.value, OutboxState.FAILED.value):
            store.move(row, OutboxAct.DROP)


def _try(row: Outbox, ctx: Context, carrier: Transport) -> OutboxAct:
    """One attempt at one message; the act of FLOW that came of it."""
    try:
        to = store.contact(row.notice.subject)
        if to is None and row.channel != Channel.LETTER.value:
            store.move(row, OutboxAct.DROP)
            return OutboxAct.DROP
        carrier.put(row.channel, _name(row), _content(row, to))
    except Refusal:  # it can never leave as it is: an operator looks at it
        store.move(row, OutboxAct.GIVE_UP, attempts=row.attempts + 1)
        return OutboxAct.GIVE_UP
    except OSError:
        attempts = row.attempts + 1
        again = next_try(attempts, ctx.at)
        act = OutboxAct.PUT_OFF if again else OutboxAct.GIVE_UP
        store.move(row, act, attempts=attempts, next_at=again)
        return act
    store.move(row, OutboxAct.DELIVER, delivered_at=ctx.at)
    return OutboxAct.DELIVER


def _name(row: Outbox) -> str:
    return f"{row.notice_id}.{SUFFIX[Channel(row.channel)]}"


def _address(to: Contact | None) -> list[str]:
    """The postal address by lines; empty, so that the letter waits at the post, where it is unknown or unprintable."""
    lines = [" ".join(line.split()) for line in to.postal.splitlines()] if to else []
    return [] if any(shaping_problem(line) for line in lines) else [line for line in lines if line]


def _content(row: Outbox, to: Contact | None) -> bytes:
    """The message as it leaves; the same row always gives the same message."""
    notice = row.notice
    if row.channel == Channel.LETTER.value or to is None:
        return letter_pdf(letters.compose(notice, _address(to)))
    first = "km" if notice.language == Language.KHMER.value else "en"
    if row.channel == Channel.SMS.value:
        said = {"id": str(notice.id), "to": to.phone, "text": letters.message(notice, first)}
        return json.dumps(said, ensure_ascii=False, indent=1).encode()
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = SENDER, to.email, f"Srok {notice.reference}"
    mail["Message-ID"] = f"<{notice.id}@srok.invalid>"
    second = "en" if first == "km" else "km"
    mail.set_content(f"{letters.message(notice, first)}\n\n{letters.message(notice, second)}\n")
    return mail.as_bytes()
