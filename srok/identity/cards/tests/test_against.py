"""Attempts from inside: a second card, another face, a changed table, one officer's word against a holder."""

import pytest

from srok.ground.kernel.refusal import Refusal
from srok.identity.biometrics import public as biometrics
from srok.identity.biometrics.tests.pictures import coded, face
from srok.identity.cards import public as cards
from srok.identity.cards.models import Card, OfficeSignature
from srok.identity.cards.tests import world
from srok.identity.cards.tests.world import code_of

pytestmark = pytest.mark.usefixtures("desk")


def test_a_second_case_orders_no_second_card_for_one_person() -> None:
    first = world.ordered()
    second = world.command("BBBB-CCCC-DDDD", subject=first.subject)
    assert code_of(cards.order, second, world.acting("kunthea")) == "cards.another_on_its_way"
    world.handed_over(first)
    assert cards.order(second, ctx=world.acting("kunthea")).state is cards.CardState.ORDERED


def test_another_portrait_is_neither_issued_nor_printed_nor_shown() -> None:
    card = world.signed(world.ordered())
    other = biometrics.keep(coded(face(700, 900)), world.acting("dara"))
    Card.objects.filter(pk=card.id).update(portrait_key=other)
    assert code_of(cards.issue, cards.IssueCard(card.id), world.acting("vuthy", 2)) == "cards.portrait_changed"
    Card.objects.filter(pk=card.id).update(portrait_key=card.portrait_key)
    card = cards.issue(cards.IssueCard(card.id), ctx=world.acting("vuthy", 2))
    Card.objects.filter(pk=card.id).update(portrait_key=other)
    with pytest.raises(Refusal, match="cards.portrait_changed"):
        cards.card_pdf(card.id)


def test_the_approver_signs_nothing_though_the_table_names_another() -> None:
    card = world.ordered()
    Card.objects.filter(pk=card.id).update(approved_by="phalla")
    world.signed(card, "chanthou", "kunthea")
    assert OfficeSignature.objects.filter(card=card.id).count() == 2
    assert code_of(cards.issue, cards.IssueCard(card.id), world.acting("vuthy", 2)) == "credentials.approver_signed"


def test_a_version_that_is_still_to_come_is_stale() -> None:
    card = world.ordered()
    ahead = cards.SignOrder(card.id, seen=card.version + 1)
    assert code_of(cards.sign_order, ahead, world.acting("chanthou", 1)) == "journal.stale"


@pytest.mark.parametrize("reason", [cards.RevokeReason.MISPRINTED, cards.RevokeReason.LOST_IN_BAG])
def test_nobody_calls_a_card_in_its_holders_hand_misprinted_or_lost_on_its_way(reason: cards.RevokeReason) -> None:
    card = world.handed_over(world.ordered())
    said = code_of(cards.revoke, cards.RevokeCard(card.id, reason), world.acting("vuthy", 30))
    assert said == "cards.already_handed_over"
