"""The path to proof: every rule of law.md section 10 that the cases carry out, by example and by generated cases."""

from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from srok.ground.kernel.dates import PartialDate
from srok.ground.kernel.refusal import Refusal
from srok.ground.law import public as law
from srok.identity.cases import rules
from srok.identity.cases.assess import Assessment, CardHeld, CaseEvidence, SettledPerson, assess
from srok.identity.cases.commands import DecideApplication, ExamineApplication
from srok.identity.cases.evidence import PaperSeen
from srok.identity.cases.facts import CandidateFacts
from srok.identity.cases.terms import (
    Basis,
    Opinion,
    Outcome,
    PaperKind,
    Path,
    PersonStatus,
    Route,
    SearchRole,
    Seen,
    SettledAs,
)
from srok.identity.cases.tests.people import LODGED_ON, RITH, claim

LAW = law.as_of(LODGED_ON)
ME = UUID(int=1)


def seen(*kinds: str, how: str = "original") -> tuple[PaperSeen, ...]:
    return tuple(PaperSeen(PaperKind(kind), Seen(how)) for kind in kinds)


def person(as_: str, *, citizen: bool = True, alive: bool = True, birth: str = "1960") -> SettledPerson:
    return SettledPerson(SettledAs(as_), ME, citizen, PartialDate.parse(birth), alive)


def looked_at(*, papers=(), settled=(), cards=(), here: bool = False, on: date = LODGED_ON, **said) -> Assessment:
    facts = CaseEvidence(claim(**said), on, tuple(papers), tuple(settled), tuple(cards), here)
    return assess(facts, law.as_of(on))


def codes(found: Assessment) -> set[str]:
    return {item.code for item in found.missing}


@pytest.mark.parametrize(
    ("born", "on", "refused"),
    [("2010-03-02", date(2025, 3, 1), True), ("2010-03-02", date(2025, 3, 2), False), ("2012", date(2025, 3, 1), True)],
)
def test_id_age(born, on, refused):
    found = looked_at(birth=born, on=on, settled=[person("mother")], papers=seen("baptism"))
    assert ("cases.under_age" in found.refusals) is refused


def test_id_age_of_a_year_only_is_open_and_waits():
    found = looked_at(birth="2010", on=date(2025, 3, 1), settled=[person("mother")], papers=seen("baptism"))
    assert (found.refusals, found.waits, codes(found)) == ((), ("cases.age_unproven",), {"cases.need_birth_date"})


@pytest.mark.parametrize("status", ["monk", "serving_sentence", "reeducation"])
def test_id_excl(status):
    found = looked_at(status=PersonStatus(status), settled=[person("mother")], papers=seen("baptism"))
    assert found.refusals == (f"cases.{status}",)
    assert rules.refuses(f"cases.{status}", LAW)


def test_id_excl_the_rights_sensitive_clause_never_refuses_by_itself():
    found = looked_at(status=PersonStatus.MENTAL_HEALTH, settled=[person("mother")], papers=seen("baptism"))
    assert (found.refusals, found.waits) == ((), ("cases.mental_health",))
    assert "cases.status_needs_person" in found.notes
    assert not rules.refuses("cases.mental_health", LAW)


@pytest.mark.parametrize(
    ("expires", "on", "path_open"),
    [
        (date(2026, 8, 1), date(2026, 3, 1), True),  # 153 days left, window of 180
        (date(2026, 8, 1), date(2026, 2, 2), False),  # 180 days left: not fewer
        (date(2024, 1, 31), date(2025, 1, 20), True),
    ],
)
def test_id_renew(expires, on, path_open):
    held = CardHeld("900000011", "new_model", expires, ended=False)
    found = looked_at(settled=[person("same_person")], cards=[held], on=on, basis=Basis.RENEWAL)
    assert found.path is Path.RENEWAL
    assert found.refusals == (() if path_open else ("cases.card_in_force",))
    assert found.replaces == held


def test_id_renew_a_card_in_force_counts_before_one_that_ended():
    old = CardHeld("900000011", "old", date(2031, 1, 1), ended=True)
    now = CardHeld("900000012", "new_model", date(2030, 1, 1), ended=False)
    assert looked_at(settled=[person("same_person")], cards=[old, now]).replaces == now


def test_id_evid_a_foreign_certificate_alone_never_suffices_and_never_refuses():
    found = looked_at(papers=seen("us_naturalisation"))
    assert (found.path, found.sufficient, found.refusals) == (Path.NONE, False, ())
    assert found.waits == ("cases.no_primary_evidence",)
    assert all(item.where.startswith("cases.where_") for item in found.missing)


@pytest.mark.parametrize("kind", ["judgment", "family_book"])
def test_id_evid_one_primary_proof_suffices(kind):
    assert looked_at(papers=seen(kind)).path is Path.DOCUMENT
    assert looked_at(papers=seen(kind)).sufficient


def test_id_evid_a_birth_certificate_is_primary_only_for_a_birth_in_cambodia():
    assert looked_at(papers=seen("birth_certificate"), here=True).sufficient
    assert not looked_at(papers=seen("birth_certificate"), here=False).sufficient


def test_id_paper_seen_a_plain_copy_counts_half():
    mother = [person("mother")]
    assert not looked_at(settled=mother, papers=seen("baptism", how="plain_copy")).sufficient
    assert looked_at(settled=mother, papers=seen("baptism", "school_record", how="plain_copy")).sufficient
    assert looked_at(settled=mother, papers=seen("quebec_act", how="attested")).sufficient
    assert not looked_at(papers=seen("judgment", how="plain_copy")).sufficient


def test_id_descent_one_parent_wherever_born():
    found = looked_at(settled=[person("father")], papers=seen("baptism"), birthplace_text="Long Beach")
    assert (found.path, found.sufficient) == (Path.PARENT, True)
    assert "nationality.by_descent" in found.rules


def test_id_descent_a_parent_who_is_no_citizen_proves_nothing():
    assert looked_at(settled=[person("father", citizen=False)], papers=seen("baptism")).path is Path.NONE


def test_id_filiation_through_a_sibling_with_a_paper_or_two_witnesses():
    sister = [person("sibling")]
    assert codes(looked_at(settled=sister)) == {"cases.need_filiation"}
    assert looked_at(settled=sister, papers=seen("camp_card")).sufficient
    assert not looked_at(settled=sister, papers=seen("witness_statement")).sufficient
    assert looked_at(settled=sister, papers=seen("witness_statement", "witness_statement")).path is Path.SIBLING
    assert looked_at(settled=sister, papers=seen("witness_statement", "witness_statement")).sufficient


def test_id_soil_needs_both_parents_lawfully_there_and_says_so_with_two_articles():
    found = looked_at(basis=Basis.SOIL, father=RITH)
    assert (found.path, found.refusals) == (Path.SOIL, ("cases.no_khmer_parent", "cases.soil_not_met"))
    assert {law.reason(code, LODGED_ON).article for code in found.refusals} == {"9(1)", "9(2)"}


def test_id_foundling_unknown_parents_wait_for_a_judgment():
    found = looked_at(basis=Basis.SOIL, mother=None)
    assert (found.refusals, codes(found)) == ((), {"cases.need_judgment"})
    assert found.rules == ("nationality.foundling",)


def test_id_nat_first():
    found = looked_at(basis=Basis.ROYAL_DECREE, papers=seen("royal_decree"))
    assert (found.path, found.route, found.waits) == (
        Path.ROYAL_DECREE, Route.CENTRAL, ("cases.naturalised_central",),
    )  # fmt: skip
    assert codes(looked_at(basis=Basis.ROYAL_DECREE)) == {"cases.need_decree"}


def test_somebody_listed_as_dead_is_neither_refused_nor_approved_by_rule():
    found = looked_at(settled=[person("same_person", alive=False)], papers=seen("passport"))
    assert (found.refusals, found.sufficient, found.arguable) == ((), False, ("cases.deceased",))


def test_the_age_follows_the_date_that_is_printed():
    child = looked_at(birth="1990-01-01", settled=[person("same_person", birth="2014-05-05")], papers=seen("passport"))
    assert child.refusals == ("cases.under_age",)


bases = st.sampled_from([Basis.LISTED, Basis.DESCENT, Basis.RENEWAL, Basis.UNKNOWN, Basis.ROYAL_DECREE])
papers_strategy = st.lists(st.builds(PaperSeen, st.sampled_from(PaperKind), st.sampled_from(Seen)), max_size=5)
settled_strategy = st.lists(
    st.builds(
        SettledPerson, st.sampled_from([s for s in SettledAs if s is not SettledAs.SOMEONE_ELSE]), st.just(ME),
        st.booleans(),
    ),
    max_size=3,
)  # fmt: skip


@given(bases, papers_strategy, settled_strategy, st.booleans())
def test_lack_of_papers_never_refuses_a_grown_up(basis, papers, settled, here):
    found = looked_at(basis=basis, papers=papers, settled=settled, here=here)
    assert not found.refusals
    assert found.sufficient or found.missing
    assert found.sufficient or found.waits
    assert all(code in LAW.reasons for code in found.waits)


@given(bases, papers_strategy, settled_strategy, st.sampled_from(PaperKind), st.sampled_from(Seen))
def test_one_more_paper_never_hurts(basis, papers, settled, kind, how):
    before = looked_at(basis=basis, papers=papers, settled=settled)
    after = looked_at(basis=basis, papers=[*papers, PaperSeen(kind, how)], settled=settled)
    assert not before.sufficient or after.sufficient


@given(st.dates(date(2004, 1, 1), date(2014, 12, 31)), st.sampled_from(["day", "month", "year"]))
def test_a_less_known_birth_date_never_refuses_who_may_be_of_age(born, known):
    part = PartialDate(born.year, born.month if known != "year" else None, born.day if known == "day" else None)
    whole = looked_at(birth=born.isoformat(), settled=[person("mother")], papers=seen("baptism"))
    partly = looked_at(birth=part.iso(), settled=[person("mother")], papers=seen("baptism"))
    assert whole.refusals or "cases.under_age" not in partly.refusals


def candidate(role: str, hint: str, settled: str = "") -> CandidateFacts:
    as_ = SettledAs(settled) if settled else None
    return CandidateFacts(UUID(int=2), SearchRole(role), ME, "1000000001", 900, hint, (), as_, "", "")


def test_what_is_still_to_settle():
    mother, unlikely = candidate("mother", "likely"), candidate("self", "unlikely")
    assert rules.to_settle([mother, unlikely]) == (mother,)
    assert rules.to_settle([mother, candidate("self", "likely", "same_person")]) == ()
    other = candidate("self", "review")
    assert rules.to_settle([mother, other, candidate("self", "likely", "same_person")]) == (other,)


def refused(code: str):
    return pytest.raises(Refusal, match=code.replace(".", r"\."))


def test_an_opinion_is_founded():
    proven, open_ = looked_at(papers=seen("judgment")), looked_at()
    with refused("cases.not_sufficient"):
        rules.check_opinion(ExamineApplication("x", Opinion.FAVOURABLE), open_, LAW)
    with refused("cases.no_reason"):
        rules.check_opinion(ExamineApplication("x", Opinion.UNFAVOURABLE), open_, LAW)
    with refused("cases.reason_without_source"):
        rules.check_opinion(ExamineApplication("x", Opinion.UNFAVOURABLE, ("cases.unknown_case",)), open_, LAW)
    rules.check_opinion(ExamineApplication("x", Opinion.FAVOURABLE), proven, LAW)


def test_a_decision_follows_the_facts():
    proven, open_ = looked_at(papers=seen("judgment")), looked_at()
    monk = looked_at(status=PersonStatus.MONK, papers=seen("judgment"))
    approve = DecideApplication("x", Outcome.APPROVE)
    rules.check_decision(approve, proven, LAW)
    with refused("cases.not_sufficient"):
        rules.check_decision(approve, open_, LAW)
    with refused("cases.reason_stands"):
        rules.check_decision(approve, monk, LAW)
    with refused("cases.not_a_central_case"):
        rules.check_decision(DecideApplication("x", Outcome.CENTRAL), proven, LAW)
    rules.check_decision(DecideApplication("x", Outcome.REFUSE, ("cases.no_khmer_parent",)), open_, LAW)
    with refused("cases.reason_not_in_facts"):
        rules.check_decision(DecideApplication("x", Outcome.REFUSE, ("cases.no_khmer_parent",)), proven, LAW)


def test_the_day_to_object_ends_on_a_working_day_and_never_without_proof_of_notice():
    assert rules.appeal_until(None, LAW) is None
    assert rules.appeal_until(date(2025, 1, 31), LAW) == date(2025, 3, 3)  # the thirtieth day is a Sunday
    rules.check_appeal(None, date(2030, 1, 1), LAW)
    with refused("cases.appeal_late"):
        rules.check_appeal(date(2025, 1, 31), date(2025, 3, 4), LAW)
