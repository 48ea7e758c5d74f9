"""Every public page in both languages on a telephone: readable, in its language, without a barrier."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from srok.web.tests.latin import latin_in
from tests.journeys.conftest import PUBLIC, Open
from tests.journeys.looking import barriers, sideways

pytestmark = pytest.mark.browser
PAGES = [*PUBLIC, "/nothing-here"]


@pytest.mark.parametrize("language", ["km", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_public_page_on_a_telephone(open_page: Open, path: str, language: str) -> None:
    page = open_page(path, language=language)
    assert page.locator("html").get_attribute("lang") == language
    assert sideways(page) == 0
    assert barriers(Axe(), page) == []
    if language == "km":
        assert latin_in(page.content()) == []


def test_the_language_switch_needs_no_script(open_page: Open) -> None:
    page = open_page("/about", scripts=False)
    page.get_by_role("link", name="English").click()
    assert page.url.endswith("/about") and page.locator("h1").inner_text() == "What this is"
    page.get_by_role("link", name="ខ្មែរ").click()
    assert page.url.endswith("/about") and page.locator("h1").inner_text() == "អំពីសេវានេះ"


def test_the_first_page_is_light(open_page: Open) -> None:
    page = open_page("/nothing-here")
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.setCacheDisabled", {"cacheDisabled": True})
    sizes: list[int] = []
    session.on("Network.loadingFinished", lambda event: sizes.append(int(event["encodedDataLength"])))
    page.goto("/", wait_until="networkidle")
    assert 5_000 < sum(sizes) <= 130_000
