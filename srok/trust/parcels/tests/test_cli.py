"""`srok parcels VERB`: the stable keys and exit statuses that scripts rely on."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import override_settings
from typer.testing import CliRunner

from srok.trust.parcels import public
from srok.trust.parcels.cli import app
from srok.trust.parcels.tests import world
from srok.trust.parcels.tests.world import file_of

ON = ("--on", (world.ON + timedelta(days=1)).isoformat())


def run(*words: object, status: int = 0) -> Any:
    ran = CliRunner().invoke(app, [*map(str, words), "--json"])
    assert ran.exit_code == status, ran.output
    return json.loads(ran.stdout)


def said(*words: object, status: int = 0) -> str:
    ran = CliRunner().invoke(app, [*map(str, words)])
    assert ran.exit_code == status, ran.output
    return ran.stdout


def test_the_way_of_a_mission_and_back(centre: Path) -> None:
    made = world.prepared()
    with world.at_home(made, centre / "kit") as home:
        for number in (1, 2):
            ctx = world.ctx("dara", at=world.START + timedelta(minutes=number))
            with transaction.atomic():
                public.use_reference(public.next_reference(ctx), ctx)
                public.append("desk.open", made.warrant.references[number], {"holder": str(number)}, ctx=ctx)
        exported = run("export", "--out", home / "x")
        assert exported == {
            "events": 2,
            "first": 1,
            "last": 2,
            "bytes": (home / "x").stat().st_size,
            "file": str(home / "x"),
        }
        assert run("export", "--out", home / "y", "--since", 2)["first"] == 2
        found = run("status", *ON)
        assert (found["kit"], found["pending"], found["events"], found["frozen"]) == (made.kit, 2, 2, False)
        assert "2 of 2 events have no receipt" in said("status", *ON)
    first = run("import", home / "y", *ON)
    assert first == {
        "opened": 1, "already": 0, "gaps": [{"kit": made.kit, "from": 1, "until": 1}], "quarantined": [],
        "conflicts": [], "waiting": [],
    }  # fmt: skip
    assert "missing: 1-1" in said("status", *ON)
    assert run("import", home / "x", home / "y", *ON)["already"] == 2
    (row,) = run("status", *ON)["kits"]
    assert (row["events"], row["gaps"], row["references_left"]) == ({"opened": 2}, [], 3)
    assert run("receipts", "--out", centre / "r", "--kit", made.kit, *ON)["kits"] == 1
    with world.at_home(made, centre / "kit"):
        assert run("confirm", centre / "r", *ON) == {"receipted": 2, "pending": 0, "foreign": []}
        assert "receipted: 0, without a receipt: 0" in said("confirm", centre / "r", *ON)
        assert run("send", "--to", "https://srok.example", *ON)["bytes"] == 0


def test_what_was_kept_apart_is_told_by_the_status_and_in_both_languages(centre: Path) -> None:
    kit, other = world.kit(), world.kit()
    path = centre / "x"
    path.write_bytes(
        file_of(kit.open_file(0), kit.open_file(1, actor="rith"), other.open_file(0, holder="WAS-2025-1:0"))
    )
    ran = said("import", path, *ON, status=1)
    assert "parcels.not_named" in ran and "លិខិតបេសកកម្ម" in ran and "stands beside" in ran
    path.write_bytes(path.read_bytes()[:-5])
    assert run("import", path, *ON, status=1)["quarantined"] == [{"kit": "", "seq": 0, "code": "parcels.truncated"}]


@pytest.mark.parametrize(
    ("words", "status", "code"),
    [
        (("import", "/no/such/file"), 2, "faces.unreadable_file"),
        (("import", "/"), 2, "faces.unreadable_file"),
        (("export", "--out", "/tmp/never"), 3, "parcels.not_a_kit"),
        (("confirm", "/dev/null"), 2, "parcels.not_a_kit"),
        (("receipts", "--out", "/no/such/folder/x"), 1, "faces.unwritable_file"),
        (("receipts", "--out", "/tmp/never", "--kit", "WAS-1999-1"), 1, "parcels.unknown_kit_named"),
        (("send", "--to", "ftp://x"), 1, "parcels.https_only"),
    ],
)
def test_what_cannot_be_done_says_so(centre: Path, words: tuple[str, ...], status: int, code: str) -> None:
    assert run(*words, status=status)["error"]["code"] == code


def test_an_officer_sees_their_own_kits(centre: Path) -> None:
    world.kit()
    with override_settings(SROK_CLOCK_STARTS_AT=world.START.isoformat()):
        assert len(run("status", "--as", "dara")["kits"]) == 1
        assert len(run("status")["kits"]) == 1
        assert run("status", "--as", "nobody", status=1)["error"]["code"] == "accounts.unknown_officer"
