"""Signing in and out, by keyboard alone and without scripts."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.journeys.conftest import Open
from tests.journeys.looking import PASSWORD, barriers, sideways

pytestmark = pytest.mark.browser


def test_sign_in_by_keyboard_alone(open_page: Open) -> None:
    page = open_page("/accounts/sign-in", language="en")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "govuk-skip-link"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.name") == "username"
    page.keyboard.type("chanthou")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Tab")
    outline = page.evaluate("getComputedStyle(document.activeElement).backgroundColor")
    assert outline == "rgb(255, 217, 102)"  # the focus is seen
    page.keyboard.press("Enter")
    page.get_by_text("You are signed in as").wait_for()
    assert "Chanthou" in page.locator(".srok-who").inner_text()


@pytest.mark.parametrize("language", ["km", "en"])
def test_a_wrong_password_is_told_where_it_is(open_page: Open, language: str) -> None:
    page = open_page("/accounts/sign-in", language=language)
    page.fill("[name=username]", "nobody")
    page.fill("[name=password]", "wrong")
    page.click("main button[type=submit]")
    assert page.locator(".govuk-error-summary").count() == 1
    assert page.evaluate("document.activeElement.className") == "govuk-error-summary"
    assert barriers(Axe(), page) == [] and sideways(page) == 0


def test_sign_in_and_out_without_scripts(open_page: Open) -> None:
    page = open_page("/accounts/sign-in", language="en", scripts=False)
    page.fill("[name=username]", "malis")
    page.fill("[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    assert "Malis" in page.locator(".srok-who").inner_text()
    page.get_by_role("button", name="Sign out").click()
    assert page.locator(".srok-who").count() == 0


def test_the_demo_says_who_can_sign_in_and_how(open_page: Open) -> None:
    page = open_page("/accounts/sign-in")
    assert PASSWORD in page.locator("main").inner_text() and "kunthea" in page.locator("main").inner_text()
