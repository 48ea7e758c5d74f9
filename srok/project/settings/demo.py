"""The demo: SQLite under `SROK_HOME`, its own secrets made on the first start, a clock that stands on stated dates."""

import secrets

from .base import *
from .base import SQLITE_OPTIONS, SROK_HOME, database


def _secret(name: str) -> bytes:
    """The secret of this home, made on first use with mode 0600 (never a constant in the code)."""
    path = SROK_HOME / "secrets" / name
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.write_bytes(secrets.token_bytes(32))
        path.chmod(0o600)
    return path.read_bytes()


SROK_DEMO = True
DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
SECRET_KEY = _secret("django").hex()
SROK_DATA_KEY = _secret("data")
SROK_OPENING_KEY = _secret("openings")
SROK_COMMITMENT_KEY = _secret("commitments")
SROK_PSEUDONYM_KEY = _secret("pseudonyms")
# The demo may lose its last second on a power cut; nothing it says is acknowledged to anyone.
SQLITE_OPTIONS["init_command"] = "PRAGMA journal_mode=WAL; PRAGMA foreign_keys=ON; PRAGMA synchronous=NORMAL;"
DATABASES = {"default": database(SROK_HOME / "srok.sqlite3")}
