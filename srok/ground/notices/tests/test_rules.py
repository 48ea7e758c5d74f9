"""What may be kept and sent; when a message is tried again."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from srok.ground.kernel.refusal import Refusal
from srok.ground.law import public as law
from srok.ground.notices import rules
from srok.ground.notices.terms import OutboxState, SendNotice, SetContact

SUBJECT = UUID(int=1)
LAW = law.as_of(date(2025, 3, 12))
AT = datetime(2025, 3, 12, tzinfo=UTC)


def refused(code: str, field: str, check, *args) -> None:
    with pytest.raises(Refusal) as raised:
        check(*args)
    assert (raised.value.code, raised.value.field) == (code, field)


@pytest.mark.parametrize(
    ("changed", "code", "field"),
    [
        ({"channel": "pigeon"}, "notices.unknown_value", "channel"),
        ({"language": "xx"}, "notices.unknown_value", "language"),
        ({"email": "sophea"}, "notices.bad_email", "email"),
        ({"email": "a@b.c, d@e.fr"}, "notices.bad_email", "email"),
        ({"phone": "ring me"}, "notices.bad_phone", "phone"),
        ({"postal": "x" * 401}, "notices.postal_too_long", "postal"),
        ({"channel": "email"}, "notices.no_address", "email"),
        ({"channel": "sms"}, "notices.no_address", "phone"),
    ],
)
def test_contact_is_refused_by_field(changed, code, field):
    refused(code, field, rules.check_contact, SetContact(SUBJECT, **changed))


def test_a_letter_needs_no_address():
    rules.check_contact(SetContact(SUBJECT))
    rules.check_contact(SetContact(SUBJECT, "fr", "email", email="sophea@example.org", phone="+1 (202) 555-0100"))


def notice(**changed) -> SendNotice:
    return SendNotice(**{"subject": SUBJECT, "reference": "7K3M", "kind": "refused", **changed})


def test_a_refusal_needs_reasons_with_a_source():
    refused("notices.no_reason", "reasons", rules.check_notice, notice(), LAW)
    refused("notices.reason_without_source", "reasons", rules.check_notice, notice(reasons=("cases.mood",)), LAW)
    rules.check_notice(notice(reasons=("cases.under_age",)), LAW)
    refused("notices.unknown_value", "kind", rules.check_notice, notice(kind="greeting"), LAW)


@pytest.mark.parametrize("value", ["សុខ សុភា", "SOK SOPHEA", "Sok,Sophea", "a\nb", "x" * 121])
def test_a_name_is_no_code(value):
    refused("notices.not_a_code", "who", rules.check_notice, notice(kind="approved", facts={"who": value}), LAW)
    refused("notices.not_a_code", "reasons", rules.check_notice, notice(kind="approved", reasons=(value,)), LAW)


@given(st.integers(1, 50))
def test_tries_grow_apart_and_end(attempts):
    again, later = rules.next_try(attempts, AT), rules.next_try(attempts + 1, AT)
    assert (again is None) == (attempts >= rules.MAX_ATTEMPTS)
    assert again is None or (again > AT and (later is None or later > again))


def test_what_has_left_never_moves_again():
    assert not [key for key in rules.FLOW if key[0] in (OutboxState.DELIVERED, OutboxState.DROPPED)]
