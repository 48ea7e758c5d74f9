"""One person's whole way by clicking, in Khmer, on a telephone: from the receipt to the voter list of a commune.

Each step is done by the officer whose desk it is; the person's application was lodged with the consulate's folder.
"""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from srok.web.tests.latin import latin_in
from tests.journeys.conftest import ROOT, Open
from tests.journeys.looking import barriers, sideways
from tests.journeys.test_crawl import sign_in

pytestmark = pytest.mark.browser


class Walk:
    """Opens desks and presses what a form's address names; looks at each page on the way."""

    def __init__(self, open_page: Open, reference: str) -> None:
        self.open_page, self.reference, self.axe = open_page, reference, Axe()

    def desk(self, username: str, path: str) -> Page:
        """The desk of an officer, opened by a fresh sign-in."""
        page = self.open_page("/about")
        sign_in(page, username)
        page.goto(path)
        return page

    def send(self, page: Page, form: str, **ticked: str) -> None:
        """Tick, press, and see that the act was done: no error, no barrier, nothing but Khmer."""
        found = page.locator(f"form[action$='/{form}']").first
        for name, value in ticked.items():
            found.locator(f"[name={name}]" + (f"[value={value}]" if value != "on" else "")).check()
        found.locator("button[type=submit]").first.click()
        self.look(page)

    def look(self, page: Page) -> None:
        """The page that answers: what was asked for happened, and the page is sound."""
        assert page.locator(".govuk-error-summary").count() == 0, page.locator(".govuk-error-summary").inner_text()
        assert latin_in(page.content()) == []
        assert sideways(page) == 0 and barriers(self.axe, page) == []

    def case(self, username: str) -> Page:
        """This person's case, found in the officer's list."""
        page = self.desk(username, "/cases/")
        page.get_by_role("link", name=self.reference).click()
        return page

    def card(self, username: str) -> Page:
        """This person's card, found in the officer's list."""
        page = self.desk(username, "/cards/")
        page.locator("tr", has_text=self.reference).locator("a").first.click()
        return page

    def tracked(self) -> str:
        """What the public page says about the reference."""
        page = self.open_page("/track")
        page.fill("[name=reference]", self.reference.lower().replace("-", " "))
        page.click("main button[type=submit]")
        self.look(page)
        return page.locator("main .govuk-tag").first.inner_text()


@pytest.fixture
def walk(open_page: Open, environment: dict[str, str]) -> Walk:
    stopped = json.loads((Path(environment["SROK_HOME"]) / "stopped.json").read_text("utf-8"))
    return Walk(open_page, stopped["lodged"])


def test_from_the_receipt_to_the_voter_list(walk: Walk, environment: dict[str, str]) -> None:
    assert walk.tracked() == "បានទទួល"
    examined_by_foreign_affairs(walk)
    decided_by_interior(walk)
    signed_by_both(walk)
    qr_text = made_and_handed_over(walk)
    checked_by_anybody(walk, qr_text)
    entered_in_the_commune(walk, qr_text)
    reactions_run(environment)
    assert walk.tracked() == "បានបញ្ចប់"


def reactions_run(environment: dict[str, str]) -> None:
    """What `srok work` does beside the served pages: the case closes because its card was handed over."""
    code = "import django; django.setup(); from srok.ground.journal.public import drain; drain()"
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, check=True)


def examined_by_foreign_affairs(walk: Walk) -> None:
    page = walk.case("chanthou")
    walk.send(page, "propose")
    page.locator("form[action$='/settle'] button[value=same_person]").first.click()
    walk.look(page)
    if page.locator("form[action$='/settle-rest']").count():
        walk.send(page, "settle-rest")
    walk.send(page, "examine", opinion="favourable")


def decided_by_interior(walk: Walk) -> None:
    page = walk.case("vuthy")
    walk.send(page, "decide", outcome="approve")
    assert page.locator("form[action$='/approve']").count() == 0  # who decided does not approve
    page = walk.case("kunthea")
    walk.send(page, "approve", agree="yes")


def signed_by_both(walk: Walk) -> None:
    page = walk.card("chanthou")
    walk.send(page, "sign", read="on")
    page = walk.card("vuthy")
    walk.send(page, "sign", read="on")


def made_and_handed_over(walk: Walk) -> str:
    page = walk.card("vuthy")
    walk.send(page, "issue")
    walk.send(page, "dispatch")
    page = walk.card("dara")
    walk.send(page, "receive")
    page.locator("a[href$='/hand-over']").click()
    page.locator("[name=checked][value=portrait]").check()
    page.locator("[name=present][value=holder]").check()
    page.locator("main button[type=submit]").click()
    walk.look(page)
    page.locator("summary").first.click()
    return page.locator(".srok-qr-text").inner_text().strip()


def checked_by_anybody(walk: Walk, qr_text: str) -> None:
    page = walk.open_page("/verification/check")
    page.fill("[name=qr_text]", qr_text)
    page.click("main button[type=submit]")
    walk.look(page)
    assert page.locator(".srok-verdict--valid").count() == 1


def entered_in_the_commune(walk: Walk, qr_text: str) -> None:
    page = walk.desk("malis", "/roll/")
    page.fill("[name=qr_text]", qr_text)
    page.click("main button[type=submit]")
    walk.look(page)
    walk.send(page, "enter", present="on", residence="on")
    assert "/roll/row/" in page.url
    page.goto("/roll/")
    page.fill("[name=qr_text]", qr_text)
    page.click("main button[type=submit]")
    assert page.locator("form[action$='/enter']").count() == 0  # once only
