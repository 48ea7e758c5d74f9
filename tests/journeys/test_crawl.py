"""Every page that an officer can reach by links: it answers, in its language, without a barrier.

One page of each kind is looked at (ids and references count as the same kind), so the crawl stays short.
"""

import re
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from srok.web.tests.latin import latin_in
from tests.journeys.conftest import PUBLIC, Open
from tests.journeys.looking import PASSWORD, barriers, sideways

pytestmark = pytest.mark.browser
VISITS = [
    *((username, "km", True) for username in ("dara", "chanthou", "vuthy", "kunthea", "malis", "sarin")),
    *((username, "en", False) for username in ("dara", "vuthy")),
]
NAMES = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}|\d{2,}")
NOT_PAGES = re.compile(r"\.(pdf|png|jpg|jpeg|svg|json|csv|txt|webp)$|^/(language|api|static)/|/paper/|/checkpoint$")
MOST = 25


def sign_in(page: Page, username: str) -> None:
    page.goto("/accounts/sign-in")
    page.fill("[name=username]", username)
    page.fill("[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    page.locator(".srok-who").wait_for()


def kind(address: str) -> str:
    """The kind of a page: its path with ids, references and numbers left open."""
    return NAMES.sub("*", urlsplit(address).path)


def links(page: Page) -> list[str]:
    """The addresses on this page that stay in the house and show a page (not a picture or a scanned paper)."""
    found = page.eval_on_selector_all("a[href]", "all => all.map(one => one.href)")
    own = [urlsplit(one) for one in found if urlsplit(one).netloc == urlsplit(page.url).netloc]
    return [f"{one.path}?{one.query}".rstrip("?") for one in own if not NOT_PAGES.search(one.path)]


@pytest.mark.parametrize(("username", "language", "phone"), VISITS)
def test_every_page_of_an_officer(open_page: Open, username: str, language: str, phone: bool) -> None:
    page, axe = open_page("/about", language=language, phone=phone), Axe()
    sign_in(page, username)
    waiting, seen, faults = links(page), set(PUBLIC), list[str]()
    while waiting and len(seen) < MOST:
        address = waiting.pop(0)
        if kind(address) in seen:
            continue
        seen.add(kind(address))
        answer = page.goto(address)
        assert answer is not None
        faults += [f"{username} {address}: {fault}" for fault in faults_of(page, answer.status, axe)]
        waiting += links(page)
    assert faults == []
    assert len(seen) > len(PUBLIC)


def faults_of(page: Page, status: int, axe: Axe) -> list[str]:
    """What is wrong with the page that is open."""
    found = [f"status {status}"] if status != 200 else []
    if page.locator("h1").count() != 1:
        found.append(f"{page.locator('h1').count()} headings of the first rank")
    if sideways(page):
        found.append(f"{sideways(page)} pixels too wide")
    if page.locator("html").get_attribute("lang") == "km":
        found += [f"not Khmer: {text[:120]}" for text in latin_in(page.content())]
    return found + barriers(axe, page)
