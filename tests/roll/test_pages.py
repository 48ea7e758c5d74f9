"""The commune desk as Malis sees it, and the public page on how to register, in both languages."""

from io import BytesIO

import pytest
import zxingcpp
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.test.utils import override_settings
from django.urls import reverse
from django.utils.html import strip_tags
from PIL import Image

from srok.vote.roll.models import VoterRow
from tests.roll import world

pytestmark = pytest.mark.usefixtures("desk")
DESK = "/roll/"


def signed_in(name: str = "malis", language: str = "en") -> Client:
    """A browser in which this officer has signed in."""
    client = Client()
    client.cookies["django_language"] = language
    answer = client.post(reverse("accounts:sign_in"), {"username": name, "password": world.PASSWORD, "next": ""})
    assert answer.status_code == 302
    return client


def picture_of(text: str) -> SimpleUploadedFile:
    """A photograph of a QR."""
    drawn = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode).to_image(scale=5)
    out = BytesIO()
    Image.fromarray(drawn).convert("RGB").save(out, "PNG")
    return SimpleUploadedFile("qr.png", out.getvalue(), "image/png")


@pytest.mark.parametrize(("language", "words"), [("en", "Nobody has been entered today"), ("km", "មិនទាន់មាននរណា")])
def test_the_empty_desk_explains_itself(language: str, words: str) -> None:
    page = signed_in(language=language).get(DESK).content.decode()
    assert words in page and f'lang="{language}"' in page and 'name="qr_text"' in page


@pytest.mark.parametrize("language", ["en", "km"])
def test_from_the_scan_to_the_receipt(language: str) -> None:
    found, client = world.holder(), signed_in(language=language)
    look = client.post(DESK, {"qr_text": found.qr_text})
    page = look.content.decode()
    assert look.status_code == 200 and "SOK SOPHEA" in page and "សុខ សុភា" in page and "data:image/webp" in page
    id_ = str(look.context["form"]["command_id"].value())
    given = {"command_id": id_, "qr_text": found.qr_text, "present": "on", "residence": "on"}
    assert client.post(reverse("roll:enter"), given | {"present": ""}).status_code == 400
    assert not VoterRow.objects.exists()
    done = client.post(reverse("roll:enter"), given, follow=True)
    row = VoterRow.objects.get()
    assert row.reference in done.content.decode()
    again = client.post(reverse("roll:enter"), given)
    assert again["Location"] == reverse("roll:row", args=[row.id]) and VoterRow.objects.count() == 1
    assert row.reference in client.get(DESK).content.decode()
    paper = client.get(reverse("roll:receipt_pdf", args=[row.id]))
    assert paper["Content-Type"] == "application/pdf"


def test_a_picture_of_the_qr_is_read() -> None:
    client = signed_in()
    page = client.post(DESK, {"qr_text": "", "picture": picture_of(world.holder().qr_text)})
    assert page.status_code == 200 and "SOK SOPHEA" in page.content.decode()


@pytest.mark.parametrize("data", [b"", b"no picture", b"\x89PNG\r\n\x1a\n"])
def test_a_picture_without_a_qr_is_refused_in_words(data: bytes) -> None:
    picture = SimpleUploadedFile("x.png", data or b"-", "image/png")
    page = signed_in().post(DESK, {"qr_text": "", "picture": picture})
    assert page.status_code == 400 and "No QR was found" in page.content.decode()
    plain = BytesIO()
    Image.new("RGB", (60, 60), "white").save(plain, "PNG")
    blank = SimpleUploadedFile("x.png", plain.getvalue(), "image/png")
    assert signed_in().post(DESK, {"qr_text": "", "picture": blank}).status_code == 400


def test_nothing_given_and_no_card() -> None:
    client = signed_in()
    assert "Scan the QR" in client.post(DESK, {"qr_text": ""}).content.decode()
    page = client.post(DESK, {"qr_text": "HELLO"})
    assert page.status_code == 400 and "could not be read as a genuine card" in page.content.decode()


@pytest.mark.parametrize(("language", "words"), [("en", "cannot be entered now"), ("km", "មិនអាចចុះឈ្មោះសាមីខ្លួនបានទេ")])
def test_a_refusal_says_why_before_anything_is_confirmed(language: str, words: str) -> None:
    found, client = world.holder(birth="2010-01-01"), signed_in(language=language)
    look = client.post(DESK, {"qr_text": found.qr_text}).content.decode()
    content = look.split("<main")[1].split("</main")[0]
    assert words in content and "roll.under_age" not in content and "<form" not in content


def test_a_refusal_at_the_last_moment() -> None:
    found, client = world.holder(), signed_in()
    id_ = str(client.post(DESK, {"qr_text": found.qr_text}).context["form"]["command_id"].value())
    world.end(found)
    given = {"command_id": id_, "qr_text": found.qr_text, "present": "on", "residence": "on"}
    page = client.post(reverse("roll:enter"), given).content.decode()
    assert "Not entered" in page and "it has been ended" in page


def test_outside_the_window_the_desk_says_so() -> None:
    with override_settings(SROK_CLOCK_STARTS_AT="2026-11-23T09:00:00+07:00"):
        page = signed_in().get(DESK).content.decode()
    assert "No registration has been announced for 2026" in page


def test_whose_desk_it_is() -> None:
    assert Client().get(DESK).status_code == 302
    assert signed_in("dara").get(DESK).status_code == 403
    client = signed_in()
    found = world.holder()
    id_ = str(client.post(DESK, {"qr_text": found.qr_text}).context["form"]["command_id"].value())
    client.post(
        reverse("roll:enter"), {"command_id": id_, "qr_text": found.qr_text, "present": "on", "residence": "on"}
    )
    row = VoterRow.objects.get()
    other = signed_in("other")
    assert other.get(reverse("roll:row", args=[row.id])).status_code == 404
    assert other.get(reverse("roll:receipt_pdf", args=[row.id])).status_code == 404
    assert row.reference not in other.get(DESK).content.decode()


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2025-05-12", "Registration is open from 1 May 2025 to 26 May 2025"),
        ("2025-04-12", "It has not begun"), ("2025-06-12", "has not been announced yet"),
        ("2026-11-23", "No registration has been announced for 2026"),
    ],
)  # fmt: skip
def test_how_to_register_is_public_and_never_guesses(day: str, words: str) -> None:
    client = Client()
    client.cookies["django_language"] = "en"
    with override_settings(SROK_CLOCK_STARTS_AT=f"{day}T09:00:00+07:00"):
        page = strip_tags(client.get(reverse("roll:how")).content.decode())
        assert words in page and "Law on the Election" in page
        client.cookies["django_language"] = "km"
        assert "របៀបចុះឈ្មោះ" in client.get(reverse("roll:how")).content.decode()
