"""The keys of the public logs: Ed25519 with ML-DSA-44 (FIPS 204) beside it, a pair for each log.

They lie under `log/LOG/` of the key store as PKCS#8 files, mode 0600. A log's key is its identity: it is made once,
never by year, and never anew. Beside each pair lies `high-water.json`, the largest tree it has signed, so that a
restored older database cannot make it sign a smaller or another one.
"""

import json
import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key
from django.conf import settings

from srok.ground.kernel.refusal import Refusal
from srok.trust.credentials import keyring
from srok.trust.credentials.keys import FOLDERS, replace_file
from srok.trust.credentials.terms import Purpose

_NAME: Final = re.compile(r"[a-z][a-z0-9-]{0,30}", re.ASCII)
_KINDS: Final[dict[str, Any]] = {"ed25519": Ed25519PrivateKey, "mldsa44": MLDSA44PrivateKey}


@dataclass(frozen=True, slots=True)
class LogKeys:
    """The public keys of a log (32 and 1,312 raw bytes), and what signs with each."""

    ed25519: bytes
    mldsa44: bytes
    sign_ed25519: Callable[[bytes], bytes]
    sign_mldsa44: Callable[[bytes], bytes]


def log_keys(log: str) -> LogKeys | None:
    """The keys of this log, or None where there are none at all.

    Raises `credentials.no_key` where only one of the pair is here or a file is no such key, `credentials.key_open`
    where others can read it.
    """
    paths = {kind: _folder(log) / f"{kind}.pem" for kind in _KINDS}
    if not any(path.exists() for path in paths.values()):
        return None
    keys = {kind: _load(path, log, kind) for kind, path in paths.items()}
    publics = {kind: key.public_key().public_bytes_raw() for kind, key in keys.items()}
    return LogKeys(publics["ed25519"], publics["mldsa44"], keys["ed25519"].sign, keys["mldsa44"].sign)


def create_log_keys(log: str) -> LogKeys:
    """Make the pair of a log that has none and has never signed; one half made before is kept.

    Raises `credentials.key_exists` where the log has signed already: its key is lost, and a new one would be another
    log.
    """
    with keyring.alone():
        if high_water(log) is not None:
            raise Refusal("credentials.key_exists", kid=f"log/{log}")
        for kind, maker in _KINDS.items():
            path = _folder(log) / f"{kind}.pem"
            if not path.exists():
                key = maker.generate()
                replace_file(path, key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    found = log_keys(log)
    assert found is not None
    return found


def high_water(log: str) -> tuple[int, bytes] | None:
    """Size and root of the largest tree that this key was about to sign, or None before the first.

    Raises `credentials.no_key` where the file is there and cannot be read: it is not guessed at.
    """
    try:
        read = json.loads(_mark(log).read_bytes())
        return int(read["size"]), bytes.fromhex(read["root"])
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError, OSError) as error:
        raise Refusal("credentials.no_key", purpose=str(Purpose.LOG), kid=f"{log}/high-water") from error


def raise_high_water(log: str, size: int, root: bytes) -> None:
    """Write down, durably and in one step, what is about to be signed; it never goes down.

    Raises `credentials.key_exists` for a smaller size, or the same with another root.
    """
    known = high_water(log)
    if known is not None and (size < known[0] or (size == known[0] and root != known[1])):
        raise Refusal("credentials.key_exists", kid=f"log/{log}")
    if known is None or known[0] < size:
        replace_file(_mark(log), json.dumps({"v": 1, "size": size, "root": root.hex()}).encode() + b"\n")
        _sync_folder(_folder(log))


def _folder(log: str) -> Path:
    if not _NAME.fullmatch(log):
        raise Refusal("credentials.no_key", purpose=str(Purpose.LOG), kid=log[:40])
    return Path(settings.SROK_KEYS) / FOLDERS[Purpose.LOG] / log


def _mark(log: str) -> Path:
    return _folder(log) / "high-water.json"


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _load(path: Path, log: str, kind: str) -> Any:
    if not path.is_file():
        raise Refusal("credentials.no_key", purpose=str(Purpose.LOG), kid=f"{log}/{kind}")
    if path.stat().st_mode & 0o077:
        raise Refusal("credentials.key_open", kid=f"{log}/{kind}")
    try:
        key = load_pem_private_key(path.read_bytes(), password=None)
    except ValueError as error:
        raise Refusal("credentials.no_key", purpose=str(Purpose.LOG), kid=f"{log}/{kind}") from error
    if not isinstance(key, _KINDS[kind]):
        raise Refusal("credentials.no_key", purpose=str(Purpose.LOG), kid=f"{log}/{kind}")
    return key
