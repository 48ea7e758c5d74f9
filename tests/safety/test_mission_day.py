"""A mission day by script, from the warrant to the receipt bundle: a centre, a kit, and no network between them."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.contracts import folders
from tests.contracts.running import told
from tests.safety.mission import MISSION, NETWORK, Installation, can_be_alone, free_port, made_centre

APPLICANTS = 3
POOL = """
import json, srok.ground.faces.cli as c; c.setup_django()
from srok.trust.parcels import public as parcels
print(json.dumps(list(parcels.warrant().references)))
"""
NAMES = [folders.GIVEN[number] for number in range(APPLICANTS)]


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder of the centre, the kit and the stick that goes between them."""
    folder = tmp_path_factory.mktemp("mission-day")
    (folder / "stick").mkdir()
    yield folder


@pytest.fixture(scope="module")
def centre(places: Path) -> Installation:
    return made_centre(places / "centre")


@pytest.fixture(scope="module")
def prepared(centre: Installation, places: Path) -> dict[str, Any]:
    """What `prepare` said."""
    centre.later(days=-2)
    found: dict[str, Any] = centre.yes(
        "missions", "kit", "prepare", "--post", "WAS", "--from", MISSION[0], "--until", MISSION[1],
        "--out", places / "kit", "--as", "sreymom",
    )  # fmt: skip
    centre.later(days=2)
    return found


@pytest.fixture(scope="module")
def kit(prepared: dict[str, Any], places: Path) -> Installation:
    """The kit, started on a laptop whose open disk the head of mission answers for."""
    if not can_be_alone():
        told("\nmission day: no network namespace here; the kit runs as any other program, on 127.0.0.1")
    return Installation(places / "kit", alone=True, shell=(("SROK_KIT_UNENCRYPTED", "accepted"),))


def test_a_mission_day_from_warrant_to_receipt(
    centre: Installation, kit: Installation, prepared: dict[str, Any], places: Path
) -> None:
    assert {one["username"] for one in prepared["officers"]} == {"dara", "sreymom"}
    centre.yes("missions", "kit", "check-out", prepared["kit"], "--seal", "0071", "--seal", "0072", "--as", "sreymom")
    references = captured(kit, places)
    nothing_of_the_day_lies_open(kit)
    parcel = places / "stick" / "evening.parcels"
    assert kit.run("parcels", "export", "--out", parcel).status == 0
    sealed = parcel.read_bytes()
    assert not any(name.encode() in sealed for name in NAMES)
    arrived(centre.later(hours=14), parcel, references)
    receipted(centre, kit.later(hours=15), places)
    back = centre.run("missions", "kit", "check-in", prepared["kit"], "--seal", "0071", "--seal", "0099", "--json")
    assert back.status == 1
    assert "0072" in back.err and "0099" in back.err
    centre.yes("missions", "kit", "revoke", prepared["kit"], "--reason", "withdrawn", "--as", "sreymom")
    assert centre.no("missions", "kit", "revoke", prepared["kit"], "--as", "dara") == "parcels.wrong_standing"


def captured(kit: Installation, places: Path) -> list[str]:
    """Dara takes the people in, Sreymom approves; the one who captured may not."""
    given = json.loads(kit.run(python=POOL).out)[:APPLICANTS]
    rows = [in_kit(number, reference) for number, reference in enumerate(given)]
    report = kit.yes("cases", "intake", folders.folder(places / "folder", folders.as_csv(rows)), "--as", "dara")
    references = [row["reference"] for row in report["accepted"]]
    assert references == given
    waiting = kit.yes("cases", "captures", "--as", "sreymom")["captures"]
    assert {one["reference"] for one in waiting} == set(given)
    assert kit.run("cases", "capture", "approve", *references, "--as", "dara").status == 1
    kit.yes("cases", "capture", "approve", *references, "--as", "sreymom")
    assert kit.yes("cases", "captures", "--as", "sreymom")["captures"] == []
    return references


def in_kit(number: int, reference: str) -> folders.Row:
    """A row with a receipt number of the kit's own, lodged on the first day."""
    return folders.person(number, reference=reference, lodged_on=MISSION[0])


def nothing_of_the_day_lies_open(kit: Installation) -> None:
    """After approval no name and no paper of anybody stands in any file of the kit."""
    for path in kit.home.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            assert not any(name.encode() in data for name in ("KEO", "1 Example Street")), path
    with closing(sqlite3.connect(kit.home / "srok.sqlite3")) as base:
        assert base.execute("SELECT count(*) FROM cases_case").fetchone() == (0,)


def arrived(centre: Installation, parcel: Path, references: list[str]) -> None:
    """Each application is a case at the centre once, however often the file comes."""
    report = centre.yes("parcels", "import", parcel)
    assert report["gaps"] == report["quarantined"] == report["conflicts"] == []
    assert report["opened"] >= APPLICANTS
    again = centre.yes("parcels", "import", parcel, parcel)
    assert again["opened"] == 0
    for reference in references:
        case = centre.yes("cases", "show", reference, "--as", "chanthou")
        assert case["state"] == "lodged"
        assert case["lodged_on"] == MISSION[0]


def receipted(centre: Installation, kit: Installation, places: Path) -> None:
    """The kit lets go of what it sealed, and only after the receipt."""
    receipts = places / "stick" / "receipts"
    assert len(kit.yes("parcels", "status")) > 0
    assert centre.run("parcels", "receipts", "--out", receipts).status == 0
    assert kit.run("parcels", "confirm", receipts).status == 0
    with closing(sqlite3.connect(kit.home / "srok.sqlite3")) as base:
        assert base.execute("SELECT count(*) FROM parcels_outgoingbytes").fetchone() == (0,)
        assert base.execute("SELECT count(*) FROM parcels_outgoingevent").fetchone()[0] >= APPLICANTS


def test_the_kit_has_no_network_at_all(kit: Installation) -> None:
    if not can_be_alone():
        pytest.skip("no network namespace can be made here")
    done = kit.run(python=NETWORK)
    assert done.out.strip() == "['lo'] False", done


def test_a_kit_is_a_kit_whatever_the_shell_says(kit: Installation) -> None:
    """The tests' shell names the demo's settings; the folder decides."""
    for words in (("credentials", "create"), ("missions", "kit", "list"), ("cases", "show", "X"), ("demo",)):
        assert kit.no(*words) in ("web.not_in_kit", "missions.kit_at_centre_only"), words
    done = kit.run("roll", "window")
    assert done.status == 2
    assert "there is no room roll" in done.err


def test_an_open_disk_takes_nobody_in_and_says_what_to_do(kit: Installation, places: Path) -> None:
    closed = Installation(kit.home, kit.at, alone=True)
    folder = folders.folder(places / "again", folders.as_csv([in_kit(7, json.loads(kit.run(python=POOL).out)[7])]))
    done = closed.run("cases", "intake", folder, "--as", "dara", "--json")
    assert done.status != 0
    assert "missions.kit_unencrypted" in json.dumps(done.json)
    assert closed.run("parcels", "export", "--out", places / "stick" / "still").status == 0


SERVED = """
import subprocess, sys, time, urllib.error, urllib.request
home, port = sys.argv[1:]
with subprocess.Popen([home + "/start", "--port", port], stdout=sys.stderr) as server:
    try:
        for _ in range(150):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5)
                break
            except urllib.error.URLError:
                time.sleep(0.2)
        for path in ("/", "/track", "/about"):
            try:
                print(path, urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=10).url.split(port)[1])
            except urllib.error.HTTPError as problem:
                print(path, problem.code)
    finally:
        server.terminate()
"""


def test_its_start_script_serves_the_kit_to_its_own_laptop(kit: Installation) -> None:
    """Without a network, from the folder alone, and it says in both languages what is wrong before it serves."""
    open_disk = Installation(kit.home, kit.at, alone=True)
    done = open_disk.run(str(kit.home), str(free_port()), python=SERVED)
    assert done.out.splitlines() == ["/ /accounts/sign-in?next=/kit", "/track 404", "/about /about"], done
    assert "!! " in done.err and "SROK_KIT_UNENCRYPTED" in done.err and "អ៊ិនគ្រីប" in done.err
    refused = open_disk.run("serve", "--host", "0.0.0.0")
    assert refused.status == 1
    assert "web.kit_this_machine_only" in refused.err
