"""Help with both scripts: offered, never filled in by a machine; a warning where they do not sound alike."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.test.utils import override_settings
from django.urls import reverse

from srok.ground.kernel.names import canonical_name
from srok.ground.kernel.text import canonical, order_problem
from srok.identity.cases import spelling
from srok.identity.cases.tests.counter import captured, sent
from srok.identity.cases.tests.world import STARTED


def test_the_list_is_whole_canonical_and_latin_in_capitals():
    assert len(spelling.names()) >= 300
    for one in spelling.names():
        assert order_problem(one.khmer) is None and canonical(one.khmer) == one.khmer
        assert one.latin and all(text.isascii() and text.isalpha() and text.isupper() for text in one.latin)
    assert len({(one.kind, one.khmer) for one in spelling.names()}) == len(spelling.names())


@pytest.mark.parametrize(
    ("field", "typed", "first"),
    [
        ("family_km", "សុខ", "SOK"), ("given_km", "សុភា", "SOPHEA"), ("mother_given_km", "បុប្ផា", "BOPHA"),
        ("family_latin", "sok", "សុខ"), ("given_latin", "Sophea", "សុភា"), ("given_km", "សុខហេង", "SOKHENG"),
    ],
)  # fmt: skip
def test_a_usual_name_is_offered_in_the_other_script(field, typed, first):
    assert spelling.suggestions(field, typed)[0] == first


@pytest.mark.parametrize(
    ("field", "typed"), [("given_km", "ក្ខ្យំ"), ("given_latin", "Xq"), ("sex", "F"), ("given_km", "")]
)
def test_what_is_not_known_is_not_invented(field, typed):
    assert spelling.suggestions(field, typed) == []


def test_every_pair_of_the_list_sounds_alike_and_wrong_ones_are_told():
    families = [one for one in spelling.names() if one.kind == "family"]
    given = [one for one in spelling.names() if one.kind == "given"]
    told = 0
    for number, one in enumerate(given):
        family, other = families[number % len(families)], given[(number + 57) % len(given)]
        right = canonical_name(family.khmer, one.khmer, family.latin[0], one.latin[-1])
        assert not spelling.sounds_differ(right)
        wrong = canonical_name(family.khmer, one.khmer, family.latin[0], other.latin[0])
        told += spelling.sounds_differ(wrong)
    assert told >= len(given) * 0.98


@pytest.mark.usefixtures("desk")
class TestAtTheCounter:
    @pytest.fixture
    def dara(self):
        with override_settings(SROK_CLOCK_STARTS_AT=(STARTED + timedelta(days=1)).isoformat(), LANGUAGE_CODE="en"):
            client = Client(headers={"accept-language": "en"})
            officer = get_user_model().objects.get(username="dara")
            client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
            yield client

    def test_the_script_asks_this_machine(self, dara):
        answer = dara.get(reverse("cases:capture_spelling"), {"field": "given_km", "text": "សុភា"})
        assert answer.json() == {"field": "given_latin", "suggestions": ["SOPHEA", "SOPEA"]}
        assert Client().get(reverse("cases:capture_spelling")).status_code == 302

    def test_without_script_the_page_offers_it_on_submit(self, dara, portrait):
        shown = dara.post("/cases/new", sent(portrait, given_latin="")).content.decode()
        assert "Usually written: SOPHEA, SOPEA" in shown

    def test_scripts_that_do_not_sound_alike_are_told_before_anybody_confirms(self, dara, portrait):
        capture = captured(portrait, given_latin="Rith", language="en")
        assert "do not sound alike" in dara.get(reverse("cases:capture", args=[capture])).content.decode()
        good = captured(portrait, language="en")
        assert "do not sound alike" not in dara.get(reverse("cases:capture", args=[good])).content.decode()
