"""The warrant of a kit as bytes: one form, signed by the centre's warrant key (docs/formats/parcel.md)."""

from datetime import date
from typing import Any, Final

from srok.ground.kernel.refusal import Refusal
from srok.trust.credentials.terms import SEALING_SUITE
from srok.trust.parcels import encoding
from srok.trust.parcels.terms import VERSION, Warrant, WarrantOfficer

LABEL: Final = b"srok.warrant/v1\0"
_FIELDS: Final = {
    "v", "kit", "post", "office", "officers", "from", "until", "timezone", "contact_days", "kit_key", "suite",
    "seal_kid", "seal_key", "receipt_keys", "references", "prepared_at", "law_digest", "gazetteer_digest",
}  # fmt: skip


def to_bytes(warrant: Warrant) -> bytes:
    """The one form of a warrant."""
    return encoding.encode(
        {
            "v": VERSION, "kit": warrant.kit, "post": warrant.post, "office": warrant.office,
            "officers": [
                {"username": one.username, "name_km": one.name_km, "name_latin": one.name_latin, "roles": one.roles}
                for one in warrant.officers
            ],
            "from": warrant.from_.isoformat(), "until": warrant.until.isoformat(), "timezone": warrant.timezone,
            "contact_days": warrant.contact_days, "kit_key": warrant.kit_key, "suite": SEALING_SUITE,
            "seal_kid": warrant.seal_kid, "seal_key": warrant.seal_key, "receipt_keys": warrant.receipt_keys,
            "references": warrant.references, "prepared_at": encoding.micros(warrant.prepared_at),
            "law_digest": warrant.law_digest, "gazetteer_digest": warrant.gazetteer_digest,
        }
    )  # fmt: skip


def from_bytes(data: bytes) -> Warrant:
    """The warrant of these bytes; raises `parcels.unreadable_warrant`."""
    try:
        return _warrant(encoding.decode(data))
    except (encoding.NotPlain, KeyError, TypeError, ValueError) as error:
        raise Refusal("parcels.unreadable_warrant") from error


def signed_bytes(data: bytes) -> bytes:
    """What the warrant key signs."""
    return LABEL + data


def to_file(data: bytes, kid: str, signature: bytes) -> bytes:
    """The file `kit/warrant.cbor`: the warrant's bytes, and who signed them."""
    return encoding.encode({"warrant": data, "kid": kid, "sig": signature})


def from_file(content: bytes) -> tuple[bytes, str, bytes]:
    """The warrant's bytes, the kid and the signature of a file; raises `parcels.unreadable_warrant`."""
    try:
        read = encoding.decode(content)
        data, kid, signature = read["warrant"], read["kid"], read["sig"]
    except (encoding.NotPlain, KeyError, TypeError) as error:
        raise Refusal("parcels.unreadable_warrant") from error
    if not (isinstance(data, bytes) and isinstance(kid, str) and isinstance(signature, bytes)):
        raise Refusal("parcels.unreadable_warrant")
    return data, kid, signature


def _warrant(read: Any) -> Warrant:
    if not isinstance(read, dict) or set(read) != _FIELDS or read["v"] != VERSION or read["suite"] != SEALING_SUITE:
        raise ValueError("not a warrant of this version")
    return Warrant(
        kit=read["kit"], post=read["post"], office=read["office"],
        officers=tuple(
            WarrantOfficer(one["username"], one["name_km"], one["name_latin"], tuple(one["roles"]))
            for one in read["officers"]
        ),
        from_=date.fromisoformat(read["from"]), until=date.fromisoformat(read["until"]), timezone=read["timezone"],
        contact_days=read["contact_days"], kit_key=read["kit_key"], seal_kid=read["seal_kid"],
        seal_key=read["seal_key"], receipt_keys=read["receipt_keys"], references=tuple(read["references"]),
        prepared_at=encoding.instant(read["prepared_at"]), law_digest=read["law_digest"],
        gazetteer_digest=read["gazetteer_digest"],
    )  # fmt: skip
