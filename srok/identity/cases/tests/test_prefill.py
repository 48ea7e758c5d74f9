"""The applicant's own page: what it packs comes back, whatever else is scanned is refused in words."""

import hashlib
import json
import re
from io import BytesIO
from pathlib import Path

import base45
import pytest
import zxingcpp
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.test.utils import override_settings
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from srok.ground.kernel.ids import new_id
from srok.ground.kernel.refusal import Refusal
from srok.identity.cases import capture_reads, own_page, prefill, prefill_page
from srok.identity.cases.tests.world import STARTED, acting, refused

VENDOR = Path(__file__).resolve().parents[1] / "static" / "cases" / "vendor"
WRITTEN = {
    "family_km": "សុខ", "given_km": "សុភា", "family_latin": "SOK", "given_latin": "Sophea", "sex": "F",
    "birth_date": "1960-01", "basis": "descent", "mother_family_km": "កែវ", "mother_given_km": "បុប្ផា",
    "mother_family_latin": "KEO", "mother_given_latin": "Bopha", "relative_relation": "sibling",
    "relative_given_latin": "Sophy", "relative_birth_date": "1962", "may_contact": "mother;sibling",
    "channel": "sms", "phone": "+1 562 555 0142", "postal": "1 Anaheim St, Long Beach", "language": "km",
}  # fmt: skip
TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc", "Z"), exclude_characters=";"), min_size=1, max_size=40)


@given(st.dictionaries(st.sampled_from(sorted(set(prefill.KEYS) - {"may_contact"})), TEXT))
def test_whatever_is_packed_comes_back(cells):
    assert prefill.decode(prefill.encode(cells)) == cells


def test_an_ordinary_person_fits_the_picture():
    made = zxingcpp.create_barcode(prefill.encode(WRITTEN), zxingcpp.QRCode, ec_level="M")
    side = made.to_image(scale=1, add_quiet_zones=False).shape[0]
    assert (side - 17) // 4 <= prefill.HIGHEST_VERSION
    assert prefill.decode(prefill.encode(WRITTEN)) == WRITTEN


def packed(value: object) -> str:
    return prefill.PREFIX + base45.b45encode(json.dumps(value).encode()).decode()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "not_ours"), ("HC1:NCF", "not_ours"), ("https://example.org", "not_ours"), ("SROK", "not_ours"),
        ("SROK2:ABC", "version"), ("SROK12:ABC", "version"), ("SROK1:", "unreadable"), ("SROK1:€€", "unreadable"),
        (prefill.encode(WRITTEN)[:-1], "unreadable"), (packed([]), "unreadable"), (packed({"zz": "x"}), "unreadable"),
        (packed({"b": 1960}), "unreadable"), (packed({"n": "SOK"}), "unreadable"),
        (packed({"b": "x" * 301}), "unreadable"),
        (packed({"n": ["x"] * 7}), "unreadable"), (packed({"y": ["x"] * 13}), "unreadable"),
        (packed({"b": "19\0"}), "unreadable"), (prefill.PREFIX + "A" * 5000, "too_long"),
        (prefill.PREFIX + base45.b45encode(b"[" * 2000).decode(), "unreadable"),
    ],
)  # fmt: skip
def test_anything_else_is_refused_in_words(text, code):
    with refused(f"cases.prefill_{code}"):
        prefill.decode(text)


@given(st.text(max_size=80))
def test_no_text_breaks_the_reader(text):
    for given_ in (text, prefill.PREFIX + text):
        try:
            prefill.decode(given_)
        except Refusal as refusal:
            assert refusal.code.startswith("cases.prefill_")


def photo(text: str) -> bytes:
    """The QR as a phone shows it, on a photo that lies a little askew."""
    drawn = zxingcpp.create_barcode(text, zxingcpp.QRCode, ec_level="M").to_image(scale=6)
    picture = Image.new("L", (1400, 1400), 200)
    picture.paste(Image.fromarray(drawn), (120, 120))
    out = BytesIO()
    picture.rotate(3, fillcolor=200).save(out, "JPEG", quality=80)
    return out.getvalue()


def test_a_photo_of_the_picture_is_read():
    assert prefill.decode(own_page.text_in(photo(prefill.encode(WRITTEN)))) == WRITTEN


@pytest.mark.parametrize("data", [b"no picture", photo("HELLO")])
def test_other_photos_are_told(data):
    with pytest.raises(Refusal):
        prefill.decode(own_page.text_in(data))


@pytest.mark.usefixtures("desk")
class TestAtTheCounter:
    @pytest.fixture
    def dara(self):
        with override_settings(SROK_CLOCK_STARTS_AT=STARTED.isoformat(), LANGUAGE_CODE="en"):
            client = Client(headers={"accept-language": "en"})
            officer = get_user_model().objects.get(username="dara")
            client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
            yield client

    @pytest.mark.parametrize("way", ["scanner", "photo"])
    def test_it_fills_the_form_and_marks_every_field(self, dara, way):
        capture, text = new_id(STARTED), prefill.encode(WRITTEN)
        how = {"own_page": text} if way == "scanner" else {"photo": SimpleUploadedFile("qr.jpg", photo(text))}
        address = reverse("cases:capture_own_page", args=[capture])
        shown = dara.post(address, {"command_id": str(new_id(STARTED)), **how}, follow=True).content.decode()
        assert 'value="Sophea"' in shown
        assert shown.count("From the applicant&#x27;s own page") == len(WRITTEN)
        assert dict(capture_reads.whole(capture, acting("dara")).prefill) == WRITTEN

    def test_another_qr_is_told_and_nothing_is_kept(self, dara):
        address = reverse("cases:capture_own_page", args=[new_id(STARTED)])
        sent = {"command_id": str(new_id(STARTED)), "own_page": "HC1:ABC"}
        assert "not the picture of an applicant" in dara.post(address, sent, follow=True).content.decode()
        assert capture_reads.captures(acting("dara")) == []


class TestThePage:
    def test_it_asks_the_network_for_nothing_and_runs_only_its_own_script(self):
        page = prefill_page.page("en")
        policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page).group(1).replace("&#x27;", "'")
        assert "default-src 'none'" in policy and "unsafe" not in policy
        assert not re.search(r"(?:src|href|action)=", re.sub(r"<script>.*?</script>", "", page, flags=re.S))
        for word in ("localStorage", "sessionStorage", "fetch(", "XMLHttpRequest", "cookie", "sendBeacon"):
            assert word not in page

    @pytest.mark.parametrize("language", ["km", "en"])
    def test_both_languages_stand_in_one_file(self, language):
        page = prefill_page.page(language)
        assert f'<html lang="{language}"' in page
        assert "នាមត្រកូលជាអក្សរខ្មែរ" in page and "Family name in Khmer" in page

    def test_the_vendored_script_is_the_listed_one_with_its_licence(self):
        listed = dict(
            re.findall(r"^([0-9a-f]{64})  (\S+)$", (VENDOR.parents[2] / "VENDORED.md").read_text("utf-8"), re.M)
        )
        there = {hashlib.sha256(path.read_bytes()).hexdigest(): path.name for path in VENDOR.iterdir()}
        assert there == listed
        assert "Kazuhiko Arase" in (VENDOR / "qrcode-generator.LICENSE.txt").read_text("utf-8")
