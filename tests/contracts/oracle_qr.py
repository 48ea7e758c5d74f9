"""Run by the oracles' Python: reads the QR texts on standard input with `claim169` (MOSIP's own) and with `cwt`.

The question is `{"key": public Ed25519 key in hexadecimal, "cose_key": the COSE_Key in hexadecimal, "texts": [...]}`.
"""

import json
import sys
import zlib
from typing import Any

import cbor2
import claim169
import cwt

BASE45 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"


def base45(text: str) -> bytes:
    """RFC 9285, decoded by hand."""
    out = bytearray()
    for start in range(0, len(text), 3):
        values = [BASE45.index(letter) for letter in text[start : start + 3]]
        number = sum(value * 45**place for place, value in enumerate(values))
        out += number.to_bytes(len(values) - 1, "big")
    return bytes(out)


def by_claim169(text: str, key: bytes) -> dict[str, Any]:
    """What MOSIP's reader makes of it, its signature checked."""
    found = claim169.decode_with_ed25519(text, key, validate_timestamps=False)
    return {"id": found.claim169.id, "name": found.claim169.full_name, "birth": found.claim169.date_of_birth,
            "status": str(found.verification_status), "expires": found.cwt_meta.expires_at}  # fmt: skip


def by_cwt(text: str, key: cwt.COSEKey) -> dict[str, Any]:
    """The claims as `cwt` verifies them."""
    payload = cwt.decode(zlib.decompress(base45(text)), key)
    return {"expires": payload[4], "id": payload[169][1], "status": payload.get(65535) is not None}


def main() -> None:
    """Print what each reader found, a pair for each text."""
    asked = json.load(sys.stdin)
    cose = cwt.COSEKey.new(cbor2.loads(bytes.fromhex(asked["cose_key"])))
    found = [[by_claim169(text, bytes.fromhex(asked["key"])), by_cwt(text, cose)] for text in asked["texts"]]
    json.dump(found, sys.stdout)


main()
