"""The JSON API: the public check, the parties' questions, the keys."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client, override_settings

from srok.trust.credentials import public as credentials
from srok.trust.credentials.terms import Purpose
from srok.trust.verification.models import Receipt
from srok.trust.verification.tests import cast
from srok.trust.verification.tests.cast import CARD


def post(path: str, body: object, client: Client | None = None) -> tuple[int, Any]:
    response = (client or Client()).post(f"/api/verification/{path}", json.dumps(body), content_type="application/json")
    return response.status_code, json.loads(response.content)


def officer(username: str, **options: Any) -> Client:
    cast.open_offices()
    client = Client(**options)
    client.force_login(get_user_model().objects.get(username=username))
    return client


def test_check(keys: Path, handed_over: None) -> None:
    status, said = post("check", {"qr_text": cast.qr()})
    assert status == 200
    assert {key: said[key] for key in ("valid", "state", "reasons")} == {"valid": True, "state": "valid", "reasons": []}
    assert said["claims"]["number"] == CARD.number and said["claims"]["birth_date"] == "1960-05-03"
    with override_settings(SROK_CLOCK_STARTS_AT="2025-04-06T02:00:00+00:00"):
        assert post("check", {"qr_text": cast.qr()})[1]["state"] == "not_active"
    assert not Receipt.objects.exists()


def test_a_forged_card_is_an_answer_and_a_text_is_an_error(keys: Path, handed_over: None) -> None:
    status, said = post("check", {"qr_text": cast.forged(keys / "own")})
    assert (status, said["valid"], said["state"], said["claims"]) == (200, False, "unknown", {})
    status, said = post("check", {"qr_text": "HELLO"})
    assert (status, said["error"]["code"]) == (422, "credentials.unreadable")
    assert said["error"]["message_km"] and said["error"]["message_en"]


@pytest.mark.parametrize(
    "body", [{}, {"qr_text": "A" * 7000}, {"qr_text": 1}, {"qr_text": "A", "on": "2025-05-12"}, []]
)
def test_a_body_of_another_shape_is_refused(db: None, body: object) -> None:
    assert post("check", body)[0] == 422


def test_answers_need_an_officer_of_a_party(keys: Path, handed_over: None) -> None:
    body = {"party": "border", "purpose": "entry", "qr_text": cast.qr()}
    assert post("answers", body)[0] == 401
    assert post("answers", body, officer("chanthou"))[0] == 401
    assert not Receipt.objects.exists()


def test_answers_check_the_csrf_token(keys: Path, handed_over: None) -> None:
    body = {"party": "border", "purpose": "entry", "qr_text": cast.qr()}
    assert post("answers", body, officer("sokha", enforce_csrf_checks=True))[0] == 403
    assert not Receipt.objects.exists()


def test_an_officer_asks_for_their_own_party(keys: Path, handed_over: None) -> None:
    client = officer("phalla")
    body = {"party": "land", "purpose": "land_sale", "qr_text": cast.qr()}
    status, said = post("answers", body, client)
    assert (status, said["answer"], said["reasons"]) == (200, "yes", [])
    signature = bytes.fromhex(said["signature"])
    assert credentials.answer_is_genuine(said["statement"].encode(), said["kid"], signature)
    for change, code in (
        ({"party": "border", "purpose": "entry"}, "verification.not_your_party"),
        ({"purpose": "entry"}, "verification.purpose_not_yours"),
        ({"purpose": ""}, "verification.purpose_missing"),
        ({"qr_text": " "}, "verification.nothing_asked"),
    ):
        status, said = post("answers", body | change, client)
        assert (status, said["error"]["code"]) == (422, code)
    assert post("answers", body | {"party": "police"}, client)[0] == 422


def test_nobody_goes_through_numbers_or_days(keys: Path, handed_over: None) -> None:
    client, body = officer("phalla"), {"party": "land", "purpose": "land_sale"}
    assert post("answers", body | {"number": CARD.number}, client)[0] == 422
    assert post("answers", body | {"number": CARD.number, "qr_text": ""}, client)[0] == 422
    assert post("answers", body | {"qr_text": cast.qr(), "on": "2025-05-12"}, client)[0] == 422
    assert not Receipt.objects.exists()


@override_settings(SROK_QUESTIONS_PER_DAY=1)
def test_too_many_questions_are_refused_in_words(keys: Path, handed_over: None) -> None:
    client, body = officer("phalla"), {"party": "land", "purpose": "land_sale", "qr_text": cast.qr()}
    assert post("answers", body, client)[0] == 200
    status, said = post("answers", body, client)
    assert (status, said["error"]["code"]) == (422, "verification.too_many_questions")
    assert "1" in said["error"]["message_km"]


def test_keys(keys: Path) -> None:
    said = Client().get("/api/verification/keys").json()
    assert {row["purpose"] for row in said["keys"]} == set(map(str, Purpose))
    assert bytes.fromhex(said["cose_key_set"]) == credentials.published_keys().cose_key_set


def test_the_api_describes_itself() -> None:
    described = Client().get("/api/openapi.json").json()
    paths = {path: list(verbs) for path, verbs in described["paths"].items() if "/verification/" in path}
    assert paths == {
        "/api/verification/check": ["post"], "/api/verification/answers": ["post"], "/api/verification/keys": ["get"],
    }  # fmt: skip
    answers = described["paths"]["/api/verification/answers"]["post"]
    assert answers["x-srok-needs"] == ["border_officer", "commune_clerk", "land_officer", "roll_officer"]
    assert described["paths"]["/api/verification/check"]["post"]["x-srok-needs"] == "public"
