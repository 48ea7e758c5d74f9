"""Receipt bundles: what the centre holds of a kit, signed by its receipt key (docs/formats/parcel.md).

A file holds one bundle for each kit, one after the other (a CBOR sequence); a kit reads its own.
"""

from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any, Final

import cbor2
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from srok.ground.kernel.refusal import Refusal
from srok.trust.parcels import encoding
from srok.trust.parcels.terms import VERSION, Bundle, Receipted

LABEL: Final = b"srok.receipts/v1\0"
MAX_FILE: Final = 64 * 1024 * 1024


def to_bytes(bundle: Bundle) -> bytes:
    """The one form of a bundle."""
    return encoding.encode(
        {
            "v": VERSION, "kit": bundle.kit, "made_at": encoding.micros(bundle.made_at), "revoked": bundle.revoked,
            "events": [[one.seq, one.digest, one.outcome, one.subject, one.code] for one in bundle.events],
            "gaps": [list(gap) for gap in bundle.gaps],
        }
    )  # fmt: skip


def signed_bytes(data: bytes) -> bytes:
    """What the receipt key signs."""
    return LABEL + data


def to_file(data: bytes, kid: str, signature: bytes) -> bytes:
    """One bundle as it stands in a file."""
    return encoding.encode({"bundle": data, "kid": kid, "sig": signature})


def from_file(content: bytes, keys: Mapping[str, bytes]) -> list[Bundle]:
    """The genuine bundles of a file, by the receipt keys that the warrant names.

    Raises `parcels.bad_receipts` where the file is none, or one of its signatures is not the centre's.
    """
    return [_genuine(signed, keys) for signed in _signed(content)]


def _signed(content: bytes) -> Iterator[tuple[bytes, str, bytes]]:
    """Every signed bundle: only a map of three plain fields is looked at, before any signature is checked."""
    stream = BytesIO(content)
    if not content or len(content) > MAX_FILE:
        raise Refusal("parcels.bad_receipts")
    while stream.tell() < len(content):
        start = stream.tell()
        try:
            read: Any = cbor2.CBORDecoder(stream).decode()
            same = encoding.encode(read) == content[start : stream.tell()]
            data, kid, signature = read["bundle"], read["kid"], read["sig"]
        except (encoding.NotPlain, cbor2.CBORError, KeyError, TypeError, ValueError, RecursionError) as error:
            raise Refusal("parcels.bad_receipts") from error
        if not same or not (isinstance(data, bytes) and isinstance(kid, str) and isinstance(signature, bytes)):
            raise Refusal("parcels.bad_receipts")
        yield data, kid, signature


def _genuine(signed: tuple[bytes, str, bytes], keys: Mapping[str, bytes]) -> Bundle:
    data, kid, signature = signed
    try:
        Ed25519PublicKey.from_public_bytes(keys[kid]).verify(signature, signed_bytes(data))
        return _bundle(encoding.decode(data))
    except (InvalidSignature, encoding.NotPlain, KeyError, TypeError, ValueError) as error:
        raise Refusal("parcels.bad_receipts") from error


def _bundle(read: Any) -> Bundle:
    if set(read) != {"v", "kit", "made_at", "revoked", "events", "gaps"} or read["v"] != VERSION:
        raise ValueError("not a bundle of this version")
    return Bundle(
        kit=read["kit"], made_at=encoding.instant(read["made_at"]), revoked=bool(read["revoked"]),
        events=tuple(Receipted(*one) for one in read["events"]),
        gaps=tuple((first, last) for first, last in read["gaps"]),
    )  # fmt: skip
