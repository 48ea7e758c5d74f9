"""The pages: a shot judged at once, one finger after another, and the table for the head of the mission."""

from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from srok.identity.biometrics import public as biometrics
from srok.identity.biometrics.finger_terms import Finger
from srok.identity.biometrics.models import FingerSet
from srok.identity.biometrics.tests.pictures import Head, blurred, coded, face, people
from srok.identity.biometrics.tests.world import AT, settle, signed_in

KEY = UUID(int=77)
PAGE = f"/biometrics/fingers/{KEY}"


@pytest.fixture(autouse=True)
def world(db, settings):
    settings.SROK_CLOCK_STARTS_AT = AT.isoformat()
    settle()


def photo(data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("portrait.jpg", data, "image/jpeg")


@pytest.mark.slow
def test_a_shot_is_judged_in_the_language_of_the_page(no_engine):
    said = signed_in("dara", "km").post("/biometrics/quality", {"portrait": photo(coded(blurred(face())))}).json()
    assert said["ok"] is False
    assert said["problems"] == [{"code": "biometrics.blurred", "words": "រូបថតនេះព្រិល។ សូមកាន់ម៉ាស៊ីនថតឱ្យនឹង រួចថតថ្មី។"}]
    said = signed_in().post("/biometrics/quality", {"portrait": photo(coded(face()))}).json()
    assert (said["ok"], said["problems"], said["not_checked"][0]["code"]) == (True, [], "biometrics.no_face_engine")


@pytest.mark.parametrize("sent", [{}, {"portrait": "text"}])
def test_no_photo_is_unreadable_and_no_crash(sent):
    said = signed_in().post("/biometrics/quality", sent)
    assert (said.status_code, said.json()["problems"][0]["code"]) == (200, "biometrics.unreadable")


def test_only_the_counter_may_ask():
    assert signed_in("rith").post("/biometrics/quality", {}).status_code == 403
    assert signed_in("dara").get("/biometrics/quality").status_code == 405
    assert signed_in("dara").get("/biometrics/exceptions").status_code == 403
    assert signed_in("rith").get(PAGE).status_code == 403


def test_a_photo_is_tried_without_script(with_dlib):
    client = signed_in()
    two = people(Head(at=(0.28, 0.42), size=0.17), Head(1, at=(0.72, 0.42), size=0.17))
    said = client.post("/biometrics/try", {"portrait": photo(coded(two))})
    assert "More than one face" in said.content.decode()
    assert client.post("/biometrics/try", {}).status_code == 400


def test_one_finger_after_another_with_words(simulator):
    simulator("right_thumb=dry")
    client = signed_in()
    first = client.get(PAGE).content.decode()
    assert "Take this finger" in first
    form = {"finger": "right_thumb", "command_id": str(UUID(int=1))}
    said = client.post(f"{PAGE}/take", form, follow=True).content.decode()
    assert "moisten the finger" in said
    replayed = client.post(f"{PAGE}/take", form, follow=True)
    assert biometrics.finger_record(KEY).fingers == {}
    assert replayed.status_code == 200
    said = client.post(f"{PAGE}/take", {**form, "command_id": str(UUID(int=2))}, follow=True).content.decode()
    assert "The print is good" in said
    assert list(biometrics.finger_record(KEY).fingers) == [Finger.RIGHT_THUMB]


def test_a_missing_finger_is_noted_and_a_reason_is_needed(simulator):
    client = signed_in()
    wanting = client.post(f"{PAGE}/note", {"finger": "left_ring", "command_id": str(UUID(int=3))}, follow=True)
    assert "Choose why" in wanting.content.decode()
    form = {"finger": "left_ring", "found": "missing", "command_id": str(UUID(int=4))}
    assert "The finger is missing" in client.post(f"{PAGE}/note", form, follow=True).content.decode()
    assert biometrics.finger_record(KEY).found == {"left_ring": "missing"}


def test_the_old_are_left_in_peace_and_a_wrong_date_is_told():
    client = signed_in()
    assert client.post(f"{PAGE}/waive", {"birth": "soon", "command_id": str(UUID(int=5))}).status_code == 400
    young = client.post(f"{PAGE}/waive", {"birth": "1990", "command_id": str(UUID(int=6))}, follow=True)
    assert "65 years" in young.content.decode()
    old = client.post(f"{PAGE}/waive", {"birth": "១៩៤៨", "command_id": str(UUID(int=7))}, follow=True)
    assert "two officers compare the face" in old.content.decode()


def test_the_head_of_the_mission_sees_counts_of_officers_and_nobody_else():
    FingerSet(key=KEY, office="mfa.was", taken_by="dara", taken_on=AT.date()).save()
    page = signed_in("sreymom").get("/biometrics/exceptions").content.decode()
    assert "dara" in page
    assert str(KEY) not in page
    assert "dara" not in signed_in("sovann").get("/biometrics/exceptions").content.decode()
