"""`srok missions day VERB`: a short day by script, and what a wrong word answers."""

import json
from typing import Any

import pytest
from typer.testing import CliRunner

from srok.identity.missions.day_cli import day_app
from srok.identity.missions.tests import world

pytestmark = pytest.mark.usefixtures("post")
BEFORE = world.BEFORE.isoformat()


def said(*words: str, status: int = 0) -> Any:
    found = CliRunner().invoke(day_app, [*words, "--json"])
    assert found.exit_code == status, found.output
    return json.loads(found.output)


def at(minutes: int) -> list[str]:
    return ["--at", world.acting("dara", minutes).at.isoformat()]


def test_a_day_by_script() -> None:
    day = said("plan", "--on", "2025-05-12", "--as", "sreymom", "--desks", "2", "--closes", "10:00", "--at", BEFORE)
    assert (day["places"], day["left"], day["order"]) == (20, 16, "appointments")
    slot = day["slots"][0]["at"]
    ticket = said("book", day["day"], "--people", "2", "--slot", slot, "--at", BEFORE)
    assert (ticket["state"], ticket["people"]) == ("booked", 2)
    gone = said("book", day["day"], "--slot", slot, "--at", BEFORE)
    assert said("cancel", gone["ticket"], "--at", BEFORE)["state"] == "cancelled"
    assert said("arrive", "--as", "dara", "--ticket", ticket["ticket"], *at(0))["number"] == 1
    lone = said("arrive", "--as", "dara", "--day", day["day"], "--lane", "old", *at(1))
    assert (lone["state"], lone["before"]) == ("present", 0)
    assert said("surge", day["day"], "--as", "sreymom", *at(2))["order"] == "walk_in"
    assert said("next", day["day"], "--as", "dara", *at(3))["ticket"] == lone["ticket"]
    assert said("served", lone["ticket"], "--as", "dara", *at(8))["state"] == "served"
    assert said("surge", day["day"], "--as", "sreymom", "--back", *at(9))["order"] == "appointments"
    counted = said("numbers", day["day"], "--as", "dara", *at(10))
    assert (counted["served"], counted["waiting"], counted["wait_minutes"]) == (1, 2, 2)
    assert [one["day"] for one in said("list", "--as", "dara", *at(10))] == [day["day"]]
    assert said("end", day["day"], "--as", "dara", *at(100))["order"] == "ended"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["plan", "--on", "2025-05-12", "--as", "dara"], "missions.not_your_post"),
        (["plan", "--on", "2025-05", "--as", "sreymom"], "kernel.bad_date"),
        (["plan", "--on", "2025-05-12", "--as", "sreymom", "--opens", "noon"], "missions.bad_plan"),
        (["book", "x"], "missions.unknown_day"),
        (["next", "x", "--as", "dara"], "missions.unknown_day"),
        (["arrive", "--as", "dara", "--ticket", "x"], "kernel.bad_reference"),
        (["served", "x", "--as", "nobody"], "accounts.unknown_officer"),
    ],
)
def test_a_wrong_word_is_told(words: list[str], code: str) -> None:
    assert said(*words, "--at", BEFORE, status=1)["error"]["code"] == code
