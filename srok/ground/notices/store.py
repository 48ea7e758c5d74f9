"""Sealed contact details and compare-and-set moves; used by the acts and the outbox of this room only."""

import json
from dataclasses import asdict
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.db.models import F

from srok.ground.kernel.refusal import Stale
from srok.ground.kernel.sealing import seal, unseal
from srok.ground.notices.models import ContactDetails, Notice, Outbox
from srok.ground.notices.rules import FLOW
from srok.ground.notices.terms import Contact, OutboxAct, OutboxState, SetContact

PURPOSE = "notices.contact"


def keep_contact(command: SetContact) -> None:
    """Seal and store the contact details of a subject, replacing what was there."""
    open_ = {name: value for name, value in asdict(command).items() if name not in ("subject", "language", "channel")}
    plain = json.dumps(open_, ensure_ascii=False).encode()
    sealed = seal(settings.SROK_DATA_KEY, PURPOSE, plain, aad=command.subject.bytes)
    row = {"language": command.language, "channel": command.channel, "sealed": sealed}
    changed = ContactDetails.objects.filter(pk=command.subject).update(**row, version=F("version") + 1)
    if not changed:
        ContactDetails.objects.create(subject=command.subject, **row)


def contact(subject: UUID) -> Contact | None:
    """The opened contact details of a subject, or None; raises `kernel.unsealable` when tampered with."""
    row = ContactDetails.objects.filter(pk=subject).first()
    if row is None:
        return None
    plain = unseal(settings.SROK_DATA_KEY, PURPOSE, bytes(row.sealed), aad=subject.bytes)
    return Contact(language=row.language, channel=row.channel, **json.loads(plain))


def serve(notice: Notice, *, on: date, how: str, until: date | None) -> None:
    """Write the proof of notice onto a notice not yet served; raises `Stale` when somebody was faster."""
    rows = Notice.objects.filter(pk=notice.pk, version=notice.version, served_on__isnull=True)
    if not rows.update(served_on=on, how_served=how, object_until=until, version=F("version") + 1):
        raise Stale()


def move(row: Outbox, act: OutboxAct, *, attempts: int | None = None, next_at: datetime | None = None,
         delivered_at: datetime | None = None) -> bool:  # fmt: skip
    """Move an outbox row by the table of states; False when another worker had moved it first."""
    to = FLOW[OutboxState(row.state), act]
    changed = Outbox.objects.filter(pk=row.pk, version=row.version).update(
        state=to.value,
        attempts=row.attempts if attempts is None else attempts,
        next_at=next_at or row.next_at,
        delivered_at=delivered_at,
        version=F("version") + 1,
    )
    return changed == 1
