"""Accounts: roles stay inside their ministry, the civil date is that of the office, sign-in opens the desk."""

from datetime import UTC, date, datetime

import pytest

from srok.ground.accounts import public as accounts
from srok.ground.accounts.rules import check_appointment
from srok.ground.accounts.terms import MAY_HOLD, AppointOfficer, Ministry, OpenOffice, Role
from srok.ground.kernel.ids import new_id
from srok.ground.kernel.refusal import Refusal

AT = datetime(2025, 2, 4, 1, tzinfo=UTC)  # 3 February, eight in the evening, in Washington


@pytest.fixture
def offices(db):
    ctx = accounts.service_context("tests", "moi.gdi", at=AT, trace=new_id(AT))
    posts = [("mfa.was", "America/New_York", "WAS"), ("moi.gdi", "Asia/Phnom_Penh", "")]
    for code, zone, post in posts:
        command = OpenOffice(code, "ការិយាល័យ", code, zone, post)
        accounts.open_office(command, ctx=ctx.for_command(new_id(AT)))
    dara = AppointOfficer("dara", "ដារ៉ា", "Dara", "mfa.was", ("consular_officer", "card_officer"), "let me in")
    accounts.appoint(dara, ctx=ctx.for_command(new_id(AT)))
    return ctx


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("ministry", list(Ministry))
def test_a_role_belongs_to_its_ministry(role, ministry):
    command = AppointOfficer("rith", "រិទ្ធ", "Rith", f"{ministry.value}.x", (role.value,))
    if ministry in MAY_HOLD[role]:
        check_appointment(command)
    else:
        with pytest.raises(Refusal, match=r"accounts\.foreign_role"):
            check_appointment(command)


def test_neither_ministry_holds_the_whole_chain():
    for ministry in (Ministry.FOREIGN_AFFAIRS, Ministry.INTERIOR):
        held = {role for role in Role if ministry in MAY_HOLD[role]}
        assert not {Role.EXAMINER, Role.APPROVER} <= held


def test_the_civil_date_is_that_of_the_office(offices):
    ctx = accounts.context_for("dara", at=AT, trace=new_id(AT))
    assert ctx.on == date(2025, 2, 3)
    assert ctx.ministry == "mfa"
    with pytest.raises(Refusal, match=r"accounts\.unknown_officer"):
        accounts.context_for("rith", at=AT, trace=new_id(AT))


def test_nobody_is_appointed_twice(offices):
    again = AppointOfficer("dara", "ដារ៉ា", "Dara", "moi.gdi", ("approver",))
    with pytest.raises(Refusal, match=r"accounts\.already_appointed"):
        accounts.appoint(again, ctx=offices.for_command(new_id(AT)))


@pytest.mark.parametrize("language", ["km", "en"])
def test_sign_in_and_out(offices, client, language):
    client.cookies["django_language"] = language
    wrong = client.post("/accounts/sign-in", {"username": "dara", "password": "guess"})
    assert wrong.status_code == 400
    right = client.post("/accounts/sign-in", {"username": "dara", "password": "let me in", "next": "https://evil/"})
    assert right.status_code == 302
    assert "evil" not in right["Location"]
    assert "_auth_user_id" in client.session
    client.post("/accounts/sign-out")
    assert "_auth_user_id" not in client.session
