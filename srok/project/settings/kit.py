"""A mission's laptop: SQLite in `SROK_HOME`, this machine alone, its own secrets, no keys of the centre.

`srok missions kit prepare` makes the folder; whatever starts with it as `SROK_HOME` uses these settings by itself.
Nothing here opens a connection: parcels leave by `srok parcels export` to a file, or by `srok parcels send` when an
officer says so. docs/operators/kit.md says how the disk is encrypted.
"""

import os

# A shell set up for the centre must not lead a kit to the centre's database.
os.environ.pop("SROK_DATABASE", None)

from srok.project.kit import PAGES, rooms_of_kit

from .base import *
from .base import CONTENT_SECURITY_POLICY, INSTALLED_APPS, MIDDLEWARE, SROK_HOME, database
from .base import ROOMS as EVERY_ROOM
from .secret_files import kept

_FOLDER = SROK_HOME / "secrets"
SROK_KIT = True
SROK_KIT_PAGES = PAGES
# Without an encrypted disk nothing is captured, unless the head of the mission answers for it (docs/operators/kit.md).
SROK_KIT_UNENCRYPTED = os.environ.get("SROK_KIT_UNENCRYPTED") == "accepted"
DEBUG = False
ROOMS = rooms_of_kit(EVERY_ROOM)
INSTALLED_APPS = [name for name in INSTALLED_APPS if name in ROOMS or name not in EVERY_ROOM]
MIDDLEWARE = [*MIDDLEWARE, "srok.project.kit_gate.KitGate"]
TEMPLATES[0]["OPTIONS"]["context_processors"].append("srok.identity.missions.kit_frame.kit")  # type: ignore[index]
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
# A page of the kit reaches nothing but the kit; the camera's picture stays in the page until it is sent there.
CONTENT_SECURITY_POLICY["DIRECTIVES"]["connect-src"] = ["'self'"]
SECRET_KEY = kept(_FOLDER, "django").hex()
SROK_DATA_KEY = kept(_FOLDER, "data")
SROK_OPENING_KEY = kept(_FOLDER, "openings")
SROK_COMMITMENT_KEY = kept(_FOLDER, "commitments")
SROK_PSEUDONYM_KEY = kept(_FOLDER, "pseudonyms")
# What is said to be saved is on the disk (synchronous=FULL of the base): a power cut takes nothing that was told.
DATABASES = {"default": database(SROK_HOME / "srok.sqlite3")}
# Only a kit of a demonstration may live on a stated clock; a real one has the machine's.
if not (SROK_HOME / "kit" / "demo").is_file():
    SROK_CLOCK_STARTS_AT = None
