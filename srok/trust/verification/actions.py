"""The one act of the verification: answering a question, with a signed receipt."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db import IntegrityError, transaction

from srok.ground.journal import public as journal
from srok.ground.kernel.canonical import canonical_bytes, sha256_hex
from srok.ground.kernel.context import Context
from srok.ground.kernel.ids import new_reference
from srok.ground.law import public as law
from srok.trust.credentials import public as credentials
from srok.trust.verification import reads, rules
from srok.trust.verification.models import Receipt
from srok.trust.verification.rules import Document, Verdict, Voter
from srok.trust.verification.terms import Answer, Ask, BookCardFacts, Party, SubjectFacts


@dataclass(frozen=True, slots=True)
class _Found:
    """What the book knows of the card asked about."""

    document: Document
    card: BookCardFacts | None
    holder: SubjectFacts | None


@transaction.atomic
def answer(ask: Ask, *, ctx: Context) -> Answer:
    """Answer one question of a party for one of its purposes, and keep the signed receipt.

    The same command about the same card gives the answer already given. Raises what `rules.check_ask` raises,
    `verification.too_many_questions` (`SROK_QUESTIONS_PER_DAY` an officer), and `credentials.unreadable` for a text
    that is no card's.
    """
    party = rules.check_ask(ask, ctx)
    on = ctx.on
    asked = Receipt.objects.filter(
        trace=ctx.trace, party=party, purpose=ask.purpose, document=_document_key(ask), on=on
    )
    given = asked.first()
    if given is not None:
        return reads.answer_of(given)
    asked_today = Receipt.objects.filter(actor=ctx.actor, on=on).count()
    rules.check_measure(asked_today, settings.SROK_QUESTIONS_PER_DAY)
    found = _find(ask, on)
    verdict = _verdict(party, ask, found, on)
    row = _receipt(party, ask, found, verdict, on, ctx)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        # The form was sent twice at one moment: the first answer is the answer.
        return reads.answer_of(asked.get())
    journal.record(ctx, "verification.answered", row.reference, _journal_facts(row))
    return reads.answer_of(row)


def _find(ask: Ask, on: date) -> _Found:
    checked, card = reads.look_up(ask.qr_text, on)
    document = Document(checked.state, checked.reasons)
    return _Found(document, card, reads.person(card.subject) if card else None)


def _verdict(party: Party, ask: Ask, found: _Found, on: date) -> Verdict:
    if party is Party.BORDER:
        return rules.for_border(found.document)
    if party is Party.LAND:
        return rules.for_land(found.document, found.holder, on)
    return rules.for_election(found.document, found.holder, on, _voter(ask, found, on))


def _voter(ask: Ask, found: _Found, on: date) -> Voter | None:
    """What the law says of this holder on the reference date of the list (VL-AGE) and of an expired card (VL-EXT)."""
    if found.holder is None or found.card is None:
        return None
    as_of = law.as_of(on)
    window = law.roll_window(as_of, on).window
    reference = ask.reference_date or (window.reference_date if window else None)
    age = law.voter_of_age(found.holder.birth, reference, as_of) if reference else law.Answer.NO
    return Voter(
        old_enough=age is law.Answer.YES, age_open=age is law.Answer.DEPENDS, reference_known=reference is not None,
        expired_counts=law.card_counts(found.card.expires, on, as_of),
    )  # fmt: skip


def _receipt(party: Party, ask: Ask, found: _Found, verdict: Verdict, on: date, ctx: Context) -> Receipt:
    named = party is not Party.BORDER and found.holder is not None
    subject = found.card.subject if found.card else None
    row = Receipt(
        reference=new_reference(), trace=ctx.trace, party=party, purpose=ask.purpose, document=_document_key(ask),
        on=on, asked_at=ctx.at, actor=ctx.actor, office=ctx.office, subject=subject,
        outcome=rules.outcome(party, verdict.yes), reasons=list(verdict.reasons),
        pseudonym=rules.pseudonym(settings.SROK_PSEUDONYM_KEY, party, subject) if named and subject else "",
    )  # fmt: skip
    row.statement = statement(row)
    row.kid, row.signature = credentials.sign_answer(row.statement)
    return row


def statement(row: Receipt) -> bytes:
    """The canonical JSON that is signed. `document` is the SHA-256 of the QR text, which the party holds."""
    return canonical_bytes(
        {
            "v": 1, "act": "verification.answer", "receipt": row.reference, "party": row.party,
            "purpose": row.purpose, "document": row.document, "asked_at": row.asked_at, "on": row.on,
            "answer": row.outcome, "reasons": row.reasons, "pseudonym": row.pseudonym,
        }
    )  # fmt: skip


def _document_key(ask: Ask) -> str:
    """What names the card in a receipt: a hash of the whole QR text."""
    return sha256_hex(ask.qr_text.strip().encode())


def _journal_facts(row: Receipt) -> dict[str, str | list[str]]:
    """No identity: not the subject, not the pseudonym, not the card."""
    return {
        "party": row.party, "purpose": row.purpose, "answer": row.outcome, "reasons": row.reasons,
        "kid": row.kid, "statement_sha256": sha256_hex(bytes(row.statement)),
    }  # fmt: skip
