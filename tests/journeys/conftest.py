"""The house as a reader meets it: the demo's settings, a real server on a free port, Debian's chromium.

The server is a process of its own with a home of its own, so nothing of the test database is touched, and the
content policy, the static files and the clock are the ones people get.
"""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
STARTS_AT = "2025-05-12T08:00:00+07:00"
CHROMIUM = shutil.which("chromium")
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
PUBLIC = [
    "/", "/about", "/apply", "/rules", "/accounts/sign-in", "/track", "/verification/check", "/roll/how",
    "/appointments", "/appointments/how", "/appointments/ticket",
    "/openlog/", "/openlog/register/", "/openlog/register/counts", "/openlog/search", "/openlog/check",
]  # fmt: skip
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}
Open = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Without Chromium the journeys are skipped, and the run names them."""
    for item in items:
        if CHROMIUM is None and item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.skip(reason="Debian's chromium is not installed"))


@pytest.fixture(scope="session")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of the served house: its own home, seeded by the rooms' own doors."""
    home = tmp_path_factory.mktemp("journeys") / "home"
    found = {
        **os.environ, "SROK_HOME": str(home), "DJANGO_SETTINGS_MODULE": "srok.project.settings.demo",
        "SROK_CLOCK_STARTS_AT": STARTS_AT, "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "default",
    }  # fmt: skip
    _run([sys.executable, "-m", "srok.project.catalogues"], found)
    _run([sys.executable, "-c", "import django; django.setup(); from tests.journeys import seed; seed.main()"], found)
    return found


def _run(command: list[str], environment: dict[str, str]) -> None:
    done = subprocess.run(command, cwd=ROOT, env=environment, text=True, capture_output=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="session")
def house(environment: dict[str, str]) -> Iterator[str]:
    """The address of the served house."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    log = Path(environment["SROK_HOME"]) / "server.log"
    command = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port),
        "srok.project.wsgi:application",
    ]  # fmt: skip
    with log.open("wb") as out, subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=out, stderr=subprocess.STDOUT
    ) as server:  # fmt: skip
        try:
            _wait_for(port, server, log)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


def _wait_for(port: int, server: "subprocess.Popen[bytes]", log: Path) -> None:
    for _ in range(150):
        assert server.poll() is None, log.read_text("utf-8")
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise AssertionError(log.read_text("utf-8"))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all journeys."""
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield found
        found.close()


@pytest.fixture
def open_page(browser: Browser, house: str) -> Iterator[Open]:
    """`open_page("/about", language="km", width="phone")`: a fresh reader on a page; console errors fail the test."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def opened(path: str = "/", *, language: str = "km", phone: bool = True, scripts: bool = True) -> Page:
        context = browser.new_context(
            base_url=house, viewport=PHONE if phone else DESK, java_script_enabled=scripts, locale="en-US"
        )
        contexts.append(context)
        context.add_cookies([{"name": "django_language", "value": language, "url": house}])
        page = context.new_page()
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        page.goto(path)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert [said for said in complaints if "Failed to load resource" not in said] == []
