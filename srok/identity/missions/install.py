"""What happens inside a kit's own folder while it is made: tables, places, the post, its officers, what rooms bring.

It runs as a program of its own with the kit's settings, so everything is sealed with the kit's own secrets and the
centre's never come near it. What the centre hands over arrives on standard input and is not kept as a file.
"""

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from django.core.management import call_command

from srok.ground.accounts import public as accounts
from srok.ground.accounts.terms import AppointOfficer, OpenOffice
from srok.ground.gazetteer import public as gazetteer
from srok.ground.kernel.context import Context
from srok.ground.kernel.ids import ALPHABET, new_id
from srok.trust.parcels import public as parcels

GROUPS: Final = 4
LETTERS: Final = 4
Told = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Issued:
    """An officer of the kit and the passphrase that is told once."""

    username: str
    name_km: str
    name_latin: str
    passphrase: str


def lay(places: Path, ctx: Context, told: Told) -> None:
    """Make the tables of a new kit and load the centre's places of the day from `places` (CSV)."""
    told("tables")
    call_command("migrate", verbosity=0, interactive=False)
    told("places")
    gazetteer.import_file(places, ctx.for_command(new_id(ctx.at)))


def settle(given: Mapping[str, Any], ctx: Context, told: Told) -> list[Issued]:
    """Open the post's office, appoint the warrant's officers, let each room unpack what the centre gave it."""
    told("people")
    accounts.open_office(OpenOffice(**given["office"]), ctx=_fresh(ctx))
    issued = [_appointed(one, given["office"]["code"], ctx) for one in given["officers"]]
    told("packs")
    parcels.unpack(given["packs"], _fresh(ctx))
    return issued


def _appointed(officer: Mapping[str, Any], office: str, ctx: Context) -> Issued:
    """Appoint with a passphrase of the kit's own: nothing of the officer's sign-in at the centre is here."""
    made = passphrase()
    roles: Sequence[str] = officer["roles"]
    appointment = AppointOfficer(
        officer["username"], officer["name_km"], officer["name_latin"], office, tuple(roles), made
    )  # fmt: skip
    accounts.appoint(appointment, ctx=_fresh(ctx))
    return Issued(officer["username"], officer["name_km"], officer["name_latin"], made)


def passphrase() -> str:
    """Sixteen letters and digits that are not mistaken for one another, in four groups: 78 bits of chance."""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(LETTERS)) for _ in range(GROUPS))


def _fresh(ctx: Context) -> Context:
    return ctx.for_command(new_id(ctx.at))
