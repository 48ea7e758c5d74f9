"""What a mission's kit installs, which pages and verbs answer in it, and that it reaches nothing but its own folder."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client, override_settings

from srok.identity.missions.building import SECRETS
from srok.project import kit
from srok.project.diagrams import PROJECT, rooms, rooms_imported
from srok.project.settings.base import ROOMS
from tests.architecture.test_routes import SAMPLES, operations, pages
from tests.architecture.tree import report
from tools import wallsheet

GATE = "srok.project.kit_gate.KitGate"
IN_A_KIT = override_settings(SROK_KIT=True, SROK_KIT_PAGES=kit.PAGES, MIDDLEWARE=[*settings.MIDDLEWARE, GATE])
# Rooms of which a kit shows something. Every other desk is shut there.
OPEN = {"web", "accounts", "biometrics"}
# Of the cases only the counter (no queue, no case, no search, no letter, no tracking), of the cards only the bag, of
# the missions only the day (no booking, no other kit), of the parcels only one's own.
PART = {
    "cases": re.compile(r"cases/(new|captures/)"),
    "cards": re.compile(r"cards/bag/"),
    "missions": re.compile(
        r"kit$|screen/|missions/today$|missions/days$|missions/days/<uuid:day_id>(/(line|switch|end).*)?$"
    ),
    "parcels": re.compile(r"parcels/kit(/file)?$"),
}
NEVER = {"register", "matching", "cards", "verification", "credentials", "roll", "openlog", "results", "polling"}


def test_a_kit_installs_the_rooms_that_cases_stands_on_and_no_vote() -> None:
    installed = {room.rpartition(".")[2] for room in kit.rooms_of_kit(ROOMS)}
    assert installed >= _below("cases") & {room.rpartition(".")[2] for room in ROOMS}
    assert not [room for room in kit.rooms_of_kit(ROOMS) if room.startswith("srok.vote.")]


@pytest.mark.django_db
@IN_A_KIT
def test_desks_that_have_nothing_to_do_on_a_mission_are_shut_and_say_so() -> None:
    """A walk over every route there is, also those of rooms that a kit does not even install."""
    client, problems = Client(), []
    for route, _view in pages():
        path = "/" + re.sub(r"<(?:(\w+):)?\w+>", lambda found: str(SAMPLES.get(found[1] or "str", "x")), route)
        shut = _is_shut(client.get(path))
        if shut is _belongs(route, _view):
            problems.append(f"{path}: {'shut' if shut else 'open'}")
    report(problems, "pages that answer in a kit and should not, or the other way round")


@pytest.mark.django_db
@IN_A_KIT
@pytest.mark.parametrize("method", ["get", "post"])
def test_no_operation_of_the_api_answers_in_a_kit(method: str) -> None:
    client = Client()
    for path in ["/openapi.json", *(re.sub(r"{[^}]*}", "x", path) for path, _operation in operations())]:
        answer = getattr(client, method)(f"/api{path}")
        assert answer.status_code == 404, path
        assert answer.json()["error"]["code"] == "web.not_in_kit"
        assert answer.json()["error"]["message_km"]


@pytest.mark.django_db
@IN_A_KIT
def test_the_first_page_of_a_kit_is_its_mission() -> None:
    answer = Client().get("/")
    assert answer.status_code == 302
    assert answer["Location"] == "/kit"


def test_no_room_of_the_centre_has_a_verb_in_a_kit() -> None:
    assert not NEVER & set(kit.VERBS)
    assert NEVER & set(kit.PAGES) == {"cards"}
    for room, verb in (
        ("cases", "decide"),
        ("cases", "search"),
        ("cases", "show"),
        ("gazetteer", "import"),
        ("parcels", "import"),
        ("parcels", "receipts"),
        ("", "demo"),
    ):
        assert not kit.answers(kit.VERBS, room, verb), (room, verb)
    for room, verb in (("cases", "intake"), ("cases", "captures"), ("parcels", "export"), ("", "serve")):
        assert kit.answers(kit.VERBS, room, verb), (room, verb)


def test_the_secrets_that_are_made_are_those_that_are_read() -> None:
    source = (PROJECT / "srok" / "project" / "settings" / "kit.py").read_text("utf-8")
    assert sorted(re.findall(r'kept\(_FOLDER, "(\w+)"\)', source)) == sorted(SECRETS)


def test_a_kit_listens_to_its_own_laptop_and_writes_to_its_own_file(tmp_path: Path) -> None:
    """Also where the shell is set up for the centre: another database, other settings, a stated clock."""
    found = _started(tmp_path, SROK_DATABASE="postgresql", DJANGO_SETTINGS_MODULE="srok.project.settings.production",
                     SROK_CLOCK_STARTS_AT="2025-05-12T09:00:00+07:00")  # fmt: skip
    assert found["hosts"] == ["127.0.0.1", "localhost", "[::1]"]
    assert found["engine"] == "django.db.backends.sqlite3"
    assert found["file"] == str(tmp_path / "srok.sqlite3")
    assert "synchronous=FULL" in found["start"] and "foreign_keys=ON" in found["start"]
    assert found["clock"] is None and found["kit"] is True and found["demo"] is False
    assert not [app for app in found["apps"] if app.startswith("srok.vote.")]
    assert found["middleware"][-1] == GATE


def test_a_kit_without_its_secrets_does_not_start(tmp_path: Path) -> None:
    (tmp_path / "kit").mkdir()
    (tmp_path / "kit" / "warrant.cbor").write_bytes(b"x")
    done = _python(tmp_path, "import srok.ground.faces.cli as c; c.setup_django()")
    assert done.returncode != 0
    assert "django of this kit is missing" in done.stderr


def test_the_wall_sheet_to_print_is_in_step_with_its_source() -> None:
    assert wallsheet.TARGET.read_text("utf-8") == wallsheet.page(wallsheet.SOURCE.read_text("utf-8")), (
        "run python -m tools.wallsheet"
    )


SAY = """
import json, srok.ground.faces.cli as c; c.setup_django()
from django.conf import settings as s
d = s.DATABASES["default"]
print(json.dumps({"hosts": s.ALLOWED_HOSTS, "engine": d["ENGINE"], "file": str(d["NAME"]), "apps": s.INSTALLED_APPS,
    "start": d["OPTIONS"]["init_command"], "clock": s.SROK_CLOCK_STARTS_AT, "kit": s.SROK_KIT, "demo": s.SROK_DEMO,
    "middleware": s.MIDDLEWARE}))
"""


def _started(home: Path, **shell: str) -> dict[str, Any]:
    """The settings that a program gets whose home is a kit's folder, started from this shell."""
    for name in SECRETS:
        path = home / "secrets" / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"s" * 32)
    (home / "kit").mkdir()
    (home / "kit" / "warrant.cbor").write_bytes(b"x")
    done = _python(home, SAY, **shell)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _python(home: Path, source: str, **shell: str) -> "subprocess.CompletedProcess[str]":
    plain = {name: value for name, value in os.environ.items() if not name.startswith(("SROK_", "DJANGO_"))}
    return subprocess.run(
        [sys.executable, "-c", source], cwd=PROJECT, env={**plain, "SROK_HOME": str(home), **shell}, text=True,
        capture_output=True, check=False,
    )  # fmt: skip


def _belongs(route: str, view: Any) -> bool:
    room = str(getattr(view, "__module__", "")).split(".")
    label = next((one for one in room if one in rooms()), "")
    return bool(PART[label].match(route)) if label in PART else label in OPEN


def _is_shut(answer: Any) -> bool:
    named = {template.name for template in getattr(answer, "templates", ())}
    return "web/not_in_kit.html" in named or (answer.status_code == 404 and b"web.not_in_kit" in answer.content)


def _below(label: str) -> set[str]:
    """The rooms on which a room stands, through all that it imports."""
    found: set[str] = set()
    ahead = [label]
    while ahead:
        for one in rooms_imported(rooms()[ahead.pop()]):
            if one not in found and one != "kernel":
                found.add(one)
                ahead.append(one)
    return found
