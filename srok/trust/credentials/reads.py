"""Questions to the credentials: what a QR says, whether a signature is genuine, which keys are published."""

from srok.ground.kernel.refusal import Refusal
from srok.trust.credentials import claims, cose, keyring, qr, rules
from srok.trust.credentials.strict_cbor import NotStrict
from srok.trust.credentials.terms import PublishedKeys, Purpose, SignedClaims


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
