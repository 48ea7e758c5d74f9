"""The face-search slot: production orders no card on a face that was never searched for."""

import pytest
from django.test.utils import override_settings

from srok.ground.journal import public as journal
from srok.identity.cases import facing
from srok.identity.cases import public as cases
from srok.identity.cases.capture_terms import FaceWaiver
from srok.identity.cases.models import Case
from srok.identity.cases.tests.world import acting, approved, decided, ready, refused

pytestmark = pytest.mark.usefixtures("desk")


@pytest.fixture
def undecided(portrait, scan, monkeypatch) -> str:
    monkeypatch.setenv("SROK_FACE_ENGINE", "none")
    return ready(portrait, scan)


def test_without_an_engine_it_is_not_available_and_production_refuses(undecided):
    facing.search(facing.SearchFace(undecided), ctx=acting("vuthy", 3))
    decided(undecided)
    with override_settings(SROK_FACE_SEARCH_REQUIRED=True), refused("cases.face_search_missing"):
        approved(undecided)
    assert Case.objects.get(reference=undecided).state == "decided"
    assert approved(undecided).state is cases.State.APPROVED  # the demo says so on the page and goes on


def test_waived_by_rule_it_is_ordered_and_everybody_sees_the_rule(undecided):
    with refused("cases.not_your_desk"):
        facing.waive(facing.WaiveFaceSearch(undecided, FaceWaiver.RENEWED), ctx=acting("dara", 3))
    facing.waive(facing.WaiveFaceSearch(undecided, FaceWaiver.RENEWED), ctx=acting("vuthy", 3))
    with refused("journal.stale"):
        facing.waive(facing.WaiveFaceSearch(undecided, FaceWaiver.CHILD, seen=1), ctx=acting("sokha", 3))
    decided(undecided)
    with override_settings(SROK_FACE_SEARCH_REQUIRED=True):
        facts = approved(undecided)
    assert (facts.face_search, facts.face_waiver) == ("waived", "cases.face_renewed")
    kinds = {fact.kind for fact in journal.facts_about(undecided)}
    assert "cases.face_search_waived" in kinds
    with refused("cases.face_too_late"):
        facing.search(facing.SearchFace(undecided), ctx=acting("vuthy", 5))
