"""Handing over, and what it and a loss do to cards in the answer book."""

import pytest

from srok.ground.journal import public as journal
from srok.identity.cards import public as cards
from srok.identity.cards.models import CardEvent
from srok.identity.cards.tests import world
from srok.identity.cards.tests.world import code_of
from srok.trust.verification import public as verification

pytestmark = pytest.mark.usefixtures("desk")


def test_hand_over_at_another_post_early_or_twice_is_refused() -> None:
    card = world.issued(world.ordered())
    give = cards.HandOverCard(card.id, "portrait", "holder")
    assert code_of(cards.hand_over, give, world.acting("dara", 5)) == "cards.not_received"
    cards.dispatch(cards.DispatchCard(card.id), ctx=world.acting("vuthy", 3))
    assert code_of(cards.dispatch, cards.DispatchCard(card.id), world.acting("vuthy", 3)) == "cards.already_dispatched"
    assert code_of(cards.receive, cards.ReceiveCard(card.id), world.acting("seoul", 9)) == "cards.wrong_post"
    cards.receive(cards.ReceiveCard(card.id), ctx=world.acting("dara", 10))
    assert code_of(cards.hand_over, give, world.acting("seoul", 20)) == "cards.wrong_post"
    assert code_of(cards.hand_over, give, world.acting("vuthy", 20)) == "cards.not_the_card_office"
    cards.hand_over(give, ctx=world.acting("dara", 20))
    assert code_of(cards.hand_over, give, world.acting("dara", 21)) == "cards.already_handed_over"


def test_the_embassy_serves_its_pick_up_places() -> None:
    card = world.handed_over(world.ordered(pickup_post="WAS-SEA"))
    assert card.state is cards.CardState.HANDED_OVER


def test_two_officers_confirm_the_holder() -> None:
    card = world.at_post(world.ordered())
    for second in ("", "dara", "chanthou", "nobody"):
        give = cards.HandOverCard(card.id, "two_officers", "holder", second)
        assert code_of(cards.hand_over, give, world.acting("dara", 20)) == "cards.second_officer_missing"
    given = cards.HandOverCard(card.id, "two_officers", "holder", "rotha")
    cards.hand_over(given, ctx=world.acting("dara", 20))
    assert CardEvent.objects.get(card_id=card.id, act="hand_over").second_officer == "rotha"


def test_handing_over_ends_every_older_card() -> None:
    old = world.handed_over(world.ordered())
    imported = ("123456789", "old_model")
    verification.put_card(
        verification.PutCard(*imported, old.subject, "handed_over", on=world.STARTED.date(), expires=old.plan.expires)
    )
    new = world.at_post(world.ordered("DDDD-EEEE-FFFF", subject=old.subject))
    assert verification.check(old.qr_text, world.in_cambodia(30)).valid
    cards.hand_over(cards.HandOverCard(new.id, "portrait", "holder"), ctx=world.acting("dara", 30))
    on = world.in_cambodia(30)
    assert verification.check(old.qr_text, on).state == "revoked"
    assert verification.check(new.qr_text, on).valid
    assert verification.book_card(*imported).state == "revoked"
    assert cards.card(old.id).state is cards.CardState.REVOKED
    ended = journal.facts_about(str(old.id))[-1]
    assert ended.kind == "cards.card_revoked" and ended.facts["reason"] == "cards.replaced"


def test_a_lost_card_ends_at_once() -> None:
    card = world.handed_over(world.ordered())
    unsaid = cards.RevokeCard(card.id, cards.RevokeReason.LOST)
    assert code_of(cards.revoke, unsaid, world.acting("dara", 25)) == "cards.holder_not_reported"
    lost = cards.RevokeCard(card.id, cards.RevokeReason.LOST, reported=True)
    assert code_of(cards.revoke, lost, world.acting("seoul", 25)) == "cards.not_the_card_office"
    assert cards.revoke(lost, ctx=world.acting("dara", 25)).state is cards.CardState.REVOKED
    assert verification.check(card.qr_text, world.in_cambodia(25)).state == "revoked"
    assert code_of(cards.revoke, lost, world.acting("dara", 26)) == "cards.wrong_state"


def test_after_a_misprint_the_case_may_have_a_new_card() -> None:
    card = world.issued(world.ordered())
    cards.revoke(cards.RevokeCard(card.id, cards.RevokeReason.MISPRINTED), ctx=world.acting("vuthy", 3))
    again = world.ordered(subject=card.subject)
    assert again.number != card.number and cards.card_of_case(card.case_ref).id == again.id
