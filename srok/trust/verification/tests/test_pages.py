"""The public check and the pages of those who ask, in both languages."""

import re
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from srok.ground.accounts.terms import Role
from srok.ground.kernel.ids import new_id
from srok.trust.verification import public
from srok.trust.verification.models import Receipt
from srok.trust.verification.tests import cast
from srok.trust.verification.tests.cast import AT, BOOKED, SOPHEA

CHECK, ASK = "/verification/check", "/verification/ask"
# The pages tick on the real clock: the card of these tests is in force until 2035.
KEY = (BOOKED.number, BOOKED.generation)


def signed_in(username: str, language: str = "en") -> Client:
    client = Client(headers={"accept-language": language})
    client.force_login(get_user_model().objects.get(username=username))
    return client


def ask(client: Client, purpose: str, qr: str, trace: str = "") -> str:
    """Ask on the page; returns the path of the receipt."""
    sent = {"purpose": purpose, "qr_text": qr, "command_id": trace or str(new_id(AT))}
    response = client.post(ASK, sent)
    assert response.status_code == 302, response.content.decode()
    return response["location"]


@pytest.mark.parametrize("language", ["km", "en"])
def test_the_empty_form_explains_itself(db: None, language: str) -> None:
    page = Client(headers={"accept-language": language}).get(CHECK)
    assert page.status_code == 200
    assert b'name="qr_text"' in page.content and b'name="picture"' in page.content
    assert b"srok-next" in page.content


@pytest.mark.parametrize(("language", "words"), [("km", "ប័ណ្ណមានសុពលភាព"), ("en", "The card is in force")])
def test_a_card_in_force(keys: Path, handed_over: None, language: str, words: str) -> None:
    page = Client(headers={"accept-language": language}).post(CHECK, {"qr_text": f" {cast.qr()}\r\n"})
    text = page.content.decode()
    assert page.status_code == 200 and words in text
    for shown in ("សុខ សុភា", "SOK SOPHEA", "123456789", "data:image/webp;base64,"):
        assert shown in text
    assert page["Cache-Control"] == "no-store"
    assert not Receipt.objects.exists()


def test_line_ends_from_copying_do_not_count(keys: Path, handed_over: None) -> None:
    qr = cast.qr()
    broken = "\r\n".join(qr[at : at + 76] for at in range(0, len(qr), 76))
    page = Client(headers={"accept-language": "en"}).post(CHECK, {"qr_text": broken})
    assert "The card is in force" in page.content.decode()


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_picture_of_the_card(keys: Path, handed_over: None, kind: str) -> None:
    picture = SimpleUploadedFile(f"card.{kind.lower()}", cast.picture_of(cast.qr(), kind))
    page = Client(headers={"accept-language": "en"}).post(CHECK, {"picture": picture})
    assert "The card is in force" in page.content.decode()


def test_pictures_that_hold_no_card(keys: Path, db: None) -> None:
    blank = cast.portrait()
    cases = {
        b"GIF89a not a picture": "cannot be read as a picture",
        b"\x89PNG\r\n\x1a\n" + bytes(40): "cannot be read as a picture",
        blank: "No QR was found",
        cast.picture_of("HELLO"): "not the QR of a Khmer identity card",
    }
    for content, words in cases.items():
        page = Client(headers={"accept-language": "en"}).post(CHECK, {"picture": SimpleUploadedFile("x.png", content)})
        assert page.status_code == 200 and words in page.content.decode()


@pytest.mark.parametrize(
    ("to", "words"),
    [
        ("issued", "The card is not active yet"), ("revoked", "The card was ended"),
        ("suspended", "The card is suspended"), ("pending", "its confirmation is on the way"),
    ],
)  # fmt: skip
def test_other_states_are_said_in_words(keys: Path, book: None, to: str, words: str) -> None:
    if to == "suspended":
        public.move_card(*KEY, "handed_over", cast.HANDED_OVER)
    if to != "issued":
        public.move_card(*KEY, to, cast.DAY)
    page = Client(headers={"accept-language": "en"}).post(CHECK, {"qr_text": cast.qr()})
    assert words in page.content.decode()


def test_a_forged_card_shows_no_name(keys: Path, handed_over: None) -> None:
    page = Client(headers={"accept-language": "en"}).post(CHECK, {"qr_text": cast.forged(keys / "own")})
    text = page.content.decode()
    assert "This card is not known" in text and "SOPHEA" not in text and "data:image" not in text


@pytest.mark.parametrize("sent", [{}, {"qr_text": "  "}, {"qr_text": "HELLO"}, {"qr_text": "A" * 7000}])
def test_what_nobody_can_read_is_said_at_the_field(db: None, sent: dict[str, str]) -> None:
    page = Client(headers={"accept-language": "en"}).post(CHECK, sent)
    assert page.status_code == 200 and "There is a problem" in page.content.decode()


@pytest.mark.parametrize("path", [ASK, "/verification/answers/ABCD-EFGH-JKMN", "/verification/answers/X/slip.pdf"])
def test_asking_needs_a_sign_in_of_a_party(db: None, path: str) -> None:
    cast.open_offices()
    assert Client().get(path).status_code == 302
    assert "sign" in Client().get(path)["location"]
    assert signed_in("chanthou").get(path).status_code == 403


@pytest.mark.parametrize(
    ("username", "purpose", "words"),
    [("sokha", "entry", "Enter: the document is in force"), ("phalla", "land_purchase", "Does a Khmer national"),
     ("malis", "voter_registration", "No reference date of a voter list")],
)  # fmt: skip
@pytest.mark.usefixtures("keys", "handed_over")
def test_each_party_asks_and_gets_a_receipt(username: str, purpose: str, words: str) -> None:
    cast.open_offices()
    client = signed_in(username)
    path = ask(client, purpose, cast.qr())
    page = client.get(path)
    text = page.content.decode()
    assert page.status_code == 200 and words in text
    assert "SOPHEA" not in text and BOOKED.number not in text
    slip = client.get(f"{path}/slip.pdf")
    assert slip["Content-Type"] == "application/pdf" and slip.content.startswith(b"%PDF")
    assert path.rsplit("/", 1)[1] in client.get(ASK).content.decode()


def test_an_officer_sees_the_purposes_of_their_own_party_only(db: None) -> None:
    cast.open_offices()
    for username, own, other in (("sokha", "entry", "land_sale"), ("malis", "voter_list_claim", "entry")):
        text = signed_in(username).get(ASK).content.decode()
        assert f'value="{own}"' in text and f'value="{other}"' not in text
        refused = signed_in(username).post(ASK, {"purpose": other, "qr_text": "X", "command_id": str(new_id(AT))})
        assert refused.status_code == 200 and "There is a problem" in refused.content.decode()


def test_asking_twice_with_one_form_asks_once(keys: Path, handed_over: None) -> None:
    cast.open_offices()
    client, trace = signed_in("sokha"), str(new_id(AT))
    ask(client, "entry", cast.qr(), trace)
    ask(client, "entry", cast.qr(), trace)
    assert Receipt.objects.count() == 1
    assert len(public.who_asked(SOPHEA)) == 1


def test_a_receipt_of_another_office_is_as_unknown_as_none(keys: Path, handed_over: None) -> None:
    cast.open_offices()
    path = ask(signed_in("sokha"), "entry", cast.qr())
    for wrong in (path, "/verification/answers/nonsense", f"{path}/slip.pdf"):
        page = signed_in("phalla").get(wrong, follow=True)
        assert page.redirect_chain and "This was not done" in page.content.decode()


def test_a_text_that_is_no_card_is_refused_in_words(keys: Path, db: None) -> None:
    cast.open_offices()
    page = signed_in("sokha").post(
        ASK, {"purpose": "entry", "qr_text": "HELLO", "command_id": str(new_id(AT))}, follow=True
    )
    assert "not the QR of a Khmer identity card" in page.content.decode()
    assert not Receipt.objects.exists()


def test_khmer_pages_speak_khmer(keys: Path, handed_over: None) -> None:
    cast.open_offices()
    client = signed_in("phalla", "km")
    client.get(f"{reverse('web:home')}?language=km")
    path = ask(client, "land_sale", cast.qr())
    for page in (client.get(ASK), client.get(path), client.post(CHECK, {"qr_text": cast.qr()})):
        main = re.search(r"<main.*</main>", page.content.decode(), re.DOTALL)
        assert main is not None
        assert unmarked_latin(main.group()) == []


def unmarked_latin(html: str) -> list[str]:
    """Latin words outside elements that are marked as another language or not to be translated."""
    marked = r'<(span|code|textarea|a)\b[^>]*(?:lang="km-Latn"|srok-code|translate="no")[^>]*>.*?</\1>'
    plain = re.sub(r"<(code|textarea)\b.*?</\1>", " ", re.sub(marked, " ", html, flags=re.DOTALL), flags=re.DOTALL)
    return re.findall(r"[A-Za-z]{2,}", re.sub(r"<[^>]*>|&\w+;|&#x?\w+;", " ", plain))


def test_the_roles_that_may_ask_exist() -> None:
    from srok.trust.verification.pages import ASKING

    assert set(ASKING) <= set(Role)
