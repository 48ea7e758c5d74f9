"""Messages to the identification system: asked once, answered whatever dies, candidates and never refusals."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.apps import apps
from PIL import Image, ImageDraw

from srok.ground.journal import public as journal
from srok.ground.kernel.context import Context
from srok.ground.kernel.ids import new_id
from srok.ground.kernel.refusal import Refusal
from srok.identity.biometrics import abis as seam
from srok.identity.biometrics import asking, reads
from srok.identity.biometrics import public as biometrics
from srok.identity.biometrics.models import AbisRequest, FaceTemplate, Portrait
from srok.identity.biometrics.terms import Message, SearchState, Verdict
from srok.identity.biometrics.tests.engines import ColourEngine, DeadAbis, template
from srok.identity.biometrics.tests.pictures import Head, coded, face, people

AT = datetime(2025, 1, 20, 15, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def dara(minutes: int = 0) -> Context:
    at = AT + timedelta(minutes=minutes)
    return Context("dara", "mfa.was", frozenset({"consular_officer"}), at, at.date(), new_id(at))


def system() -> seam.NumpyAbis:
    return seam.NumpyAbis(ColourEngine())


def coloured(colour: str) -> bytes:
    """A portrait that is sharp, and whose middle has this colour."""
    picture = face()
    ImageDraw.Draw(picture).rectangle((200, 250, 400, 500), fill=colour)
    return coded(picture, "PNG")


@pytest.fixture
def found(monkeypatch):
    """The default system of this process, on an engine that needs no models."""
    one = system()
    monkeypatch.setattr(asking, "abis", lambda: one)
    return one


def drained(one: seam.Abis, minutes: int = 1) -> None:
    for turn in range(3):
        biometrics.work(dara(minutes + turn), system=one)


def test_one_person_under_two_keys_is_a_candidate_and_others_are_none(found):
    keys = [biometrics.keep(coloured(colour), dara()) for colour in ("#b98a62", "#ba8b63", "#206020")]
    assert [biometrics.search_face(key, dara()).waiting for key in keys] == [True] * 3
    drained(found)
    first, second, third = (biometrics.search_face(key, dara(5)) for key in keys)
    assert {one.state for one in (first, second, third)} == {SearchState.DONE}
    assert [one.key for one in first.candidates][:1] == [keys[1]]
    assert [one.key for one in second.candidates][:1] == [keys[0]]
    assert first.candidates[0].distance < 0.05
    assert not {keys[0], keys[1]} & {one.key for one in third.candidates if one.distance < 0.3}
    assert found.count() == 3


def test_asking_again_asks_nothing_new(found):
    key = biometrics.keep(coloured("#b98a62"), dara())
    for minute in range(4):
        biometrics.search_face(key, dara(minute))
    assert AbisRequest.objects.filter(key=key).count() == 2
    drained(found)
    before = AbisRequest.objects.get(key=key, message=Message.IDENTIFY)
    biometrics.search_face(key, dara(9))
    drained(found, 10)
    assert AbisRequest.objects.get(pk=before.pk).version == before.version
    facts = [fact.kind for fact in journal.facts_about(str(key))]
    assert facts.count("biometrics.face_searched") == 1
    assert facts.count("biometrics.message_asked") == 2


def test_a_dead_system_lets_everything_wait_and_loses_nothing():
    keys = [biometrics.keep(coloured(f"#{number:02x}8a62"), dara()) for number in (0x20, 0x60, 0xA0)]
    for key in keys:
        for message in (Message.INSERT, Message.IDENTIFY):
            asking.ask(message, key, asking.request_id(key, message), ctx=dara())
    for minutes in (0, 1, 2, 200):
        biometrics.work(dara(minutes), system=DeadAbis())
    stands = biometrics.queue_facts()
    assert (stands.waiting, stands.done, stands.unable, stands.oldest_at) == (6, 0, 0, AT)
    assert stands.most_attempts >= 3
    assert {row.problem for row in AbisRequest.objects.filter(message=Message.INSERT)} == {"biometrics.system_silent"}
    alive = system()
    drained(alive, 400)
    stands = biometrics.queue_facts()
    assert (stands.waiting, stands.done) == (0, 6)
    assert alive.count() == 3


def test_what_cannot_be_done_is_told_and_not_tried_for_ever(found):
    unknown = UUID(int=5)
    asking.ask(Message.IDENTIFY, unknown, asking.request_id(unknown, Message.IDENTIFY), ctx=dara())
    drained(found)
    answer = biometrics.search_face(unknown, dara(9))
    assert (answer.state, answer.reason, answer.waiting) == (SearchState.NOT_AVAILABLE, "biometrics.no_portrait", False)
    assert biometrics.queue_facts().unable == 1


def test_ping_and_reference_count(found):
    key = biometrics.keep(coloured("#b98a62"), dara())
    found.insert(key, biometrics.portrait(key))
    for number, message in ((1, Message.PING), (2, Message.COUNT)):
        asking.ask(message, None, UUID(int=number), ctx=dara())
    drained(found)
    assert AbisRequest.objects.get(pk=UUID(int=1)).answer == {"alive": True}
    assert AbisRequest.objects.get(pk=UUID(int=2)).answer == {"count": 1}


def test_every_process_follows_what_another_adds_and_takes_away():
    one, other = system(), system()
    keys = [biometrics.keep(coloured(colour), dara()) for colour in ("#b98a62", "#ba8b63")]
    jpegs = [biometrics.portrait(key) for key in keys]
    assert one.identify(keys[0], jpegs[0]) == []
    other.insert(keys[1], jpegs[1])
    assert [near.key for near in one.identify(keys[0], jpegs[0])] == [keys[1]]
    one.insert(keys[0], jpegs[0])
    one.insert(keys[0], jpegs[0])
    assert (one.count(), other.count(), system().count()) == (2, 2, 2)
    other.delete(keys[1])
    other.delete(keys[1])
    assert one.identify(keys[0], jpegs[0]) == []
    assert (one.count(), other.count(), system().count()) == (1, 1, 1)


def test_a_kit_holds_nobody_elses_face(settings, found):
    settings.SROK_KIT = True
    key = biometrics.keep(coloured("#b98a62"), dara())
    answer = biometrics.search_face(key, dara())
    assert (answer.state, answer.reason) == (SearchState.NOT_AVAILABLE, "biometrics.no_search_in_kit")
    assert not AbisRequest.objects.exists()
    seam.abis.cache_clear()
    assert seam.abis() is None
    seam.abis.cache_clear()


def test_without_an_engine_the_search_is_not_available_and_says_so(no_engine):
    seam.abis.cache_clear()
    key = biometrics.keep(coded(face()), dara())
    answer = biometrics.search_face(key, dara())
    assert (answer.state, answer.reason, answer.waiting) == (
        SearchState.NOT_AVAILABLE, "biometrics.no_face_engine", False,
    )  # fmt: skip
    assert biometrics.work(dara(1)) == asking.Worked()
    assert biometrics.compare(key, coded(face())).not_checked == ("biometrics.no_face_engine",)
    seam.abis.cache_clear()


def test_templates_lie_sealed_and_tied_to_their_key(found):
    keys = [biometrics.keep(coloured(colour), dara()) for colour in ("#b98a62", "#206020")]
    for key in keys:
        found.insert(key, biometrics.portrait(key))
    rows = {row.key: row for row in FaceTemplate.objects.all()}
    plain = found.template(biometrics.portrait(keys[0]))
    assert plain not in bytes(rows[keys[0]].sealed)
    FaceTemplate.objects.filter(key=keys[0]).update(sealed=rows[keys[1]].sealed)
    with pytest.raises(Refusal) as refused:
        seam.template_of(found.name, keys[0])
    assert refused.value.code == "kernel.unsealable"


def test_erased_is_erased_and_leaves_its_proof(found):
    key = biometrics.keep(coloured("#b98a62"), dara())
    biometrics.search_face(key, dara())
    drained(found)
    row = Portrait.objects.get(pk=key)
    assert biometrics.held(key) == biometrics.erase(key, dara(9))
    assert biometrics.held(key) == type(biometrics.held(key))()
    assert found.count() == 0
    drained(found, 10)
    assert biometrics.queue_facts().waiting == 0
    proof = [fact for fact in journal.facts_about(str(key)) if fact.kind == "biometrics.erased"]
    assert [dict(fact.facts) for fact in proof] == [{"sha256": row.sha256, "templates": 1, "fingers": 0}]
    assert biometrics.erase(key, dara(20)).portraits == 0
    with pytest.raises(Refusal):
        biometrics.portrait(key)


def test_the_tables_hold_no_name_and_no_reference():
    columns = {
        model._meta.model_name: {field.name for field in model._meta.get_fields()}
        for model in apps.get_app_config("biometrics").get_models()
    }
    assert columns["portrait"] == {"key", "sealed", "sha256", "kept_at"}
    assert columns["facetemplate"] == {"id", "key", "engine", "sealed", "made_at"}
    assert columns["gallery"] == {"engine", "changes"}
    assert columns["gallerychange"] == {"id", "engine", "number", "key", "added"}
    assert columns["fingerset"] == {
        "key", "office", "taken_by", "taken_on", "device", "serial", "waived_by", "consequence", "fingers",
    }  # fmt: skip
    assert columns["fingerprint"] == {
        "id", "of", "finger", "found", "quality", "tries", "sealed", "noted_by", "version",
    }  # fmt: skip
    assert len(columns) == 7
    assert columns["abisrequest"] == {
        "id", "message", "key", "state", "attempts", "next_at", "problem", "answer", "engine", "asked_at",
        "answered_at", "version",
    }  # fmt: skip


@pytest.mark.slow
def test_a_photo_is_compared_with_the_kept_portrait(with_dlib):
    key = biometrics.keep(coded(people(Head(0))), dara())
    same = biometrics.compare(key, coded(people(Head(0, size=0.26, roll=3), background="#eef0f2")))
    other = biometrics.compare(key, coded(people(Head(3, skin="#e8c8a8"))))
    assert same.verdict is Verdict.LIKELY_SAME
    assert other.distance > same.distance
    assert biometrics.compare(key, coded(Image.new("RGB", (600, 750), "#888888"))).not_checked == (
        "biometrics.no_face",
    )
    two = people(Head(0, at=(0.28, 0.42), size=0.17), Head(1, at=(0.72, 0.42), size=0.17))
    assert biometrics.compare(key, coded(two)).not_checked == ("biometrics.several_faces",)
    assert biometrics.compare(key, b"no picture").not_checked == ("biometrics.unreadable",)


def test_the_engine_of_this_machine_finds_the_same_drawing_again(with_dlib):
    """The same drawing, packed worse. (dlib sees all drawn people as near: no accuracy is shown.)"""
    one = seam.NumpyAbis(with_dlib)
    keys = [biometrics.keep(coded(people(Head(who))), dara()) for who in range(3)]
    again = biometrics.keep(coded(people(Head(1)), quality=70), dara())
    for key in (*keys, again):
        for message in (Message.INSERT, Message.IDENTIFY):
            asking.ask(message, key, asking.request_id(key, message), ctx=dara())
    drained(one)
    assert biometrics.search_of(again).candidates[0].key == keys[1]


def test_limits_of_the_verdict():
    from srok.identity.biometrics.rules import next_try, verdict

    assert [verdict(far) for far in (0.0, 0.499, 0.5, 0.65, 0.651)] == [
        Verdict.LIKELY_SAME, Verdict.LIKELY_SAME, Verdict.LOOK_CLOSER, Verdict.LOOK_CLOSER, Verdict.LIKELY_OTHER,
    ]  # fmt: skip
    waits = [(next_try(attempts, AT) - AT).total_seconds() for attempts in (1, 2, 3, 11, 12, 500)]
    assert waits == [2, 4, 8, 2048, 3600, 3600]


def test_templates_of_the_tests_have_the_distance_they_say():
    from srok.identity.biometrics.gallery import distance

    assert distance(template(1), template(1, near=1, by=0.25)) == pytest.approx(0.25, abs=1e-6)
    assert reads.in_kit() is False
