"""The browser's verifier in Chromium: from a web server and from chosen files, on whole and on changed folders."""

import json
import shutil
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from srok.trust.openlog.verifier import verifier_files
from tests.fraud.conftest import Published

CHROMIUM = shutil.which("chromium")
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="Debian's chromium is not installed"),
]


class Quiet(SimpleHTTPRequestHandler):
    """Plain files, no log lines."""

    def log_message(self, *words: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def folder(published: Published, tmp_path: Path) -> Path:
    top = tmp_path / "folder"
    shutil.copytree(published.top, top)
    for path, data in verifier_files():
        (top / path).parent.mkdir(exist_ok=True)
        (top / path).write_bytes(data)
    return top


@pytest.fixture
def site(folder: Path) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder))) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}/verify/index.html"
        server.shutdown()
        thread.join()


def opened(browser: Browser, address: str, width: int = 390) -> Page:
    page = browser.new_page(viewport={"width": width, "height": 844})
    page.problems = []  # type: ignore[attr-defined]
    page.on("pageerror", lambda problem: page.problems.append(str(problem)))  # type: ignore[attr-defined]
    page.on("console", lambda line: page.problems.append(line.text) if "Security" in line.text else None)  # type: ignore[attr-defined]
    page.goto(address)
    return page


def result(page: Page) -> tuple[str, str]:
    page.click("#check")
    page.wait_for_selector("#result[data-state]")
    assert page.problems == []  # type: ignore[attr-defined]
    state = page.get_attribute("#result", "data-state")
    return str(state), page.inner_text("#result")


def test_a_served_folder_and_a_receipt_hold(browser: Browser, site: str, published: Published):
    page = opened(browser, site + "?lang=en")
    state, words = result(page)
    assert state == "ok" and "srok.example/register" in words and "srok.example/election" in words
    assert "ML-DSA-44" in words and "Cosigned by: W1, W2, W3, W4" in words
    page.set_input_files("#receipt", str(published.receipt))
    page.set_input_files("#old", str(published.old))
    state, words = result(page)
    assert state == "ok" and "The receipt holds" in words and '"commune"' in words
    page.close()


def test_it_speaks_khmer_first_and_fits_a_phone(browser: Browser, site: str):
    page = opened(browser, site)
    assert "ពិនិត្យកំណត់ហេតុសាធារណៈដោយខ្លួនឯង" in page.inner_text("h1")
    assert "Check" not in page.inner_text("main").replace("English", "")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.click("button[data-lang=en]")
    assert page.inner_text("h1") == "Check the public log yourself"
    page.close()


@pytest.mark.parametrize("what", ["entry", "root", "receipt", "missing"])
def test_what_was_changed_is_refused(browser: Browser, site: str, folder: Path, tmp_path: Path, what: str):
    receipt = tmp_path / "bad.tlog-proof"
    raw = (folder / "row.tlog-proof").read_bytes()
    receipt.write_bytes(raw.replace(b"index ", b"index 1") if what == "receipt" else raw)
    bundle = folder / "register/tile/entries/000"
    if what == "entry":
        data = bytearray(bundle.read_bytes())
        data[300] ^= 1
        bundle.write_bytes(data)
    if what == "missing":
        bundle.unlink()
    if what == "root":
        note = (folder / "register/checkpoint").read_bytes()
        (folder / "register/checkpoint").write_bytes(
            note.replace(b"srok.example/register\n4", b"srok.example/register\n3", 1)
        )
    page = opened(browser, site + "?lang=en")
    page.set_input_files("#receipt", str(receipt))
    state, words = result(page)
    code = {"entry": "tile_differs", "root": "bad_signature", "receipt": "wrong_path", "missing": "torn_tile"}[what]
    assert state == "bad" and f"verify.{code}" in words
    page.close()


def test_chosen_files_from_a_stick(browser: Browser, folder: Path, published: Published, tmp_path: Path):
    """Opened as a file, without any server: a folder is chosen, and the policy comes from elsewhere."""
    policy = tmp_path / "policy"
    policy.write_text(json.loads((folder / "index.json").read_bytes())["policy"])
    page = opened(browser, (folder / "verify/index.html").as_uri() + "?lang=en", 1280)
    page.set_input_files("#folder", str(folder))
    page.set_input_files("#policy", str(policy))
    page.set_input_files("#receipt", str(published.receipt))
    state, words = result(page)
    assert state == "ok" and "The receipt holds" in words and "folder's own" not in words
    page.close()
