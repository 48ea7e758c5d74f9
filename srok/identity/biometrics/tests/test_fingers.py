"""Fingerprints: words after each shot, three tries and nobody sent away, exceptions counted, the old left in peace."""

import subprocess
import sys
from datetime import date, timedelta
from uuid import UUID

import cbor2
import pytest
from django.db import IntegrityError, transaction

from srok.ground.journal import public as journal
from srok.ground.kernel.dates import PartialDate
from srok.ground.kernel.ids import random_id
from srok.ground.kernel.refusal import Refusal
from srok.ground.law import public as law
from srok.identity.biometrics import devices, finger_rules
from srok.identity.biometrics import public as biometrics
from srok.identity.biometrics.finger_terms import OfficerExceptions, PrintMeasures, Shot
from srok.identity.biometrics.models import FingerPrint, FingerSet
from srok.identity.biometrics.public import CaptureFinger, Finger, Found, NoteFinger, Span, WaiveFingers
from srok.identity.biometrics.simulator import Simulator
from srok.identity.biometrics.tests.world import AT, acting, settle

KEY = UUID(int=77)


@pytest.fixture
def world(db):
    settle()


def take(finger: Finger, name: str = "dara", key: UUID = KEY):
    return biometrics.capture_finger(CaptureFinger(key, finger), ctx=acting(name))


def test_a_good_print_is_kept_sealed_at_the_first_try(world, simulator):
    told = take(Finger.LEFT_THUMB)
    assert (told.kept, told.tries, told.problems) == (True, 1, ())
    assert told.quality >= 35
    row = FingerPrint.objects.get(of_id=KEY)
    template = biometrics.finger_template(KEY, Finger.LEFT_THUMB)
    assert template[:4] == b"FMR\0"
    assert template not in bytes(row.sealed)
    record = biometrics.finger_record(KEY)
    assert (record.device, dict(record.found), record.complete) == (
        "srok simulator SIM-0001", {"left_thumb": "captured"}, False,
    )  # fmt: skip
    with pytest.raises(Refusal) as refused:
        take(Finger.LEFT_THUMB)
    assert refused.value.code == "biometrics.finger_finished"


@pytest.mark.parametrize(
    ("fault", "word"),
    [("dry", "finger_dry"), ("wet", "finger_wet"), ("partly", "finger_partly"), ("none", "finger_none"),
     ("noise", "finger_weak")],
)  # fmt: skip
def test_each_fault_has_its_word_and_the_next_try_mends_it(world, simulator, fault, word):
    simulator(f"right_index={fault}")
    told = take(Finger.RIGHT_INDEX)
    assert (told.kept, told.problems) == (False, (f"biometrics.{word}",))
    told = take(Finger.RIGHT_INDEX)
    assert (told.kept, told.tries, told.problems) == (True, 2, ())


def test_after_three_tries_the_best_is_kept_and_nobody_is_sent_away(world, simulator):
    simulator("right_index=noise,dry,noise")
    first, second, third = (take(Finger.RIGHT_INDEX) for _ in range(3))
    assert (first.kept, second.kept, third.kept) == (False, False, True)
    assert third.problems[-1] == "biometrics.finger_best_kept"
    assert third.quality == second.quality > first.quality


def test_where_nothing_can_be_made_out_the_officer_notes_why(world, simulator):
    simulator("right_index=none,partly,none")
    told = [take(Finger.RIGHT_INDEX) for _ in range(3)][-1]
    assert (told.kept, told.problems[-1]) == (False, "biometrics.finger_unreadable")
    biometrics.note_finger(NoteFinger(KEY, Finger.RIGHT_INDEX, Found.BANDAGED), ctx=acting())
    assert dict(biometrics.finger_record(KEY).found) == {"right_index": "bandaged"}
    biometrics.note_finger(NoteFinger(KEY, Finger.RIGHT_INDEX, Found.UNABLE), ctx=acting())
    assert dict(biometrics.finger_record(KEY).found) == {"right_index": "unable"}
    kinds = sorted(fact.kind for fact in journal.facts_about(str(KEY)))
    assert kinds == ["biometrics.finger_excepted"] * 2 + ["biometrics.finger_tried"] * 3


def test_a_silent_device_says_so_and_no_try_is_counted(world, simulator):
    simulator("left_ring=silent")
    with pytest.raises(Refusal) as refused:
        take(Finger.LEFT_RING)
    assert refused.value.code == "biometrics.device_silent"
    assert take(Finger.LEFT_RING).tries == 1


@pytest.mark.slow
def test_ten_fingers_make_a_complete_set(world, simulator):
    for finger in Finger:
        if finger is Finger.LEFT_LITTLE:
            biometrics.note_finger(NoteFinger(KEY, finger, Found.MISSING), ctx=acting())
        else:
            take(finger)
    record = biometrics.finger_record(KEY)
    assert record.complete
    assert list(record.fingers) == list(Finger)
    assert record.found["left_little"] == "missing"


def test_without_a_device_it_is_refused_and_exceptions_still_go(world, monkeypatch):
    monkeypatch.delenv("SROK_FINGER_DEVICE", raising=False)
    devices.device.cache_clear()
    with pytest.raises(Refusal) as refused:
        take(Finger.LEFT_RING)
    assert refused.value.code == "biometrics.no_finger_device"
    assert not FingerSet.objects.exists()
    biometrics.note_finger(NoteFinger(KEY, Finger.LEFT_RING, Found.MISSING), ctx=acting())


@pytest.mark.parametrize(
    ("birth", "due"),
    [("1960-01-20", True), ("1960-01-21", False), ("1960", True), ("1959", True), ("1961", False), ("1960-02", False)],
)
def test_the_old_give_no_fingers_by_the_rule_of_the_day(world, birth, due):
    """65 years on 20 January 2025; a birth date known in part counts for the person. The date itself is not kept."""
    command = WaiveFingers(KEY, PartialDate.parse(birth))
    if not due:
        with pytest.raises(Refusal) as refused:
            biometrics.waive_fingers(command, ctx=acting())
        assert (refused.value.code, refused.value.facts["age"]) == ("biometrics.waiver_not_due", 65)
        return
    assert biometrics.waive_fingers(command, ctx=acting()) == "biometrics.two_officers_compare"
    record = biometrics.finger_record(KEY)
    assert (record.waived_by, record.complete, set(record.found.values())) == ("fingers.waiver_age", True, {"waived"})
    with pytest.raises(Refusal) as refused:
        biometrics.note_finger(NoteFinger(KEY, Finger.LEFT_RING, Found.MISSING), ctx=acting())
    assert refused.value.code == "biometrics.fingers_waived_already"
    assert [dict(fact.facts)["rule"] for fact in journal.facts_about(str(KEY))] == ["fingers.waiver_age"]


def test_before_the_rule_nobody_is_waived():
    assert not finger_rules.waived(PartialDate(1900), date(2010, 1, 1), law.as_of(date(2010, 1, 1)))


def test_another_post_cannot_write_into_a_set(world, simulator):
    take(Finger.LEFT_THUMB)
    with pytest.raises(Refusal) as refused:
        take(Finger.RIGHT_THUMB, "sovann")
    assert refused.value.code == "biometrics.no_fingers"


def test_a_set_travels_in_a_parcel_and_arrives_once(world, simulator):
    take(Finger.LEFT_THUMB)
    biometrics.note_finger(NoteFinger(KEY, Finger.RIGHT_THUMB, Found.MISSING), ctx=acting())
    packed, before = biometrics.finger_bundle(KEY), biometrics.finger_record(KEY)
    template = biometrics.finger_template(KEY, Finger.LEFT_THUMB)
    assert biometrics.erase(KEY, acting()).fingers == 2
    assert not FingerSet.objects.exists()
    for _ in range(3):
        assert biometrics.keep_finger_bundle(packed, acting("sreymom")) == KEY
    assert biometrics.finger_record(KEY) == before
    assert biometrics.finger_template(KEY, Finger.LEFT_THUMB) == template
    assert FingerSet.objects.get().taken_by == "dara"


def test_what_is_no_bundle_is_refused_whole(world, simulator):
    take(Finger.LEFT_THUMB)
    good = cbor2.loads(biometrics.finger_bundle(KEY))
    biometrics.erase(KEY, acting())
    row = good["fingers"][0]
    wrong = [
        {**good, "v": 2}, {**good, "key": b"x"}, {**good, "fingers": [row, row]}, {**good, "waived": True},
        {**good, "fingers": [["toe", *row[1:]]]}, {**good, "fingers": [[*row[:4], None]]},
        {**good, "fingers": [[*row[:2], 101, *row[3:]]]}, {**good, "on": "yesterday"}, {**good, "by": "x" * 200}, [], 7,
    ]  # fmt: skip
    for data in (*map(cbor2.dumps, wrong), b"", b"\xff\xff", b"\0" * 300_000):
        with pytest.raises(Refusal) as refused:
            biometrics.keep_finger_bundle(data, acting())
        assert refused.value.code == "biometrics.finger_template"
    assert not FingerSet.objects.exists()


def test_the_database_refuses_a_print_without_a_template_and_a_waiver_without_its_price(world):
    FingerSet(key=KEY, office="mfa.was", taken_by="dara", taken_on=AT.date()).save()
    bad = [
        {"finger": "left_ring", "found": "captured"}, {"finger": "left_ring", "found": "missing", "sealed": b"x"},
        {"finger": "toe"}, {"finger": "left_ring", "found": "lost"},
    ]  # fmt: skip
    for fields in bad:
        with pytest.raises(IntegrityError), transaction.atomic():
            FingerPrint(id=random_id(), of_id=KEY, noted_by="dara", **fields).save(force_insert=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        FingerSet.objects.filter(pk=KEY).update(waived_by="fingers.waiver_age")


def test_whose_exceptions_stand_out_is_counted_for_the_office(world):
    for number in range(24):
        name = "dara" if number % 2 else "sreymom"
        key = UUID(int=1000 + number)
        FingerSet(key=key, office="mfa.was", taken_by=name, taken_on=AT.date()).save()
        for at, finger in enumerate(Finger):
            missing = name == "dara" and at < 4
            found = {"found": "unable"} if missing else {"found": "captured", "sealed": b"x"}
            FingerPrint(id=random_id(), of_id=key, finger=finger.value, noted_by=name, **found).save()
    biometrics.waive_fingers(WaiveFingers(KEY, PartialDate(1940)), ctx=acting("sreymom"))
    FingerSet(key=UUID(int=5), office="mfa.sel", taken_by="sovann", taken_on=AT.date()).save()
    span = Span(AT.date() - timedelta(days=1), AT.date())
    dara, sreymom = biometrics.exceptions_by_officer(acting("sreymom"), span)
    assert (dara.officer, dara.people, dara.captured, dara.unable, dara.in_hundred) == ("dara", 12, 72, 48, 40)
    assert (sreymom.officer, sreymom.people, sreymom.waived, sreymom.exceptions) == ("sreymom", 13, 1, 0)
    assert [one.officer for one in biometrics.exceptions_by_officer(acting("sovann"), span)] == ["sovann"]
    assert biometrics.exceptions_by_officer(acting("sreymom"), Span(date(2020, 1, 1), date(2020, 2, 1))) == []


def test_who_stands_out_has_seen_enough_people_and_twice_the_offices_rate():
    def row(name: str, people: int, unable: int) -> OfficerExceptions:
        return OfficerExceptions(name, people, 0, people * 10 - unable, 0, 0, unable)

    shown = finger_rules.standing_out([row("a", 40, 8), row("b", 40, 8), row("c", 10, 20), row("d", 2, 10)])
    assert [(one.officer, one.stands_out) for one in shown] == [("d", False), ("c", True), ("a", False), ("b", False)]
    assert finger_rules.standing_out([]) == []


@pytest.mark.parametrize(
    ("measures", "quality", "told"),
    [
        (PrintMeasures(0.29, 150), 80, ("biometrics.finger_partly",)),
        (PrintMeasures(0.30, 150), 35, ()),
        (PrintMeasures(0.70, 150), 34, ("biometrics.finger_weak",)),
        (PrintMeasures(0.70, 150), None, ("biometrics.finger_weak",)),
        (PrintMeasures(0.70, 206), 80, ("biometrics.finger_dry",)),
        (PrintMeasures(0.70, 84), 10, ("biometrics.finger_wet",)),
    ],
)
def test_the_limits_of_a_print(measures, quality, told):
    assert finger_rules.problems_of(measures, quality) == told


@pytest.mark.parametrize("image", [b"", b"no png", b"\x89PNG\r\n\x1a\n" + b"\0" * 40, b"\0" * 5_000_000])
def test_a_device_that_sends_rubbish_is_told(image):
    with pytest.raises(Refusal) as refused:
        devices.opened(Shot(image))
    assert refused.value.code == "biometrics.device_unreadable"


def test_the_simulator_is_the_same_on_every_run_and_its_people_differ():
    one, again, other = Simulator("a", {}), Simulator("a", {}), Simulator("b", {})
    shots = [each.capture(Finger.LEFT_THUMB).image for each in (one, again, other)]
    assert shots[0] == shots[1] != shots[2]
    with pytest.raises(ValueError):
        Simulator("a").__class__("a", {Finger("left_toe"): []})


@pytest.mark.slow
def test_the_conformance_kit_passes_the_simulator_and_finds_what_is_wrong(nbis):
    from srok.identity.biometrics.conformance import check_device

    assert all(check.held for check in check_device(Simulator("a", {})))
    broken = {check.name: check.held for check in check_device(Simulator("a", {Finger.RIGHT_INDEX: ["silent"]}))}
    assert broken["a shot within 10 seconds"] is False
    dry = Simulator("a", {Finger.RIGHT_INDEX: ["partly"]})
    assert not all(check.held for check in check_device(dry))


@pytest.mark.slow
def test_the_kit_runs_on_the_command_line(nbis):
    words = [sys.executable, "-m", "srok", "biometrics", "conformance", "--json", "--device"]
    good = subprocess.run([*words, "simulator"], capture_output=True, text=True, check=False)
    assert (good.returncode, good.stdout.count('"held": true')) == (0, 9)
    bad = subprocess.run([*words, "nothing:Here"], capture_output=True, text=True, check=False)
    assert (bad.returncode, "biometrics.device_broken" in bad.stdout) == (2, True)
