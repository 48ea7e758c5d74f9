"""The applicant's page in a real browser, without a network: its picture read by another implementation (zbar)."""

import shutil
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from srok.identity.cases import prefill, prefill_page

CHROMIUM = shutil.which("chromium")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="Debian's chromium is not installed"),
]
TYPED = {
    "family_km": "សុខ", "given_km": "សុភា", "family_latin": "SOK", "given_latin": "Sophea", "birth_date": "1960-01",
    "mother_family_km": "កែវ", "mother_given_latin": "Bopha", "phone": "+1 562 555 0142",
}  # fmt: skip
CHOSEN = {
    "name_order": "family_first", "address_option": "post", "channel": "letter", "sex": "F", "may_contact": "mother",
}  # fmt: skip


@pytest.fixture(scope="module")
def opened(tmp_path_factory):
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--headless", "--no-sandbox", "--disable-gpu"]
        )
        made: list[str] = []

        def page(language: str, width: int):
            file = Path(tmp_path_factory.mktemp("home")) / "page.html"
            file.write_text(prefill_page.page(language), "utf-8")
            context = browser.new_context(viewport={"width": width, "height": 844}, offline=True)
            found = context.new_page()
            found.on("console", lambda said: made.append(said.text) if said.type == "error" else None)
            found.goto(file.as_uri())
            return found

        yield page
        browser.close()
        assert made == []


def read(page) -> dict[str, str]:
    pyzbar = pytest.importorskip("pyzbar.pyzbar")
    picture = Image.open(BytesIO(page.locator("#qr").screenshot()))
    (found,) = pyzbar.decode(picture)
    return prefill.decode(found.data.decode())


@pytest.mark.parametrize("language", ["km", "en"])
@pytest.mark.parametrize("width", [390, 1280])
def test_what_is_typed_comes_out_of_the_picture(opened, language, width):
    page = opened(language, width)
    for name, text in TYPED.items():
        page.fill(f"[name={name}]", text)
    page.select_option("[name=sex]", "F")
    page.check("[name=may_contact][value=mother]")
    page.click("button.main")
    assert read(page) == TYPED | CHOSEN | {"language": language}
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0
    assert page.evaluate("[localStorage.length, document.cookie]") == [0, ""]


def test_what_does_not_fit_is_left_out_and_named(opened):
    page = opened("en", 390)
    for name, text in TYPED.items():
        page.fill(f"[name={name}]", text)
    for name in ("postal", "other_names", "birthplace_text", "email"):
        page.fill(f"[name={name}]", "ភ" * 300)
    page.click("button.main")
    told = page.inner_text("#told")
    assert "Postal address" in told and "Other names used" in told
    assert read(page)["given_km"] == "សុភា"
    for name in prefill.NAME:
        page.fill(f"[name={name}]", "ភ" * 300)
    page.click("button.main")
    assert "too long for a picture" in page.inner_text("#told")
    assert page.locator("#qr svg").count() == 0
