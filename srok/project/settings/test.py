"""The checks: a throw-away home, fixed secrets, both databases (`SROK_TEST_DB=postgresql`)."""

import os
import tempfile
from pathlib import Path

from .base import *
from .base import database

if os.environ.get("SROK_TEST_DB") == "postgresql":
    os.environ["SROK_DATABASE"] = "postgresql"

SROK_HOME = Path(os.environ.get("SROK_TEST_HOME") or tempfile.mkdtemp(prefix="srok-test-"))
SROK_KEYS = SROK_HOME / "keys"
SROK_OUTBOX = SROK_HOME / "outbox"
SROK_OPENLOG = SROK_HOME / "openlog"
SROK_OPENLOG_POLICY = SROK_HOME / "openlog.policy"
SECRET_KEY = "test only"
SROK_SYNTHETIC_ENTRIES = True
SROK_DATA_KEY = b"d" * 32
SROK_OPENING_KEY = b"o" * 32
SROK_COMMITMENT_KEY = b"c" * 32
SROK_PSEUDONYM_KEY = b"p" * 32
ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
DATABASES = {"default": database(SROK_HOME / "srok.sqlite3")}
