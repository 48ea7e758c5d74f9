"""Production: PostgreSQL, secrets in files, HTTPS only. A missing secret stops the start and names itself.

`SROK_SECRETS` names the folder of the secrets, `SROK_HOSTS` the host names (comma between), and the database is
reached by the `PG*` variables. The clock is the real one.
"""

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

os.environ["SROK_DATABASE"] = "postgresql"

from .base import *
from .base import database
from .secret_files import required

if "SROK_SECRETS" not in os.environ or "SROK_HOSTS" not in os.environ:
    raise ImproperlyConfigured("production needs SROK_SECRETS (a folder) and SROK_HOSTS (host names)")
_FOLDER = Path(os.environ["SROK_SECRETS"])
ALLOWED_HOSTS = os.environ["SROK_HOSTS"].split(",")
SECRET_KEY = required(_FOLDER, "django").hex()
SROK_DATA_KEY = required(_FOLDER, "data")
SROK_OPENING_KEY = required(_FOLDER, "openings")
SROK_COMMITMENT_KEY = required(_FOLDER, "commitments")
SROK_PSEUDONYM_KEY = required(_FOLDER, "pseudonyms")
DATABASES = {"default": database(Path())}
SROK_CLOCK_STARTS_AT = None
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
