"""Whether an order may become a card: two ministries, two people, the same bytes (house.md section 2)."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from srok.ground.accounts.terms import Role
from srok.ground.kernel.canonical import canonical_bytes, sha256_hex
from srok.ground.kernel.context import Context
from srok.ground.kernel.refusal import Refusal
from srok.trust.credentials.terms import ORDER_APPROVER, ORDER_DIGEST, ORDER_NUMBER, ORDER_PURPOSES, OfficeSignature

Anchors = Mapping[str, Mapping[str, bytes]]
"""Ministry -> kid -> the 32 bytes of that office's public key."""


def statement(order: bytes, ministry: str, actor: str) -> bytes:
    """What an office key signs: that this officer, for this ministry, orders exactly these bytes.

    The officer stands inside, so that nobody who can only write tables can pass one officer off as two.
    """
    return canonical_bytes(
        {"v": 1, "act": "card.order", "ministry": ministry, "actor": actor, "order_sha256": sha256_hex(order)}
    )


def check_signer(ministry: str, ctx: Context) -> None:
    """Only an order signer, and only with the key of their own ministry.

    Raises `credentials.other_ministry` and `credentials.not_a_signer`.
    """
    if ministry not in ORDER_PURPOSES or ctx.ministry != ministry:
        raise Refusal("credentials.other_ministry", ministry=ministry)
    if not ctx.has(Role.ORDER_SIGNER):
        raise Refusal("credentials.not_a_signer")


def check_order(order: bytes, signatures: Sequence[OfficeSignature], tbs: bytes, anchors: Anchors) -> str:
    """Check everything the card key depends on; return the number of the card that may be signed.

    Raises `credentials.one_ministry` (not one signature of each ministry), `credentials.same_actor`,
    `credentials.unknown_office_key`, `credentials.order_signature`, `credentials.order_unreadable`,
    `credentials.approver_signed` (who approved the case signs no order of it), `credentials.order_changed` (the
    card's bytes are not those ordered).
    """
    if sorted(found.ministry for found in signatures) != sorted(ORDER_PURPOSES):
        raise Refusal("credentials.one_ministry", signatures=len(signatures))
    if len({found.actor for found in signatures}) != len(signatures):
        raise Refusal("credentials.same_actor")
    for found in signatures:
        _check_signature(order, found, anchors)
    ordered = read_order(order)
    if ordered.get(ORDER_APPROVER) in {found.actor for found in signatures}:
        raise Refusal("credentials.approver_signed")
    if ordered[ORDER_DIGEST] != sha256_hex(tbs):
        raise Refusal("credentials.order_changed")
    return str(ordered[ORDER_NUMBER])


def read_order(order: bytes) -> dict[str, Any]:
    """The order behind its bytes, which must be the canonical ones and name a number and a digest."""
    try:
        read = json.loads(order)
        canonical = isinstance(read, dict) and canonical_bytes(read) == order
    except (ValueError, RecursionError, Refusal) as error:
        raise Refusal("credentials.order_unreadable") from error
    if not canonical or not all(isinstance(read.get(name), str) for name in (ORDER_NUMBER, ORDER_DIGEST)):
        raise Refusal("credentials.order_unreadable")
    return dict(read)


def genuine(public: bytes, signature: bytes, data: bytes) -> bool:
    """Whether this Ed25519 key (32 raw bytes) made this signature over these bytes (RFC 8032)."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, data)
    except InvalidSignature:
        return False
    return True


def _check_signature(order: bytes, found: OfficeSignature, anchors: Anchors) -> None:
    public = anchors.get(found.ministry, {}).get(found.kid)
    if public is None:
        raise Refusal("credentials.unknown_office_key", kid=found.kid, ministry=found.ministry)
    if not genuine(public, found.signature, statement(order, found.ministry, found.actor)):
        raise Refusal("credentials.order_signature", ministry=found.ministry)
