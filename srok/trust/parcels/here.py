"""What this machine is, if it is a kit: its warrant, checked, and its signing key."""

from functools import lru_cache
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from django.conf import settings

from srok.ground.kernel.refusal import Refusal
from srok.trust.credentials import public as credentials
from srok.trust.parcels import warrant as warrants
from srok.trust.parcels.terms import KitFacts, Warrant

WARRANT_FILE, KEY_FILE = "kit/warrant.cbor", "kit/key.pem"


def is_kit() -> bool:
    """Whether this program runs in a mission's kit: its home holds a warrant."""
    return (Path(settings.SROK_HOME) / WARRANT_FILE).is_file()


def warrant() -> Warrant:
    """The warrant of this kit, signed by the centre.

    Raises `parcels.not_a_kit`, `parcels.unreadable_warrant`, `parcels.warrant_not_genuine`.
    """
    path = Path(settings.SROK_HOME) / WARRANT_FILE
    try:
        stat = path.stat()
    except FileNotFoundError as error:
        raise Refusal("parcels.not_a_kit") from error
    return _read(path, stat.st_mtime_ns, stat.st_ino, str(settings.SROK_KEYS))


def this_kit() -> KitFacts:
    """What this kit knows of itself; raises as `warrant`."""
    found = warrant()
    return KitFacts(
        kit=found.kit, post=found.post, office=found.office, from_=found.from_, until=found.until, standing="",
        prepared_at=found.prepared_at, officers=found.officers, timezone=found.timezone,
        contact_days=found.contact_days,
    )  # fmt: skip


def sign(data: bytes) -> bytes:
    """Sign with this kit's key; raises `parcels.no_kit_key` where its file is missing or readable by others."""
    path = Path(settings.SROK_HOME) / KEY_FILE
    try:
        stat = path.stat()
    except FileNotFoundError as error:
        raise Refusal("parcels.no_kit_key") from error
    if stat.st_mode & 0o077:
        raise Refusal("parcels.no_kit_key")
    return _key(path, stat.st_mtime_ns, stat.st_ino).sign(data)


@lru_cache(maxsize=4)
def _read(path: Path, changed: int, inode: int, keys: str) -> Warrant:
    data, kid, signature = warrants.from_file(path.read_bytes())
    if not credentials.warrant_is_genuine(warrants.signed_bytes(data), kid, signature):
        raise Refusal("parcels.warrant_not_genuine")
    return warrants.from_bytes(data)


@lru_cache(maxsize=4)
def _key(path: Path, changed: int, inode: int) -> Ed25519PrivateKey:
    key = load_pem_private_key(path.read_bytes(), None)
    if not isinstance(key, Ed25519PrivateKey):
        raise Refusal("parcels.no_kit_key")
    return key
