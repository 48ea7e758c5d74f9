"""The door: too much at once is turned away unread, and no NUL byte comes in."""

from io import BytesIO
from typing import Any

import pytest
from django.test import Client, RequestFactory, override_settings

from srok.ground.faces import gate

CHECK = "/verification/check"
pytestmark = pytest.mark.django_db


class Unread(BytesIO):
    """A body that must not be touched."""

    def read(self, *_: Any) -> bytes:
        raise AssertionError("the body was read")

    readline = read


def sent(language: str = "km", **environ: Any) -> Any:
    client = Client()
    client.cookies["django_language"] = language
    usual = {"PATH_INFO": CHECK, "REQUEST_METHOD": "POST", "CONTENT_TYPE": "multipart/form-data; boundary=x"}
    return client.request(**{**usual, "wsgi.input": Unread(), **environ})


@pytest.mark.parametrize(("language", "words"), [("km", "៤០ មេហ្គាបៃ"), ("en", "Up to 40 megabytes")])
def test_too_much_at_once_is_refused_unread_with_what_to_do(language: str, words: str) -> None:
    answer = sent(language, CONTENT_LENGTH=str(40 * 1024 * 1024 + 1))
    assert answer.status_code == 413
    assert words in answer.content.decode()
    assert "srok-next" in answer.content.decode()


def test_json_is_answered_in_json() -> None:
    answer = sent(PATH_INFO="/api/verification/check", CONTENT_TYPE="application/json", CONTENT_LENGTH="99999999")
    assert answer.status_code == 413
    assert answer.json()["error"]["code"] == "faces.body_too_large"


def test_a_body_without_a_length_is_told_so() -> None:
    answer = sent("en", HTTP_TRANSFER_ENCODING="chunked")
    assert answer.status_code == 411
    assert "did not say how large" in answer.content.decode()


def test_more_than_the_stated_length_is_never_read() -> None:
    body = BytesIO(b'--x\r\nContent-Disposition: form-data; name="qr_text"\r\n\r\nA\r\n--x--\r\n' + b"y" * 100_000)
    sent(CONTENT_LENGTH="64", **{"wsgi.input": body})
    assert body.tell() <= 64


@override_settings(SROK_MAX_BODY=1024 * 1024)
@pytest.mark.parametrize(
    ("length", "status"), [("", None), ("x", None), ("-1", None), ("1048576", None), ("1048577", 413)]
)
def test_the_bound_is_the_setting(length: str, status: int | None) -> None:
    request = RequestFactory().post(CHECK)
    request.META["CONTENT_LENGTH"] = length
    answer = gate.refused(request)
    assert (answer.status_code if answer else None) == status


@pytest.mark.parametrize("path", ["/verification/answers/%00", "/cases/%00/", "/language/%00", "/%00"])
def test_an_address_with_a_nul_byte_leads_nowhere(path: str) -> None:
    assert Client().get(path).status_code == 404


def test_a_question_with_a_nul_byte_cannot_be_read() -> None:
    assert Client().get("/track?reference=%00").status_code == 400
    assert Client().get("/?%00=1").status_code == 400


def test_a_cookie_with_a_nul_byte_is_dropped() -> None:
    # As a raw header: newer Pythons refuse to write such a cookie themselves.
    quoted = '"\\000aaaaaaaaaaaaaaaa"'
    assert Client().get("/", HTTP_COOKIE=f"sessionid={quoted}").status_code == 200


def test_fields_with_a_nul_byte_are_refused_in_words() -> None:
    for purpose, text in (("en\0try", "x"), ("entry", "A\0B"), ("\0", "\0")):
        answer = Client().post(
            "/api/verification/check", {"qr_text": text, "purpose": purpose}, content_type="application/json"
        )
        assert answer.status_code == 422
    form = {"username": "so\0kha", "password": "\0"}
    assert Client().post("/accounts/sign-in", form).status_code in (200, 400)
