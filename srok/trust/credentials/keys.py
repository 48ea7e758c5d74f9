"""The seam behind which keys live: `sign(purpose, kid, bytes)`. Nothing else in the program touches a private
key.

`SoftwareKeys` keeps one folder for each holder. A PKCS#11 token (python-pkcs11) will be another `KeyStore`,
chosen in `store()` by setting; nothing above this module will change.
"""

import os
import re
import secrets
from pathlib import Path
from typing import Final, Protocol

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from django.conf import settings

from srok.ground.kernel.refusal import Refusal
from srok.trust.credentials.terms import Purpose

# Who holds which folder: in production these are different machines or tokens.
FOLDERS: Final = {
    Purpose.MFA_ORDER: "offices/mfa",
    Purpose.MOI_ORDER: "offices/moi",
    Purpose.CARD: "card",
    Purpose.ANSWER: "answers",
    Purpose.WARRANT: "warrants",
    Purpose.RECEIPT: "receipts",
    Purpose.LOG: "log",
}
KID: Final = re.compile(r"(?P<purpose>[a-z]+)-(?P<year>[0-9]{4})-(?P<serial>[0-9]{1,4})")


class KeyStore(Protocol):
    """Where keys live and sign."""

    def kids(self, purpose: Purpose) -> tuple[str, ...]:
        """The keys of this purpose, oldest first."""

    def prepare(self, purpose: Purpose, kid: str, known: bytes | None = None) -> bytes:
        """Make a key that does not sign yet, and return its 32 public bytes.

        One prepared before is kept where its public bytes are `known`, and thrown away otherwise.
        """

    def activate(self, purpose: Purpose, kid: str) -> None:
        """Let the prepared key sign; raises `credentials.key_exists`, and never overwrites."""

    def public(self, purpose: Purpose, kid: str) -> bytes:
        """The 32 public bytes; raises `credentials.no_key`."""

    def sign(self, purpose: Purpose, kid: str, data: bytes) -> bytes:
        """An Ed25519 signature of 64 bytes; raises `credentials.no_key`."""


class SoftwareKeys:
    """Ed25519 keys as PKCS#8 files, mode 0600, readable by nobody but their holder."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def kids(self, purpose: Purpose) -> tuple[str, ...]:
        """The keys of this purpose, oldest first."""
        found = [path.stem for path in self._folder(purpose).glob("*.pem") if KID.fullmatch(path.stem)]
        return tuple(sorted(found, key=order_of))

    def prepare(self, purpose: Purpose, kid: str, known: bytes | None = None) -> bytes:
        """Make a key that does not sign yet: a hidden file beside the keys; return its 32 public bytes."""
        path = self._prepared(purpose, kid)
        if known is not None and path.is_file() and _load(path, purpose, kid).public_key().public_bytes_raw() == known:
            return known
        key = Ed25519PrivateKey.generate()
        replace_file(path, key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        return key.public_key().public_bytes_raw()

    def activate(self, purpose: Purpose, kid: str) -> None:
        """Let the prepared key sign, in one step; raises `credentials.key_exists`, and never overwrites.

        The caller is `keyring.alone()`: between the look and the step nobody else makes keys.
        """
        prepared, path = self._prepared(purpose, kid), self._folder(purpose) / f"{kid}.pem"
        if path.exists():
            prepared.unlink()
            raise Refusal("credentials.key_exists", kid=kid)
        prepared.rename(path)

    def public(self, purpose: Purpose, kid: str) -> bytes:
        """The 32 public bytes; raises `credentials.no_key`."""
        return self._key(purpose, kid).public_key().public_bytes_raw()

    def sign(self, purpose: Purpose, kid: str, data: bytes) -> bytes:
        """An Ed25519 signature of 64 bytes; raises `credentials.no_key`."""
        return self._key(purpose, kid).sign(data)

    def _folder(self, purpose: Purpose) -> Path:
        return self.root / FOLDERS[purpose]

    def _prepared(self, purpose: Purpose, kid: str) -> Path:
        return self._folder(purpose) / f".{kid}.prepared"

    def _key(self, purpose: Purpose, kid: str) -> Ed25519PrivateKey:
        path = self._folder(purpose) / f"{kid}.pem"
        if not KID.fullmatch(kid) or not path.is_file():
            raise Refusal("credentials.no_key", purpose=str(purpose), kid=kid)
        return _load(path, purpose, kid)


def _load(path: Path, purpose: Purpose, kid: str) -> Ed25519PrivateKey:
    if path.stat().st_mode & 0o077:
        raise Refusal("credentials.key_open", kid=kid)
    key = load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise Refusal("credentials.no_key", purpose=str(purpose), kid=kid)
    return key


def store() -> KeyStore:
    """The key store of this installation; the place where a PKCS#11 store will be chosen."""
    return SoftwareKeys(Path(settings.SROK_KEYS))


def sign(purpose: Purpose, kid: str, data: bytes) -> bytes:
    """Sign with a key of this purpose: the seam. Raises `credentials.no_key`."""
    return store().sign(purpose, kid, data)


def newest(purpose: Purpose) -> str:
    """The key that signs now: the newest one. Raises `credentials.no_key`."""
    kids = store().kids(purpose)
    if not kids:
        raise Refusal("credentials.no_key", purpose=str(purpose), kid="")
    return kids[-1]


def order_of(kid: str) -> tuple[int, int]:
    """Year and serial of a kid such as `card-2025-1`."""
    found = KID.fullmatch(kid)
    if found is None:
        raise Refusal("credentials.no_key", purpose="", kid=kid)
    return int(found["year"]), int(found["serial"])


def replace_file(path: Path, data: bytes) -> None:
    """Put a file in place of the old one in one step: readers see the old or the new one, never a half."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    _written_beside(path, data).replace(path)


def _written_beside(path: Path, data: bytes) -> Path:
    beside = path.with_name(f".{path.name}.{secrets.token_hex(6)}")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as opened:
        opened.write(data)
        opened.flush()
        os.fsync(descriptor)
    return beside
