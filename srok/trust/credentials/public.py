"""The door of the credentials."""

from srok.trust.credentials.actions import (
    card_claims,
    create_keys,
    sign_answer,
    sign_as_office,
    sign_card,
    sign_receipts,
    sign_warrant,
)
from srok.trust.credentials.log_keys import LogKeys, create_log_keys, high_water, log_keys, raise_high_water
from srok.trust.credentials.reads import (
    answer_is_genuine,
    open_sealed,
    published_keys,
    read_qr,
    receipt_keys,
    sealing_key,
    sealing_keys,
    warrant_is_genuine,
)
from srok.trust.credentials.terms import (
    CardToSign,
    OfficeSignature,
    PublishedKeys,
    SealingKey,
    SignedCard,
    SignedClaims,
)

__all__ = [
    "CardToSign", "LogKeys", "OfficeSignature", "PublishedKeys", "SealingKey", "SignedCard", "SignedClaims",
    "answer_is_genuine", "card_claims", "create_keys", "create_log_keys", "high_water", "log_keys", "open_sealed",
    "published_keys", "raise_high_water", "read_qr", "receipt_keys", "sealing_key", "sealing_keys", "sign_answer",
    "sign_as_office", "sign_card", "sign_receipts", "sign_warrant", "warrant_is_genuine",
]  # fmt: skip
