"""Stopped in the middle: nothing is half done, and the same command again completes with nothing doubled."""

import signal
import sqlite3
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.contracts.folders import as_csv, folder, people
from tests.contracts.lodging import ON, intake, kept, report
from tests.contracts.running import ROOT, SROK, Done, environment, srok

ROWS = 40
LODGE = ("cases", "intake")
# Tables that hold something for each application: each must hold as much as an undisturbed run leaves.
OWN = ("cases_", "biometrics_", "notices_", "journal_")


def stopped(house: Path, words: list[object], ripe: Callable[[], bool], how: signal.Signals) -> Done:
    """Start the command, send it this signal once it is in the middle, and wait for its end."""
    started = time.monotonic()
    with subprocess.Popen(
        [*SROK, *map(str, words)], cwd=ROOT, env=environment(house), text=True, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as running:  # fmt: skip
        while running.poll() is None and not ripe():
            time.sleep(0.01)
        running.send_signal(how)
        out, err = running.communicate(timeout=60)
    return Done(running.returncode, out, err, time.monotonic() - started)


def staged(house: Path) -> int:
    """How many rows wait for the swap: asked of one table, because the import is quick."""
    with sqlite3.connect(f"file:{house / 'srok.sqlite3'}?mode=ro", uri=True) as book:
        return int(book.execute("SELECT count(*) FROM register_stagedrow").fetchone()[0])


def own(house: Path) -> dict[str, int]:
    return {name: number for name, number in kept(house).items() if name.startswith(OWN)}


@pytest.fixture(scope="module")
def bag(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return folder(tmp_path_factory.mktemp("stops") / "bag", as_csv(people(ROWS)))


@pytest.fixture
def undisturbed(house: Path, bag: Path, tmp_path: Path) -> dict[str, int]:
    """What a run to the end leaves in a house of its own."""
    other = tmp_path / "undisturbed"
    subprocess.run(["cp", "-r", str(house), str(other)], check=True)
    report(intake(bag, other), 0)
    return own(other)


@pytest.mark.slow
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_an_intake_stopped_in_the_middle_completes_when_run_again(
    how: signal.Signals, house: Path, bag: Path, undisturbed: dict[str, int]
) -> None:
    done = stopped(
        house, [*LODGE, bag, "--json", "--as", "dara", "--on", ON], lambda: kept(house)["cases_case"] >= 5, how
    )
    lodged = kept(house)["cases_case"]
    assert 5 <= lodged < ROWS, "stopped too late to prove anything"
    assert done.status != 0
    if how is signal.SIGINT:
        said = report(done, 3)
        assert said["stopped"] is True and said["counts"]["accepted"] == lodged
    again = report(intake(bag, house), 0)
    assert again["counts"]["already"] == lodged and again["counts"]["accepted"] == ROWS - lodged
    assert own(house) == undisturbed
    assert report(intake(bag, house), 0)["counts"]["already"] == ROWS
    assert own(house) == undisturbed


@pytest.mark.slow
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_an_import_stopped_in_the_middle_has_changed_nobody(how: signal.Signals, house: Path, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    assert srok("register", "generate", 12_000, "--out", path, "--json", home=house).status == 0
    before = kept(house)
    words: list[object] = ["register", "import", path, "--json"]
    done = stopped(house, words, lambda: staged(house) > 0, how)
    after = kept(house)
    if how is signal.SIGINT:
        assert done.error(3)["code"] == "faces.stopped"
    assert after["register_person"] == before["register_person"] and after["register_importrun"] == 0
    again = srok(*words, home=house)
    assert again.status in (0, 1) and again.json["seen_before"] is False
    assert kept(house)["register_person"] == again.json["counts"]["added"]
    assert kept(house)["register_personversion"] == again.json["counts"]["added"]


@pytest.mark.slow
def test_two_runs_of_one_folder_at_once_lodge_everybody_once(
    house: Path, bag: Path, undisturbed: dict[str, int]
) -> None:
    """A consulate's clerk who clicks twice: neither run tells a lie, and nothing is doubled."""
    words = [*SROK, *LODGE, str(bag), "--json", "--as", "dara", "--on", ON]
    both = [
        subprocess.Popen(
            words, cwd=ROOT, env=environment(house), text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        for _ in range(2)
    ]
    ends = [(running.communicate(timeout=300), running.returncode) for running in both]
    found = [report(Done(status, out, err, 0), 0) for (out, err), status in ends]
    assert sum(one["counts"]["accepted"] for one in found) == ROWS
    assert sum(one["counts"]["already"] for one in found) == ROWS
    assert own(house) == undisturbed
