"""`srok cases VERB`: exit statuses, stable keys, both languages; the acts as an officer."""

import json

import pytest
from typer.testing import CliRunner

from srok.ground.journal import public as journal
from srok.identity.cases import public as cases
from srok.identity.cases.cli import app
from srok.identity.cases.tests.folders import row, write
from srok.identity.cases.tests.people import LODGED_ON
from srok.identity.cases.tests.world import lodged

pytestmark = pytest.mark.usefixtures("desk")
RUN = CliRunner()
ON = ["--on", "2025-02-03", "--json"]


def run(*arguments: str):
    return RUN.invoke(app, list(arguments))


def told(*arguments: str):
    result = run(*arguments)
    return result.exit_code, json.loads(result.stdout)


def test_intake_has_stable_keys_and_three_exit_statuses(tmp_path, portrait, scan):
    folder = str(write(tmp_path / "was", [row(), row(sex="?", given_latin="Rith")], portrait, scan))
    status, report = told("intake", folder, *ON)
    assert status == 1
    assert set(report) == {"accepted", "already", "rejected", "notes", "unused_files", "stopped", "counts"}
    (fault,) = report["rejected"]
    assert (fault["row"], fault["field"], fault["code"]) == (3, "sex", "cases.unknown_choice")
    assert "F, M, X" in fault["message_en"]
    assert fault["message_km"] != fault["message_en"]
    assert report["counts"] == {"rows": 2, "accepted": 1, "already": 0, "rejected": 1, "notes": 0}
    assert told("intake", folder, "--as", "dara", *ON)[0] == 1

    good = str(write(tmp_path / "good", [row(given_latin="Bopha")], portrait, scan))
    assert told("intake", good, "--as", "dara", *ON)[0] == 0
    status, report = told("intake", good, "--as", "dara", *ON)
    assert (status, report["counts"]["already"]) == (0, 1)


def test_an_unreadable_folder_exits_2_naming_the_thing(tmp_path):
    status, said = told("intake", str(tmp_path), *ON)
    assert (status, said["error"]["code"]) == (2, "cases.no_applications_file")
    assert "applications.csv" in said["error"]["message_km"]


def test_for_a_reader_it_names_rows_and_fields(tmp_path, portrait, scan):
    folder = write(tmp_path / "was", [row(birth_date="1960-13")], portrait, scan)
    result = run("intake", str(folder), "--on", "2025-02-03")
    assert result.exit_code == 1
    assert "row 2" in result.stdout
    assert "birth_date" in result.stdout


def test_references_are_a_pdf(tmp_path):
    out = tmp_path / "sheets.pdf"
    assert run("references", "--count", "12", "--out", str(out)).exit_code == 0
    assert out.read_bytes()[:5] == b"%PDF-"


def test_the_acts_of_the_desks(portrait):
    reference = lodged(portrait)
    by = {name: ["--as", name, *ON] for name in ("dara", "chanthou", "vuthy", "kunthea")}
    status, found = told("search", reference, *by["chanthou"])
    assert status == 0
    mother = next(one for one in found if one["register_no"] == "1000000001" and one["role"] == "mother")
    assert told("settle", reference, mother["id"], "--is", "mother", *by["chanthou"])[0] == 0
    assert told("settle", reference, "rest", "--reason", "cases.settled_by_conflict", *by["chanthou"])[0] == 0
    status, shown = told("show", reference, *by["dara"])
    assert shown["assessment"]["path"] == "parent"
    assert shown["assessment"]["waits"] == ["cases.no_primary_evidence"]
    status, refused = told("examine", reference, "--opinion", "favourable", *by["chanthou"])
    assert (status, refused["error"]["code"]) == (1, "cases.not_sufficient")
    told("examine", reference, "--opinion", "unfavourable", "--reason", "cases.no_primary_evidence", *by["chanthou"])
    status, refused = told("decide", reference, "--outcome", "maybe", *by["vuthy"])
    assert (status, refused["error"]["code"]) == (1, "cases.unknown_choice")
    status, refused = told("decide", reference, "--outcome", "approve", *by["vuthy"])
    assert (status, refused["error"]["code"]) == (1, "cases.not_sufficient")
    assert cases.standing_of(reference).lodged_on == LODGED_ON


def test_showing_a_case_is_opening_it(portrait):
    reference = lodged(portrait)
    for _ in range(2):
        assert told("show", reference, "--as", "chanthou", *ON)[0] == 0
    opened = [one for one in journal.facts_about(reference) if one.kind == "cases.case_opened"]
    assert [(one.actor, one.facts["purpose"]) for one in opened] == [("chanthou", "examination")]


def test_an_act_needs_an_officer_and_the_right_one(portrait):
    reference = lodged(portrait)
    assert told("show", reference, "--json")[1]["error"]["code"] == "cases.unknown_officer"
    assert told("approve", reference, "--as", "dara", *ON)[1]["error"]["code"] == "cases.not_your_desk"
    assert told("show", reference, "--as", "malis", *ON)[1]["error"]["code"] == "cases.unknown_case"
