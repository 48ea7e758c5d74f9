"""The camera of the portrait field in a real browser: a drawn person before a simulated camera."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from PIL import Image

from srok.identity.biometrics.tests.pictures import Head, people
from srok.identity.biometrics.tests.world import signed_in as browser_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
CHROMIUM = shutil.which("chromium")
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream",
]  # fmt: skip
WORDS = {"en": "The photo is good.", "km": "រូបថតនេះល្អ។"}


def film(where: Path, head: Head) -> Path:
    """A camera's view of 1280 by 960 with this head in the middle, as the frames of a Y4M file."""
    frame = Image.new("RGB", (1280, 960), "#d8dee6")
    frame.paste(people(head, width=768, height=960), (256, 0))
    light, blue, red = frame.convert("YCbCr").split()
    half = [part.resize((640, 480), Image.Resampling.BOX).tobytes() for part in (blue, red)]
    path = where / "camera.y4m"
    one = b"FRAME\n" + light.tobytes() + b"".join(half)
    path.write_bytes(b"YUV4MPEG2 W1280 H960 F10:1 Ip A1:1 C420jpeg\n" + one * 2)
    return path


@pytest.fixture
def signed_in(live_server: Any) -> str:
    """The session of Dara, consular officer."""
    officers = get_user_model()  # made without an act: a flush between tests cannot empty a journal
    office = officers._meta.get_field("office").related_model.objects.create(
        code="mfa.was", name_km="x", name_en="x", timezone="America/New_York", post="WAS"
    )
    officers.objects.create(username="dara", office=office, roles=["consular_officer"])
    return browser_of("dara").cookies["sessionid"].value


@pytest.fixture
def chromium() -> Iterator[Any]:
    """A starter of Chromium with this camera."""
    if CHROMIUM is None:
        pytest.skip("Debian's chromium is not installed")
    from playwright.sync_api import sync_playwright

    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as started:
        yield lambda *more: started.chromium.launch(executable_path=CHROMIUM, args=[*FLAGS, *more])
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


def opened(browser: Any, live_server: Any, signed_in: str, *, language: str = "en", script: bool = True) -> Any:
    context = browser.new_context(viewport={"width": 390, "height": 844}, java_script_enabled=script)
    cookies = {"sessionid": signed_in, "django_language": language}
    context.add_cookies([{"name": name, "value": value, "url": live_server.url} for name, value in cookies.items()])
    page = context.new_page()
    page.goto(f"{live_server.url}/biometrics/try")
    return page


@pytest.mark.parametrize("language", ["en", "km"])
def test_a_shot_lands_in_the_form_and_is_judged_at_once(
    chromium, live_server, signed_in, with_dlib, tmp_path, language
):
    browser = chromium(f"--use-file-for-fake-video-capture={film(tmp_path, Head())}")
    page, faults = opened(browser, live_server, signed_in, language=language), []
    page.on("console", lambda said: faults.append(said.text) if said.type in ("error", "warning") else None)
    page.locator("[data-open]").click()
    page.locator("[data-camera][data-live=yes]").wait_for()
    page.locator("[data-take]").click()
    page.locator("[data-again]").wait_for(state="visible")
    page.locator("[data-camera][data-ok=true]").wait_for()
    assert page.locator("[data-said]").text_content() == WORDS[language]
    assert page.evaluate("document.getElementById('id_portrait').files[0].size") > 20_000
    page.locator("form.srok-form button[type=submit]").click()
    assert page.locator("main h2", has_text=WORDS[language]).count() == 1
    assert faults == []
    browser.close()


def test_what_is_wrong_is_said_and_the_photo_is_taken_again(chromium, live_server, signed_in, with_dlib, tmp_path):
    browser = chromium(f"--use-file-for-fake-video-capture={film(tmp_path, Head(roll=14))}")
    page = opened(browser, live_server, signed_in)
    page.locator("[data-open]").click()
    page.locator("[data-camera][data-live=yes]").wait_for()
    page.locator("[data-take]").click()
    page.locator("[data-camera][data-ok=false]").wait_for()
    assert page.locator("[data-code='biometrics.head_rolled']").count() == 1
    page.locator("[data-again]").click()
    page.locator("[data-take]").wait_for(state="visible")
    browser.close()


def test_a_chosen_file_is_judged_too_and_without_script_the_field_is_enough(
    chromium, live_server, signed_in, with_dlib, tmp_path
):
    path = tmp_path / "two.jpg"
    people(Head(at=(0.28, 0.42), size=0.17), Head(1, at=(0.72, 0.42), size=0.17)).save(path)
    browser = chromium()
    page = opened(browser, live_server, signed_in)
    page.set_input_files("#id_portrait", str(path))
    page.locator("[data-code='biometrics.several_faces']").wait_for()
    plain = opened(browser, live_server, signed_in, script=False)
    assert not plain.locator("[data-camera]").is_visible()
    plain.set_input_files("#id_portrait", str(path))
    plain.locator("form.srok-form button[type=submit]").click()
    assert "More than one face" in plain.locator("main").text_content()
    browser.close()


def test_a_machine_without_a_camera_says_so(chromium, live_server, signed_in):
    browser = chromium("--use-fake-device-for-media-stream=device-count=0")
    page = opened(browser, live_server, signed_in)
    page.locator("[data-open]").click()
    page.locator("[data-said]", has_text="No camera").wait_for()
    browser.close()
