"""The door of the credentials."""

from srok.trust.credentials.actions import card_claims, create_keys, sign_answer, sign_as_office, sign_card
from srok.trust.credentials.reads import answer_is_genuine, published_keys, read_qr
from srok.trust.credentials.terms import CardToSign, OfficeSignature, PublishedKeys, SignedCard, SignedClaims

__all__ = [
    "CardToSign", "OfficeSignature", "PublishedKeys", "SignedCard", "SignedClaims", "answer_is_genuine",
    "card_claims", "create_keys", "published_keys", "read_qr", "sign_answer", "sign_as_office", "sign_card",
]  # fmt: skip
