"""Questions to the credentials: what a QR says, whether a signature is genuine, which keys are published."""

from srok.ground.kernel.refusal import Refusal
from srok.trust.credentials import claims, cose, keyring, qr, rules, sealing
from srok.trust.credentials.strict_cbor import NotStrict
from srok.trust.credentials.terms import PublishedKeys, Purpose, SealingKey, SignedClaims


def read_qr(text: str) -> SignedClaims:
    """What a genuine card's QR says; blanks and line ends around the text do not count.

    Genuine means signed, not in force: a signature says nothing about what happened since. Raises
    `credentials.unreadable` (not a card's QR, with the `part` that failed), `credentials.unknown_kid`,
    `credentials.bad_signature`.
    """
    sealed = _opened(text.strip())
    key = keyring.find(Purpose.CARD, sealed.kid)
    if key is None:
        raise Refusal("credentials.unknown_kid", kid=sealed.kid)
    if not rules.genuine(key.raw, sealed.signature, sealed.signed_bytes()):
        raise Refusal("credentials.bad_signature", kid=sealed.kid)
    return claims.read(sealed.payload, sealed.kid)


def answer_is_genuine(data: bytes, kid: str, signature: bytes) -> bool:
    """Whether this statement was signed by a published answer key."""
    key = keyring.find(Purpose.ANSWER, kid)
    return key is not None and rules.genuine(key.raw, signature, data)


def warrant_is_genuine(data: bytes, kid: str, signature: bytes) -> bool:
    """Whether this warrant of a kit was signed by a published warrant key."""
    key = keyring.find(Purpose.WARRANT, kid)
    return key is not None and rules.genuine(key.raw, signature, data)


def receipt_keys() -> dict[str, bytes]:
    """The published keys that sign receipts to kits, by kid: a warrant takes them along."""
    return {key.kid: key.raw for key in keyring.published() if key.purpose is Purpose.RECEIPT}


def sealing_key() -> SealingKey:
    """The key that kits seal to from now on. Raises `credentials.no_key`."""
    return sealing.newest()


def sealing_keys() -> tuple[SealingKey, ...]:
    """Every published sealing key, oldest first."""
    return sealing.published()


def open_sealed(kid: str, sealed: bytes, info: bytes) -> bytes:
    """What was sealed to the centre's key `kid` with this `info` (RFC 9180 base mode, single shot).

    Raises `credentials.no_key`, `credentials.unopenable` (one bit differs, or another key or info was used).
    """
    return sealing.open_sealed(kid, sealed, info)


def published_keys() -> PublishedKeys:
    """The published keys as JWKS and as COSE key set."""
    return keyring.as_publication(keyring.published())


def _opened(text: str) -> cose.Sealed:
    try:
        return cose.open_envelope(qr.unpack(text))
    except qr.NotPacked as error:
        raise Refusal("credentials.unreadable", part=str(error)) from error
    except NotStrict as error:
        raise Refusal("credentials.unreadable", part="cose") from error
