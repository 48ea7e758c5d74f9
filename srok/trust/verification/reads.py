"""Questions to the answer book and to the receipts; none writes anything."""

from datetime import date
from uuid import UUID

from srok.ground.kernel.context import Context
from srok.ground.kernel.dates import PartialDate
from srok.ground.kernel.ids import read_reference
from srok.ground.kernel.refusal import Refusal
from srok.trust.credentials import public as credentials
from srok.trust.credentials.terms import SignedClaims
from srok.trust.verification import rules
from srok.trust.verification.models import BookCard, BookSubject, Receipt
from srok.trust.verification.terms import (
    IN_FORCE,
    Answer,
    Asked,
    BookCardFacts,
    BookState,
    CheckResult,
    CheckState,
    Party,
    SignedStatement,
    SubjectFacts,
)

# Refusals that are an answer about the card and not a text that nobody can read.
NOT_GENUINE = frozenset({"credentials.bad_signature", "credentials.unknown_kid"})


def check(qr_text: str, on: date) -> CheckResult:
    """Whether the card of this QR is in force on a day. Keeps nothing. Raises `credentials.unreadable`."""
    return look_up(qr_text, on)[0]


def look_up(qr_text: str, on: date) -> tuple[CheckResult, BookCardFacts | None]:
    """The check of a QR text, and the card in the book that it is about; raises `credentials.unreadable`."""
    try:
        claims = credentials.read_qr(qr_text)
    except Refusal as refusal:
        if refusal.code not in NOT_GENUINE:
            raise
        return CheckResult(False, CheckState.UNKNOWN, (refusal.code,), None), None
    card = _card_of(claims)
    state = rules.state_on(card, on) if card else CheckState.UNKNOWN
    return CheckResult(state in IN_FORCE, state, rules.reasons_of(state), claims), card


def book_card(number: str, generation: str) -> BookCardFacts:
    """The card of this key; raises `verification.unknown_card`."""
    row = BookCard.objects.filter(number=number, generation=generation).first()
    if row is None:
        raise Refusal("verification.unknown_card")
    return _facts(row)


def cards_of(subject: UUID) -> list[BookCardFacts]:
    """Every card of a person, oldest first."""
    return [_facts(row) for row in BookCard.objects.filter(subject=subject).order_by("state_from", "id")]


def person(subject: UUID) -> SubjectFacts | None:
    """What the book holds of a person, or None."""
    row = BookSubject.objects.filter(pk=subject).first()
    if row is None:
        return None
    return SubjectFacts(
        subject=row.subject, birth=PartialDate.parse(row.birth), citizen_from=row.citizen_from,
        citizen_until=row.citizen_until, alive_until=row.alive_until, handed_over_abroad=row.handed_over_abroad,
    )  # fmt: skip


def who_asked(subject: UUID) -> list[Asked]:
    """Every question that was asked about a person, newest first, for the holder to see."""
    rows = Receipt.objects.filter(subject=subject).order_by("-asked_at")
    return [
        Asked(row.reference, Party(row.party), row.purpose, row.office, row.asked_at, row.outcome, tuple(row.reasons))
        for row in rows
    ]


def receipt(reference: str, ctx: Context) -> Answer:
    """An answer that this office was given; raises `verification.unknown_receipt`, `kernel.bad_reference`."""
    row = Receipt.objects.filter(pk=read_reference(reference), office=ctx.office).first()
    if row is None:
        raise Refusal("verification.unknown_receipt")
    return answer_of(row)


def receipts_of(ctx: Context) -> list[Answer]:
    """The last twenty answers that this officer was given."""
    rows = Receipt.objects.filter(office=ctx.office, actor=ctx.actor).order_by("-asked_at")[:20]
    return [answer_of(row) for row in rows]


def answer_of(row: Receipt) -> Answer:
    """The answer behind a receipt."""
    party = Party(row.party)
    return Answer(
        receipt=row.reference, party=party, purpose=row.purpose, yes=row.outcome == rules.outcome(party, True),
        outcome=row.outcome, reasons=tuple(row.reasons), pseudonym=row.pseudonym, asked_at=row.asked_at, on=row.on,
        signed=SignedStatement(bytes(row.statement), row.kid, bytes(row.signature)),
    )  # fmt: skip


def _card_of(claims: SignedClaims) -> BookCardFacts | None:
    row = BookCard.objects.filter(
        number=claims.number, generation=claims.generation, status_index=claims.status_index
    ).first()
    return _facts(row) if row else None


def _facts(row: BookCard) -> BookCardFacts:
    return BookCardFacts(
        number=row.number, generation=row.generation, subject=row.subject_id, state=BookState(row.state),
        state_from=row.state_from, valid_from=row.valid_from, expires=row.expires, status_index=row.status_index,
        version=row.version,
    )  # fmt: skip
