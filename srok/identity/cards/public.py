"""The door of the cards."""

from srok.identity.cards.actions import dispatch, hand_over, issue, order, receive, revoke, sign_order
from srok.identity.cards.opening import open_card
from srok.identity.cards.printing import card_pdf, card_png
from srok.identity.cards.reads import (
    card,
    card_by_number,
    card_for,
    card_of_case,
    cards_awaiting_dispatch,
    cards_awaiting_personalisation,
    cards_awaiting_pickup,
    cards_awaiting_receipt,
    cards_awaiting_signature,
    cards_of_subject,
    life_line,
    told,
)
from srok.identity.cards.rules import shown_state
from srok.identity.cards.terms import (
    CardFacts,
    CardKey,
    CardState,
    Checked,
    DispatchCard,
    HandOverCard,
    IssueCard,
    LifeEvent,
    OrderCard,
    Present,
    ReceiveCard,
    RevokeCard,
    RevokeReason,
    SignOrder,
)

# The command of each act that is done to a card which exists, by the name of its function.
COMMANDS = {
    "sign_order": SignOrder,
    "issue": IssueCard,
    "dispatch": DispatchCard,
    "receive": ReceiveCard,
    "hand_over": HandOverCard,
    "revoke": RevokeCard,
}

__all__ = [
    "COMMANDS", "CardFacts", "CardKey", "CardState", "Checked", "DispatchCard", "HandOverCard", "IssueCard",
    "LifeEvent", "OrderCard", "Present", "ReceiveCard", "RevokeCard", "RevokeReason", "SignOrder", "card",
    "card_by_number", "card_for", "card_of_case", "card_pdf", "card_png", "cards_awaiting_dispatch",
    "cards_awaiting_personalisation", "cards_awaiting_pickup", "cards_awaiting_receipt",
    "cards_awaiting_signature", "cards_of_subject", "dispatch", "hand_over", "issue", "life_line", "open_card", "order",
    "receive", "revoke", "shown_state", "sign_order", "told",
]  # fmt: skip
