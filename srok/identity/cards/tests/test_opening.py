"""Whoever looks at a card leaves a fact with a purpose, once a day; a card of others is not even opened."""

import pytest
from django.urls import reverse

from srok.ground.journal import public as journal
from srok.identity.cards import public as cards
from srok.identity.cards.tests import world
from srok.identity.cards.tests.test_cli import run
from srok.identity.cards.tests.test_pages import signed_in

pytestmark = pytest.mark.usefixtures("desk")


def openings(card: cards.CardFacts) -> list[tuple[str, object]]:
    found = [one for one in journal.facts_about(str(card.id)) if one.kind == "cards.card_opened"]
    return [(one.actor, one.facts["purpose"]) for one in found]


@pytest.mark.parametrize("name", ["card", "portrait", "pdf", "front", "back", "revoke", "hand_over"])
def test_every_page_that_shows_a_card_notes_its_opening_once_a_day(name: str) -> None:
    card = world.handed_over(world.ordered())
    client = signed_in("dara")
    for _ in range(2):
        assert client.get(reverse(f"cards:{name}", args=[card.id])).status_code == 200
    assert openings(card) == [("dara", "counter")]


def test_each_officer_with_a_purpose() -> None:
    card = world.ordered()
    for name in ("chanthou", "vuthy", "nimol"):
        signed_in(name).get(reverse("cards:card", args=[card.id]))
    world.issued(card)
    signed_in("vuthy").get(reverse("cards:card", args=[card.id]))
    assert openings(card) == [("chanthou", "signing"), ("vuthy", "signing"), ("nimol", "signing")]
    assert cards.open_card(cards.card(card.id), ctx=world.acting("vuthy", 40))
    assert ("vuthy", "production") in openings(card)


def test_a_card_of_others_is_not_opened() -> None:
    card = world.issued(world.ordered())
    assert signed_in("seoul").get(reverse("cards:card", args=[card.id])).status_code == 404
    assert openings(card) == []


def test_the_command_line_notes_it_too() -> None:
    card = world.ordered()
    for _ in range(2):
        assert run("show", card.number, "--as", "chanthou", "--json").exit_code == 0
    assert openings(card) == [("chanthou", "signing")]
