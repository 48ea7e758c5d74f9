"""Questions to the notices, always about one subject or one notice: there is no list of people here."""

from uuid import UUID

from srok.ground.kernel.refusal import Refusal
from srok.ground.notices.models import Notice
from srok.ground.notices.terms import NoticeRef


def notices_of(subject: UUID) -> list[NoticeRef]:
    """Every notice to this subject, oldest first."""
    return [ref(row) for row in Notice.objects.filter(subject=subject).order_by("made_at", "id")]


def notice(notice_id: UUID) -> NoticeRef:
    """One notice; raises `notices.unknown_notice`."""
    return ref(row(notice_id))


def row(notice_id: UUID) -> Notice:
    """The row of a notice, for this room only; raises `notices.unknown_notice`."""
    found = Notice.objects.filter(pk=notice_id).first()
    if found is None:
        raise Refusal("notices.unknown_notice")
    return found


def ref(row: Notice) -> NoticeRef:
    """A notice as other rooms see it."""
    return NoticeRef(
        row.id, row.subject, row.reference, row.kind, tuple(row.reasons), row.channel, row.language,
        row.made_on, row.served_on, row.how_served, row.object_until, row.version,
    )  # fmt: skip
