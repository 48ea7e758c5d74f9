"""The verbs of the roll."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from srok.vote.roll.cli import app
from tests.roll import world


def run(*arguments: str, stdin: str = "") -> Result:
    return CliRunner().invoke(app, list(arguments), input=stdin)


@pytest.mark.parametrize(
    ("on", "state", "status"),
    [
        ("2025-05-26", "open", 0), ("2025-05-27", "closed", 1), ("2025-04-30", "announced", 1),
        ("2026-11-23", "not_announced", 1), ("2016-11-30", "open", 0), ("2010-05-05", "not_announced", 1),
    ],
)  # fmt: skip
def test_window(on: str, state: str, status: int) -> None:
    done = run("window", "--year", on[:4], "--on", on, "--json")
    said = json.loads(done.stdout)
    assert (said["state"], done.exit_code) == (state, status)
    if state != "not_announced":
        assert said["from"] <= said["until"]
    else:
        assert said["from"] is None and said["until"] is None


def test_window_of_nonsense() -> None:
    assert run("window", "--on", "2025-02-30", "--json").exit_code == 2
    assert run("window", "--year", "2024", "--on", "2025-05-05", "--json").exit_code == 2


@pytest.mark.usefixtures("desk")
def test_register(tmp_path: Path) -> None:
    found = world.holder()
    file = tmp_path / "card.txt"
    file.write_text(found.qr_text + "\n")
    desk = ("--as", "malis", "--commune", world.COMMUNE, "--on", "2025-05-12", "--json")
    for channel in ("post", "online", "consulate"):
        done = run("register", str(file), *desk, "--channel", channel)
        assert done.exit_code == 1 and json.loads(done.stdout)["error"]["code"] == "roll.not_in_person"
    done = run("register", str(file), *desk)
    error = json.loads(done.stdout)["error"]
    assert done.exit_code == 1 and (error["code"], error["field"]) == ("roll.not_in_person", "present")
    desk = (*desk, "--present")
    done = run("register", str(file), *desk, "--channel", "in_person")
    said = json.loads(done.stdout)
    assert done.exit_code == 0 and said["state"] == "entered" and said["log_published"] is False
    again = run("register", "-", *desk, stdin=found.qr_text)
    assert again.exit_code == 1 and json.loads(again.stdout)["error"]["code"] == "roll.already_listed"


@pytest.mark.usefixtures("desk")
def test_register_of_unreadable_input(tmp_path: Path) -> None:
    desk = ("--as", "malis", "--commune", world.COMMUNE, "--on", "2025-05-12", "--json", "--present")
    assert run("register", str(tmp_path / "none"), *desk).exit_code == 2
    (tmp_path / "odd").write_bytes(b"\xff\xfe")
    assert run("register", str(tmp_path / "odd"), *desk).exit_code == 2
    done = run("register", "-", *desk, stdin="HELLO")
    assert done.exit_code == 2 and json.loads(done.stdout)["error"]["code"] == "roll.unreadable_card"
