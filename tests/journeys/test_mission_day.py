"""The mission day once in the browser, with the network unplugged, from the warrant to the receipt bundle."""

import json
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

import pytest

from tests.contracts import folders
from tests.contracts.running import ROOT, environment
from tests.journeys.mission_walk import Asked, Seen
from tests.safety.mission import ALONE, MISSION, Installation, can_be_alone, free_port, made_centre

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_a_mission_day_in_the_browser(tmp_path: Path) -> None:
    """Two officers, one applicant, no network: the case stands at the centre, the kit has let go of it."""
    centre = made_centre(tmp_path / "centre")
    made = centre.later(hours=-2).yes(
        "missions", "kit", "prepare", "--post", "WAS", "--from", MISSION[0], "--until", MISSION[1],
        "--out", tmp_path / "kit", "--as", "sreymom",
    )  # fmt: skip
    kit = Installation(tmp_path / "kit", centre.later(hours=2).at)
    asked = Asked(
        str(kit.home), free_port(), {one["username"]: one["passphrase"] for one in made["officers"]}, str(tmp_path),
        "capture", str(folders.FACE), str(folders.SCAN),
    )  # fmt: skip
    seen = walked(kit, asked)
    assert seen.faults == []
    report = centre.later(hours=14).yes("parcels", "import", seen.file)
    assert report["quarantined"] == report["gaps"] == report["conflicts"] == []
    assert centre.yes("cases", "show", seen.reference, "--as", "chanthou")["state"] == "lodged"
    receipts = tmp_path / "receipts"
    assert centre.run("parcels", "receipts", "--out", receipts).status == 0
    back = Asked(**{**asdict(asked), "step": "confirm", "receipts": str(receipts), "port": free_port()})
    after = walked(kit.later(hours=15), back)
    assert after.faults == []
    assert "គ្មានអ្វីរង់ចាំទេ" in after.said


def walked(kit: Installation, asked: Asked) -> Seen:
    """Do the walk in a program without a network; what it saw."""
    prefix = ALONE if can_be_alone() else ()
    told = environment(kit.home, SROK_CLOCK_STARTS_AT=kit.at.isoformat(), SROK_KIT_UNENCRYPTED="accepted")
    done = subprocess.run(
        [*prefix, sys.executable, "-m", "tests.journeys.mission_walk"], cwd=ROOT, env=told, text=True,
        input=json.dumps(asdict(asked)), capture_output=True, timeout=400, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-4000:]
    return Seen(**json.loads(done.stdout))
