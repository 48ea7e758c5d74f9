"""The centre's own sealing key pair: anybody may seal to it, only the centre opens (design/cards.md section 5).

Hybrid HPKE (RFC 9180, base mode): ML-KEM-768 and X25519 together, HKDF-SHA256, AES-256-GCM, so that what is sealed
today stays shut while either of the two holds. A key pair is one file in the folder `parcels/` (two PKCS#8 blocks,
mode 0600); its public bytes stand in `sealing.json` beside the folders: ML-KEM-768 (1,184 bytes), then X25519 (32).
An old pair stays on file and still opens. The kits of the missions hold the public bytes and nothing else.
"""

import json
from base64 import b64decode, b64encode
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from django.conf import settings

from srok.ground.kernel.refusal import Refusal
from srok.trust.credentials.keys import KID, order_of, replace_file
from srok.trust.credentials.terms import SEALING_SUITE, SealingKey

FOLDER: Final = "parcels"
_END: Final = b"-----END PRIVATE KEY-----\n"


def create(kid: str) -> SealingKey | None:
    """Make this pair where it is missing, and publish its public bytes; None where it is published already.

    The caller is `keyring.alone()`. Stopped between the two, the next call publishes the pair that is on file.
    """
    if kid in {key.kid for key in published()}:
        return None
    path = _path(kid)
    if not path.is_file():
        pair = (MLKEM768PrivateKey.generate(), X25519PrivateKey.generate())
        replace_file(
            path, b"".join(one.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()) for one in pair)
        )
    key = SealingKey(kid, _public_of(*_load(kid)))
    rows = [
        {"kid": one.kid, "suite": SEALING_SUITE, "public": b64encode(one.public).decode()}
        for one in (*published(), key)
    ]
    replace_file(_published_path(), json.dumps({"keys": rows}, indent=1).encode() + b"\n")
    return key


def published() -> tuple[SealingKey, ...]:
    """Every published sealing key, oldest first; empty before the first `create`."""
    try:
        rows = json.loads(_published_path().read_bytes())["keys"]
    except FileNotFoundError:
        return ()
    return tuple(
        sorted((SealingKey(row["kid"], b64decode(row["public"])) for row in rows), key=lambda k: order_of(k.kid))
    )


def newest() -> SealingKey:
    """The key that is sealed to now: the newest published one. Raises `credentials.no_key`."""
    keys = published()
    if not keys:
        raise Refusal("credentials.no_key", purpose=FOLDER, kid="")
    return keys[-1]


def open_sealed(kid: str, sealed: bytes, info: bytes) -> bytes:
    """What was sealed to this key with this `info`; raises `credentials.no_key`, `credentials.unopenable`."""
    kem, dh = _load(kid)
    suite = hpke.Suite(hpke.KEM.MLKEM768_X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_256_GCM)
    try:
        return suite.decrypt(sealed, hpke.MLKEM768X25519PrivateKey(kem, dh), info)
    except (InvalidTag, ValueError) as error:
        raise Refusal("credentials.unopenable", kid=kid) from error


def _load(kid: str) -> tuple[MLKEM768PrivateKey, X25519PrivateKey]:
    path = _path(kid)
    if not KID.fullmatch(kid) or not path.is_file():
        raise Refusal("credentials.no_key", purpose=FOLDER, kid=kid)
    if path.stat().st_mode & 0o077:
        raise Refusal("credentials.key_open", kid=kid)
    first, end, rest = path.read_bytes().partition(_END)
    kem, dh = load_pem_private_key(first + end, None), load_pem_private_key(rest, None)
    if not isinstance(kem, MLKEM768PrivateKey) or not isinstance(dh, X25519PrivateKey):
        raise Refusal("credentials.no_key", purpose=FOLDER, kid=kid)
    return kem, dh


def _public_of(kem: MLKEM768PrivateKey, dh: X25519PrivateKey) -> bytes:
    return kem.public_key().public_bytes_raw() + dh.public_key().public_bytes_raw()


def _path(kid: str) -> Path:
    return Path(settings.SROK_KEYS) / FOLDER / f"{kid}.pem"


def _published_path() -> Path:
    return Path(settings.SROK_KEYS) / "sealing.json"
