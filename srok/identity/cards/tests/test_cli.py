"""The verbs of the cards: the pure one, and the acts with `--as USER`."""

import json
import subprocess
import sys

import pytest
from typer.testing import CliRunner

from srok.identity.cards import public as cards
from srok.identity.cards.cli import app
from srok.identity.cards.tests import world

GOOD = {
    "number": "900000017", "family_latin": "SOK", "given_latin": "SOPHEA", "birth_date": "1972-01-01", "sex": "F",
    "expiry": "2034-05-31",
}  # fmt: skip
LINES = ["IDKHM9000000173<<<<<<<<<<<<<<<", "7201013F3405318KHM<<<<<<<<<<<4", "SOK<<SOPHEA<<<<<<<<<<<<<<<<<<<"]


def run(*arguments: str, stdin: str = ""):
    return CliRunner().invoke(app, list(arguments), input=stdin)


def test_mrz_of_one_and_of_many() -> None:
    one = run("mrz", "--json", stdin=json.dumps(GOOD))
    assert one.exit_code == 0 and json.loads(one.stdout) == LINES
    many = run("mrz", "--json", stdin=json.dumps([GOOD, GOOD | {"birth_date": "1972"}]))
    assert json.loads(many.stdout)[0] == LINES
    assert json.loads(many.stdout)[1][1].startswith("72<<<<")
    assert run("mrz", stdin=json.dumps(GOOD)).stdout.split() == LINES


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"number": "90000001"}, "kernel.mrz_number", "number"), ({"sex": "W"}, "kernel.mrz_sex", "sex"),
        ({"birth_date": "2001-02-29"}, "kernel.bad_date", "birth_date"),
        ({"expiry": "2034"}, "kernel.bad_date", "expiry"),
        ({"expiry": None}, "faces.missing_field", "expiry"),
        ({"family_latin": "សុខ"}, "kernel.mrz_name", "family_latin"),
    ],
)  # fmt: skip
def test_mrz_of_bad_input_is_unreadable(change: dict[str, str | None], code: str, field: str | None) -> None:
    done = run("mrz", "--json", stdin=json.dumps(GOOD | change))
    error = json.loads(done.stdout)["error"]
    assert done.exit_code == 2 and error["code"] == code and error["field"] == field
    assert error["message_km"] and error["message_en"]


@pytest.mark.parametrize("text", ["", "{", "5", "[5]", "\ufeff" + '{"number": 5}'])
def test_mrz_of_no_object_is_unreadable(text: str) -> None:
    assert run("mrz", "--json", stdin=text).exit_code == 2


def test_mrz_names_the_row_of_a_list() -> None:
    done = run("mrz", "--json", stdin=json.dumps([GOOD, GOOD | {"sex": ""}]))
    assert json.loads(done.stdout)["error"]["row"] == 2


def test_mrz_starts_without_django() -> None:
    seen = subprocess.run(
        [sys.executable, "-c", "import sys, srok.identity.cards.cli; print('django' in sys.modules)"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert seen.stdout.strip() == "False"


@pytest.mark.usefixtures("desk")
def test_the_acts_by_command_line() -> None:
    card = world.ordered()
    for verb, name, on in [
        ("sign", "chanthou", "2025-03-04"), ("sign", "vuthy", "2025-03-04"), ("issue", "vuthy", "2025-03-05"),
        ("dispatch", "vuthy", "2025-03-06"), ("receive", "dara", "2025-03-14"),
    ]:  # fmt: skip
        done = run(verb, card.number, "--as", name, "--on", on, "--json")
        assert done.exit_code == 0, done.stdout
    done = run("hand-over", card.number, "--as", "dara", "--on", "2025-03-20", "--checked", "portrait", "--json")
    said = json.loads(done.stdout)
    assert said["state"] == "handed_over" and said["signed_by"] == ["mfa", "moi"] and len(said["life"]) == 7
    assert json.loads(run("show", card.number, "--as", "vuthy", "--json").stdout)["mrz"] == list(card.plan.mrz)
    ended = run("revoke", card.number, "--as", "dara", "--on", "2025-04-01", "--reason", "cards.lost", "--json")
    assert json.loads(ended.stdout)["state"] == "revoked"


@pytest.mark.usefixtures("desk")
def test_a_refusal_is_status_one_and_says_why() -> None:
    card = world.ordered()
    done = run("sign", card.number, "--as", "kunthea", "--json")
    assert done.exit_code == 1 and json.loads(done.stdout)["error"]["code"] == "cards.approver_cannot_sign"
    assert run("sign", card.number, "--as", "rith", "--json").exit_code == 1
    assert run("show", "123456789", "--as", "vuthy").exit_code == 1
    assert cards.card(card.id).signatures == ()
