"""Placing an order: draw a number, plan, write down what will be signed. Used by `actions.order` only."""

import secrets
from collections.abc import Callable
from dataclasses import replace

from django.db import IntegrityError, transaction

from srok.ground.gazetteer import public as gazetteer
from srok.ground.kernel.canonical import canonical_bytes, sha256_hex
from srok.ground.kernel.context import Context
from srok.ground.kernel.ids import new_id
from srok.ground.kernel.refusal import Refusal
from srok.ground.law import public as law
from srok.identity.biometrics import public as biometrics
from srok.identity.cards import printing, reads, rules, store
from srok.identity.cards.models import Card
from srok.identity.cards.terms import (
    FINAL,
    ON_ITS_WAY,
    STATUS_INDEXES,
    CardAct,
    CardFacts,
    CardState,
    OrderCard,
    PrintPlan,
)
from srok.trust.credentials import public as credentials
from srok.trust.verification import public as verification
from srok.trust.verification.public import BookState

TRIES = 40


def place(command: OrderCard, ctx: Context, *, below: Callable[[int], int] = secrets.randbelow) -> CardFacts:
    """Store the order under a free number of the reserved block; the constraint decides what is free.

    Everything that will be signed or printed is written here, before any signature (house rule 9). `below(n)` draws
    from 0 to n-1. Raises `cards.block_exhausted` after many taken numbers, `paper.unprintable` and
    `paper.does_not_fit` for what could not be printed right.
    """
    in_force = law.as_of(ctx.on)
    first, end = in_force.value("card.number_block")
    block = (int(first), int(end))
    command = _with_birthplace(command)
    portrait_sha256 = sha256_hex(biometrics.portrait(command.portrait_key))
    thumbnail = _thumbnail(command)
    for attempt in range(TRIES):
        number = rules.draw_number(block, below)
        planned = rules.plan(
            command, number=number, generation=str(in_force.value("card.generation")), issued=ctx.on,
            expires=law.expiry(ctx.on, in_force),
        )  # fmt: skip
        planned = replace(planned, portrait_sha256=portrait_sha256)
        if attempt == 0:
            printing.check_printable(planned, command.portrait_key, command.pickup_post)
        try:
            with transaction.atomic():
                return _insert(command, planned, thumbnail, ctx)
        except (IntegrityError, Refusal) as error:
            if isinstance(error, Refusal) and error.code != "verification.card_of_another":
                raise
            check_free(command, error)
    raise Refusal("cards.block_exhausted")


def check_free(command: OrderCard, because: Exception | None = None) -> None:
    """One living card a case (`cards.already_ordered`), one on its way a person (`cards.another_on_its_way`)."""
    living = reads.card_of_case(command.case_ref)
    if living is not None and living.state not in FINAL:
        raise Refusal("cards.already_ordered", case=command.case_ref) from because
    if any(card.state in ON_ITS_WAY for card in reads.cards_of_subject(command.subject)):
        raise Refusal("cards.another_on_its_way") from because


def _insert(command: OrderCard, planned: PrintPlan, thumbnail: bytes | None, ctx: Context) -> CardFacts:
    """Write the card, its order, its bytes to sign, its first line of life, and its row in the answer book."""
    status_index = secrets.randbelow(STATUS_INDEXES)
    tbs = _claims(planned, status_index, thumbnail)
    body = rules.order_body(planned, command, tbs_sha256=sha256_hex(tbs), status_index=status_index)
    order_bytes = canonical_bytes(body)
    old = command.replaces
    row = Card(
        id=new_id(ctx.at), number=planned.number, generation=planned.generation, case_ref=command.case_ref,
        subject=command.subject, state=CardState.ORDERED, portrait_key=command.portrait_key,
        approved_by=command.approved_by, pickup_post=command.pickup_post,
        replaces_number=old.number if old else "",
        replaces_generation=old.generation if old else "",
        ordered_on=ctx.on, expires=planned.expires, status_index=status_index, order_bytes=order_bytes,
        order_sha256=sha256_hex(order_bytes), tbs=tbs,
    )  # fmt: skip
    row.save(force_insert=True)
    store.write_line(row.id, row.version, CardAct.ORDER, CardState.ORDERED, ctx)
    verification.put_card(
        verification.PutCard(
            number=row.number, generation=row.generation, subject=row.subject, state=BookState.ORDERED,
            on=ctx.on, expires=row.expires,
            status_index=status_index,
        )
    )  # fmt: skip
    return reads.card(row.id)


def _claims(planned: PrintPlan, status_index: int, thumbnail: bytes | None) -> bytes:
    """The bytes that the card key will sign: the QR's claims, fitted to the room on the card."""
    return credentials.card_claims(
        credentials.CardToSign(
            number=planned.number, generation=planned.generation, name=planned.name, birth=planned.birth,
            sex=planned.sex, address=planned.address_lines_km[-1], issued=planned.issued,
            expires=planned.expires, status_index=status_index, portrait=thumbnail,
        )
    )  # fmt: skip


def _with_birthplace(command: OrderCard) -> OrderCard:
    """The order with the Khmer words of its birthplace: the caller's, else those of the gazetteer code."""
    if command.birthplace_km or not gazetteer.exists(command.birthplace):
        return command
    return replace(command, birthplace_km=gazetteer.describe(command.birthplace, "km"))


def _thumbnail(command: OrderCard) -> bytes | None:
    """The small portrait of the QR, or None where the picture does not shrink far enough."""
    try:
        return biometrics.thumbnail(command.portrait_key)
    except Refusal as refusal:
        if refusal.code != "biometrics.no_room":
            raise
        return None
