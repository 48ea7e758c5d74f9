"""What fails inside is status 3, in words and in the error form; never a stack of the program as an answer."""

import os
import sqlite3
from pathlib import Path

import pytest

from tests.contracts.running import ROOT, cold, srok

LIST = ROOT / "examples" / "washington" / "register.csv"
INTO = ("register", "import", LIST, "--json")


def test_without_a_database_the_answer_says_how_to_make_one(home: Path) -> None:
    assert srok(*INTO, home=home).error(3)["code"] == "faces.no_database"
    said = srok(*INTO[:-1], home=home)
    assert said.status == 3 and said.out == "" and "./demo" in said.err and "Traceback" not in said.err


def test_a_broken_database_is_internal(home: Path) -> None:
    home.mkdir()
    (home / "srok.sqlite3").write_bytes(b"this is no database" * 100)
    done = srok(*INTO, home=home)
    assert (done.status, done.json["error"]["code"]) == (3, "faces.internal")
    assert "DatabaseError" in done.err, "the operator finds the cause on standard error"


@pytest.mark.slow
def test_a_busy_database_says_so_and_nothing_is_half_done(house: Path) -> None:
    """Another program holds the database for longer than anyone waits."""
    with sqlite3.connect(house / "srok.sqlite3") as other:
        other.execute("BEGIN IMMEDIATE")
        assert srok(*INTO, home=house).error(3)["code"] == "faces.busy"
        other.rollback()
    again = srok(*INTO, home=house)
    assert again.json["seen_before"] is False and again.json["counts"]["added"] > 0


def test_a_room_without_verbs_is_no_room_of_the_command_line(home: Path) -> None:
    done = srok("faces", "anything", home=home)
    assert done.status == 2 and "Traceback" not in done.err
    assert " faces" not in srok("--help", home=home).out


def test_a_home_that_cannot_be_one_is_internal(tmp_path: Path) -> None:
    """Not even the words can be had then: the code is, and the cause on standard error."""
    (tmp_path / "file").touch()
    done = srok("codes", "--json", home=tmp_path / "file" / "home")
    assert done.status == 3 and done.json["error"]["code"] == "faces.internal"
    assert "NotADirectoryError" in done.err


@pytest.mark.parametrize("words", [("law", "at"), ("law", "explain"), ("verification", "check"), ("cases", "intake")])
def test_letters_that_are_none_still_give_readable_json(words: tuple[str, str], house: Path) -> None:
    """A name in another encoding on the command line: the answer is UTF-8 all the same."""
    assert cold(*words, os.fsdecode(b"Elo\xefse"), "--json", home=house).error(2)


def test_the_answer_is_utf_8_whatever_the_terminal_speaks(home: Path) -> None:
    ascii_only = {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    done = cold("law", "explain", "NOTHING", "--json", home=home, **ascii_only)
    assert done.error(2)["code"] == "law.unknown_rule"
