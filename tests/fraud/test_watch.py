"""The watch over simulated weeks: silent while all is well, and one alarm for each thing that goes wrong."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import srok_audit
import srok_verify
from srok_audit import Place, Watch
from tests.fraud import folder
from tests.fraud.chance import Chance
from tests.fraud.conftest import Published
from tests.fraud.folder import REGISTER, WITNESSES, Log, log_keys

pytestmark = pytest.mark.slow

START = 1_746_000_000
HOUR = 3600


def entry(chance: Chance, on: str, kind: str = "card.issued") -> dict[str, object]:
    return {"v": 1, "t": kind, "at": on, "case": chance.bytes(16).hex(), "by": [chance.bytes(8).hex()],
            "c": chance.bytes(32).hex()}  # fmt: skip


class Weeks:
    """A log that grows for weeks, published by hand, and a watch that comes every so often."""

    def __init__(self, top: Path):
        self.top, self.now, self.chance = top, START, Chance("weeks")
        self.log = Log(REGISTER)
        self.signers = [*log_keys(REGISTER), *WITNESSES]
        self.state: dict = {}
        self.alarms: list[dict] = []
        folder.write_index(top)

    def publish(self, n: int, on: str) -> None:
        for _ in range(n):
            self.log.add(entry(self.chance, on))
        self.write()

    def write(self) -> None:
        place = self.top / "register"
        self.log.write(place, at=self.now)
        (place / "checkpoint").write_bytes(self.log.note(at=self.now, signers=self.signers))

    def look(self, after: int = HOUR) -> list[str]:
        """Come again; the state goes through its file each time, as after a restart."""
        self.now += after
        path = self.top / "state.json"
        srok_audit.keep(path, self.state)
        self.state = json.loads(path.read_bytes())
        policy = srok_verify.Policy(folder.policy_text([REGISTER]).encode())
        watch = Watch(self.state, policy, stale=2 * HOUR)
        found = [one["code"].removeprefix("watch.") for one in watch.look(Place(str(self.top)), ["register"], self.now)]
        self.state = watch.state
        return found


def day(n: int) -> str:
    return f"2025-{5 + n // 28:02d}-{1 + n % 28:02d}"


def weeks(top: Path, days: int = 42) -> Weeks:
    """Six quiet weeks: about ten entries a day, a look every hour."""
    made = Weeks(top)
    for n in range(days):
        made.publish(6 + made.chance.below(8), day(n))
        for hour in range(4):
            made.now += 5 * HOUR
            if hour:
                made.write()
            assert made.look(HOUR) == [], (n, hour)
    return made


def test_six_quiet_weeks_raise_no_alarm_and_the_state_stays_small(tmp_path: Path):
    made = weeks(tmp_path)
    known = made.state["register"]
    assert known["size"] == len(made.log.entries) > 300
    assert len(known["peaks"]) <= 12 and (tmp_path / "state.json").stat().st_size < 8_000


def test_a_log_that_stops_is_stale_and_one_without_witnesses_late(tmp_path: Path):
    made = weeks(tmp_path, 2)
    assert made.look(3 * HOUR) == ["stale"]
    made.write()
    assert made.look(60) == []
    made.signers = log_keys(REGISTER)
    made.publish(3, day(3))
    assert made.look(60) == []
    assert made.look(600) == ["late_quorum"]
    made.signers = [*log_keys(REGISTER), *WITNESSES[:3]]
    made.write()
    assert made.look(60) == []


def test_a_smaller_a_forked_and_a_rewritten_log_are_told(tmp_path: Path):
    made = weeks(tmp_path, 3)
    whole = list(made.log.entries)
    made.log.entries = whole[:-1]
    made.write()
    assert made.look() == ["shrunk"]
    made.log.entries = [*whole[:-1], folder.canonical(entry(made.chance, day(3)))]
    made.write()
    assert made.look() == ["forked"]
    made.log.entries = [*whole[:3], whole[4], whole[3], *whole[5:], whole[0]]
    shutil.rmtree(tmp_path / "register")
    made.write()
    assert made.look() == ["forked"]
    made.log.entries = [*whole, folder.canonical(entry(made.chance, day(3)))]
    made.write()
    assert made.look() == []


def test_odd_days_and_bad_entries_are_told_once(tmp_path: Path):
    made = weeks(tmp_path, 10)
    for _ in range(80):
        made.log.add(entry(made.chance, day(11)))
    made.log.add({**entry(made.chance, day(11)), "note": "SOK SOPHEA 012345678"})
    made.write()
    found = made.look()
    assert found.count("odd_rate") == 1 and "bad_entry" in found
    made.write()
    assert made.look() == []


def test_a_missing_folder_and_a_foreign_signature_are_told(tmp_path: Path):
    made = weeks(tmp_path, 1)
    made.signers = [folder.Signer("srok.example/other", 1)]
    made.write()
    assert made.look() == ["not_signed"]
    shutil.rmtree(tmp_path / "register")
    assert made.look() == ["unreadable"]


def test_the_command_looks_once_and_remembers(published: Published, tmp_path: Path):
    state = tmp_path / "watch.json"
    program = Path(srok_verify.__file__).parent / "srok_audit.py"
    words = [sys.executable, str(program), str(published.top), "--watch", "--every", "0", "--state", str(state)]
    done = subprocess.run([*words, "--stale", str(10**9)], capture_output=True, text=True, check=False)
    # The last day of the window is an unusual one: told once, at the first look.
    assert {json.loads(line)["code"] for line in done.stdout.splitlines()} == {"watch.odd_rate"}, done.stderr
    assert json.loads(state.read_bytes())["register"]["size"] == len(published.register.entries)
    done = subprocess.run([*words, "--stale", str(10**9)], capture_output=True, text=True, check=False)
    assert done.returncode == 0 and not done.stdout + done.stderr
