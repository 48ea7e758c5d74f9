"""The card desk as officers see it, in both languages."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from srok.ground.accounts import public as accounts
from srok.identity.cards import public as cards
from srok.identity.cards.models import OfficeSignature
from srok.identity.cards.tests import world

pytestmark = pytest.mark.usefixtures("desk")


def signed_in(name: str, language: str = "en") -> Client:
    """A browser in which this officer has signed in."""
    client = Client()
    client.cookies["django_language"] = language
    answer = client.post(reverse("accounts:sign_in"), {"username": name, "password": world.PASSWORD, "next": ""})
    assert answer.status_code == 302
    return client


def command_id(client: Client, url: str) -> tuple[str, str]:
    """The ids that the form of a page carries."""
    form = client.get(url).context["form"]
    return str(form["command_id"].value()), str(form["seen_version"].value())


def send(client: Client, card: cards.CardFacts, act: str, form_url: str = "", **given: str):
    url = reverse(f"cards:{act}", args=[card.id])
    id_, seen = command_id(client, form_url or reverse("cards:card", args=[card.id]))
    return client.post(url, {"command_id": id_, "seen_version": seen, **given}, follow=True)


@pytest.mark.parametrize(("language", "heading"), [("en", "Card desk"), ("km", "តុការងារអត្តសញ្ញាណប័ណ្ណ")])
def test_the_desk_speaks_both_languages(language: str, heading: str) -> None:
    page = signed_in("vuthy", language).get(reverse("cards:desk"))
    assert page.status_code == 200 and heading in page.content.decode()
    assert f'lang="{language}"' in page.content.decode()


@pytest.mark.parametrize(
    ("name", "titles"),
    [
        ("chanthou", ["To sign"]),
        ("vuthy", ["To sign", "To issue", "To send"]),
        ("dara", ["To count in", "To hand over"]),
    ],
)
def test_each_officer_sees_only_their_heaps(name: str, titles: list[str]) -> None:
    page = signed_in(name).get(reverse("cards:desk"))
    assert [str(queue.title) for queue in page.context["queues"]] == titles
    assert page.content.decode().count("srok-empty") >= len(titles)


def test_strangers_are_sent_away() -> None:
    card = world.ordered()
    url = reverse("cards:card", args=[card.id])
    assert Client().get(url).status_code == 302
    assert signed_in("rotha").get(url).status_code == 403
    assert signed_in("dara").get(url).status_code == 404
    assert signed_in("dara").get(reverse("cards:portrait", args=[card.id])).status_code == 404
    assert signed_in("chanthou").post(reverse("cards:issue", args=[card.id])).status_code == 403


@pytest.mark.parametrize("language", ["en", "km"])
def test_the_proof_sheet_shows_what_will_be_printed(language: str) -> None:
    card = world.ordered()
    page = signed_in("chanthou", language).get(reverse("cards:card", args=[card.id])).content.decode()
    for text in (card.number, *card.plan.mrz, "សុខ សុភា", "SOK SOPHEA", "ខេត្តកណ្ដាល", *card.plan.address_lines_km):
        assert text.replace("<", "&lt;") in page
    assert reverse("cards:portrait", args=[card.id]) in page


def test_from_the_order_to_the_holder_by_clicking() -> None:
    card = world.ordered()
    chanthou, vuthy, dara = signed_in("chanthou"), signed_in("vuthy"), signed_in("dara")
    refused = send(chanthou, card, "sign_order")
    assert refused.status_code == 400 and "There is a problem" in refused.content.decode()
    for signer in (chanthou, vuthy):
        send(signer, card, "sign_order", read="on")
    send(vuthy, card, "issue")
    send(vuthy, card, "dispatch")
    send(dara, card, "receive")
    form = reverse("cards:hand_over", args=[card.id])
    unticked = send(dara, card, "hand_over", form)
    assert unticked.status_code == 400
    alone = send(dara, card, "hand_over", form, checked="two_officers", present="holder")
    assert "Name the second officer" in alone.content.decode()
    done = send(dara, card, "hand_over", form, checked="portrait", present="holder")
    assert "Handed over" in done.content.decode()
    assert cards.card(card.id).state is cards.CardState.HANDED_OVER
    again = dara.get(form).content.decode()
    assert "The card is with its holder" in again and "<form method" not in again.split("<main")[1].split("</main")[0]


def test_a_double_click_signs_once() -> None:
    card = world.ordered()
    client = signed_in("chanthou")
    url = reverse("cards:sign_order", args=[card.id])
    id_, seen = command_id(client, reverse("cards:card", args=[card.id]))
    given = {"command_id": id_, "seen_version": seen, "read": "on"}
    client.post(url, given)
    page = client.post(url, given, follow=True)
    assert "already done" in page.content.decode() and OfficeSignature.objects.count() == 1


def test_what_others_changed_meanwhile_is_said() -> None:
    card = world.ordered()
    client = signed_in("chanthou")
    id_, seen = command_id(client, reverse("cards:card", args=[card.id]))
    world.signed(card, "vuthy")
    given = {"command_id": id_, "seen_version": seen, "read": "on"}
    page = client.post(reverse("cards:sign_order", args=[card.id]), given, follow=True)
    assert "Somebody else has changed this" in page.content.decode() and OfficeSignature.objects.count() == 1


def test_pictures_and_pdf_of_an_issued_card() -> None:
    card = world.ordered()
    client = signed_in("vuthy")
    made = {"front": "image/png", "back": "image/png", "pdf": "application/pdf"}
    for name in made:
        assert client.get(reverse(f"cards:{name}", args=[card.id])).status_code == 404
    qr_text = world.issued(card).qr_text
    for name, kind in made.items():
        answer = client.get(reverse(f"cards:{name}", args=[card.id]))
        assert answer.status_code == 200 and answer["Content-Type"] == kind
    page = client.get(reverse("cards:card", args=[card.id])).content.decode()
    assert escape(qr_text) in page


def test_a_card_is_found_by_its_number_without_putting_it_in_an_address() -> None:
    card = world.ordered()
    client = signed_in("vuthy")
    found = client.post(reverse("cards:desk"), {"number": card.number})
    assert found.status_code == 302 and card.number not in found["Location"]
    khmer = card.number.translate(str.maketrans("0123456789", "០១២៣៤៥៦៧៨៩"))
    assert client.post(reverse("cards:desk"), {"number": khmer}).status_code == 302
    assert client.post(reverse("cards:desk"), {"number": "12"}).status_code == 400
    assert "no such card" in client.post(reverse("cards:desk"), {"number": "123456789"}).content.decode()


def test_ending_a_lost_card() -> None:
    card = world.handed_over(world.ordered())
    client = signed_in("dara")
    url = reverse("cards:revoke", args=[card.id])
    unsaid = send(client, card, "revoke", url, reason="cards.lost")
    assert unsaid.status_code == 400 and "own report" in unsaid.content.decode()
    assert cards.card(card.id).state is cards.CardState.HANDED_OVER
    page = send(client, card, "revoke", url, reason="cards.lost", reported="on")
    assert "Revoked" in page.content.decode()
    assert cards.card(card.id).state is cards.CardState.REVOKED


def test_officers_are_named_in_the_language_of_the_page() -> None:
    card = world.signed(world.ordered(), "chanthou")
    assert (
        accounts.officer_name("chanthou", "en")
        in signed_in("vuthy").get(reverse("cards:card", args=[card.id])).content.decode()
    )
