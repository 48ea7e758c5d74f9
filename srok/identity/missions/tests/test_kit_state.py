"""In a kit: what stops capture and what never does, what the record says of the machine, the first page."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.test import Client
from django.test.utils import override_settings

from srok.ground.journal import public as journal
from srok.ground.kernel.context import Context
from srok.ground.kernel.refusal import Refusal
from srok.identity.missions import kit_pages, kit_rules, kit_state
from srok.identity.missions.kit_rules import Period
from srok.identity.missions.kits import PrepareKit, _wanted
from srok.identity.missions.tests import world
from srok.trust.credentials import public as credentials
from srok.trust.parcels import public as parcels
from srok.trust.parcels.terms import Prepared, Warrant

MISSION = Period(world.ON, world.ON + timedelta(days=40))
KIT_FRAME = "srok.identity.missions.kit_frame.kit"


@pytest.fixture
def warrant(post: None, tmp_path: Path) -> Iterator[Warrant]:
    """This program is a kit of Washington; its disk is as open as that of any machine that runs tests."""
    made = _made(tmp_path / "centre")
    home = tmp_path / "kit-home"
    for name, data in made.files.items():
        path = home / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        path.chmod(0o600)
    home.chmod(0o700)
    templates = [settings.TEMPLATES[0] | {"OPTIONS": _with_frame()}]
    with override_settings(
        SROK_HOME=home, SROK_KEYS=home / "keys", SROK_KIT=True, SROK_KIT_UNENCRYPTED=True, TEMPLATES=templates,
        SROK_CLOCK_STARTS_AT=world.OPENS.isoformat(),
    ):  # fmt: skip
        yield made.warrant


def _made(centre: Path) -> Prepared:
    with override_settings(SROK_KEYS=centre / "keys"):
        credentials.create_keys(ctx=world.acting("sreymom"))
        officers = kit_rules.chosen(_officers(), [])
        wanted = _wanted(PrepareKit("WAS", MISSION, centre), officers, b"")
        return parcels.prepare(replace(wanted, references=5), world.acting("sreymom"))


def _officers() -> list[object]:
    from srok.ground.accounts import public as accounts

    return accounts.officers_of("mfa.was")


def _with_frame() -> dict[str, object]:
    options = settings.TEMPLATES[0]["OPTIONS"]
    return options | {"context_processors": [*options["context_processors"], KIT_FRAME]}


def dara(minutes: int = 0, **changes: object) -> Context:
    return replace(world.acting("dara", minutes), **changes)


def test_at_a_centre_nothing_is_asked(post: None) -> None:
    kit_state.check_capture(dara())


def test_an_open_disk_stops_capture_and_not_the_way_out(warrant: Warrant, tmp_path: Path) -> None:
    with override_settings(SROK_KIT_UNENCRYPTED=False), pytest.raises(Refusal, match=r"missions\.kit_unencrypted"):
        kit_state.check_capture(dara())
    kit_state.check_capture(dara(1))
    with override_settings(SROK_KIT_UNENCRYPTED=False):
        assert parcels.export(tmp_path / "out.parcels").events == 1


def test_the_record_says_on_what_machine_once_for_each_way_it_stands(warrant: Warrant) -> None:
    for minute in range(3):
        kit_state.check_capture(dara(minute))
    told = [one for one in journal.facts_about(warrant.kit) if one.kind == kit_state.MACHINE_KIND]
    assert len(told) == 1
    assert told[0].facts["unencrypted_accepted"] is True
    assert told[0].facts["disk"] == "open"
    assert told[0].facts["tpm"] in ("none", "present_unused")
    assert told[0].actor == "dara"
    assert [one.kind for one in parcels.pending()] == ["missions.kit_machine"]


@pytest.mark.parametrize(
    ("minutes", "changes", "code"),
    [
        (-60 * 24 * 40, {}, "parcels.clock_behind"),
        (60 * 24 * 41, {}, "parcels.outside_warrant"),
        (60 * 24 * 30, {}, "parcels.frozen"),
        (0, {"actor": "rith"}, "parcels.not_named"),
    ],
)
def test_clock_warrant_contact_and_name_are_looked_at(
    warrant: Warrant, minutes: int, changes: dict[str, object], code: str
) -> None:
    ctx = dara(minutes, **changes)
    on = ctx.at.date()
    with pytest.raises(Refusal) as told:
        kit_state.check_capture(replace(ctx, on=on))
    assert told.value.code == code


def test_a_key_that_others_can_read_stops_capture_and_is_named(warrant: Warrant) -> None:
    (Path(settings.SROK_HOME) / "kit" / "key.pem").chmod(0o644)
    with pytest.raises(Refusal) as told:
        kit_state.check_capture(dara())
    assert told.value.code == "missions.kit_secrets_open"
    assert told.value.facts["names"] == "key.pem"


@pytest.mark.slow
def test_a_warrant_with_one_other_byte_makes_no_kit(warrant: Warrant) -> None:
    path = Path(settings.SROK_HOME) / "kit" / "warrant.cbor"
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.unlink()
    path.write_bytes(data)
    with pytest.raises(Refusal, match=r"parcels\.(unreadable_warrant|warrant_not_genuine)"):
        kit_state.check_capture(dara())
    answer = signed_in("dara").get("/kit")
    assert answer.status_code == 503
    assert "parcels." not in answer.content.decode()


def test_start_checks_speak_both_languages_and_say_what_stops(warrant: Warrant) -> None:
    with override_settings(SROK_KIT_UNENCRYPTED=False):
        said = kit_state.start_checks(world.OPENS)
    assert said[0][2] is True
    assert "SROK_KIT_UNENCRYPTED" in said[0][0] and "SROK_KIT_UNENCRYPTED" in said[0][1]
    assert said[0][0] != said[0][1]
    assert [blocks for _km, _en, blocks in kit_state.start_checks(world.OPENS)] == [False]
    late = kit_state.start_checks(world.OPENS + timedelta(days=60))
    assert late[0][2] is True


def test_the_first_page_says_mission_next_step_exposure_and_contact(warrant: Warrant) -> None:
    page = signed_in("dara").get("/kit").content.decode()
    assert warrant.kit in page
    for words in ("Take in an application", "If this laptop were lost now", "Last sign of the centre", "41 days left"):
        assert words in page, words
    assert "not encrypted; the head of mission has accepted it" in page
    with override_settings(SROK_KIT_UNENCRYPTED=False):
        page = signed_in("dara").get("/kit").content.decode()
    assert "Nothing new is captured now" in page
    assert "Sending what was captured goes on as ever" in page


def test_before_the_first_day_the_page_says_when_it_begins(warrant: Warrant) -> None:
    today = kit_state.today(replace(dara(), on=world.ON - timedelta(days=3)))
    assert today.begins_in == 3
    assert today.days_left == 0
    assert kit_pages._next_step(today) == "wait"


def test_a_stranger_and_another_ministry_see_nothing_of_a_kit(warrant: Warrant) -> None:
    assert "sign-in" in Client().get("/kit")["Location"]
    assert signed_in("kunthea").get("/kit").status_code == 403


def signed_in(name: str) -> Client:
    client = Client()
    client.cookies["django_language"] = "en"
    client.force_login(get_user_model().objects.get(username=name), backend="django.contrib.auth.backends.ModelBackend")
    return client
