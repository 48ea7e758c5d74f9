"""A mission day: 300 people, four officers, one laptop. How much of eight hours does the machine take?

    python benchmarks/capture_day.py [CASES]

A real kit is prepared and served by `srok serve`; four officers work at once over HTTP, each as a browser would: the
empty form, the filled form with a portrait and a scanned paper, the read-back, a colleague's approval, the receipt on
paper. Nobody thinks or types here, so the figures are the machine's own share of a case. At the end the sealed parcels
are exported and imported by the centre: each case must be there once.
"""

from __future__ import annotations

import json
import os
import platform
import re
import secrets
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from html.parser import HTMLParser
from http.cookiejar import CookieJar
from pathlib import Path
from queue import Queue
from urllib.parse import urljoin
from urllib.request import HTTPCookieProcessor, Request, build_opener

PROJECT = Path(__file__).resolve().parents[1]
EXAMPLES = PROJECT / "examples" / "washington"
PORTRAIT, PAPER = EXAMPLES / "02-portrait.jpg", EXAMPLES / "02-i94.png"
PORT = 8177
BASE = f"http://127.0.0.1:{PORT}"
OFFICERS = ("dara", "sreymom", "vanna", "thida")
EIGHT_HOURS = 8 * 3600
TYPED = {
    "family_km": "សុខ", "given_km": "សុភា", "family_latin": "SOK", "birthplace_text": "Battambang", "sex": "F",
    "basis": "descent", "postal": "1 Example Street", "kind_0": "i94", "seen_0": "plain_copy", "where": "post",
}  # fmt: skip


class Forms(HTMLParser):
    """The fields that a page's forms would send as they stand, by the form's action."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.forms: list[tuple[str, dict[str, str]]] = []
        self.select = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        fields = self.forms[-1][1] if self.forms else {}
        if tag == "form":
            self.forms.append((given.get("action", ""), {}))
            self.select = ""
        elif tag == "input" and given.get("name") and given.get("type") not in ("file", "submit"):
            if given.get("type") not in ("radio", "checkbox") or "checked" in given:
                fields[given["name"]] = given.get("value", "")
        elif tag == "select":
            self.select = given.get("name", "")
        elif tag == "option" and self.select and ("selected" in given or self.select not in fields):
            fields[self.select] = given.get("value", "")

    def to(self, ending: str) -> tuple[str, dict[str, str]]:
        """The form whose action ends so; an empty one sends to the page itself."""
        return next((action, dict(fields)) for action, fields in self.forms if action.endswith(ending))


class Officer:
    """One officer's browser: cookies, pages, and how long each page took."""

    def __init__(self, name: str, password: str, times: dict[str, list[float]]) -> None:
        self.name, self.times = name, times
        self.opener = build_opener(HTTPCookieProcessor(CookieJar()))
        self.at = ""
        page = self.get("sign-in", "/accounts/sign-in")
        action, fields = Forms(page).forms[-1]
        self.post("sign-in", action, fields | {"username": name, "password": password})

    def get(self, what: str, address: str) -> str:
        """Fetch a page."""
        return self._send(what, Request(urljoin(BASE, address))).decode("utf-8", "replace")

    def post(self, what: str, address: str, fields: dict[str, str], files: dict[str, Path] | None = None) -> str:
        """Send a form as a browser does."""
        boundary = secrets.token_hex(16)
        request = Request(urljoin(self.at or BASE, address), data=body(boundary, fields, files or {}))
        request.add_header("Content-Type", f"multipart/form-data; boundary={boundary}")
        return self._send(what, request).decode("utf-8", "replace")

    def _send(self, what: str, request: Request) -> bytes:
        began = time.perf_counter()
        with self.opener.open(request, timeout=120) as answer:
            data: bytes = answer.read()
            self.at = answer.url
        self.times[what].append(time.perf_counter() - began)
        return data

    def take(self, number: int) -> str:
        """Take one application and read it back; the address of the capture."""
        page = self.get("empty form", "/cases/new")
        action, fields = Forms(page).to("/cases/new")
        letters = "".join(chr(ord("A") + int(digit)) for digit in str(number))
        day = date(1950, 1, 2) + timedelta(days=17 * number)
        typed = {**TYPED, "given_latin": f"SOPHEA {letters}", "birth_date": day.isoformat()}
        page = self.post(
            "filled form", action, fields | typed, {"portrait": PORTRAIT, "file_0": PAPER}
        )  # fmt: skip
        here = self.at
        action, fields = Forms(page).to("read-back")
        self.post("read back", action, fields | {"read": "on", "how": "signature"})
        return here

    def approve(self, capture: str) -> None:
        """Approve a colleague's capture and print its receipt."""
        page = self.get("approval page", capture)
        action, fields = Forms(page).to("approve")
        page = self.post("approve", action, fields | {"compared": "on"})
        found = re.search(r'href="([^"]+receipt[^"]*\.pdf)"', page)
        if found is None:
            said = " ".join(re.sub(r"<[^>]+>", " ", page.partition("<main")[2]).split())
            raise SystemExit(f"no receipt after the approval at {self.at}: {said[:400]}")
        self.get("receipt (PDF)", found[1])


def body(boundary: str, fields: dict[str, str], files: dict[str, Path]) -> bytes:
    """A form with files (RFC 7578)."""
    parts = [
        f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields.items()
        if name not in files
    ]
    for name, path in files.items():
        head = f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"; filename="{path.name}"\r\n\r\n'
        parts.append(head.encode() + path.read_bytes() + b"\r\n")
    return b"".join(parts) + f"--{boundary}--\r\n".encode()


def day(cases: int, passphrases: dict[str, str], times: dict[str, list[float]]) -> float:
    """Four officers take, and approve what their neighbour took; how many seconds it took."""
    todo: Queue[int] = Queue()
    for number in range(cases):
        todo.put(number)
    people = {name: Officer(name, passphrases[name], times) for name in OFFICERS}
    waiting: dict[str, Queue[str]] = {name: Queue() for name in OFFICERS}
    failed: list[BaseException] = []

    def work(place: int) -> None:
        me, neighbour = people[OFFICERS[place]], OFFICERS[(place + 1) % len(OFFICERS)]
        try:
            while not todo.empty() and not failed:
                waiting[neighbour].put(me.take(todo.get()))
                while not waiting[me.name].empty():
                    me.approve(waiting[me.name].get())
        except BaseException as problem:
            failed.append(problem)

    began = time.perf_counter()
    crew = [threading.Thread(target=work, args=(place,)) for place in range(len(OFFICERS))]
    for one in crew:
        one.start()
    for one in crew:
        one.join()
    if failed:
        raise failed[0]
    for name in OFFICERS:
        while not waiting[name].empty():
            people[name].approve(waiting[name].get())
    return time.perf_counter() - began


def environment(home: Path) -> dict[str, str]:
    """The environment of a program in this folder."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("SROK_", "DJANGO_"))}
    return {**kept, "SROK_HOME": str(home), "SROK_KIT_UNENCRYPTED": "accepted", "PYTHONPATH": str(PROJECT)}


def srok(home: Path, *words: str) -> str:
    """One verb of the program in this folder."""
    command = [sys.executable, "-m", "srok", *words]
    return subprocess.run(command, env=environment(home), text=True, stdout=subprocess.PIPE, check=True).stdout


@contextmanager
def served(home: Path) -> Iterator[None]:
    """The kit's pages, while the body runs."""
    log = (home / "serve.txt").open("w")
    command = [sys.executable, "-m", "srok", "serve", "--port", str(PORT)]
    with log, subprocess.Popen(command, env=environment(home), stdout=log, stderr=log) as server:
        try:
            for _ in range(300):
                try:
                    build_opener().open(f"{BASE}/healthz", timeout=2).read()
                    break
                except OSError:
                    time.sleep(0.2)
            yield
        finally:
            server.terminate()


def main(cases: int) -> None:
    """The whole day, and the table."""
    times: dict[str, list[float]] = defaultdict(list)
    with tempfile.TemporaryDirectory() as folder:
        centre, kit = Path(folder) / "centre", Path(folder) / "kit"
        make = [sys.executable, str(Path(__file__).with_name("capture_kills.py")), "--centre", *OFFICERS[2:]]
        settings = {"DJANGO_SETTINGS_MODULE": "srok.project.settings.demo"}
        subprocess.run(make, env=environment(centre) | settings, check=True, stdout=subprocess.DEVNULL)
        today = date.fromisoformat(subprocess.check_output(["date", "-u", "+%F"], text=True).strip())
        first, last = str(today - timedelta(days=1)), str(today + timedelta(days=1))
        prepared = srok(centre, "missions", "kit", "prepare", "--post", "WAS", "--from", first, "--until", last,
                        "--out", str(kit), "--json")  # fmt: skip
        said = json.loads(prepared)
        passphrases = {one["username"]: one["passphrase"] for one in said["officers"]}
        with served(kit):
            took = day(cases, passphrases, times)
        srok(kit, "parcels", "export", "--out", f"{folder}/out.parcel")
        began = time.perf_counter()
        report = json.loads(srok(centre, "parcels", "import", f"{folder}/out.parcel", "--json"))
        opened = time.perf_counter() - began
        size = Path(folder, "out.parcel").stat().st_size
        with sqlite3.connect(centre / "srok.sqlite3") as tables:
            [(there, different)] = tables.execute("SELECT count(*), count(DISTINCT person_key) FROM cases_case")
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}; the officers' side of")
    print("the work runs on the same cores.\n")
    print(f"{'page':20} {'times':>6} {'median s':>9} {'p95 s':>7} {'max s':>7}")
    for what, found in times.items():
        ordered = sorted(found)
        p95 = ordered[int(len(ordered) * 0.95)] if len(ordered) > 1 else ordered[0]
        print(f"{what:20} {len(found):6} {statistics.median(found):9.3f} {p95:7.3f} {ordered[-1]:7.3f}")
    print(f"\n{cases} cases by {len(OFFICERS)} officers: {took:.0f} s of machine, {took / cases:.2f} s a case")
    print(f"of eight hours: {100 * took / EIGHT_HOURS:.1f} %; room for {EIGHT_HOURS / took * cases:,.0f} cases")
    print(f"{size / 1e6:.1f} MB sealed; the centre opened {report['opened']} events in {opened:.0f} s:")
    print(
        f"{there} applications of {different} people, {len(report['conflicts'])} conflicts, {len(report['gaps'])} gaps"
    )
    raise SystemExit(0 if there == different == cases and not report["conflicts"] and not report["gaps"] else 1)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 300)
