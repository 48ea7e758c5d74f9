"""The named door for the voter roll, and for it alone: eligibility facts and list lines under an election handle.

Never parents, papers, portraits or the subject. A test lists what passes through (design/house.md section 2).
"""

from __future__ import annotations

import hmac
from dataclasses import replace
from uuid import UUID

from django.conf import settings

from srok.ground.gazetteer import public as gazetteer
from srok.ground.kernel.context import Context
from srok.ground.kernel.refusal import Refusal
from srok.ground.notices import public as notices
from srok.identity.register import reads
from srok.identity.register.models import ElectionHandle
from srok.identity.register.terms import EligibilityFacts, ListLine, PersonFacts
from srok.trust.verification import public as verification

__all__ = ["EligibilityFacts", "ListLine", "list_line", "open_by_card", "tell"]


def open_by_card(number: str, generation: str) -> EligibilityFacts:
    """Who holds this card, as far as the roll may know. Whether the card is in force the answer book says.

    Raises `verification.unknown_card`, `register.unknown_person`.
    """
    card = verification.book_card(number, generation)
    known = reads.person(card.subject)
    handle = ElectionHandle.objects.get(person=card.subject).handle
    return EligibilityFacts(
        handle=handle, citizen=known.citizen, alive=known.alive, birth=known.birth, residence=_commune(known),
        card_number=card.number, card_generation=card.generation, card_state=str(card.state),
        card_expires=card.expires,
    )  # fmt: skip


def list_line(handle: UUID) -> ListLine:
    """What a posted list prints of this person; raises `register.unknown_person`."""
    known = _person(handle)
    commune = _commune(known)
    village = known.residence if len(known.residence) == 8 and known.residence.startswith(commune) else ""
    return ListLine(
        handle=handle, name=known.name, sex=known.sex, birth=known.birth, commune=commune, village=village,
        household=_opaque(known.household),
    )  # fmt: skip


def tell(handle: UUID, notice: notices.SendNotice, ctx: Context) -> notices.NoticeRef:
    """Send a notice to this person; its `subject` is filled in here, so that the roll never learns it.

    Raises `register.unknown_person` and what `notices.send` raises.
    """
    return notices.send(replace(notice, subject=_person(handle).subject), ctx=ctx)


def _person(handle: UUID) -> PersonFacts:
    row = ElectionHandle.objects.filter(pk=handle).first()
    if row is None:
        raise Refusal("register.unknown_person")
    return reads.person(row.person_id)


def _commune(known: PersonFacts) -> str:
    """The commune of residence, else of the address of record; empty for an address at a post abroad."""
    for code in (known.residence, known.address_of_record):
        if len(code) in (6, 8) and code.isdigit() and gazetteer.exists(code[:6]):
            return code[:6]
    return ""


def _opaque(household: str) -> str:
    """Equal for the members of one household; nobody outside learns its number from it."""
    if not household:
        return ""
    return hmac.digest(settings.SROK_PSEUDONYM_KEY, b"register.household\0" + household.encode(), "sha256").hex()[:16]
