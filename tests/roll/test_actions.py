"""Registration at the commune desk, against real cards, a real answer book and the law's windows."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction

from srok.ground.journal import public as journal
from srok.ground.kernel.context import Context
from srok.ground.kernel.refusal import Refusal
from srok.trust.credentials import public as credentials
from srok.vote.roll import public as roll
from srok.vote.roll.models import VoterRow
from tests.roll import world

pytestmark = [pytest.mark.usefixtures("desk"), pytest.mark.slow]

FIRST, LAST = date(2025, 5, 1), date(2025, 5, 26)


def command(found: world.Holder, **more: Any) -> roll.RegisterVoter:
    return replace(roll.RegisterVoter(found.qr_text, world.COMMUNE, "in_person", present=True), **more)


def code_of(given: roll.RegisterVoter, ctx: Context) -> str:
    with pytest.raises(Refusal) as caught:
        roll.register_voter(given, ctx=ctx)
    return caught.value.code


def refusals_kept() -> list[str]:
    return [
        str(fact.facts["code"])
        for office in (f"commune.{world.COMMUNE}", f"commune.{world.OTHER}", "mfa.was")
        for fact in journal.facts_about(office)
        if fact.kind == "roll.registration_refused"
    ]


def test_a_holder_is_entered_and_gets_a_receipt() -> None:
    found = world.holder()
    ctx = world.acting("malis")
    receipt = roll.register_voter(command(found), ctx=ctx)
    row = VoterRow.objects.get()
    assert (row.commune, row.state, row.card_read, row.list_year) == (world.COMMUNE, "entered", "signed_qr", 2025)
    assert row.residence_declared and row.handle != found.subject
    assert receipt.reference == row.reference and len(receipt.commitment) == 64
    assert receipt.posted == date(2025, 6, 28) and receipt.final == date(2025, 7, 31)
    assert roll.count_entered_today(ctx) == 1 and roll.receipt(row.id, ctx) == receipt
    assert journal.promise(row.fact).type == "row.add"


def test_the_receipt_prints_with_the_promise() -> None:
    ctx = world.acting("malis")
    receipt = roll.register_voter(command(world.holder()), ctx=ctx)
    assert roll.receipt_pdf(receipt, ctx).startswith(b"%PDF")


@pytest.mark.parametrize("channel", ["post", "online", "consulate", "fax"])
def test_no_other_channel(channel: str) -> None:
    assert code_of(command(world.holder(), channel=channel), world.acting("malis")) == "roll.not_in_person"
    assert refusals_kept() == ["roll.not_in_person"]


def test_a_consulate_registers_nobody() -> None:
    found = world.holder()
    assert code_of(command(found, channel="consulate"), world.acting("dara")) == "roll.not_in_person"
    assert code_of(command(found), world.acting("dara")) == "roll.other_commune_desk"
    assert not VoterRow.objects.exists()


@pytest.mark.parametrize(
    ("day", "code"),
    [
        (FIRST - timedelta(days=1), "roll.window_closed"), (FIRST, ""), (LAST, ""),
        (LAST + timedelta(days=1), "roll.window_closed"), (date(2026, 11, 23), "roll.window_not_announced"),
    ],
)  # fmt: skip
def test_only_inside_the_announced_window(day: date, code: str) -> None:
    given, ctx = command(world.holder()), world.desk_on(day)
    if code:
        assert code_of(given, ctx) == code and refusals_kept() == [code]
    else:
        assert roll.register_voter(given, ctx=ctx).entered_on == day


@pytest.mark.parametrize(
    ("birth", "code"),
    [
        ("2007-07-31", ""), ("2007-08-01", ""), ("2007-08-02", "roll.under_age"), ("2010-01-01", "roll.under_age"),
        ("2006", ""), ("2007", "roll.under_age"), ("2007-07", ""), ("2007-08", "roll.under_age"),
    ],
)  # fmt: skip
def test_age_on_the_reference_day(birth: str, code: str) -> None:
    """The list of 2025 counts the age on 31 July 2025, on the eve of the birthday; an open age waits."""
    given, ctx = command(world.holder(birth=birth)), world.acting("malis")
    if code:
        assert code_of(given, ctx) == code
    else:
        roll.register_voter(given, ctx=ctx)


def test_a_card_that_is_not_in_force() -> None:
    waiting = world.issued()
    assert code_of(command(waiting), world.acting("malis")) == "roll.card_not_valid"
    lost = world.holder("DDDD-EEEE-FFFF")
    world.end(lost)
    with pytest.raises(Refusal) as caught:
        roll.register_voter(command(lost), ctx=world.acting("malis"))
    assert caught.value.facts["state"] == "roll.card_revoked"


@pytest.mark.parametrize("text", ["", "HELLO", "NCF" * 200])
def test_a_text_that_is_no_card(text: str) -> None:
    given = roll.RegisterVoter(text, world.COMMUNE, "in_person", present=True)
    assert code_of(given, world.acting("malis")) == "roll.unreadable_card"


def test_a_forged_card() -> None:
    text = world.holder().qr_text
    changed = text[:-1] + ("A" if text[-1] != "A" else "B")
    with pytest.raises(Refusal):
        credentials.read_qr(changed)
    assert code_of(roll.RegisterVoter(changed, world.COMMUNE, "in_person", present=True), world.acting("malis")) == (
        "roll.unreadable_card"
    )


def test_one_place_per_person_in_the_nation() -> None:
    found = world.holder()
    roll.register_voter(command(found), ctx=world.acting("malis"))
    assert code_of(command(found), world.acting("malis")) == "roll.already_listed"
    assert code_of(command(found, commune=world.OTHER), world.acting("other")) == "roll.already_listed"
    newer = world.holder("DDDD-EEEE-FFFF", subject=found.subject)
    assert code_of(command(newer), world.acting("malis")) == "roll.already_listed"
    assert VoterRow.objects.count() == 1


def test_the_constraint_holds_where_two_desks_meet() -> None:
    roll.register_voter(command(world.holder()), ctx=world.acting("malis"))
    row = VoterRow.objects.get()
    row.pk, row.reference, row.trace = UUID(int=9), "2222-2222-2222", UUID(int=9)
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


@pytest.mark.parametrize("change", [{"state": "guessed"}, {"channel": "post"}, {"card_read": "heard"}])
def test_the_database_refuses_what_the_law_does(change: dict[str, str]) -> None:
    roll.register_voter(command(world.holder()), ctx=world.acting("malis"))
    with pytest.raises(IntegrityError), transaction.atomic():
        VoterRow.objects.update(**change)


def test_a_clerk_enters_only_in_the_own_commune() -> None:
    found = world.holder()
    assert code_of(command(found, commune=world.OTHER), world.acting("malis")) == "roll.other_commune_desk"
    assert code_of(command(found), world.acting("vuthy")) == "roll.other_commune_desk"


def test_a_refusal_leaves_its_code_and_nothing_of_the_person() -> None:
    found = world.holder(birth="2010-01-01")
    ctx = world.acting("malis")
    code_of(command(found), ctx)
    kept = journal.facts_about(ctx.office)[-1]
    assert kept.facts == {"code": "roll.under_age", "channel": "in_person", "commune": world.COMMUNE}
    assert not VoterRow.objects.exists()


def test_the_same_command_twice_enters_once() -> None:
    given, ctx = command(world.holder()), world.acting("malis")
    receipt = roll.register_voter(given, ctx=ctx)
    assert code_of(given, ctx) == "journal.replayed"
    assert roll.row_entered_by(ctx.trace) == receipt.row_id and VoterRow.objects.count() == 1


def test_a_refused_command_sent_again_is_judged_again_and_kept_once() -> None:
    found = world.issued()
    given, ctx = command(found), world.acting("malis")
    assert code_of(given, ctx) == code_of(given, ctx) == "roll.card_not_valid"
    assert refusals_kept() == ["roll.card_not_valid"]
    world.hand_over(found)
    assert roll.register_voter(given, ctx=ctx).commune == world.COMMUNE


def test_a_crash_leaves_neither_row_nor_fact() -> None:
    given, ctx = command(world.holder()), world.acting("malis")
    with pytest.raises(RuntimeError), transaction.atomic():
        roll.register_voter(given, ctx=ctx)
        raise RuntimeError("power cut")
    assert not VoterRow.objects.exists() and not journal.seen(ctx.trace)
    roll.register_voter(given, ctx=ctx)


def test_a_row_is_seen_by_its_own_commune_only() -> None:
    receipt = roll.register_voter(command(world.holder()), ctx=world.acting("malis"))
    with pytest.raises(Refusal) as caught:
        roll.receipt(receipt.row_id, world.acting("other"))
    assert caught.value.code == "roll.unknown_row"


def test_nothing_of_it_reaches_identity() -> None:
    """No table, fact or answer of the identity wing changes when somebody is entered (transparency.md R)."""
    found = world.holder()
    before = journal.facts_about(str(found.subject)), journal.facts_about(str(found.card_id))
    receipt = roll.register_voter(command(found), ctx=world.acting("malis"))
    assert (journal.facts_about(str(found.subject)), journal.facts_about(str(found.card_id))) == before
    said = " ".join(str(fact.facts) for fact in journal.facts_about(str(receipt.row_id)))
    assert str(found.subject) not in said and "SOPHEA" not in said
