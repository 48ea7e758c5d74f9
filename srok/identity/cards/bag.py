"""The bag of a mission: cards packed for a kit, carried without a network, and handed over there as an event.

At the centre the card becomes active when the event is opened; what happened at the holder's counter counts
(`happened_at`), and until then every check answers as before (design/cards.md section 7).
"""

import json
from datetime import date
from io import BytesIO
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F
from PIL import Image

from srok.ground.accounts import public as accounts
from srok.ground.journal import public as journal
from srok.ground.kernel.canonical import canonical_bytes
from srok.ground.kernel.context import Context
from srok.ground.kernel.refusal import Refusal, Stale
from srok.ground.kernel.sealing import seal, unseal
from srok.identity.cards import printing, reads, rules
from srok.identity.cards.bag_terms import (
    BAG_PORTRAIT,
    BAG_QUALITY,
    HAND_OVER_EVENT,
    SEALED_FOR,
    BagAct,
    BagState,
    Carried,
    next_bag_state,
    to_plain,
)
from srok.identity.cards.models import BagCard, Card
from srok.identity.cards.terms import CardAct, CardState, Checked, HandOverCard
from srok.trust.parcels import public as parcels


def pack(post: str) -> list[dict[str, Any]]:
    """At the centre: the cards that lie ready for their holders at this place, with a small portrait each."""
    rows = Card.objects.filter(state=CardState.ISSUED, received_on__isnull=False, pickup_post=post)
    found = [reads.facts_of(row) for row in rows.prefetch_related("signatures").order_by("ordered_on", "id")]
    return [
        {
            "card": str(card.id), "number": card.number, "name_km": card.plan.name.khmer,
            "name_latin": card.plan.name.latin, "expires": card.plan.expires.isoformat(),
            "portrait": _small(printing.portrait_of(card)),
        }
        for card in found
    ]  # fmt: skip


@transaction.atomic
def unpack(cards: list[dict[str, Any]], ctx: Context) -> int:
    """In a kit: take the cards of the bag in, sealed; one that is carried already stays as it is."""
    known = set(BagCard.objects.values_list("card_id", flat=True))
    new = [_row(packed) for packed in cards if UUID(packed["card"]) not in known]
    BagCard.objects.bulk_create(new)
    if new:
        journal.record(ctx, "cards.bag_taken", parcels.this_kit().kit, {"cards": len(new)})
    return len(new)


@transaction.atomic
def hand_over_from_bag(command: HandOverCard, *, ctx: Context) -> Carried:
    """In a kit: give a carried card to its holder. What the kit knew of the holder's face is destroyed with it.

    Raises `parcels.not_a_kit`, `cards.not_the_card_office`, `cards.unknown_card`, `cards.bag_handed_over`,
    `cards.expired_before_hand_over`, `cards.holder_not_checked`, `cards.holder_not_present`,
    `cards.second_officer_missing`.
    """
    kit = parcels.this_kit()
    if not rules.may(CardAct.HAND_OVER, ctx):
        raise Refusal("cards.not_the_card_office", office=ctx.office)
    card = carried(command.card_id)
    to = next_bag_state(card.state, BagAct.HAND_OVER)
    if ctx.on > card.expires:
        raise Refusal("cards.expired_before_hand_over", on=card.expires.isoformat())
    rules.check_holder(command, ctx, colleague=accounts.is_colleague(command.second_officer, ctx))
    _leave_bag(card, to, command.seen)
    body = {"card": str(card.card_id), "checked": command.checked, "present": command.present}
    second = command.second_officer if command.checked == Checked.TWO_OFFICERS else ""
    parcels.append(HAND_OVER_EVENT, str(card.card_id), body | {"second_officer": second}, ctx=ctx)
    facts: journal.Facts = {"kit": kit.kit, "checked": command.checked, "present": command.present}
    journal.record(ctx, "cards.card_given_in_kit", str(card.card_id), facts)
    return carried(card.card_id)


def carried(card_id: UUID) -> Carried:
    """One card of the bag; raises `cards.unknown_card`."""
    row = BagCard.objects.filter(pk=card_id).first()
    if row is None:
        raise Refusal("cards.unknown_card")
    return _facts(row)


def bag() -> list[Carried]:
    """The cards of the bag by their number: those to hand over first."""
    found = [_facts(row) for row in BagCard.objects.all()]
    return sorted(found, key=lambda card: (card.state is not BagState.CARRIED, card.number))


def portrait(card_id: UUID) -> bytes:
    """The holder's portrait as carried; raises `cards.unknown_card` (also once the card is handed over)."""
    row = BagCard.objects.filter(pk=card_id).first()
    if row is None or not row.portrait:
        raise Refusal("cards.unknown_card")
    return unseal(settings.SROK_DATA_KEY, SEALED_FOR, bytes(row.portrait), aad=row.card_id.bytes + b"portrait")


def exposed() -> int:
    """How many cards a lost kit would show with name and face."""
    return BagCard.objects.filter(state=BagState.CARRIED).count()


def _leave_bag(card: Carried, to: BagState, seen: int | None) -> None:
    if seen not in (None, card.version):
        raise Stale()
    row = BagCard.objects.filter(pk=card.card_id, version=card.version, state=card.state)
    if not row.update(version=F("version") + 1, state=to, portrait=b""):
        raise Stale()


def _row(packed: dict[str, Any]) -> BagCard:
    card = Carried(
        UUID(packed["card"]), next_bag_state(None, BagAct.CARRY), 1, packed["number"], packed["name_km"],
        packed["name_latin"], date.fromisoformat(packed["expires"]),
    )  # fmt: skip
    key, aad = settings.SROK_DATA_KEY, card.card_id.bytes
    return BagCard(
        card_id=card.card_id, state=card.state, sealed=seal(key, SEALED_FOR, canonical_bytes(to_plain(card)), aad=aad),
        portrait=seal(key, SEALED_FOR, packed["portrait"], aad=aad + b"portrait"),
    )  # fmt: skip


def _facts(row: BagCard) -> Carried:
    plain = json.loads(unseal(settings.SROK_DATA_KEY, SEALED_FOR, bytes(row.sealed), aad=row.card_id.bytes))
    return Carried(
        row.card_id, BagState(row.state), row.version, plain["number"], plain["name_km"], plain["name_latin"],
        date.fromisoformat(plain["expires"]),
    )  # fmt: skip


def _small(jpeg: bytes) -> bytes:
    """The kept portrait, small enough that a bag of hundreds fits a kit."""
    picture = Image.open(BytesIO(jpeg), formats=("JPEG",))
    picture.thumbnail(BAG_PORTRAIT, Image.Resampling.LANCZOS)
    out = BytesIO()
    picture.convert("RGB").save(out, "JPEG", quality=BAG_QUALITY)
    return out.getvalue()
