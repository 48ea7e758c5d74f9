"""Nothing that one officer ends happens in silence: the person is told in writing, and may contradict."""

from dataclasses import replace

import pytest
from django.db import transaction

from srok.ground.journal import public as journal
from srok.ground.notices.terms import NoticeRef
from srok.identity.cards import public as cards
from srok.identity.cases import public as cases
from srok.identity.cases.tests.world import acting, approved, decided, lodged, ready, refused


def told(reference: str, kind: str) -> list[NoticeRef]:
    return [one for one in cases.letters(reference, acting("dara", 9)) if one.kind == kind]


def ended(reference: str, reason: str) -> None:
    """The fact that the cards write when a card ends."""
    card = cards.card_of_case(reference)
    assert card is not None
    leaf = journal.Leaf("register", "card.revoked", "card", {"card": str(card.id)})
    with transaction.atomic():
        facts: journal.Facts = {"case": reference, "reason": reason}
        journal.record(acting("dara", 9), "cards.card_revoked", str(card.id), facts, leaf=leaf)
    journal.drain()
    journal.drain()


@pytest.fixture
def reference(desk, portrait, scan) -> str:
    found = ready(portrait, scan)
    decided(found)
    approved(found)
    return found


@pytest.mark.parametrize("reason", ["cards.lost", "cards.lost_in_bag", "cards.misprinted"])
def test_the_holder_of_an_ended_card_gets_a_letter_with_the_reason(reference, reason):
    ended(reference, reason)
    (letter,) = told(reference, "card_ended")
    assert letter.reasons == (reason,)
    assert cases.letter(reference, acting("dara", 9), letter.id)[:5] == b"%PDF-"
    served = cases.record_service(reference, letter.id, "handed_over", ctx=acting("dara", 10))
    assert served.object_until is not None


def test_a_card_that_a_newer_one_replaced_needs_no_letter(reference):
    ended(reference, "cards.replaced")
    assert told(reference, "card_ended") == []


def test_a_real_act_of_the_card_desk_sends_it(reference):
    card = cards.card_of_case(reference)
    officer = acting("vuthy", 9)
    ctx = replace(officer, roles=frozenset({"card_officer"}))
    cards.revoke(cards.RevokeCard(card.id, cards.RevokeReason.MISPRINTED), ctx=ctx)
    journal.drain()
    assert [one.reasons for one in told(reference, "card_ended")] == [("cards.misprinted",)]


@pytest.mark.usefixtures("desk")
def test_nobody_withdraws_for_the_applicant_and_the_withdrawal_is_confirmed(portrait):
    reference = lodged(portrait)
    with refused("cases.applicant_did_not_ask"):
        cases.withdraw(cases.WithdrawApplication(reference), ctx=acting("dara", 1))
    assert cases.standing_of(reference).state is cases.State.LODGED
    cases.withdraw(cases.WithdrawApplication(reference, asked=True), ctx=acting("dara", 1))
    (letter,) = told(reference, "withdrawn")
    assert letter.object_until is None
    assert cases.letter(reference, acting("dara", 9), letter.id)[:5] == b"%PDF-"
