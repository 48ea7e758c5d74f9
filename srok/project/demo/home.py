"""The demo's home: made afresh each time, and never anywhere that holds something else."""

import shutil
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from srok.ground.kernel.refusal import Refusal

MARK = "this-is-a-demo"


def prepare(home: Path) -> None:
    """Empty the home and create its database.

    Raises `faces.not_a_demo_home` when the folder holds anything that an earlier demo did not put there, and wherever
    the settings are not a demo's: its officers and people never enter a real database.
    """
    if not settings.SROK_DEMO:
        raise Refusal("faces.not_a_demo_home", name=home.name)
    settled = home.exists() and any(path.name != "secrets" for path in home.iterdir())
    if settled and not (home / MARK).exists():
        raise Refusal("faces.not_a_demo_home", name=home.name)
    connection.close()
    for path in home.iterdir() if home.exists() else ():
        if path.name == "secrets":
            continue
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    home.mkdir(parents=True, exist_ok=True)
    (home / MARK).touch()
    call_command("migrate", verbosity=0, interactive=False)
