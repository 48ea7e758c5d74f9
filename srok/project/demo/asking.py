"""Three parties ask about cards: the border on arrival, the land office before a deed, the election committee."""

from dataclasses import dataclass
from datetime import date

from srok.identity.cards import public as cards
from srok.project.demo.chain import Walk
from srok.project.demo.people import acting
from srok.project.demo.stated import morning
from srok.trust.verification import public as verification

ASKERS = (
    ("sarin", verification.Party.BORDER, "entry"),
    ("nary", verification.Party.LAND, "land_purchase"),
    ("bunna", verification.Party.ELECTION, "voter_registration"),
)
ASKED_ON = date(2025, 5, 10)


@dataclass(frozen=True, slots=True)
class Asked:
    """One answer, and for whose card."""

    case_ref: str
    answer: verification.Answer


def ask(walk: Walk, ordered: list[cards.CardFacts]) -> list[Asked]:
    """Each party asks about every card that was made, also those that nobody has collected yet."""
    on = max(walk.dates.desk or ASKED_ON, ASKED_ON)
    found: list[Asked] = []
    for card in walk.console.track("ask", ordered):
        for username, party, purpose in ASKERS:
            question = verification.Ask(party, purpose, qr_text=card.qr_text)
            answer = verification.answer(question, ctx=acting(username, morning(on)))
            found.append(Asked(card.case_ref, answer))
    return found
