"""Gathering what the rules of registration need, step by step: desk, window, card, person."""

from dataclasses import dataclass
from uuid import UUID

from srok.ground.kernel.context import Context
from srok.ground.kernel.refusal import Refusal
from srok.ground.law import public as law
from srok.identity.register import for_roll
from srok.trust.credentials import public as credentials
from srok.trust.verification import public as verification
from srok.vote.roll import reads, rules
from srok.vote.roll.terms import Applicant, Preview, RegisterVoter, Window


@dataclass(frozen=True, slots=True)
class Eligible:
    """Somebody who may be entered, under which window."""

    handle: UUID
    window: Window


def eligible(command: RegisterVoter, ctx: Context) -> Eligible:
    """The holder of the card, when every rule allows the entry; raises the first reason against it."""
    in_force = law.as_of(ctx.on)
    rules.check_channel(command, in_force.words("roll.channels"))
    rules.check_desk(command, ctx)
    window = reads.window(ctx.on)
    rules.check_window(window)
    claims = read_card(command.qr_text)
    check_card(command.qr_text, claims, ctx)
    facts = for_roll.open_by_card(claims.number, claims.generation)
    assert window.reference is not None  # an open window has one
    listed = reads.listing(facts.handle)
    rules.check_applicant(
        Applicant(
            citizen=facts.citizen, alive=facts.alive,
            of_age=law.voter_of_age(facts.birth, window.reference, in_force) is law.Answer.YES,
            born_by=law.last_voting_birthday(window.reference, in_force),
            listed_in=listed.commune if listed else "", listed_on=listed.entered_on if listed else None,
        )
    )  # fmt: skip
    return Eligible(facts.handle, window)


def preview(command: RegisterVoter, ctx: Context) -> Preview:
    """What the card itself says, and what would stand against an entry now; raises `roll.unreadable_card`."""
    claims = read_card(command.qr_text)
    try:
        eligible(command, ctx)
        refusal = None
    except Refusal as found:
        refusal = found
    return Preview(
        names_km=claims.name_km, names_latin=claims.name_latin, birth=claims.birth.iso(), sex=claims.sex,
        expires=claims.expires, card_state=verification.check(command.qr_text, ctx.on).state,
        portrait=claims.portrait, refusal=refusal,
    )  # fmt: skip


def read_card(qr_text: str) -> credentials.SignedClaims:
    """What the signed QR says; raises `roll.unreadable_card` for anything that no card key signed."""
    try:
        return credentials.read_qr(qr_text)
    except Refusal as refusal:
        raise Refusal("roll.unreadable_card", field="qr_text") from refusal


def check_card(qr_text: str, claims: credentials.SignedClaims, ctx: Context) -> None:
    """Rule VL-CARD: in force and handed over, from the answer book; an expired card where the law lets it count."""
    answer = verification.check(qr_text, ctx.on)
    if answer.valid and answer.state != "pending":
        return
    if answer.state == "expired" and law.card_counts(claims.expires, ctx.on, law.as_of(ctx.on)):
        return
    raise Refusal("roll.card_not_valid", field="qr_text", state=f"roll.card_{answer.state}")
