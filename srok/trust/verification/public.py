"""The door of the verification."""

from srok.trust.verification.actions import answer
from srok.trust.verification.inclusion import Inclusion, in_log
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
    "Answer", "Ask", "Asked", "BookCardFacts", "BookState", "CheckResult", "CheckState", "Inclusion", "PURPOSES",
    "Party", "PutCard", "PutPerson", "answer", "book_card", "cards_of", "check", "in_log",
    "mark_handed_over_abroad", "move_card", "person", "put_card", "put_cards", "put_people", "receipt", "state_on",
    "who_asked",
]  # fmt: skip
