"""Lodging, papers, candidates and scope, on the database."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import transaction

from srok.ground.journal import public as journal
from srok.ground.kernel.ids import new_reference
from srok.ground.kernel.names import canonical_name
from srok.ground.kernel.refusal import Refusal
from srok.ground.notices import public as notices
from srok.identity.cases import public as cases
from srok.identity.cases.models import Case, Paper, PersonClaimed
from srok.identity.cases.tests.people import BOPHA, LODGED_ON, RITH, claim
from srok.identity.cases.tests.world import (
    BAPTISM,
    acting,
    examined,
    lodged,
    ready,
    refused,
    settle_as,
    shown,
)


@pytest.mark.usefixtures("desk")
class TestPapersAndCandidates:
    def test_what_is_missing_is_asked_for_and_stops_the_clock(self, portrait, scan):
        reference = lodged(portrait)
        settle_as(reference, {"1000000001": "mother"})
        with refused("cases.not_sufficient"):
            examined(reference)
        with refused("cases.not_missing"):
            cases.ask_for_papers(cases.AskForPapers(reference, ("cases.need_decree",)), ctx=acting("chanthou", 2))
        assert cases.standing_of(reference).due_on == date(2025, 4, 21)  # ninety days end on a Sunday
        asked = cases.AskForPapers(reference, ("cases.need_filiation",))
        facts = cases.ask_for_papers(asked, ctx=acting("chanthou", 2))
        assert (facts.state, facts.missing) == (cases.State.WAITING_PAPERS, ("cases.need_filiation",))
        assert [one.kind for one in notices.notices_of(facts.id)][-1] == "papers_needed"
        added = cases.add_papers(cases.AddPapers(reference, (shown(BAPTISM, scan),)), ctx=acting("dara", 12))
        assert (added.state, added.missing) == (cases.State.LODGED, ())
        assert added.due_on == date(2025, 4, 30)  # ten days more
        examined(reference)
        assert cases.standing_of(reference).state is cases.State.EXAMINED

    def test_nobody_is_examined_before_the_list_was_searched_and_settled(self, portrait, scan):
        reference = lodged(portrait, papers=(shown(BAPTISM, scan),))
        with refused("cases.not_searched"):
            examined(reference)
        found = cases.propose_candidates(cases.ProposeCandidates(reference), ctx=acting("chanthou", 1))
        assert "1000000001" in {one.register_no for one in found if one.role is cases.SearchRole.MOTHER}
        with refused("cases.open_candidates"):
            examined(reference)

    def test_a_post_never_searches_the_list(self, portrait):
        reference = lodged(portrait)
        with refused("cases.not_your_desk"):
            cases.propose_candidates(cases.ProposeCandidates(reference), ctx=acting("dara"))

    def test_a_candidate_is_settled_only_as_what_was_searched_and_one_is_the_applicant(self, portrait):
        reference = lodged(portrait)
        found = cases.propose_candidates(cases.ProposeCandidates(reference), ctx=acting("chanthou", 1))
        mother = next(one for one in found if one.role is cases.SearchRole.MOTHER)
        selves = [one for one in found if one.role is cases.SearchRole.SELF]
        with refused("cases.cannot_be_settled_so"):
            command = cases.SettleCandidate(
                reference, mother.id, cases.SettledAs.SAME_PERSON, cases.SettleReason.PAPERS
            )
            cases.settle(command, ctx=acting("chanthou", 1))
        for number, candidate in enumerate(selves[:2]):
            command = cases.SettleCandidate(
                reference, candidate.id, cases.SettledAs.SAME_PERSON, cases.SettleReason.PAPERS
            )
            if number == 0:
                cases.settle(command, ctx=acting("chanthou", 1))
            else:
                with refused("cases.second_self"):
                    cases.settle(command, ctx=acting("chanthou", 1))

    def test_a_person_found_in_two_roles_is_settled_once(self, portrait, scan):
        father = canonical_name("សុខ", "វណ្ណា", "SOK", "VANNA")
        reference = lodged(portrait, father=father, papers=(shown(BAPTISM, scan),))
        found = cases.propose_candidates(cases.ProposeCandidates(reference), ctx=acting("chanthou", 1))
        sister = [one for one in found if one.register_no == "1000000002"]
        assert {one.role.value for one in sister} == {"self", "sibling"}
        own = next(one for one in sister if one.role is cases.SearchRole.SELF)
        command = cases.SettleCandidate(reference, own.id, cases.SettledAs.SIBLING, cases.SettleReason.PARENTS)
        cases.settle(command, ctx=acting("chanthou", 1))
        now = cases.whole(reference, acting("chanthou", 1)).candidates
        assert {one.settled_as for one in now if one.register_no == "1000000002"} == {cases.SettledAs.SIBLING}

    def test_searching_again_keeps_what_was_settled(self, portrait, scan):
        reference = lodged(portrait, papers=(shown(BAPTISM, scan),))
        settle_as(reference, {"1000000001": "mother"})
        again = cases.propose_candidates(cases.ProposeCandidates(reference), ctx=acting("chanthou", 2))
        settled = [one for one in again if one.settled_as is cases.SettledAs.MOTHER]
        assert [one.register_no for one in settled] == ["1000000001"]


@pytest.mark.usefixtures("desk")
class TestLodging:
    def test_what_a_person_says_and_shows_lies_sealed(self, portrait, scan):
        reference = lodged(portrait, papers=(shown(BAPTISM, scan),), birthplace_text="Long Beach")
        row = PersonClaimed.objects.get(case__reference=reference)
        for word in ("SOPHEA", "សុភា", "BOPHA", "Long Beach"):
            assert word.encode() not in bytes(row.sealed)
        assert scan not in bytes(Paper.objects.get(case__reference=reference).sealed)
        assert cases.whole(reference, acting("dara")).claim == claim(birthplace_text="Long Beach")

    def test_the_same_reference_and_the_same_person_are_refused(self, portrait):
        reference = lodged(portrait)
        other = cases.LodgeApplication(
            reference, LODGED_ON, claim(name=RITH), cases.Contact(pickup_post="WAS"), portrait
        )
        with refused("cases.reference_taken"):
            cases.lodge(other, ctx=acting("dara"))
        turned = canonical_name("សុភា", "សុខ", "SOPHEA", "SOK")
        with refused("cases.same_person_twice"):
            lodged(portrait, name=turned)
        cases.withdraw(cases.WithdrawApplication(reference, asked=True), ctx=acting("dara"))
        assert lodged(portrait, name=turned)

    def test_twins_are_two_people(self, portrait):
        lodged(portrait)
        assert lodged(portrait, name=canonical_name("សុខ", "សុភាព", "SOK", "SOPHEAP"))

    @pytest.mark.parametrize(
        ("change", "code"),
        [
            ({"lodged_on": date(2025, 1, 21)}, "cases.lodged_in_future"),
            ({"lodged_on": date(2019, 1, 1)}, "cases.before_service"),
            ({"portrait": b"no picture"}, "biometrics.unreadable"),
            ({"papers": (cases.ShownPaper(BAPTISM, cases.Seen.ORIGINAL, b"x"),)}, "biometrics.unreadable"),
            ({"papers": (cases.ShownPaper(BAPTISM, cases.Seen.ORIGINAL),)}, "cases.paper_without_file"),
            ({"reference": "XXXX-XXXX-XXXX"}, "kernel.bad_reference"),
        ],
    )
    def test_bad_input_leaves_nothing_behind(self, portrait, change, code):
        command = cases.LodgeApplication(
            new_reference(), LODGED_ON, claim(), cases.Contact(pickup_post="WAS"), portrait
        )
        with refused(code):
            cases.lodge(replace(command, **change), ctx=acting("dara"))
        assert not Case.objects.exists()
        assert not PersonClaimed.objects.exists()

    def test_an_attested_paper_needs_no_image(self, portrait):
        paper = cases.ShownPaper(cases.PaperKind.QUEBEC_ACT, cases.Seen.ATTESTED)
        reference = lodged(portrait, papers=(paper,))
        settle_as(reference, {"1000000001": "mother"})
        examined(reference)

    def test_opening_a_case_is_a_fact_with_a_purpose_once_a_day(self, portrait):
        reference = lodged(portrait)
        command = cases.OpenCase(reference, cases.Purpose.EXAMINATION)
        assert cases.open_case(command, ctx=acting("chanthou", 1))
        assert not cases.open_case(command, ctx=acting("chanthou", 1))
        opened = [one for one in journal.facts_about(reference) if one.kind == "cases.case_opened"]
        assert [dict(one.facts) for one in opened] == [{"purpose": "examination"}]

    def test_a_command_sent_twice_acts_once(self, portrait):
        command = cases.LodgeApplication(
            new_reference(), LODGED_ON, claim(), cases.Contact(pickup_post="WAS"), portrait
        )
        ctx = acting("dara")
        cases.lodge(command, ctx=ctx)
        with pytest.raises(Refusal), transaction.atomic():
            cases.lodge(command, ctx=ctx)
        assert Case.objects.count() == 1


@pytest.mark.usefixtures("desk")
class TestScope:
    def test_each_office_sees_its_own(self, portrait, scan):
        waiting = lodged(portrait, name=RITH, mother=BOPHA)
        reference = ready(portrait, scan)
        seen = {
            name: {one.reference for one in cases.queue(acting(name, 9), mine=False)}
            for name in ("dara", "seoul", "chanthou", "vuthy", "kunthea", "malis")
        }
        assert seen == {
            "dara": {waiting, reference}, "seoul": set(), "chanthou": {waiting, reference},
            "vuthy": {reference}, "kunthea": {reference}, "malis": set(),
        }  # fmt: skip
        for name in ("seoul", "malis"):
            with refused("cases.unknown_case"):
                cases.whole(reference, acting(name))
            with refused("cases.unknown_case"):
                cases.letter(reference, acting(name))

    def test_the_queue_of_an_officer_is_what_waits_for_that_officer(self, portrait, scan):
        reference = ready(portrait, scan)
        mine = {name: [one.reference for one in cases.queue(acting(name, 9))] for name in ("chanthou", "vuthy")}
        assert mine == {"chanthou": [], "vuthy": [reference]}
