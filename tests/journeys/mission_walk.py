"""A mission day in the browser, on the kit alone: run inside a network namespace, with the kit's own server.

`python -m tests.journeys.mission_walk` reads what it needs as JSON on standard input (`Asked`), does the walk, and
writes what it saw as JSON: faults by page, the file that was written, the reference on the receipt.
"""

import json
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from srok.web.tests.latin import latin_in
from tests.journeys.conftest import CHROMIUM, DESK, FLAGS, PHONE
from tests.journeys.looking import barriers, sideways

LOOKS = (("km", PHONE), ("km", DESK), ("en", PHONE), ("en", DESK))
PAGES = ("/kit", "/missions/today", "/cases/captures/", "/cases/new", "/parcels/kit", "/cards/bag/", "/track")
TYPED = {
    "family_km": "សុខ", "given_km": "សុភា", "family_latin": "SOK", "given_latin": "SOPHEA", "birth_date": "1962-05",
    "birthplace_text": "បាត់ដំបង", "mother_family_latin": "KEO", "mother_given_latin": "BOPHA",
    "postal": "1 Example Street",
}  # fmt: skip
CHOSEN = {"sex": "F", "basis": "descent", "kind_0": "i94", "seen_0": "original", "language": "km", "channel": "letter"}


@dataclass(frozen=True)
class Asked:
    """The kit's folder and port, the officers' passphrases, where to write, and the step: `capture` or `confirm`."""

    home: str
    port: int
    officers: dict[str, str]
    out: str
    step: str
    portrait: str = ""
    scan: str = ""
    receipts: str = ""


@dataclass
class Seen:
    """What the walk saw."""

    reference: str = ""
    file: str = ""
    said: str = ""
    faults: list[str] = field(default_factory=list)


def main() -> None:
    """Serve the kit as its officer does, walk, stop it."""
    asked = Asked(**json.load(sys.stdin))
    command = [f"{asked.home}/start", "--port", str(asked.port)]
    with subprocess.Popen(command, stdout=sys.stderr) as server, sync_playwright() as playwright:
        try:
            _wait(asked.port)
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            seen = (capture if asked.step == "capture" else confirm)(browser, asked)
            browser.close()
        finally:
            server.terminate()
    sys.stdout.write(json.dumps(asdict(seen)))


def capture(browser: Browser, asked: Asked) -> Seen:
    """Dara takes somebody in, Sreymom approves, the file is written; every page is looked at on the way."""
    seen = Seen()
    dara = signed_in(browser, asked, "dara")
    fill(dara, asked)
    look(dara, seen, "read back")
    dara.locator("form[action$='/read-back'] [name=read]").check()
    dara.locator("form[action$='/read-back'] button[type=submit]").click()
    sreymom = signed_in(browser, asked, "sreymom")
    sreymom.goto("/cases/captures/")
    look(sreymom, seen, "waiting")
    sreymom.locator("main a[href*='/cases/captures/']").first.click()
    look(sreymom, seen, "approval")
    sreymom.locator("form[action$='/approve'] [name=compared]").check()
    sreymom.locator("form[action$='/approve'] button[type=submit]").first.click()
    look(sreymom, seen, "receipt")
    seen.reference = sreymom.locator("main .srok-code").first.inner_text()
    sreymom.goto("/parcels/kit")
    with sreymom.expect_download() as coming:
        sreymom.locator("a[href$='/parcels/kit/file']").click()
    seen.file = str(Path(asked.out) / coming.value.suggested_filename)
    coming.value.save_as(seen.file)
    for language, size in LOOKS:
        glance(browser, asked, seen, language, size)
    return seen


def confirm(browser: Browser, asked: Asked) -> Seen:
    """The receipts came back: the kit lets go of what it sealed."""
    seen = Seen()
    page = signed_in(browser, asked, "dara")
    page.goto("/parcels/kit")
    page.locator("input[type=file]").set_input_files(asked.receipts)
    page.locator("main form button[type=submit]").first.click()
    look(page, seen, "confirmed")
    page.goto("/kit")
    look(page, seen, "kit, all sent")
    seen.said = page.locator("main").inner_text()
    return seen


def fill(page: Page, asked: Asked) -> None:
    """A form as somebody fills it who knows only a month of birth and the mother."""
    page.goto("/cases/new")
    form = page.locator("form[enctype]").last
    for name, text in TYPED.items():
        form.locator(f"[name={name}]").fill(text)
    for name, value in CHOSEN.items():
        form.locator(f"select[name={name}]").select_option(value)
    form.locator("[name=portrait]").set_input_files(asked.portrait)
    form.locator("[name=file_0]").set_input_files(asked.scan)
    form.locator("button[type=submit]").last.click()
    problem = page.locator(".govuk-error-summary")
    assert problem.count() == 0, problem.inner_text()


def glance(browser: Browser, asked: Asked, seen: Seen, language: str, size: Any) -> None:
    """Every page of a kit in this language and at this width, photographed."""
    page = signed_in(browser, asked, "dara", language, size)
    for path in PAGES:
        page.goto(path)
        look(page, seen, f"{path} {language} {size['width']}")
        name = path.strip("/").replace("/", "-")
        page.screenshot(path=f"{asked.out}/{name}-{language}-{size['width']}.png", full_page=True)


def look(page: Page, seen: Seen, where: str) -> None:
    """No barrier, nothing sideways, no English on a Khmer page; the kit is named."""
    found = barriers(Axe(), page)
    found += [f"{sideways(page)} px sideways"] if sideways(page) else []
    if page.locator("html").get_attribute("lang") == "km":
        found += [f"Latin: {text}" for text in latin_in(page.content())]
    found += [] if page.locator(".srok-kit").count() else ["the kit is not named"]
    seen.faults += [f"{where}: {one}" for one in found]


def signed_in(browser: Browser, asked: Asked, name: str, language: str = "km", size: Any = PHONE) -> Page:
    """A fresh reader, signed in with the passphrase that was told once."""
    base = f"http://127.0.0.1:{asked.port}"
    context = browser.new_context(base_url=base, viewport=size, locale="en-US", accept_downloads=True)
    context.add_cookies([{"name": "django_language", "value": language, "url": base}])
    page = context.new_page()
    page.goto("/accounts/sign-in")
    page.fill("[name=username]", name)
    page.fill("[name=password]", asked.officers[name])
    page.click("main button[type=submit]")
    page.locator(".srok-who").wait_for()
    return page


def _wait(port: int) -> None:
    for _ in range(200):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5)
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
        else:
            return
    raise AssertionError("the kit does not answer")


if __name__ == "__main__":
    main()
