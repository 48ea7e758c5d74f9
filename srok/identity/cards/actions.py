"""Acts on cards: one function per command, one transaction, one journal fact."""

from datetime import date
from uuid import UUID

from django.db import transaction

from srok.ground.accounts import public as accounts
from srok.ground.faces.clock import PHNOM_PENH
from srok.ground.journal import public as journal
from srok.ground.kernel.context import Context
from srok.ground.kernel.refusal import Refusal
from srok.identity.cards import printing, reads, rules, store
from srok.identity.cards.models import Card, OfficeSignature
from srok.identity.cards.ordering import check_free, place
from srok.identity.cards.terms import (
    FINAL,
    CardAct,
    CardFacts,
    CardState,
    Checked,
    DispatchCard,
    HandOverCard,
    IssueCard,
    OrderCard,
    ReceiveCard,
    RevokeCard,
    RevokeReason,
    SignOrder,
)
from srok.trust.credentials import public as credentials
from srok.trust.verification import public as verification
from srok.trust.verification.public import BookState

ENDED = frozenset({BookState.REVOKED, BookState.DESTROYED})


@transaction.atomic
def order(command: OrderCard, *, ctx: Context) -> CardFacts:
    """Order a card for an approved case: number, plan, status index, to-be-signed bytes and order are stored.

    Called in the transaction of the approval. Raises `cards.only_after_approval`, `cards.already_ordered`,
    `cards.another_on_its_way`, `paper.unprintable`, `paper.does_not_fit`, `cards.no_address`, `cards.no_latin_name`,
    `cards.block_exhausted`.
    """
    rules.check_order(command, ctx)
    check_free(command)
    card = place(command, ctx)
    _record(card, ctx, "cards.card_ordered", CardState.ORDERED)
    return card


@transaction.atomic
def sign_order(command: SignOrder, *, ctx: Context) -> CardFacts:
    """Sign the stored order with the key of one's ministry; once per ministry, two people, never the approver."""
    card = _card(command.card_id, ctx)
    ministry = rules.check_signer(card, ctx)
    store.move(card, CardAct.SIGN_ORDER, ctx, seen=command.seen, detail=ministry)
    order_bytes = bytes(Card.objects.values_list("order_bytes", flat=True).get(pk=card.id))
    signed = credentials.sign_as_office(ministry, order_bytes, ctx)
    OfficeSignature(
        card_id=card.id, ministry=signed.ministry, actor=signed.actor, approved_by=card.approved_by,
        kid=signed.kid, signature=signed.signature, on=ctx.on,
    ).save(force_insert=True)  # fmt: skip
    journal.record(ctx, "cards.order_signed", str(card.id), _facts(card) | {"ministry": ministry, "kid": signed.kid})
    return reads.card(card.id)


@transaction.atomic
def issue(command: IssueCard, *, ctx: Context) -> CardFacts:
    """Personalise: the signer checks both ministries' signatures over the stored order, then signs the stored bytes.

    Raises `cards.signature_missing`, `cards.portrait_changed` and the signer's own refusals
    (`credentials.one_ministry`, ...).
    """
    card = _card(command.card_id, ctx)
    rules.check_issue(card, ctx)
    printing.check_portrait(card)
    row = Card.objects.prefetch_related("signatures").get(pk=card.id)
    signatures = [
        credentials.OfficeSignature(found.ministry, found.kid, bytes(found.signature), found.actor)
        for found in row.signatures.order_by("ministry")
    ]
    signed = credentials.sign_card(bytes(row.order_bytes), signatures, bytes(row.tbs))
    store.move(
        card, CardAct.ISSUE, ctx, seen=command.seen, detail=signed.kid, qr_text=signed.qr_text, card_kid=signed.kid
    )
    verification.move_card(card.number, card.generation, BookState.ISSUED, _day_of_book(ctx))
    return _told(card, ctx, "cards.card_issued", CardState.ISSUED)


@transaction.atomic
def dispatch(command: DispatchCard, *, ctx: Context) -> CardFacts:
    """Put the card into the bag to its post, once."""
    card = _card(command.card_id, ctx)
    rules.check_dispatch(card, ctx)
    store.move(card, CardAct.DISPATCH, ctx, seen=command.seen, detail=card.pickup_post, dispatched_on=ctx.on)
    journal.record(ctx, "cards.card_dispatched", str(card.id), _facts(card) | {"post": card.pickup_post})
    return reads.card(card.id)


@transaction.atomic
def receive(command: ReceiveCard, *, ctx: Context) -> CardFacts:
    """Count the card in at its post, once."""
    card = _card(command.card_id, ctx)
    rules.check_receive(card, ctx, posts=reads.posts_of(ctx))
    store.move(card, CardAct.RECEIVE, ctx, seen=command.seen, detail=card.pickup_post, received_on=ctx.on)
    journal.record(ctx, "cards.card_received", str(card.id), _facts(card) | {"post": card.pickup_post})
    return reads.card(card.id)


@transaction.atomic
def hand_over(command: HandOverCard, *, ctx: Context) -> CardFacts:
    """Give the card to its holder: it becomes active, and every older card of the holder ends with it.

    Raises `cards.wrong_post`, `cards.not_received`, `cards.already_handed_over`, `cards.holder_not_checked`,
    `cards.holder_not_present`, `cards.second_officer_missing`.
    """
    card = _card(command.card_id, ctx)
    colleague = accounts.is_colleague(command.second_officer, ctx)
    rules.check_hand_over(card, command, ctx, posts=reads.posts_of(ctx), colleague=colleague)
    second = command.second_officer if command.checked == Checked.TWO_OFFICERS else ""
    store.move(
        card, CardAct.HAND_OVER, ctx, seen=command.seen, detail=command.checked, second_officer=second,
        handed_over_on=ctx.on,
    )  # fmt: skip
    _end_older(card, ctx)
    verification.move_card(card.number, card.generation, BookState.HANDED_OVER, _day_of_book(ctx))
    verification.mark_handed_over_abroad(card.subject)
    checked = {"checked": command.checked, "present": command.present, "post": card.pickup_post}
    return _told(card, ctx, "cards.card_handed_over", CardState.HANDED_OVER, **checked)


@transaction.atomic
def revoke(command: RevokeCard, *, ctx: Context) -> CardFacts:
    """End a card before its date, for one of the closed list of reasons; the answer book knows at once.

    The holder is told in writing and may object (`cases.reactions`). Raises `cards.holder_not_reported`,
    `cards.unknown_reason`, `cards.already_handed_over`, `cards.not_the_card_office`.
    """
    card = _card(command.card_id, ctx)
    if command.reason not in set(RevokeReason):
        raise Refusal("cards.unknown_reason", field="reason")
    reason = RevokeReason(command.reason)
    rules.check_revoke(card, reason, ctx, posts=reads.posts_of(ctx))
    rules.check_reported(reason, reported=command.reported)
    store.move(card, CardAct.REVOKE, ctx, seen=command.seen, detail=reason)
    verification.move_card(card.number, card.generation, BookState.REVOKED, _day_of_book(ctx), reason)
    return _told(card, ctx, "cards.card_revoked", CardState.REVOKED, reason=str(reason))


def _end_older(card: CardFacts, ctx: Context) -> None:
    """End every other card of the same subject: here, and in the answer book (where earlier generations stand)."""
    here = {(old.number, old.generation): old for old in reads.cards_of_subject(card.subject)}
    reason = RevokeReason.REPLACED
    for booked in verification.cards_of(card.subject):
        key = (booked.number, booked.generation)
        if key == (card.number, card.generation) or booked.state in ENDED:
            continue
        verification.move_card(*key, BookState.REVOKED, _day_of_book(ctx), reason)
        old = here.get(key)
        if old is not None and old.state not in FINAL:
            store.move(old, CardAct.REVOKE, ctx, detail=reason)
            _record(old, ctx, "cards.card_revoked", CardState.REVOKED, reason=str(reason))


def _day_of_book(ctx: Context) -> date:
    """The answer book counts in days of Cambodia, as the card's claims do; abroad it may still be yesterday.

    What a mission did without a network counts from when it happened.
    """
    return (ctx.happened_at or ctx.at).astimezone(PHNOM_PENH).date()


def _card(card_id: UUID, ctx: Context) -> CardFacts:
    """The card of a command that was not carried out before; raises `journal.replayed`, `cards.unknown_card`."""
    if journal.seen(ctx.trace):
        raise Refusal("journal.replayed")
    return reads.card(card_id)


def _told(card: CardFacts, ctx: Context, kind: str, state: CardState, **more: str) -> CardFacts:
    _record(card, ctx, kind, state, **more)
    return reads.card(card.id)


def _record(card: CardFacts, ctx: Context, kind: str, state: CardState, **more: str) -> None:
    """The journal fact with its public leaf: a commitment to which card stands how, since when."""
    leaf = journal.Leaf(
        log="register", type=kind.replace("cards.card_", "card."), label="card", version=card.version,
        row={
            "card": str(card.id), "number": card.number, "generation": card.generation, "state": str(state),
            "on": ctx.on.isoformat(), "order_sha256": card.order_sha256,
        },
    )  # fmt: skip
    journal.record(ctx, kind, str(card.id), _facts(card) | more, leaf=leaf)


def _facts(card: CardFacts) -> dict[str, str]:
    """What a fact says of a card: references and hashes, never its number or its holder."""
    return {"case": card.case_ref, "order_sha256": card.order_sha256}
