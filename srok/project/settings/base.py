"""Settings that every way of running Srok shares; the other files say only what differs.

Data live in `SROK_HOME` (default `var/demo` of the project). Nothing here reads the network.
"""

import os
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[3]
SROK_HOME = Path(os.environ.get("SROK_HOME", PROJECT / "var" / "demo"))
SROK_KEYS = SROK_HOME / "keys"
SROK_OUTBOX = SROK_HOME / "outbox"
# The published logs, which any web server may serve as they lie.
SROK_OPENLOG = SROK_HOME / "openlog"
# Whose cosignatures the logs ask for (docs/openlog.md); without this file, nobody's.
SROK_OPENLOG_POLICY = SROK_HOME / "openlog.policy"

# Rooms in the order of house.md section 2, lowest first; a room that does not exist yet is not listed.
ROOMS = [
    "srok.ground.journal",
    "srok.ground.faces",
    "srok.ground.accounts",
    "srok.ground.law",
    "srok.ground.gazetteer",
    "srok.ground.paper",
    "srok.ground.notices",
    "srok.trust.credentials",
    "srok.trust.parcels",
    "srok.trust.openlog",
    "srok.trust.verification",
    "srok.identity.register",
    "srok.identity.biometrics",
    "srok.identity.missions",
    "srok.identity.matching",
    "srok.identity.cards",
    "srok.identity.cases",
    "srok.vote.roll",
    "srok.web",
]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "axes",
    *ROOMS,
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "srok.ground.faces.gate.Gate",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "srok.project.urls"
WSGI_APPLICATION = "srok.project.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "accounts.Officer"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
LOGIN_URL = "accounts:sign_in"
LOGIN_REDIRECT_URL = "web:home"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "srok.ground.faces.frame.frame",
            ],
        },
    }
]

# Khmer first: without a choice the pages speak Khmer.
LANGUAGE_CODE = "km"
LANGUAGES = [("km", "ខ្មែរ"), ("en", "English")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Phnom_Penh"

STATIC_URL = "/static/"
# The vendored files are served from the rooms themselves: nothing to collect, nothing to go stale.
STATIC_ROOT = None
WHITENOISE_USE_FINDERS = True
SESSION_COOKIE_HTTPONLY = True
# A desk is left at the end of a day: no session outlives it, nor the browser.
SESSION_COOKIE_AGE = 10 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SAMESITE = "Lax"
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "form-action": ["'self'"],
    }
}
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_VERBOSE = False
AXES_LOCKOUT_TEMPLATE = "accounts/locked_out.html"
DATA_UPLOAD_MAX_MEMORY_SIZE = 30 * 1024 * 1024
# No request is larger than this, its files included: more is refused before anything of it lies on disk.
SROK_MAX_BODY = 40 * 1024 * 1024
# Questions about cards that one officer may ask in a day: enough for a desk, too few to go through a population.
SROK_QUESTIONS_PER_DAY = 500

SQLITE_OPTIONS = {
    # Deferred transactions failed 72 % of writes with four writers; IMMEDIATE failed none (design/stack.md).
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA foreign_keys=ON; PRAGMA synchronous=FULL;",
}


def database(name: Path) -> dict[str, object]:
    """The database of this run: PostgreSQL where `SROK_DATABASE` says so (service name), SQLite at `name` otherwise."""
    if os.environ.get("SROK_DATABASE") == "postgresql":
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": os.environ.get("PGDATABASE", "srok"),
            "USER": os.environ.get("PGUSER", "srok"),
            "HOST": os.environ.get("PGHOST", ""),
            "PORT": os.environ.get("PGPORT", ""),
            "PASSWORD": os.environ.get("PGPASSWORD", ""),
        }
    return {"ENGINE": "django.db.backends.sqlite3", "NAME": name, "OPTIONS": SQLITE_OPTIONS}


DATABASES = {"default": database(SROK_HOME / "srok.sqlite3")}
# The civil clock of the pages: None is the real one; the demo sets an instant from which its pages tick.
SROK_CLOCK_STARTS_AT: str | None = os.environ.get("SROK_CLOCK_STARTS_AT") or None
SROK_DEMO = False
# A mission's laptop (settings/kit.py): its pages, its verbs, and whether somebody answers for an open disk.
SROK_KIT = False
SROK_KIT_PAGES: dict[str, frozenset[str]] = {}
SROK_KIT_UNENCRYPTED = False
# Whether made-up entries may be added to the public logs: in trials only.
SROK_SYNTHETIC_ENTRIES = False
SROK_DEMO_PASSWORD = ""
# Faces stand below accounts; these name the functions that make the context of a request, and of an officer's verb.
SROK_CONTEXT_MAKER = "srok.ground.accounts.public.context_of_request"
SROK_OFFICER_CONTEXT = "srok.ground.accounts.public.context_for"
