"""The frame: pages declare what they need, a command sent twice acts once, refusals speak in words."""

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage.fallback import FallbackStorage
from django.http import HttpResponse
from django.test import RequestFactory

from srok.ground.faces import public as faces
from srok.ground.journal import public as journal
from srok.ground.kernel.ids import new_id
from srok.ground.kernel.refusal import Refusal

AT = datetime(2025, 2, 4, 1, tzinfo=UTC)


@faces.needs("examiner")
def desk(request):
    return HttpResponse("the desk")


def asked(user):
    request = RequestFactory().get("/somewhere")
    request.user = user
    request.session = {}
    request._messages = FallbackStorage(request)
    return request


def officer(*roles):
    return SimpleNamespace(is_authenticated=True, roles=list(roles))


def test_a_page_says_public_or_names_roles():
    with pytest.raises(ValueError, match="public"):
        faces.needs()
    with pytest.raises(ValueError, match="public"):
        faces.needs("examiner", public=True)


def test_anonymous_is_sent_to_sign_in_and_back():
    answer = desk(asked(AnonymousUser()))
    assert answer.status_code == 302
    assert answer["Location"].endswith("?next=/somewhere")


def test_the_wrong_desk_is_refused_and_the_right_one_served(db):
    assert desk(asked(officer("approver"))).status_code == 403
    assert desk(asked(officer("approver", "examiner"))).content == b"the desk"


@pytest.mark.django_db
def test_a_command_sent_twice_acts_once():
    from django.db import transaction

    done = []

    def act(command, *, ctx):
        with transaction.atomic():
            journal.record(ctx, "tests.thing_done", command, {})
        done.append(command)
        return command

    request, trace = asked(officer("examiner")), new_id(AT)
    assert faces.perform(request, act, "ABCD", trace=trace) == "ABCD"
    assert faces.perform(request, act, "ABCD", trace=trace) is None
    assert done == ["ABCD"]


@pytest.mark.parametrize(("language", "part"), [("en", "does not exist"), ("km", "")])
def test_a_refusal_becomes_words(db, language, part):
    said = faces.wording.of(Refusal("kernel.bad_reference"), language)
    assert said != "kernel.bad_reference"
    assert "{" not in said


def test_a_missing_fact_shows_as_its_name():
    assert "{name}" in faces.wording.sentence("faces.unreadable_file", {}, "en")
    assert "list.csv" in faces.wording.sentence("faces.unreadable_file", {"name": "list.csv"}, "en")


def test_the_demo_clock_ticks_from_its_stated_instant(settings):
    settings.SROK_CLOCK_STARTS_AT = "2025-05-12T08:00:00+07:00"
    first = faces.clock.instant()
    assert first >= datetime(2025, 5, 12, 1, tzinfo=UTC)
    assert faces.clock.instant() >= first
    assert faces.clock.civil_date().isoformat() == "2025-05-12"
