"""A kit is made whole or not at all, knows nothing of the centre's secrets, and comes back under the same seals."""

import json
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from errno import ENOSPC
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.test.utils import override_settings

from srok.ground.gazetteer import public as gazetteer
from srok.ground.journal import public as journal
from srok.ground.kernel.refusal import Refusal
from srok.identity.missions import building, kits
from srok.identity.missions.kit_rules import Period
from srok.identity.missions.kits import PrepareKit
from srok.identity.missions.tests import world
from srok.trust.credentials import public as credentials
from srok.trust.parcels import public as parcels

MISSION = Period(world.ON, world.ON + timedelta(days=1))


@pytest.fixture
def centre(post: None, tmp_path: Path) -> Iterator[Path]:
    """A centre with keys and a few places; the folder in which kits are made."""
    keys = tmp_path / "centre"
    with override_settings(SROK_KEYS=keys / "keys", SROK_HOME=keys):
        credentials.create_keys(ctx=world.acting("sreymom"))
        places = tmp_path / "places.csv"
        places.write_text("code,name_km,name_latin\n12,ភ្នំពេញ,Phnom Penh\n1201,ចំការមន,Chamkar Mon\n", "utf-8")
        gazetteer.import_file(places, world.acting("sreymom"))
        yield tmp_path
        gazetteer.forget()


def prepare(out: Path, progress: Callable[[str], None] = lambda step: None, **more: object) -> kits.Made:
    command = PrepareKit("WAS", more.pop("period", MISSION), out, **more)
    return kits.prepare(command, ctx=world.acting(str(more.pop("by", "sreymom"))), progress=progress)


@pytest.mark.slow
def test_one_command_makes_a_whole_kit(centre: Path) -> None:
    """Whole, for nobody but its owner, without anything of the centre, and its officers can sign in."""
    steps: list[str] = []
    made = prepare(centre / "kit", steps.append)
    assert_is_whole(made, steps, centre)
    assert_holds_nothing_of_the_centre(made, centre / "kit")
    assert_signs_in(made, centre / "kit")


def assert_is_whole(made: kits.Made, steps: list[str], centre: Path) -> None:
    assert made.kit == "WAS-2025-1"
    assert tuple(steps) == kits.STEPS
    assert {one["username"] for one in made.issued} == {"dara", "sreymom"}
    home = centre / "kit"
    open_to_others = [path for path in home.rglob("*") if path.is_file() and path.stat().st_mode & 0o077]
    assert open_to_others == []
    assert home.stat().st_mode & 0o077 == 0
    assert sorted(path.name for path in (home / "secrets").iterdir()) == list(building.SECRETS)
    for language in ("កុំព្យូទ័របេសកកម្ម", "MISSION KIT"):
        assert language in (home / "START.txt").read_text("utf-8")
    assert "passphrase" not in (home / "START.txt").read_text("utf-8").replace("the passphrase you were given", "")
    assert [path.name for path in centre.iterdir() if path.name.startswith(".")] == []


def assert_holds_nothing_of_the_centre(made: kits.Made, home: Path) -> None:
    keys = [path.relative_to(home).as_posix() for path in home.rglob("*.pem")]
    assert keys == ["kit/key.pem"]
    assert [path.name for path in (home / "keys").iterdir()] == ["published.json"]
    with closing(sqlite3.connect(home / "srok.sqlite3")) as kit:
        officers = dict(kit.execute("SELECT username, password FROM accounts_officer"))
        assert set(officers) == {"dara", "sreymom"}
        for table in ("register_person", "matching_key", "cases_case", "cards_card", "verification_booksubject"):
            if kit.execute("SELECT 1 FROM sqlite_master WHERE name = ?", [table]).fetchone():
                assert kit.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,), table
        assert kit.execute("SELECT count(*) FROM gazetteer_place").fetchone() == (2,)
    everything = b"".join(path.read_bytes() for path in home.rglob("*") if path.is_file())
    for one in get_user_model().objects.all():
        assert one.password.encode() not in everything
    for one in made.issued:
        assert one["passphrase"].encode() not in everything
        assert officers[one["username"]].startswith("pbkdf2_sha256$")


def assert_signs_in(made: kits.Made, home: Path) -> None:
    source = (
        "import sys, json, srok.ground.faces.cli as c; c.setup_django()\n"
        "from django.contrib.auth import get_user_model\n"
        "print(json.dumps({o.username: [o.check_password(sys.argv[1]), o.roles, o.office_id, o.office.timezone]"
        " for o in get_user_model().objects.all()}))"
    )
    said = _inside(home, source, made.issued[0]["passphrase"])
    assert said == {
        "dara": [True, ["consular_officer"], "mfa.was", "America/New_York"],
        "sreymom": [False, ["consular_officer", "mission_head"], "mfa.was", "America/New_York"],
    }


@pytest.mark.slow
def test_each_preparation_is_another_kit_and_never_in_the_same_folder(centre: Path) -> None:
    first = prepare(centre / "one")
    with pytest.raises(Refusal, match=r"missions\.kit_already_there"):
        prepare(centre / "one")
    second = prepare(centre / "two")
    assert (first.kit, second.kit) == ("WAS-2025-1", "WAS-2025-2")
    (centre / "three").mkdir()
    (centre / "three" / "x").touch()
    with pytest.raises(Refusal, match=r"missions\.kit_folder_not_empty"):
        prepare(centre / "three")
    assert len(parcels.kits(world.acting("sreymom"))) == 2


@pytest.mark.slow
@pytest.mark.parametrize(
    ("step", "problem"),
    [
        ("tables", KeyboardInterrupt()),
        ("people", KeyboardInterrupt()),
        ("whole", OSError(ENOSPC, "No space left on device")),
    ],
)
def test_a_preparation_that_stops_leaves_nothing_and_its_warrant_is_dead(
    centre: Path, step: str, problem: BaseException
) -> None:
    def stopped(at: str) -> None:
        if at == step:
            raise problem

    with pytest.raises((Refusal, KeyboardInterrupt)) as told:
        prepare(centre / "kit", stopped)
    if isinstance(told.value, Refusal):
        assert told.value.code == "missions.kit_disk_full"
    assert sorted(path.name for path in centre.iterdir()) == ["centre", "places.csv"]
    made = parcels.kits(world.acting("sreymom"))
    assert [one.standing for one in made] == ([] if step == "tables" else ["revoked"])
    assert all(one.reason == "not_built" for one in made)


@pytest.mark.slow
def test_a_program_that_fails_in_the_new_folder_is_told_and_leaves_nothing(centre: Path) -> None:
    with pytest.raises(Refusal) as told, building.beside(centre / "kit") as home:
        building.make_secrets(home)
        building.run_inside(home, "lay", {"at": "no time", "at_office": "mfa.was", "places": ""}, lambda step: None)
    assert told.value.code == "missions.kit_not_built"
    assert "no time" in str(told.value.__cause__)
    assert not (centre / "kit").exists()


def test_what_is_refused_is_refused_before_anything_is_made(centre: Path) -> None:
    for out, by, given, code in (
        ("kit", "dara", {}, "missions.not_mission_head"),
        ("kit", "rith", {}, "missions.not_mission_head"),
        ("kit", "sreymom", {"officers": ("dara",)}, "missions.kit_needs_two"),
        (
            "kit",
            "sreymom",
            {"period": Period(world.ON, world.ON - timedelta(days=1))},
            "missions.kit_until_before_from",
        ),
        ("places.csv", "sreymom", {}, "missions.kit_folder_not_empty"),
    ):
        period = given.pop("period", MISSION)
        with pytest.raises(Refusal) as told:
            kits.prepare(
                PrepareKit("WAS", period, centre / out, **given), ctx=world.acting(by), progress=lambda step: None
            )
        assert told.value.code == code
    with pytest.raises(Refusal, match=r"missions\.kit_unknown_post"):
        command = PrepareKit("XXX", MISSION, centre / "kit")
        kits.prepare(command, ctx=world.acting("sreymom"), progress=lambda step: None)
    assert not (centre / "kit").exists()
    assert parcels.kits(world.acting("sreymom")) == []


def test_the_places_are_the_same_bytes_for_the_same_places(centre: Path) -> None:
    assert building.places().decode().splitlines() == [
        "code,name_km,name_latin,parent", "12,ភ្នំពេញ,Phnom Penh,", "1201,ចំការមន,Chamkar Mon,12",
    ]  # fmt: skip


def test_seals_that_differ_are_named_and_both_lists_are_in_the_record(centre: Path) -> None:
    made = parcels.prepare(kits._wanted(PrepareKit("WAS", MISSION, centre), _officers(), b""), world.acting("sreymom"))
    kits.check_out(made.kit, ["b2", "A1"], ctx=world.acting("dara"))
    found = kits.check_in(made.kit, ["A1", "C3"], ctx=world.acting("sreymom", 10))
    assert found.differs
    assert (found.missing, found.unknown) == (("B2",), ("C3",))
    told = {fact.kind: fact.facts for fact in journal.facts_about(made.kit)}
    assert told["parcels.kit_checked_out"]["seals"] == ["A1", "B2"]
    assert told["parcels.kit_checked_in"]["seals"] == ["A1", "C3"]
    ended = kits.revoke(made.kit, "withdrawn", ctx=world.acting("dara", 20))
    assert ended.standing == "revoked"
    with pytest.raises(Refusal, match=r"missions\.kit_unknown_reason"):
        kits.revoke(made.kit, "not_built", ctx=world.acting("dara", 21))


def _officers() -> list[kits.OfficerFacts]:
    from srok.ground.accounts import public as accounts

    return accounts.officers_of("mfa.was")


def _inside(home: Path, source: str, *given: str) -> object:
    """What a program says that runs with the kit's own settings."""
    kept = building._environment(home) | {"DJANGO_SETTINGS_MODULE": ""}
    done = subprocess.run([sys.executable, "-c", source, *given], env=kept, text=True, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
