"""What the book's facts mean on a day, and what each party may be told. Pure: facts and law's answers are handed in."""

import hmac
from base64 import b32encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from srok.ground.kernel.context import Context
from srok.ground.kernel.refusal import Refusal
from srok.trust.verification.terms import (
    ASKERS,
    IN_FORCE,
    MOVES,
    OUTCOMES,
    PURPOSES,
    Ask,
    BookCardFacts,
    BookState,
    CheckState,
    Party,
    SubjectFacts,
)

REASONS: Mapping[CheckState, str] = {
    CheckState.PENDING: "verification.hand_over_unconfirmed",
    CheckState.NOT_ACTIVE: "verification.not_handed_over",
    CheckState.SUSPENDED: "verification.suspended",
    CheckState.REVOKED: "verification.revoked",
    CheckState.EXPIRED: "verification.expired",
    CheckState.UNKNOWN: "verification.unknown_card",
}


def state_on(card: BookCardFacts, on: date) -> CheckState:
    """The state of a card on a day: what ended it goes before its expiry, and that before what only delays it."""
    begun = on >= card.state_from
    if begun and card.state in (BookState.REVOKED, BookState.DESTROYED):
        return CheckState.REVOKED
    if on > card.expires:
        return CheckState.EXPIRED
    if begun and card.state is BookState.SUSPENDED:
        return CheckState.SUSPENDED
    if card.valid_from is None or on < card.valid_from:
        return CheckState.NOT_ACTIVE
    return CheckState.PENDING if card.state is BookState.PENDING else CheckState.VALID


def reasons_of(state: CheckState) -> tuple[str, ...]:
    """The reason behind a state; none for a valid card."""
    return (REASONS[state],) if state in REASONS else ()


def check_move(card: BookCardFacts, to: BookState, on: date) -> None:
    """Refuse a move the table does not have, or one dated before the last one."""
    if to not in MOVES[card.state]:
        raise Refusal("verification.no_such_move", state=str(card.state), to=str(to))
    if on < card.state_from:
        raise Refusal("verification.move_before_state", on=on.isoformat())


def check_ask(ask: Ask, ctx: Context) -> Party:
    """The party that asks.

    Raises `verification.unknown_party`, `verification.not_your_party`, `verification.purpose_missing`,
    `verification.purpose_not_yours`, and `verification.nothing_asked` (give the QR text).
    """
    if ask.party not in set(Party):
        raise Refusal("verification.unknown_party", field="party")
    party = Party(ask.party)
    if not any(ctx.has(role) for role in ASKERS[party]):
        raise Refusal("verification.not_your_party", field="party")
    if not ask.purpose:
        raise Refusal("verification.purpose_missing", field="purpose")
    if ask.purpose not in PURPOSES[party]:
        raise Refusal("verification.purpose_not_yours", field="purpose")
    if not ask.qr_text.strip():
        raise Refusal("verification.nothing_asked", field="qr_text")
    return party


def check_measure(asked_today: int, most: int) -> None:
    """An officer asks about people who stand before them, not about lists; raises `verification.too_many_questions`."""
    if asked_today >= most:
        raise Refusal("verification.too_many_questions", most=most)


@dataclass(frozen=True, slots=True)
class Document:
    """What is known of the card asked about: its state on the day, and reasons (of the state, or of a forged QR)."""

    state: CheckState
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Voter:
    """What the law says of the holder for the voter list.

    `old_enough` on the reference date, for certain; `age_open`: a birth date known in part leaves it open.
    `expired_counts`: by a dated rule this card counts as valid though it expired (VL-EXT).
    """

    old_enough: bool
    age_open: bool
    reference_known: bool
    expired_counts: bool


@dataclass(frozen=True, slots=True)
class Verdict:
    """Yes or no, and why."""

    yes: bool
    reasons: tuple[str, ...]


def for_border(document: Document) -> Verdict:
    """Whether the document is in force; nothing about its holder (house.md section 6)."""
    return Verdict(document.state in IN_FORCE, document.reasons)


def for_land(document: Document, holder: SubjectFacts | None, on: date) -> Verdict:
    """Whether a Khmer national shows a card in force (LAND-OWN)."""
    reasons = [*document.reasons, *_holder_reasons(holder, on)]
    return Verdict(document.state in IN_FORCE and _counts(holder, on), tuple(reasons))


def for_election(document: Document, holder: SubjectFacts | None, on: date, voter: Voter | None) -> Verdict:
    """Whether a citizen of age on the reference date shows a card in force (VL-CARD, VL-EXT, VL-AGE)."""
    if holder is None or voter is None:
        return Verdict(False, document.reasons)
    in_force, reasons = document.state in IN_FORCE, list(document.reasons)
    if document.state is CheckState.EXPIRED and voter.expired_counts:
        in_force, reasons = True, ["verification.expired_but_counts"]
    reasons += _holder_reasons(holder, on)
    if not voter.reference_known:
        reasons.append("verification.no_reference_date")
    elif voter.age_open:
        reasons.append("verification.age_open")
    elif not voter.old_enough:
        reasons.append("verification.under_age")
    return Verdict(in_force and _counts(holder, on) and voter.old_enough, tuple(reasons))


def outcome(party: Party, yes: bool) -> str:
    """The word of this party's closed list."""
    return OUTCOMES[party][0 if yes else 1]


def pseudonym(key: bytes, party: Party, subject: UUID) -> str:
    """The name of a person for one party: stable there, and not to be joined with another party's."""
    digest = hmac.digest(key, b"verification.pseudonym\0" + party.encode() + b"\0" + subject.bytes, "sha256")
    return b32encode(digest[:15]).decode("ascii")


def _counts(holder: SubjectFacts | None, on: date) -> bool:
    return holder is not None and holder.alive(on) and holder.citizen(on)


def _holder_reasons(holder: SubjectFacts | None, on: date) -> list[str]:
    """One reason at most: that the holder died says enough."""
    if holder is None:
        return []
    if not holder.alive(on):
        return ["verification.holder_died"]
    return [] if holder.citizen(on) else ["verification.not_citizen"]
