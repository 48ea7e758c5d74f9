"""The public pages in both languages, the switch, the errors, the health."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.utils.translation import override

from srok.web import errors
from srok.web.tests.latin import latin_in

PAGES = ["/", "/about", "/apply", "/rules", "/accounts/sign-in"]
pytestmark = pytest.mark.django_db


def reader(language: str) -> Client:
    client = Client()
    client.cookies["django_language"] = language
    return client


@pytest.mark.parametrize("language", ["km", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_page_says_its_language_and_has_one_heading(path: str, language: str) -> None:
    answer = reader(language).get(path)
    html = answer.content.decode()
    assert answer.status_code == 200
    assert f'<html lang="{language}"' in html
    assert len(re.findall("<h1", html)) == 1
    assert ("srok-next" in html) == (path in ("/about", "/apply", "/rules"))


@pytest.mark.parametrize("path", [*PAGES, "/nothing-here"])
def test_khmer_page_shows_no_latin_text(path: str) -> None:
    assert latin_in(reader("km").get(path).content.decode()) == []


def test_without_a_choice_the_page_is_khmer() -> None:
    assert '<html lang="km"' in Client().get("/").content.decode()


def test_every_page_offers_the_other_language_and_comes_back() -> None:
    html = reader("km").get("/about").content.decode()
    assert 'href="/language/en?next=%2Fabout"' in html
    answer = Client().get("/language/en?next=/about")
    assert answer.status_code == 302 and answer["Location"] == "/about"
    assert answer.cookies["django_language"].value == "en"


@pytest.mark.parametrize("next_", ["https://else.example/", "//else.example/", "javascript:alert(1)", "x", ""])
def test_the_switch_never_leads_away(next_: str) -> None:
    assert Client().get("/language/en", {"next": next_})["Location"] == "/"


def test_an_unknown_language_changes_nothing() -> None:
    assert "django_language" not in Client().get("/language/xx").cookies


def test_healthz() -> None:
    answer = Client().get("/healthz")
    assert answer.status_code == 200 and answer.json() == {"state": "up", "down": []}


def test_windows_come_from_the_law(settings) -> None:
    settings.SROK_CLOCK_STARTS_AT = "2025-05-12T09:00:00+07:00"
    assert "lists are open now" in reader("en").get("/").content.decode()
    settings.SROK_CLOCK_STARTS_AT = "2025-06-12T09:00:00+07:00"
    assert "of this year are closed" in reader("en").get("/").content.decode()
    settings.SROK_CLOCK_STARTS_AT = "2026-11-23T09:00:00+07:00"
    assert "have not been announced" in reader("en").get("/").content.decode()


@pytest.mark.parametrize(("page", "status"), [("bad_request", 400), ("forbidden", 403), ("not_found", 404)])
def test_error_pages_say_what_to_do(page: str, status: int) -> None:
    answer = getattr(errors, page)(RequestFactory().get("/x"))
    assert answer.status_code == status and b"srok-next" in answer.content


@pytest.mark.parametrize("language", ["km", "en"])
def test_pages_of_failures_need_neither_request_nor_database(language: str, django_db_blocker) -> None:
    with django_db_blocker.block(), override(language):
        assert errors.server_error(RequestFactory().get("/")).status_code == 500
        busy = errors.unavailable()
        assert busy.status_code == 503 and busy["Retry-After"]
        assert f'<html lang="{language}"' in busy.content.decode()
        assert "srok-next" in render_to_string("403_csrf.html")


def test_a_form_from_nowhere_is_refused_in_words() -> None:
    answer = Client(enforce_csrf_checks=True).post("/accounts/sign-in", {"username": "dara", "password": "x"})
    assert answer.status_code == 403 and b"srok-next" in answer.content


def test_too_many_tries_are_told_in_words() -> None:
    client = reader("en")
    for _ in range(8):
        answer = client.post("/accounts/sign-in", {"username": "somebody", "password": "wrong"})
    assert answer.status_code == 429 and "Sign-in is closed for a while" in answer.content.decode()


def test_the_first_page_is_light() -> None:
    """At most 130 KB for a reader who has nothing yet; only what lies compressed beside its file counts as such."""
    html = reader("km").get("/").content
    named = set(re.findall(rb'(?:href|src)="/static/([^"]+)"', html))
    parts = [Path(str(finders.find(name.decode()))) for name in named]
    vendor = Path(str(finders.find("faces/vendor/govuk-frontend.css"))).parent
    fonts = list(vendor.glob("*.woff2"))
    sent = [packed if (packed := path.with_name(path.name + ".gz")).exists() else path for path in {*parts, *fonts}]
    assert len(fonts) == 2 and len(html) + sum(path.stat().st_size for path in sent) <= 130_000
