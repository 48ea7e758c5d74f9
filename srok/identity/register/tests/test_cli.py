"""The command line of the register: exit statuses, JSON, and words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from srok.identity.register import public as register
from srok.identity.register.cli import app
from srok.identity.register.tests.lists import BOPHA, FAMILY, SOPHEA, write_list

pytestmark = pytest.mark.django_db


def run(*words: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, list(words))
    return result.exit_code, result.stdout


def test_importing_tells_counts_and_rejections(tmp_path: Path) -> None:
    path = write_list(tmp_path / "list.csv", [*FAMILY, {**SOPHEA, "register_no": "7"}])
    status, out = run("import", str(path), "--json", "--on", "2025-01-06")
    told = json.loads(out)
    assert status == 1
    assert told["counts"] == {
        "rows": 5, "accepted": 4, "added": 4, "changed": 0, "unchanged": 0, "cards": 1, "rejected": 1
    }  # fmt: skip
    assert told["rejected"][0] == {
        "row": 6, "field": "register_no", "code": "register.bad_register_no", "reason": "register.bad_register_no",
    }  # fmt: skip
    status, out = run("import", str(path), "--on", "2025-01-06")
    assert status == 1
    assert "imported already" in out and "A register number has exactly 10 digits" in out


def test_a_clean_list_ends_with_0_and_too_many_changes_with_1(tmp_path: Path) -> None:
    assert run("import", str(write_list(tmp_path / "1.csv", FAMILY)), "--json")[0] == 0
    changed = write_list(tmp_path / "2.csv", [{**BOPHA, "household": "H9"}])
    status, out = run("import", str(changed), "--json")
    assert (status, json.loads(out)["error"]["code"]) == (1, "register.too_many_changes")
    assert run("import", str(changed), "--json", "--allow-many-changes")[0] == 0
    assert register.person_by_no(BOPHA["register_no"]).household == "H9"


def test_what_cannot_be_read_ends_with_2(tmp_path: Path) -> None:
    status, out = run("import", str(tmp_path / "none.csv"), "--json")
    assert (status, json.loads(out)["error"]["code"]) == (2, "register.file_missing")


def test_a_synthetic_list_is_written_and_imported(tmp_path: Path) -> None:
    out = tmp_path / "people.csv"
    status, told = run("generate", "120", "--seed", "4", "--out", str(out), "--json")
    assert (status, json.loads(told)["written"], json.loads(told)["synthetic"]) == (0, 120, True)
    assert run("import", str(out), "--json")[0] == 0
    assert register.size() == 120
    assert run("generate", "1", "--out", str(tmp_path / "none" / "x.csv"), "--json")[0] == 2


def test_one_person_is_shown_without_the_subject(tmp_path: Path) -> None:
    run("import", str(write_list(tmp_path / "list.csv", FAMILY)), "--json")
    status, out = run("person", SOPHEA["register_no"], "--json")
    shown = json.loads(out)
    assert status == 0
    assert (shown["name_km"], shown["mother"], shown["synthetic"]) == ("សុខ សុភា", "ជា បុប្ផា", False)
    assert str(register.person_by_no(SOPHEA["register_no"]).subject) not in out
    assert run("person", "0000000000", "--json")[0] == 1
