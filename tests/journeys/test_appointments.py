"""A family books on a telephone without script, moves, gives back; the officers' day; each page looked at."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from srok.web.tests.latin import latin_in
from tests.journeys.conftest import Open
from tests.journeys.looking import barriers, sideways
from tests.journeys.test_crawl import sign_in

pytestmark = pytest.mark.browser
REFERENCE = re.compile(r"[0-9A-Z]{4}(?:-[0-9A-Z]{4}){2}")


def looked_at(page: Page, scripts: bool) -> None:
    """Nothing too wide, one heading, nothing but Khmer on a Khmer page; no barrier where axe can run."""
    assert page.locator("h1").count() == 1
    if page.locator("html").get_attribute("lang") == "km":
        assert latin_in(page.content()) == []
    if scripts:
        assert sideways(page) == 0
        assert barriers(Axe(), page) == []


@pytest.mark.parametrize(("language", "scripts"), [("km", False), ("km", True), ("en", True)])
def test_a_family_books_moves_and_gives_back(open_page: Open, language: str, scripts: bool) -> None:
    page = open_page("/appointments", language=language, scripts=scripts)
    looked_at(page, scripts)
    page.locator("table a[href*='/appointments/']").nth(1).click()
    looked_at(page, scripts)
    page.select_option("[name=people]", "5")
    page.locator("form[method=get] button").click()
    looked_at(page, scripts)
    page.locator("[name=slot]").nth(2).check()
    page.locator("form[method=post] button").click()
    looked_at(page, scripts)
    found = REFERENCE.search(page.url)
    assert found and page.locator("main").inner_text().count(found[0]) >= 1
    page.locator("a[href$='/move']").click()
    page.locator("main ul a[href*='day=']").last.click()
    looked_at(page, scripts)
    page.locator("[name=slot]").nth(1).check()
    page.locator("form[method=post] button").click()
    assert found[0] in page.url
    looked_at(page, scripts)
    page.locator("details summary").click()
    page.locator("form[action$='/cancel'] button").click()
    looked_at(page, scripts)
    page.goto("/appointments/ticket")
    page.fill("[name=ticket]", found[0].lower().replace("-", " "))
    page.locator("main form button").click()
    assert found[0] in page.url and page.locator("form[action$='/cancel']").count() == 0


@pytest.mark.parametrize(("language", "phone"), [("km", True), ("en", False)])
def test_the_day_of_an_officer(open_page: Open, language: str, phone: bool) -> None:
    page = open_page("/about", language=language, phone=phone)
    sign_in(page, "sreymom")
    page.goto("/missions/today")
    assert page.url.endswith("/line")
    looked_at(page, True)
    page.fill("[name=called_as]", "វណ្ណា")
    page.locator("form[action*='walk-in'] button").click()
    assert "វណ្ណា" in page.locator("main").inner_text()
    page.goto(f"{page.url.partition('?')[0]}?desk={2 if phone else 3}")
    page.locator("form[action*='/next'] button").click()
    looked_at(page, True)
    page.locator("form[action*='/serve'] button").first.click()
    day = page.url.partition("/line")[0]
    for path in ("", "/change", "/close"):
        page.goto(day + path)
        looked_at(page, True)
    page.goto(day.replace("/missions/days/", "/screen/"))
    looked_at(page, True)
    assert "វណ្ណា" not in page.content()
