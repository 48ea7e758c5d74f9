"""Where a sign-in leads: to one of our own pages, whatever the address asked for."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from srok.ground.accounts import public as accounts
from srok.ground.accounts.terms import AppointOfficer, OpenOffice
from srok.ground.kernel.context import Context
from srok.ground.kernel.ids import new_id

AT = datetime(2025, 3, 3, 3, tzinfo=UTC)
ELSEWHERE = (
    "foo", "web:home", "//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)",
    "\t//evil.example", "http:evil.example",
)  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize(("wanted", "to"), [*((one, "/") for one in ELSEWHERE), ("/rules?a=b", "/rules?a=b")])
def test_a_sign_in_leads_to_our_own_pages_only(wanted: str, to: str) -> None:
    setup = Context("setup", "moi.gdi", frozenset(), AT, AT.date(), new_id(AT))
    accounts.open_office(OpenOffice("moi.gdi", "អគ្គនាយកដ្ឋាន", "General Department"), ctx=setup)
    command = AppointOfficer("vuthy", "វុទ្ធី", "Vuthy", "moi.gdi", ("identification_officer",), "only for tests")
    accounts.appoint(command, ctx=setup.for_command(new_id(AT)))
    given = {"username": "vuthy", "password": "only for tests", "next": wanted}
    answer = Client().post("/accounts/sign-in", given)
    assert (answer.status_code, answer["Location"]) == (302, to)
