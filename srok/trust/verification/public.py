"""The door of the verification."""

from srok.trust.verification.actions import answer
from srok.trust.verification.reads import book_card, cards_of, check, person, receipt, who_asked
from srok.trust.verification.rules import state_on
from srok.trust.verification.store import mark_handed_over_abroad, move_card, put_card, put_cards, put_people
from srok.trust.verification.terms import (
    PURPOSES,
    Answer,
    Ask,
    Asked,
    BookCardFacts,
    BookState,
    CheckResult,
    CheckState,
    Party,
    PutCard,
    PutPerson,
)

__all__ = [
    "PURPOSES", "Answer", "Ask", "Asked", "BookCardFacts", "BookState", "CheckResult", "CheckState", "Party",
    "PutCard", "PutPerson", "answer", "book_card", "cards_of", "check", "mark_handed_over_abroad", "move_card",
    "person", "put_card", "put_cards", "put_people", "receipt", "state_on", "who_asked",
]  # fmt: skip
