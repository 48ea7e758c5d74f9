"""How many keys and fields one application costs at the counter: typed, and prefilled from the applicant's own page.

A real browser on a served house; a script counts what the page itself sees: letters that come in, named keys, presses,
and fields whose value changed. Two officers: Dara takes and reads back, Sreymom approves; from the empty form to the
receipt. The time is reckoned from the counts (the keystroke-level model of Card, Moran and Newell, 1983), not measured
on people: 0.5 s a key for both scripts, 1.5 s a press with the pointer, 1.2 s of thought a field, and stated minutes
for what no program shortens.

    .venv/bin/python benchmarks/capture_keys.py http://127.0.0.1:8000 [--json]
"""

import argparse
import json
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from uuid import UUID

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from playwright.sync_api import Browser, Page, sync_playwright

from srok.identity.biometrics.tests.pictures import coded, face
from srok.identity.cases import prefill

CHROMIUM = "/usr/bin/chromium"
KEY, PRESS, FIELD = 0.5, 1.5, 1.2
# What takes its time whatever the program does, in seconds: greeting and papers, photo, scanning, reading aloud,
# signing, the second officer's look.
PEOPLE = {"papers": 45, "portrait": 20, "scan": 25, "read_aloud": 60, "sign": 15, "second_look": 45}
COUNTER = """
(() => {
  const kept = JSON.parse(sessionStorage.counted || '{"keys":0,"presses":0,"fields":{}}');
  const keep = () => { sessionStorage.counted = JSON.stringify(kept); };
  // A browser that is driven has no Khmer keyboard: a letter is counted where it comes in, a named key where it is hit.
  addEventListener("keydown", (event) => { if (event.key.length > 1) { kept.keys += 1; keep(); } }, true);
  addEventListener("input", (event) => { if (event.inputType === "insertText") { kept.keys += 1; keep(); } }, true);
  addEventListener("click", (event) => { if (event.isTrusted) { kept.presses += 1; keep(); } }, true);
  addEventListener("change", (event) => {
    if (event.target.name) { kept.fields[location.pathname + ":" + event.target.name] = 1; keep(); }
  }, true);
})();
"""
# One ordinary person, twice: every run of the benchmark is somebody else, so that no application is open twice.
GIVEN = (("សុភា", "SOPHEA"), ("សុភី", "SOPHY"), ("ម៉ាលី", "MALY"), ("រតនា", "RATANA"), ("ពិសី", "PISEY"))


@dataclass(frozen=True, slots=True)
class Cost:
    """What one application cost at the counter."""

    way: str
    keys: int
    presses: int
    fields: int
    seconds: int


def person(number: int, year: int) -> dict[str, str]:
    """What the applicant says."""
    khmer, latin = GIVEN[number % len(GIVEN)]
    return {
        "family_km": "សុខ", "given_km": khmer, "family_latin": "SOK", "given_latin": latin, "sex": "F",
        "birth_date": f"{year}-05-02", "birthplace_text": "Battambang", "basis": "descent",
        "father_family_km": "សុខ", "father_given_km": "វណ្ណា", "father_family_latin": "SOK",
        "father_given_latin": "VANNA", "mother_family_km": "កែវ", "mother_given_km": "បុប្ផា",
        "mother_family_latin": "KEO", "mother_given_latin": "BOPHA", "phone": "+15625550142",
        "language": "km", "channel": "letter",
    }  # fmt: skip


def main() -> None:
    """Take one application each way and print what it cost."""
    asked = argparse.ArgumentParser()
    asked.add_argument("base")
    asked.add_argument("--json", action="store_true")
    asked.add_argument("--year", type=int, default=1961, help="birth year: choose another one to run again")
    asked.add_argument("--shots", default="", help="folder for screenshots of each page")
    given = asked.parse_args()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        costs = [taken(browser, given, way, number) for number, way in enumerate(("typed", "prefilled"))]
        browser.close()
    if given.json:
        print(json.dumps([asdict(one) for one in costs]))
        return
    for one in costs:
        print(f"{one.way:10} keys {one.keys:4} presses {one.presses:3} fields {one.fields:3} about {one.seconds // 60}"
              f" min {one.seconds % 60:02} s (with {sum(PEOPLE.values())} s that people need)")  # fmt: skip


def taken(browser: Browser, given: argparse.Namespace, way: str, number: int) -> Cost:
    """One application from the empty form to the receipt."""
    dara = desk(browser, given.base, "dara")
    dara.goto("/cases/new")
    said = person(number, given.year)
    before = counted(dara)
    if way == "prefilled":
        field = dara.locator("[name=own_page]")
        field.fill(prefill.encode(said))  # a scanner types by itself: no key of an officer
        field.press("Enter")
        dara.wait_for_url("**/cases/new?take=*")
    else:
        typed(dara, said)
    picture(dara, "portrait", coded(face()))
    # A drawn head is nobody's face: where a face engine looks, it is taken as it is, with a reason, as one more field.
    choose(dara, "as_is", "cases.as_is_engine")
    choose(dara, "kind_0", "baptism")
    picture(dara, "file_0", coded(face(400, 300)))
    shot(dara, given, f"{way}_form")
    dara.locator("form[data-keep] button[type=submit]").last.click()
    dara.wait_for_url("**/cases/captures/*/")
    shot(dara, given, f"{way}_read_back")
    capture = UUID(dara.url.rstrip("/").rpartition("/")[2])
    dara.locator("[name=read]").check()
    dara.locator("form[action$=read-back] button[type=submit]").click()
    first = counted(dara)
    sreymom = desk(browser, given.base, "sreymom")
    sreymom.goto("/cases/captures/")
    second_before = counted(sreymom)
    shot(sreymom, given, f"{way}_waiting")
    sreymom.locator(f"a[href*='{capture}']").first.click()
    shot(sreymom, given, f"{way}_approval")
    sreymom.locator("[name=compared]").check()
    sreymom.locator("form[action$=approve] button[type=submit]").click()
    sreymom.locator(".srok-qr svg").wait_for()
    shot(sreymom, given, f"{way}_receipt")
    second = counted(sreymom)
    keys, presses, fields = (
        first[0] - before[0] + second[0] - second_before[0], first[1] - before[1] + second[1] - second_before[1],
        first[2] - before[2] + second[2] - second_before[2],
    )  # fmt: skip
    seconds = keys * KEY + presses * PRESS + fields * FIELD + sum(PEOPLE.values())
    return Cost(way, keys, presses, fields, round(seconds))


def desk(browser: Browser, base: str, officer: str) -> Page:
    """A signed-in officer, whose events are counted from here on."""
    context = browser.new_context(base_url=base, viewport={"width": 1280, "height": 900})
    context.add_cookies([{"name": "django_language", "value": "km", "url": base}])
    page = context.new_page()
    page.goto("/accounts/sign-in")
    page.fill("input[name=username]", officer)
    page.fill("input[name=password]", "srok-demo")
    page.press("input[name=password]", "Enter")
    page.wait_for_load_state()
    context.add_init_script(COUNTER)
    return page


def typed(page: Page, said: dict[str, str]) -> None:
    """Type it, key by key; where the other script is offered, take the first suggestion."""
    for name, text in said.items():
        field = page.locator(f"form[data-keep] [name={name}]")
        if field.evaluate("one => one.tagName") == "SELECT":
            choose(page, name, text)
            continue
        if field.input_value() == text:
            continue
        offered = page.locator(f"#usual_{name} button", has_text=text)
        if name.endswith("_latin") and offered.count():
            offered.first.click()
            continue
        field.focus()
        page.keyboard.press("Tab")  # the officer came here by Tab: one key a field
        field.focus()
        field.press_sequentially(text)
        page.wait_for_timeout(450 if name.endswith("_km") else 0)


def choose(page: Page, name: str, value: str) -> None:
    """Choose in a list: two presses, as a person opens it and takes one."""
    field = page.locator(f"form[data-keep] [name={name}]")
    if field.input_value() != value:
        field.click()
        page.keyboard.press("Escape")
        field.select_option(value)


def picture(page: Page, name: str, data: bytes) -> None:
    """A camera or scanner gives the picture; one press starts it."""
    page.locator(f"form[data-keep] [name={name}]").set_input_files(
        {"name": f"{name}.jpg", "mimeType": "image/jpeg", "buffer": data}
    )
    page.wait_for_timeout(400)


def counted(page: Page) -> tuple[int, int, int]:
    """Keys, presses and changed fields so far."""
    kept = page.evaluate('JSON.parse(sessionStorage.counted || \'{"keys":0,"presses":0,"fields":{}}\')')
    return kept["keys"], kept["presses"], len(kept["fields"])


def shot(page: Page, given: argparse.Namespace, name: str) -> None:
    """A picture of the whole page at both widths, where one is asked for."""
    if given.shots:
        for width in (1280, 390):
            page.set_viewport_size({"width": width, "height": 900})
            page.screenshot(path=str(Path(given.shots) / f"{name}_{width}.png"), full_page=True)
        page.set_viewport_size({"width": 1280, "height": 900})


if __name__ == "__main__":
    main()
