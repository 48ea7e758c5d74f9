"""The demo: SQLite under `SROK_HOME`, its own secrets made on the first start, a clock on stated dates."""

from .base import *
from .base import SQLITE_OPTIONS, SROK_HOME, database
from .secret_files import made

_FOLDER = SROK_HOME / "secrets"
SROK_DEMO = True
SROK_SYNTHETIC_ENTRIES = True
# Shown on the sign-in page and worth nothing elsewhere.
SROK_DEMO_PASSWORD = "srok-demo"
DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
SECRET_KEY = made(_FOLDER, "django").hex()
SROK_DATA_KEY = made(_FOLDER, "data")
SROK_OPENING_KEY = made(_FOLDER, "openings")
SROK_COMMITMENT_KEY = made(_FOLDER, "commitments")
SROK_PSEUDONYM_KEY = made(_FOLDER, "pseudonyms")
# The demo may lose its last second on a power cut; nothing it says is acknowledged to anyone.
SQLITE_OPTIONS["init_command"] = "PRAGMA journal_mode=WAL; PRAGMA foreign_keys=ON; PRAGMA synchronous=NORMAL;"
DATABASES = {"default": database(SROK_HOME / "srok.sqlite3")}
