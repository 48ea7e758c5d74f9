"""Questions about cards; those that take a context answer only what its office may see."""

import json
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from srok.ground.accounts import public as accounts
from srok.ground.gazetteer import public as gazetteer
from srok.ground.kernel.context import Context
from srok.ground.kernel.refusal import Refusal
from srok.identity.cards import rules
from srok.identity.cards.models import Card
from srok.identity.cards.terms import FINAL, MINISTRIES, CardAct, CardFacts, CardState, LifeEvent, SignatureFacts

# The oldest cards of a heap that a page shows; the rest follow as these are done.
LISTED = 200


def facts_of(row: Card) -> CardFacts:
    """The card as typed facts; the plan is read out of the order that the ministries sign."""
    return CardFacts(
        id=row.id, plan=rules.plan_of(json.loads(bytes(row.order_bytes))), case_ref=row.case_ref,
        subject=row.subject, state=CardState(row.state), version=row.version, portrait_key=row.portrait_key,
        approved_by=row.approved_by, pickup_post=row.pickup_post, order_sha256=row.order_sha256,
        status_index=row.status_index, qr_text=row.qr_text, dispatched_on=row.dispatched_on,
        received_on=row.received_on, handed_over_on=row.handed_over_on,
        signatures=tuple(
            SignatureFacts(found.ministry, found.actor, found.kid, found.on)
            for found in sorted(row.signatures.all(), key=lambda found: found.ministry)
        ),
    )  # fmt: skip


def card(card_id: UUID) -> CardFacts:
    """The card of this id, for the program's own use; raises `cards.unknown_card`."""
    row = _rows().filter(pk=card_id).first()
    if row is None:
        raise Refusal("cards.unknown_card")
    return facts_of(row)


def card_for(card_id: UUID, ctx: Context) -> CardFacts:
    """The card, if this office may see it; a card of others is as unknown as one that never was."""
    row = _visible(ctx).filter(pk=card_id).first()
    if row is None:
        raise Refusal("cards.unknown_card")
    return facts_of(row)


def card_by_number(number: str, ctx: Context) -> CardFacts:
    """The newest card with this number that the office may see; raises `cards.unknown_card`."""
    row = _visible(ctx).filter(number=number).order_by("-ordered_on").first()
    if row is None:
        raise Refusal("cards.unknown_card")
    return facts_of(row)


def card_of_case(case_ref: str) -> CardFacts | None:
    """The living card of a case (else its last one), or None where none was ordered."""
    rows = [facts_of(row) for row in _rows().filter(case_ref=case_ref).order_by("id")]
    living = [one for one in rows if one.state not in FINAL]
    found = living or rows
    return found[-1] if found else None


def cards_of_subject(subject: UUID) -> list[CardFacts]:
    """Every card that was ordered here for this person, oldest first."""
    return [facts_of(row) for row in _rows().filter(subject=subject).order_by("ordered_on", "id")]


def life_line(card_id: UUID) -> list[LifeEvent]:
    """What was done to the card, by whom and when, oldest first."""
    rows = Card.objects.get(pk=card_id).events.order_by("version")
    return [
        LifeEvent(CardAct(row.act), CardState(row.state), row.actor, row.office, row.at, row.on, row.detail)
        for row in rows
    ]


def cards_awaiting_signature(ctx: Context) -> list[CardFacts]:
    """Orders that this officer may sign for their ministry now."""
    if not rules.may(CardAct.SIGN_ORDER, ctx):
        return []
    ministry = ctx.ministry
    rows = _visible(ctx).filter(state=CardState.ORDERED).exclude(signatures__ministry=ministry)
    return _listed(rows.exclude(approved_by=ctx.actor))


def cards_awaiting_personalisation(ctx: Context) -> list[CardFacts]:
    """Orders with both signatures, for Interior's card officer."""
    if not rules.may(CardAct.ISSUE, ctx):
        return []
    rows = _visible(ctx).filter(state=CardState.ORDERED).exclude(approved_by=ctx.actor)
    for ministry in MINISTRIES:
        rows = rows.filter(signatures__ministry=ministry)
    return _listed(rows)


def cards_awaiting_dispatch(ctx: Context) -> list[CardFacts]:
    """Issued cards not yet in the bag, for Interior's card officer."""
    if not rules.may(CardAct.DISPATCH, ctx):
        return []
    return _listed(_visible(ctx).filter(state=CardState.ISSUED, dispatched_on=None))


def cards_awaiting_receipt(ctx: Context) -> list[CardFacts]:
    """Cards in the bag to the post of this officer."""
    return _listed(_at_post(ctx).filter(dispatched_on__isnull=False, received_on=None))


def cards_awaiting_pickup(ctx: Context) -> list[CardFacts]:
    """Cards that lie at the post of this officer for their holders."""
    return _listed(_at_post(ctx).filter(received_on__isnull=False))


def told(card: CardFacts, on: date) -> dict[str, object]:
    """The card for scripts: state on this day, what is printed, who signed, its life."""
    plan = card.plan
    return {
        "number": plan.number, "generation": plan.generation, "case": card.case_ref,
        "state": str(rules.shown_state(card.state, plan.expires, on)), "name_km": plan.name.khmer,
        "name_latin": plan.name.latin, "birth_date": plan.birth.iso(), "sex": plan.sex,
        "issued": plan.issued.isoformat(), "expires": plan.expires.isoformat(), "mrz": list(plan.mrz),
        "pickup_post": card.pickup_post, "signed_by": sorted(card.signed_by), "qr": card.qr_text,
        "life": [
            {"act": str(line.act), "state": str(line.state), "by": line.actor, "on": line.on.isoformat()}
            for line in life_line(card.id)
        ],
    }  # fmt: skip


def posts_of(ctx: Context) -> frozenset[str]:
    """The places where the actor's office hands cards over: its post and the pick-up places under it."""
    own = accounts.office(ctx.office).post
    return frozenset(found.code for found in gazetteer.pickup_posts(own)) | {own} if own else frozenset()


def _rows() -> "QuerySet[Card]":
    return Card.objects.prefetch_related("signatures")


def _visible(ctx: Context) -> "QuerySet[Card]":
    """Scope: both ministries' signers, Interior's card officer, and each post its own cards once they are issued."""
    if rules.may(CardAct.SIGN_ORDER, ctx) or rules.may(CardAct.ISSUE, ctx):
        return _rows()
    posts = posts_of(ctx) if rules.may(CardAct.HAND_OVER, ctx) else frozenset()
    return _rows().filter(pickup_post__in=posts).exclude(state=CardState.ORDERED)


def _at_post(ctx: Context) -> "QuerySet[Card]":
    if not rules.may(CardAct.RECEIVE, ctx):
        return _rows().none()
    return _rows().filter(state=CardState.ISSUED, pickup_post__in=posts_of(ctx))


def _listed(rows: "QuerySet[Card]") -> list[CardFacts]:
    return [facts_of(row) for row in rows.order_by("ordered_on", "id")[:LISTED]]
