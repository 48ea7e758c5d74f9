"""Letters of a case, for the offices that may see it; the name is handed to the printer and to nobody else."""

from uuid import UUID

from django.db import transaction

from srok.ground.kernel.context import Context
from srok.ground.kernel.refusal import Refusal
from srok.ground.notices import public as notices
from srok.ground.notices.terms import NoticeRef
from srok.identity.cases import store


def letters(reference: str, ctx: Context) -> list[NoticeRef]:
    """Every notice that was sent in this case, oldest first; raises `cases.unknown_case`."""
    return notices.notices_of(store.load(reference, ctx).id)


def letter(reference: str, ctx: Context, notice: UUID | None = None) -> bytes:
    """The PDF of a letter of this case in both languages; without an id the last refusal, else the last one.

    Raises `cases.unknown_case`, `cases.unknown_letter`.
    """
    case = store.load(reference, ctx)
    sent = notices.notices_of(case.id)
    wanted = [one for one in sent if one.id == notice] if notice else sent
    refused = [one for one in wanted if one.kind == notices.Kind.REFUSED]
    if not wanted:
        raise Refusal("cases.unknown_letter")
    name = store.claim_of(case).name
    lines = tuple(line for line in (name.khmer, name.latin) if line)
    return notices.letter((refused or wanted)[-1].id, lines, ctx=ctx)


@transaction.atomic
def record_service(reference: str, notice: UUID, how: str, *, ctx: Context) -> NoticeRef:
    """Record how a letter of this case reached the applicant: the time to object starts (`notices.record_service`)."""
    case = store.load(reference, ctx)
    if notice not in {one.id for one in notices.notices_of(case.id)}:
        raise Refusal("cases.unknown_letter")
    return notices.record_service(notice, how, ctx=ctx)
