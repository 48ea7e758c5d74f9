"""Public keys on file: what is published to everybody, and which office keys the card signer trusts.

`published.json` lies beside the folders of keys and only ever grows: a retired key stays until its last
document expires. `card/anchors.json` lies in the card signer's own folder and not in the database, so that
nobody who can only write tables can name a new office key.
"""

import fcntl
import json
import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import cbor2
from django.conf import settings

from srok.trust.credentials.keys import FOLDERS, order_of, replace_file
from srok.trust.credentials.terms import ORDER_PURPOSES, PublicKey, PublishedKeys, Purpose

# RFC 9053 table 20 and RFC 9052 table 4: kty OKP, crv Ed25519, alg EdDSA.
_KTY, _KID, _ALG, _CRV, _X = 1, 2, 3, -1, -2
_OKP: Final = 1
_ED25519: Final = 6
_EDDSA: Final = -8


@contextmanager
def alone() -> Iterator[None]:
    """One process at a time makes keys; another waits here. The lock ends with its holder."""
    folder = Path(settings.SROK_KEYS)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def published() -> tuple[PublicKey, ...]:
    """Every published key, oldest first within its purpose; empty before `create_keys`."""
    return tuple(_key(row) for row in _rows(_published_path()))


def find(purpose: Purpose, kid: str) -> PublicKey | None:
    """The published key of this purpose and kid, or None."""
    return next((key for key in published() if key.kid == kid and key.purpose is purpose), None)


def publish(keys: list[PublicKey]) -> None:
    """Add keys that are not published yet; what is published is never changed or taken away."""
    known = {(key.purpose, key.kid) for key in published()}
    new = [key for key in keys if (key.purpose, key.kid) not in known]
    if new:
        _write(_published_path(), [*published(), *new])


def anchors() -> dict[str, dict[str, bytes]]:
    """The office keys that the card signer trusts, by ministry and kid."""
    found: dict[str, dict[str, bytes]] = {ministry: {} for ministry in ORDER_PURPOSES}
    for row in _rows(_anchors_path()):
        key = _key(row)
        found[str(key.purpose)][key.kid] = key.raw
    return found


def trust(keys: list[PublicKey]) -> None:
    """Add office keys to the anchors; a kid that is already trusted keeps its key."""
    rows = [_key(row) for row in _rows(_anchors_path())]
    known = {(key.purpose, key.kid) for key in rows}
    new = [key for key in keys if (key.purpose, key.kid) not in known]
    if new:
        _write(_anchors_path(), [*rows, *new])


def as_publication(keys: tuple[PublicKey, ...]) -> PublishedKeys:
    """The JWKS and the COSE key set of these keys."""
    ordered = sorted(keys, key=lambda key: (str(key.purpose), *order_of(key.kid)))
    cose = [{_KTY: _OKP, _KID: key.kid.encode(), _ALG: _EDDSA, _CRV: _ED25519, _X: key.raw} for key in ordered]
    return PublishedKeys({"keys": [_jwk(key) for key in ordered]}, cbor2.dumps(cose, canonical=True))


def _jwk(key: PublicKey) -> dict[str, str]:
    """RFC 8037; `purpose` is a member of our own, which readers that do not know it ignore."""
    return {
        "kty": "OKP", "crv": "Ed25519", "alg": "EdDSA", "use": "sig", "kid": key.kid,
        "x": _encoded(key.raw), "purpose": str(key.purpose),
    }  # fmt: skip


def _published_path() -> Path:
    return Path(settings.SROK_KEYS) / "published.json"


def _anchors_path() -> Path:
    return Path(settings.SROK_KEYS) / FOLDERS[Purpose.CARD] / "anchors.json"


def _rows(path: Path) -> tuple[dict[str, Any], ...]:
    try:
        stat = path.stat()
    except FileNotFoundError:
        return ()
    return _read(path, stat.st_mtime_ns, stat.st_ino)


@lru_cache(maxsize=8)
def _read(path: Path, changed: int, inode: int) -> tuple[dict[str, Any], ...]:
    return tuple(json.loads(path.read_bytes())["keys"])


def _key(row: dict[str, Any]) -> PublicKey:
    raw = urlsafe_b64decode(row["x"] + "=")
    return PublicKey(kid=row["kid"], purpose=Purpose(row["purpose"]), raw=raw)


def _write(path: Path, keys: list[PublicKey]) -> None:
    replace_file(path, json.dumps({"keys": [_jwk(key) for key in keys]}, indent=1).encode() + b"\n")


def _encoded(raw: bytes) -> str:
    return urlsafe_b64encode(raw).decode().rstrip("=")
