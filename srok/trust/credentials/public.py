"""The door of the credentials."""

from srok.trust.credentials.actions import card_claims, create_keys, sign_answer, sign_as_office, sign_card
from srok.trust.credentials.log_keys import LogKeys, create_log_keys, high_water, log_keys, raise_high_water
from srok.trust.credentials.reads import answer_is_genuine, published_keys, read_qr
from srok.trust.credentials.terms import CardToSign, OfficeSignature, PublishedKeys, SignedCard, SignedClaims

__all__ = [
    "CardToSign", "LogKeys", "OfficeSignature", "PublishedKeys", "SignedCard", "SignedClaims", "answer_is_genuine",
    "card_claims", "create_keys", "create_log_keys", "high_water", "log_keys", "published_keys", "raise_high_water",
    "read_qr", "sign_answer", "sign_as_office", "sign_card",
]  # fmt: skip
