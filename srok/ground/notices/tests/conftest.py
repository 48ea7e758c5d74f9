"""The offices, Sophea's case and an outbox folder of its own."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from srok.ground.accounts import public as accounts
from srok.ground.accounts.terms import OpenOffice
from srok.ground.kernel.context import Context
from srok.ground.kernel.ids import new_id

AT = datetime(2025, 3, 12, 3, tzinfo=UTC)
SOPHEA = UUID("01958800-0000-7000-8000-000000000001")
REFERENCE = "7K3M-Q2ZX-9PBT"


def acting(actor: str, office: str, at: datetime = AT) -> Context:
    """A context for one command of an officer."""
    return Context(actor, office, frozenset({"approver"}), at, at.date(), new_id(at))


@pytest.fixture
def outbox(settings, tmp_path) -> Path:
    settings.SROK_OUTBOX = tmp_path / "outbox"
    return tmp_path / "outbox"


@pytest.fixture
def offices(db, outbox) -> None:
    for code, km, en, zone, post in (
        ("moi.gdi", "អគ្គនាយកដ្ឋានអត្តសញ្ញាណកម្ម", "General Department of Identification", "Asia/Phnom_Penh", ""),
        ("mfa.was", "ស្ថានទូតកម្ពុជា ទីក្រុងវ៉ាស៊ីនតោន", "Royal Embassy, Washington", "America/New_York", "WAS"),
    ):
        accounts.open_office(OpenOffice(code, km, en, zone, post), ctx=acting("service:tests", "moi.gdi"))


@pytest.fixture
def kunthea(offices) -> Callable[[], Context]:
    """A fresh command of the approver at Interior each time."""
    return lambda: acting("kunthea", "moi.gdi")


@pytest.fixture
def dara(offices) -> Callable[..., Context]:
    """A fresh command of the consular officer in Washington, some days later."""

    def command(days: int = 0) -> Context:
        ctx = acting("dara", "mfa.was", AT + timedelta(days=days))
        return replace(ctx, on=date(2025, 3, 12) + timedelta(days=days))

    return command
