"""Not one card doubled: one person in two open cases, spelled in two ways, is admitted once."""

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse

from srok.ground.kernel.names import canonical_name, swapped
from srok.identity.cards import public as cards
from srok.identity.cases import public as cases
from srok.identity.cases.models import Sound
from srok.identity.cases.tests.people import SOPHEA
from srok.identity.cases.tests.world import (
    BAPTISM,
    acting,
    approved,
    decided,
    examined,
    lodged,
    ready,
    refused,
    settle_as,
    shown,
)

OTHERWISE = canonical_name("សុក", "សោភា", "SOKH", "SAOPHEAR")
MODEL = "django.contrib.auth.backends.ModelBackend"
LIST_CHANGED = cases.BackReason.LIST_CHANGED


def second(portrait: bytes, scan: bytes, **more: object) -> str:
    """Sophea again, under another spelling; examined before the first case is approved."""
    reference = lodged(portrait, **{"name": OTHERWISE, "papers": (shown(BAPTISM, scan),)} | more)  # type: ignore[arg-type]
    settle_as(reference, {"1000000001": "mother"})
    examined(reference)
    return reference


@pytest.mark.usefixtures("desk")
class TestTheListAtTheApproval:
    def test_whoever_was_admitted_since_the_examination_stops_the_second_admission(self, portrait, scan):
        first, again = ready(portrait, scan), second(portrait, scan)
        decided(first)
        decided(again)
        approved(first)  # no reaction has run since: the index is brought up to date by the approval itself
        with refused("cases.new_candidates"):
            approved(again)
        assert cases.standing_of(again).state is cases.State.DECIDED
        assert cards.card_of_case(again) is None

    def test_the_way_back_leads_to_the_new_candidate(self, portrait, scan):
        first, again = ready(portrait, scan), second(portrait, scan)
        decided(again)
        decided(first)
        person = approved(first).subject
        cases.approve(cases.ApproveDecision(again, False, (LIST_CHANGED,)), ctx=acting("kunthea", 4))
        with refused("cases.not_searched"):
            decided(again)
        cases.return_to_examiner(cases.ReturnToExaminer(again, (LIST_CHANGED,)), ctx=acting("vuthy", 4))
        with refused("cases.not_searched"):
            examined(again)
        found = cases.propose_candidates(cases.ProposeCandidates(again), ctx=acting("chanthou", 5))
        (new,) = [one for one in found if one.subject == person and one.role is cases.SearchRole.SELF]
        assert new.settled_as is None
        with refused("cases.open_candidates"):
            examined(again)

    def test_a_new_candidate_settled_as_someone_else_stops_nothing(self, portrait, scan):
        first, again = ready(portrait, scan), second(portrait, scan)
        decided(first)
        approved(first)
        decided(again)
        cases.approve(cases.ApproveDecision(again, False, (LIST_CHANGED,)), ctx=acting("kunthea", 4))
        cases.return_to_examiner(cases.ReturnToExaminer(again, (LIST_CHANGED,)), ctx=acting("vuthy", 4))
        settle_as(again, {})
        examined(again)
        decided(again)
        assert approved(again).state is cases.State.APPROVED

    def test_nobody_new_and_the_first_approval_passes(self, portrait, scan):
        reference = ready(portrait, scan)
        decided(reference)
        assert approved(reference).state is cases.State.APPROVED


@pytest.mark.usefixtures("desk")
class TestOtherOpenCases:
    @pytest.mark.parametrize(
        "more",
        [
            {}, {"name": swapped(OTHERWISE)}, {"name": canonical_name("សុក", "សោភា", "", "")},
            {"name": canonical_name("", "", "SOKH", "SAOPHEAR")}, {"birth": "1960"}, {"birth": "1961-04-13"},
            {"name": canonical_name("ស៊ុក", "ផា", "TREMBLAY", "ANNE"), "other_names": (OTHERWISE,)},
        ],
    )  # fmt: skip
    def test_one_person_spelled_otherwise_is_shown_to_the_examiner(self, portrait, more):
        first = lodged(portrait)
        again = lodged(portrait, **{"name": OTHERWISE} | more)
        settle_as(again, {})
        found = cases.whole(again, acting("chanthou", 2)).similar
        assert [(one.reference, one.state) for one in found] == [(first, cases.State.LODGED)]
        assert "cases.similar_open_case" in cases.assessment(again, acting("chanthou", 2)).notes
        assert [one.reference for one in cases.whole(first, acting("chanthou", 2)).similar] == [again]

    @pytest.mark.parametrize("more", [{"birth": "1964-05-09"}, {"name": canonical_name("ហេង", "រិទ្ធ", "HENG", "RITH")}])
    def test_another_person_is_not(self, portrait, more):
        lodged(portrait, birth="1960-03-05")
        again = lodged(portrait, **{"name": OTHERWISE, "birth": "1960-07-09"} | more)
        assert cases.whole(again, acting("chanthou", 2)).similar == ()
        assert "cases.similar_open_case" not in cases.assessment(again, acting("chanthou", 2)).notes

    def test_day_and_month_may_be_exchanged(self, portrait):
        lodged(portrait, birth="1960-03-05")
        again = lodged(portrait, name=OTHERWISE, birth="1960-05-03")
        assert len(cases.whole(again, acting("chanthou", 2)).similar) == 1

    def test_a_finished_case_warns_of_nobody(self, portrait):
        first, again = lodged(portrait), lodged(portrait, name=OTHERWISE)
        cases.withdraw(cases.WithdrawApplication(first, asked=True), ctx=acting("dara", 1))
        assert cases.whole(again, acting("chanthou", 2)).similar == ()
        assert cases.assessment(first, acting("chanthou", 2)).notes == ()

    def test_a_post_is_not_told_the_reference(self, portrait):
        lodged(portrait)
        again = lodged(portrait, name=OTHERWISE)
        assert cases.whole(again, acting("dara", 2)).similar == ()

    def test_the_warning_blocks_nothing(self, portrait, scan):
        lodged(portrait)
        again = second(portrait, scan)
        assert cases.standing_of(again).state is cases.State.EXAMINED

    def test_cases_from_before_the_marks_are_marked_at_the_next_search(self, portrait):
        first, again = lodged(portrait), lodged(portrait, name=OTHERWISE)
        Sound.objects.all().delete()
        assert cases.whole(again, acting("chanthou", 2)).similar == ()
        settle_as(again, {})
        assert [one.reference for one in cases.whole(again, acting("chanthou", 2)).similar] == [first]

    def test_the_marks_tell_no_name(self, portrait):
        lodged(portrait, name=SOPHEA)
        marks = list(Sound.objects.values_list("mark", flat=True))
        assert marks
        assert all(len(mark) == 64 for mark in marks)

    def test_the_page_shows_the_other_reference_to_the_examiner_only(self, portrait, client):
        first, again = lodged(portrait), lodged(portrait, name=OTHERWISE)
        for name, told in (("chanthou", True), ("dara", False)):
            client.force_login(get_user_model().objects.get(username=name), backend=MODEL)
            page = client.get(reverse("cases:case", args=[again])).content.decode()
            assert (first in page) is told
