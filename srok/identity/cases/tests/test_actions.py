"""The chain of a case through the acts, on the database: who may, what is written, what is refused."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from srok.ground.journal import public as journal
from srok.ground.kernel.names import canonical_name
from srok.ground.kernel.refusal import Stale
from srok.identity.cards import public as cards
from srok.identity.cases import public as cases
from srok.identity.cases.models import Case, Step
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
from srok.identity.register import public as register


@pytest.mark.usefixtures("desk")
class TestTheWholeWay:
    def test_a_daughter_of_a_listed_mother_is_admitted_and_her_card_ordered(self, portrait, scan):
        reference = ready(portrait, scan)
        decided(reference)
        done = approved(reference)
        card = cards.card_of_case(reference)
        person = register.person(done.subject)
        assert done.state is cases.State.APPROVED
        assert done.path is cases.Path.PARENT
        assert (person.name, person.mother_no) == (SOPHEA, "1000000001")
        assert card is not None
        assert card.plan.name == SOPHEA
        assert card.plan.birth.iso() == "1960-01-01"
        assert card.approved_by == "kunthea"
        assert "វ៉ាស៊ីនតោន" in card.plan.address_lines_km[0]

    def test_the_journal_holds_codes_and_no_person(self, portrait, scan):
        reference = ready(portrait, scan)
        decided(reference)
        approved(reference)
        facts = journal.facts_about(reference)
        assert {fact.kind for fact in facts} == {
            "cases.application_lodged", "cases.candidates_proposed", "cases.candidate_settled",
            "cases.candidates_settled", "cases.application_examined", "cases.application_decided",
            "cases.decision_approved",
        }  # fmt: skip
        told = repr([dict(fact.facts) for fact in facts])
        assert not [word for word in ("SOPHEA", "សុភា", "BOPHA", "1960-01-01") if word in told]

    def test_renewal_replaces_the_old_card_and_keeps_the_name_of_the_list(self, portrait):
        mala = canonical_name("ហេង", "ម៉ាឡា", "HENG", "MALLA")
        reference = lodged(portrait, name=mala, birth="1971-03-04", basis=cases.Basis.RENEWAL, mother=None)
        settle_as(reference, {"1000000003": "same_person"})
        examined(reference)
        decided(reference)
        done = approved(reference)
        card = cards.card_of_case(reference)
        assert done.path is cases.Path.RENEWAL
        assert card is not None
        assert card.plan.name.khmer == "ហេង ម៉ាលា"
        assert mala in register.person(done.subject).aliases
        assert register.person(done.subject).register_no == "1000000003"

    def test_the_case_closes_when_its_card_is_handed_over(self, portrait, scan):
        reference = ready(portrait, scan)
        decided(reference)
        approved(reference)
        ctx = acting("dara", 9)
        with transaction.atomic():
            card = cards.card_of_case(reference)
            leaf = journal.Leaf("register", "card.handed_over", "card", {"card": str(card.id)})
            journal.record(ctx, "cards.card_handed_over", str(card.id), {"case": reference}, leaf=leaf)
        journal.drain()
        journal.drain()
        assert cases.standing_of(reference).state is cases.State.CLOSED
        assert [step.act for step in Step.objects.filter(case__reference=reference)][-1] == "close"

    def test_naturalised_by_royal_decree_goes_the_central_way(self, portrait, scan):
        paper = shown(cases.PaperKind.ROYAL_DECREE, scan)
        reference = lodged(portrait, basis=cases.Basis.ROYAL_DECREE, mother=None, papers=(paper,))
        settle_as(reference, {})
        examined(reference)
        with refused("cases.central_answer_missing"):
            decided(reference)
        decided(reference, "central")
        facts = cases.standing_of(reference)
        assert (facts.state, facts.reasons) == (cases.State.WAITING_CENTRAL, ("cases.naturalised_central",))
        command = cases.DecideApplication(reference, cases.Outcome.APPROVE, central_answer="12/25")
        cases.decide(command, ctx=acting("vuthy", 20))
        assert approved(reference).path is cases.Path.ROYAL_DECREE


@pytest.mark.usefixtures("desk")
class TestHands:
    def test_each_desk_does_its_own_acts_only(self, portrait, scan):
        reference = lodged(portrait, papers=(shown(BAPTISM, scan),))
        settle_as(reference, {"1000000001": "mother"})
        command = cases.ExamineApplication(reference, cases.Opinion.FAVOURABLE)
        with refused("cases.not_your_desk"):
            cases.examine(command, ctx=acting("dara"))
        with refused("cases.unknown_case"):
            cases.examine(command, ctx=acting("vuthy"))
        examined(reference)
        with refused("cases.not_your_desk"):
            cases.decide(cases.DecideApplication(reference, cases.Outcome.APPROVE), ctx=acting("kunthea"))
        with refused("cases.not_your_desk"):
            cases.decide(cases.DecideApplication(reference, cases.Outcome.APPROVE), ctx=acting("chanthou"))

    def test_who_decides_does_not_approve_even_with_both_roles(self, portrait, scan):
        reference = ready(portrait, scan)
        cases.decide(cases.DecideApplication(reference, cases.Outcome.APPROVE), ctx=acting("both", 3))
        with refused("cases.same_hands"):
            cases.approve(cases.ApproveDecision(reference, agree=True), ctx=acting("both", 4))
        assert approved(reference).state is cases.State.APPROVED

    def test_the_database_itself_refuses_one_hand_and_one_ministry(self, portrait, scan):
        reference = ready(portrait, scan)
        decided(reference)
        rows = Case.objects.filter(reference=reference)
        for change in (
            {"approved_by": "vuthy"}, {"decided_by": "chanthou"}, {"examined_by": "dara"},
            {"state": "approved"}, {"state": "nowhere"}, {"outcome": "refuse"},
            {"state": "approved", "approved_by": "kunthea", "approved_office": "mfa.consular"},
            {"state": "approved", "approved_by": "kunthea", "approved_office": "moi.gdi", "opinion": "unfavourable"},
        ):  # fmt: skip
            with pytest.raises(IntegrityError), transaction.atomic():
                rows.update(**change)

    def test_interior_approves_nothing_against_foreign_affairs(self, portrait, scan):
        status = cases.PersonStatus.MENTAL_HEALTH
        reference = lodged(portrait, papers=(shown(BAPTISM, scan),), status=status)
        settle_as(reference, {"1000000001": "mother"})
        examined(reference, "unfavourable", ("cases.mental_health",))
        with refused("cases.ministries_disagree"):
            decided(reference)
        back = cases.ReturnToExaminer(reference, (cases.BackReason.OPINION_UNCLEAR,))
        assert cases.return_to_examiner(back, ctx=acting("vuthy", 3)).state is cases.State.LODGED
        examined(reference)
        decided(reference)
        assert approved(reference).state is cases.State.APPROVED

    def test_a_second_hand_that_does_not_agree_sends_back_with_a_reason(self, portrait, scan):
        reference = ready(portrait, scan)
        decided(reference)
        with refused("cases.no_reason"):
            cases.approve(cases.ApproveDecision(reference, agree=False), ctx=acting("kunthea", 4))
        command = cases.ApproveDecision(reference, False, (cases.BackReason.EVIDENCE_DOUBTED,))
        facts = cases.approve(command, ctx=acting("kunthea", 4))
        assert (facts.state, facts.outcome) == (cases.State.EXAMINED, None)
        assert cards.card_of_case(reference) is None

    def test_a_stale_writer_is_politely_refused(self, portrait, scan):
        reference = ready(portrait, scan)
        seen = cases.standing_of(reference).version
        decided(reference)
        with pytest.raises(Stale):
            cases.approve(cases.ApproveDecision(reference, True, seen=seen), ctx=acting("kunthea", 4))
        assert cases.standing_of(reference).state is cases.State.DECIDED
        assert cards.card_of_case(reference) is None


@pytest.mark.usefixtures("desk")
class TestRefusalAndAppeal:
    def under_age(self, portrait: bytes) -> str:
        reference = lodged(portrait, birth="2014-05-03")
        settle_as(reference, {"1000000001": "mother"})
        examined(reference, "unfavourable", ("cases.under_age",))
        return reference

    def test_a_refusal_has_reason_article_letter_and_way_to_object(self, portrait):
        reference = self.under_age(portrait)
        with refused("cases.no_reason"):
            decided(reference, "refuse")
        with refused("cases.reason_not_in_facts"):
            decided(reference, "refuse", ("cases.monk",))
        with refused("cases.reason_without_source"):
            decided(reference, "refuse", ("cases.no_primary_evidence",))
        with refused("cases.reason_stands"):
            examined_again = cases.DecideApplication(reference, cases.Outcome.APPROVE)
            cases.decide(examined_again, ctx=acting("vuthy", 3))
        decided(reference, "refuse", ("cases.under_age",))
        facts = approved(reference)
        assert (facts.state, facts.reasons) == (cases.State.REFUSED, ("cases.under_age",))
        (letter,) = [one for one in cases.letters(reference, acting("dara", 5)) if one.kind == "refused"]
        assert letter.reasons == ("cases.under_age",)
        assert cases.letter(reference, acting("dara", 5))[:5] == b"%PDF-"
        assert cards.card_of_case(reference) is None

    def test_other_officers_judge_the_appeal(self, portrait):
        reference = self.under_age(portrait)
        decided(reference, "refuse", ("cases.under_age",))
        approved(reference)
        with refused("cases.required"):
            cases.appeal(cases.AppealDecision(reference, "  "), ctx=acting("dara", 10))
        facts = cases.appeal(cases.AppealDecision(reference, "ខ្ញុំកើតឆ្នាំ ២០០៤"), ctx=acting("dara", 10))
        assert (facts.state, facts.round, facts.outcome) == (cases.State.APPEALED, 2, None)
        assert cases.whole(reference, acting("sokha", 11)).grounds == "ខ្ញុំកើតឆ្នាំ ២០០៤"
        command = cases.DecideApplication(reference, cases.Outcome.REFUSE, ("cases.under_age",))
        with refused("cases.same_hands_on_appeal"):
            cases.decide(command, ctx=acting("vuthy", 11))
        cases.decide(command, ctx=acting("sokha", 11))
        with refused("cases.same_hands_on_appeal"):
            cases.approve(cases.ApproveDecision(reference, agree=True), ctx=acting("kunthea", 12))
        final = cases.approve(cases.ApproveDecision(reference, agree=True), ctx=acting("phalla", 12))
        assert final.state is cases.State.REFUSED

    def test_the_time_to_object_runs_from_proof_of_notice(self, portrait):
        reference = self.under_age(portrait)
        decided(reference, "refuse", ("cases.under_age",))
        approved(reference)
        letter = cases.letters(reference, acting("dara"))[-1]
        served = cases.record_service(reference, letter.id, "handed_over", ctx=acting("dara", 10))
        assert served.object_until == date(2025, 3, 1)  # thirty days after 30 January
        with refused("cases.appeal_late"):
            cases.appeal(cases.AppealDecision(reference, "ខ្ញុំមិនយល់ព្រម"), ctx=acting("dara", 60))
        assert cases.appeal(cases.AppealDecision(reference, "ខ្ញុំមិនយល់ព្រម"), ctx=acting("dara", 40)).round == 2
