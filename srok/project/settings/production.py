"""Production: PostgreSQL, secrets in files, HTTPS only. A missing secret stops the start and names itself.

`SROK_SECRETS` names the folder of the secrets, `SROK_HOME` that of keys and outgoing messages, `SROK_HOSTS` the host
names (comma between), and the database is reached by the `PG*` variables. `SROK_BEHIND_PROXY=1` where a proxy ends
the HTTPS. The clock is the real one. docs/operators/running.md says it step by step.
"""

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

os.environ["SROK_DATABASE"] = "postgresql"

from .base import *
from .base import database
from .secret_files import required

_MISSING = [name for name in ("SROK_SECRETS", "SROK_HOME", "SROK_HOSTS") if not os.environ.get(name)]
if _MISSING:
    raise ImproperlyConfigured(f"production needs {', '.join(_MISSING)} (docs/operators/running.md)")
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
if os.environ.get("SROK_BEHIND_PROXY") == "1":
    # Believed only where told: the proxy must set this header itself on every request, and drop what came with one.
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SROK_FACE_SEARCH_REQUIRED = True
