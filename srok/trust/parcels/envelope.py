"""An event's envelope: numbered, chained, sealed to the centre, signed by the kit (docs/formats/parcel.md).

Pure: keys are handed in. The kit holds the public sealing key only, so what it sealed it cannot read again.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from hashlib import sha256
from typing import Any, Final
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey

from srok.ground.kernel.refusal import Refusal
from srok.trust.credentials.terms import SEALING_SUITE
from srok.trust.parcels import encoding
from srok.trust.parcels.terms import MAX_EVENT_BYTES, VERSION, Content, Event, Header

LABEL: Final = b"srok.parcel/v1\0"
_MLKEM_BYTES: Final = 1_184
_LEAST: Final = 4_096
_CONTENT: Final = {"kind", "id", "actor", "happened_at", "on", "subject", "body", "clock"}

Sign = Callable[[bytes], bytes]
Open = Callable[[str, bytes, bytes], bytes]
"""(seal_kid, sealed, info) -> what was sealed; raises a Refusal."""


def seal(header: Header, content: Content, seal_key: bytes, sign: Sign) -> Event:
    """Seal and sign one event. Raises `parcels.too_large`, `encoding.NotPlain` for a body that cannot travel."""
    inner = _padded(encoding.encode(_content_map(content)))
    if len(inner) > MAX_EVENT_BYTES - 4_096:
        raise Refusal("parcels.too_large", bytes=len(inner), most=MAX_EVENT_BYTES)
    kem = MLKEM768PublicKey.from_public_bytes(seal_key[:_MLKEM_BYTES])
    dh = X25519PublicKey.from_public_bytes(seal_key[_MLKEM_BYTES:])
    suite = hpke.Suite(hpke.KEM.MLKEM768_X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_256_GCM)
    sealed = suite.encrypt(inner, hpke.MLKEM768X25519PublicKey(kem, dh), info_of(header))
    return _event(header, sealed, sign(signed_bytes(header, sealed)))


def info_of(header: Header) -> bytes:
    """What the seal is bound to (the `info` of RFC 9180): the label and the header's one form."""
    return LABEL + encoding.encode(_header_map(header))


def signed_bytes(header: Header, sealed: bytes) -> bytes:
    """What the kit signs: the label, then header and sealed part in one form."""
    return LABEL + encoding.encode({**_header_map(header), "sealed": sealed})


def genuine(event: Event, kit_key: bytes) -> bool:
    """Whether the kit with this public key (Ed25519, 32 bytes) signed this event (RFC 8032)."""
    try:
        Ed25519PublicKey.from_public_bytes(kit_key).verify(event.sig, signed_bytes(event.header, event.sealed))
    except InvalidSignature:
        return False
    return True


def open_event(event: Event, opener: Open) -> Content:
    """What the kit sealed; the signature was checked before. Raises `parcels.unreadable_seal`."""
    if event.header.suite != SEALING_SUITE:
        raise Refusal("parcels.unreadable_seal")
    try:
        return _content(encoding.decode(_unpadded(opener(event.header.seal_kid, event.sealed, info_of(event.header)))))
    except (Refusal, encoding.NotPlain, ValueError, KeyError, TypeError) as error:
        raise Refusal("parcels.unreadable_seal") from error


def event_of(fields: Mapping[str, Any], raw: bytes) -> Event:
    """The event of eight fields that were read strictly (`framing`)."""
    header = Header(fields["kit"], fields["seq"], fields["prev"], fields["suite"], fields["seal_kid"])
    return Event(header, fields["sealed"], fields["sig"], raw, sha256(raw).digest())


def next_header(last: Event | None, kit: str, seal_kid: str) -> Header:
    """The header of the event after `last`; of the first one where there is none."""
    first = Header(kit, 1, bytes(32), SEALING_SUITE, seal_kid)
    return first if last is None else replace(first, seq=last.header.seq + 1, prev=last.digest)


def padded_length(length: int) -> int:
    """Padmé (Nikitin et al., PETS 2019) with a floor of 4 KiB: at most 12 % more, and a size says little."""
    if length <= _LEAST:
        return _LEAST
    exponent = length.bit_length() - 1
    step = 1 << (exponent - exponent.bit_length())
    return (length + step - 1) // step * step


def _padded(inner: bytes) -> bytes:
    marked = inner + b"\x80"
    return marked.ljust(padded_length(len(marked)), b"\0")


def _unpadded(padded: bytes) -> bytes:
    inner = padded.rstrip(b"\0")
    if not inner.endswith(b"\x80") or len(padded) != padded_length(len(inner)):
        raise ValueError("the padding is not in its one form")
    return inner[:-1]


def _header_map(header: Header) -> dict[str, object]:
    return {
        "v": VERSION, "kit": header.kit, "seq": header.seq, "prev": header.prev, "suite": header.suite,
        "seal_kid": header.seal_kid,
    }  # fmt: skip


def _event(header: Header, sealed: bytes, sig: bytes) -> Event:
    raw = encoding.encode({**_header_map(header), "sealed": sealed, "sig": sig})
    return Event(header, sealed, sig, raw, sha256(raw).digest())


def _content_map(content: Content) -> dict[str, object]:
    clock = {
        name: encoding.micros(at)
        for name, at in (("previous", content.previous_at), ("contact", content.contact_at))
        if at is not None
    }
    return {
        "kind": content.kind, "id": content.id.bytes, "actor": content.actor,
        "happened_at": encoding.micros(content.happened_at), "on": content.on.isoformat(),
        "subject": content.subject, "body": content.body, "clock": clock,
    }  # fmt: skip


def _content(read: Any) -> Content:
    if not isinstance(read, dict) or set(read) != _CONTENT or not isinstance(read["body"], dict):
        raise ValueError("not the content of an event")
    if not all(isinstance(read[name], str) for name in ("kind", "actor", "on", "subject")):
        raise ValueError("not the content of an event")
    clock = {name: encoding.instant(value) for name, value in read["clock"].items()}
    return Content(
        kind=read["kind"], id=UUID(bytes=read["id"]), actor=read["actor"], on=date.fromisoformat(read["on"]),
        happened_at=encoding.instant(read["happened_at"]), subject=read["subject"], body=read["body"],
        previous_at=clock.get("previous"), contact_at=clock.get("contact"),
    )  # fmt: skip
