"""The COSE_Sign1 envelope of a card (RFC 9052 section 4.2): EdDSA, `kid` in the protected header, nothing
else.

The outer tag is 18 alone. RFC 8392 allows the CWT tag 61 around it; other readers of Claim 169 refuse it.
"""

from dataclasses import dataclass
from typing import Final

import cbor2

from srok.trust.credentials import strict_cbor

EDDSA: Final = -8
SIGNATURE_BYTES: Final = 64
MAX_KID_BYTES: Final = 32
_TAG_18: Final = b"\xd2"
_ALG, _KID = 1, 4


@dataclass(frozen=True, slots=True)
class Sealed:
    """An opened envelope. Nothing in it is true before the signature has been checked."""

    kid: str
    protected: bytes
    payload: bytes
    signature: bytes

    def signed_bytes(self) -> bytes:
        """The Sig_structure that the signature covers."""
        return signed_bytes(self.protected, self.payload)


def protected_header(kid: str) -> bytes:
    """The encoded protected header of this key."""
    return cbor2.dumps({_ALG: EDDSA, _KID: kid.encode("ascii")}, canonical=True)


def signed_bytes(protected: bytes, payload: bytes) -> bytes:
    """The Sig_structure of RFC 9052 section 4.4, with no external data."""
    return cbor2.dumps(["Signature1", protected, b"", payload])


def envelope(protected: bytes, payload: bytes, signature: bytes) -> bytes:
    """The tagged COSE_Sign1 message."""
    return cbor2.dumps(cbor2.CBORTag(18, [protected, {}, payload, signature]))


def open_envelope(data: bytes) -> Sealed:
    """Read a message in exactly the form `envelope` writes; raises `strict_cbor.NotStrict`."""
    if not data.startswith(_TAG_18):
        raise strict_cbor.NotStrict("not a COSE_Sign1 message")
    match strict_cbor.read(data[1:]):
        case [bytes(protected), {**unprotected}, bytes(payload), bytes(signature)] if not unprotected:
            if len(signature) != SIGNATURE_BYTES:
                raise strict_cbor.NotStrict("not an Ed25519 signature")
            return Sealed(_kid(protected), protected, payload, signature)
    raise strict_cbor.NotStrict("not a COSE_Sign1 message")


def _kid(protected: bytes) -> str:
    match strict_cbor.read(protected):
        case {1: -8, 4: bytes(kid), **others} if not others and 0 < len(kid) <= MAX_KID_BYTES:
            return _ascii(kid)
    raise strict_cbor.NotStrict("the protected header must hold EdDSA and a kid, and nothing else")


def _ascii(kid: bytes) -> str:
    if not kid.isascii():
        raise strict_cbor.NotStrict("a kid is ASCII")
    return kid.decode("ascii")
