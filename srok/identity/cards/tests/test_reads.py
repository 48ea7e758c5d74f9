"""Who sees which card, what awaits whom, and the card on paper."""

import pytest

from srok.ground.kernel.refusal import Refusal
from srok.identity.cards import public as cards
from srok.identity.cards.tests import world
from srok.trust.credentials import public as credentials

pytestmark = pytest.mark.usefixtures("desk")


def test_each_office_sees_only_its_own() -> None:
    card = world.ordered()
    for name in ("chanthou", "vuthy", "kunthea"):
        assert cards.card_for(card.id, world.acting(name)).id == card.id
    for name in ("dara", "rotha", "seoul", "sokha"):
        with pytest.raises(Refusal):
            cards.card_for(card.id, world.acting(name))
    world.issued(card)
    assert cards.card_by_number(card.number, world.acting("dara")).id == card.id
    with pytest.raises(Refusal):
        cards.card_by_number(card.number, world.acting("seoul"))


def test_what_awaits_whom() -> None:
    card = world.ordered()

    def heaps(name: str) -> list[int]:
        ctx = world.acting(name)
        asked = (
            cards.cards_awaiting_signature, cards.cards_awaiting_personalisation, cards.cards_awaiting_dispatch,
            cards.cards_awaiting_receipt, cards.cards_awaiting_pickup,
        )  # fmt: skip
        return [len(question(ctx)) for question in asked]

    assert heaps("chanthou") == heaps("vuthy") == [1, 0, 0, 0, 0]
    assert heaps("kunthea") == heaps("dara") == [0, 0, 0, 0, 0]
    world.signed(card, "chanthou")
    assert heaps("chanthou") == [0] * 5 and heaps("vuthy") == [1, 0, 0, 0, 0]
    world.signed(card, "vuthy")
    assert heaps("vuthy") == [0, 1, 0, 0, 0]
    cards.issue(cards.IssueCard(card.id), ctx=world.acting("vuthy"))
    assert heaps("vuthy") == [0, 0, 1, 0, 0] and heaps("dara") == [0] * 5
    cards.dispatch(cards.DispatchCard(card.id), ctx=world.acting("vuthy"))
    assert heaps("dara") == [0, 0, 0, 1, 0] and heaps("seoul") == [0] * 5
    cards.receive(cards.ReceiveCard(card.id), ctx=world.acting("dara"))
    assert heaps("dara") == [0, 0, 0, 0, 1]


def test_the_card_on_paper() -> None:
    card = world.ordered()
    with pytest.raises(Refusal) as caught:
        cards.card_pdf(card.id)
    assert caught.value.code == "cards.not_issued"
    card = world.issued(card)
    assert cards.card_pdf(card.id).startswith(b"%PDF")
    assert cards.card_png(card.id, 0).startswith(b"\x89PNG")
    assert credentials.read_qr(card.qr_text).number == card.number
