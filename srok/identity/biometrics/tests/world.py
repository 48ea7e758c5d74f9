"""The small world of these tests: the post in Washington with Dara and Sreymom, and Rith with no right to anything."""

from datetime import UTC, datetime, timedelta

from django.contrib.auth import get_user_model
from django.test import Client

from srok.ground.accounts import public as accounts
from srok.ground.accounts.terms import AppointOfficer, OpenOffice
from srok.ground.kernel.context import Context
from srok.ground.kernel.ids import new_id

AT = datetime(2025, 1, 20, 15, tzinfo=UTC)
OFFICERS = {
    "dara": ("mfa.was", ("consular_officer",)),
    "sreymom": ("mfa.was", ("consular_officer", "mission_head")),
    "sovann": ("mfa.sel", ("consular_officer", "mission_head")),
    "rith": ("nec.roll", ("roll_officer",)),
}


def settle() -> None:
    """Open the offices and appoint the cast."""
    for code, zone, post in (("mfa.was", "America/New_York", "WAS"), ("mfa.sel", "Asia/Seoul", "SEL"),
                             ("nec.roll", "Asia/Phnom_Penh", "")):  # fmt: skip
        accounts.open_office(OpenOffice(code, f"ការិយាល័យ {code}", code, zone, post), ctx=_setup())
    for name, (office, roles) in OFFICERS.items():
        accounts.appoint(AppointOfficer(name, f"មន្ត្រី {name}", name.title(), office, roles), ctx=_setup())


def _setup() -> Context:
    return Context("setup", "moi.gdi", frozenset(), AT, AT.date(), new_id(AT))


def acting(name: str = "dara", minutes: int = 0) -> Context:
    """The context of a fresh command of this officer, some minutes after the start."""
    at = AT + timedelta(minutes=minutes)
    return accounts.context_for(name, at=at, trace=new_id(at))


def signed_in(name: str = "dara", language: str = "en") -> Client:
    """A browser in which this officer is signed in."""
    client = Client()
    officer = get_user_model().objects.get(username=name)
    client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
    client.cookies["django_language"] = language
    return client
