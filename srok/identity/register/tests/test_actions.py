"""Admission, linking, and the door for the roll."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest

from srok.ground.journal import public as journal
from srok.ground.kernel.dates import PartialDate
from srok.ground.kernel.names import canonical_name
from srok.ground.kernel.refusal import Refusal
from srok.identity.register import for_roll
from srok.identity.register import public as register
from srok.identity.register.models import ImportRun, PersonAlias, PersonVersion
from srok.identity.register.terms import AdmitPerson, EligibilityFacts, LinkApplicant, ListLine, SubjectId
from srok.identity.register.tests.lists import FAMILY, context, write_list
from srok.trust.verification import public as verification

pytestmark = pytest.mark.django_db

SOPHEAP = canonical_name("សុខ", "សុភាព", "SOK", "SOPHEAP")


@pytest.fixture
def family(tmp_path: Path) -> register.PersonFacts:
    register.import_file(write_list(tmp_path / "list.csv", FAMILY), context())
    return register.person_by_no("0100000003")


def admission(**more: object) -> AdmitPerson:
    command = {
        "case_ref": "ABCD-EFGH-JKMN", "name": SOPHEAP, "sex": "F", "birth": PartialDate(1979),
        "birthplace": "010502", "abroad_post": "WAS", "aliases": (canonical_name("", "", "SOPHEAP", "SOK"),),
    }  # fmt: skip
    return AdmitPerson(**{**command, **more})  # type: ignore[arg-type]


def test_a_person_is_admitted_once_under_a_number_of_the_service(family: register.PersonFacts) -> None:
    mother = register.person_by_no("0100000001")
    subject = register.admit(admission(mother=mother.name, mother_subject=mother.subject), context(2))
    known = register.person(subject)
    assert known.register_no.startswith("70") and len(known.register_no) == 10
    assert (known.name, known.birth.iso(), known.abroad_post, known.version) == (SOPHEAP, "1979", "WAS", 1)
    assert [alias.latin for alias in known.aliases] == ["SOPHEAP SOK"]
    assert {one.register_no for one in register.kin_of(subject).siblings} == {"0100000003", "0100000004"}
    booked = verification.person(subject)
    assert booked is not None and booked.citizen(date(2025, 1, 6)) and booked.alive(date(2025, 1, 6))
    with pytest.raises(Refusal, match="already_admitted"):
        register.admit(admission(), context(3))


def test_the_facts_of_an_admission_hold_no_name(family: register.PersonFacts) -> None:
    subject = register.admit(admission(), context(2))
    [fact] = journal.facts_about(str(subject))
    assert (fact.kind, fact.facts) == ("register.person_admitted", {"case": "ABCD-EFGH-JKMN", "version": 1})
    assert journal.promise(fact.id).type == "person.add"


def test_a_link_keeps_the_lists_name_and_home_and_adds_what_is_known_abroad(family: register.PersonFacts) -> None:
    alias = canonical_name("", "", "TREMBLAY", "SOPHEA")
    register.link(LinkApplicant(family.subject, alias, "", "WAS", case_ref="A"), ctx=context(2))
    known = register.person(family.subject)
    assert (known.name, known.residence, known.abroad_post, known.version) == (family.name, "01050201", "WAS", 2)
    assert known.aliases == (alias,)
    register.link(LinkApplicant(family.subject, alias, "010502", "WAS", case_ref="A"), context(3))
    known = register.person(family.subject)
    assert (known.address_of_record, known.version) == ("010502", 3)
    assert PersonAlias.objects.count() == 1
    linked = journal.facts_about(str(family.subject))
    assert [journal.promise(fact.id).type for fact in linked] == ["person.correct", "person.correct"]
    assert verification.cards_of(family.subject)[0].number == "100000017"


def test_an_import_after_a_link_keeps_the_address_abroad(family: register.PersonFacts, tmp_path: Path) -> None:
    register.link(LinkApplicant(family.subject, None, "", "WAS"), context(2, on=date(2025, 2, 3)))
    rows = [{**row, "household": "H2"} for row in FAMILY]
    path = write_list(tmp_path / "later.csv", rows)
    register.import_file(path, context(3, on=date(2025, 1, 20)), allow_many_changes=True)
    known = register.person(family.subject)
    assert (known.household, known.abroad_post, known.version) == ("H2", "WAS", 3)
    spans = PersonVersion.objects.filter(person=family.subject).order_by("version")
    assert [(one.valid_from.isoformat(), one.valid_until and one.valid_until.isoformat()) for one in spans] == [
        ("2025-01-06", "2025-02-03"), ("2025-02-03", "2025-02-03"), ("2025-02-03", None),
    ]  # fmt: skip


def test_the_dead_and_the_unknown_are_not_linked(tmp_path: Path) -> None:
    rows = [{**FAMILY[0], "deceased_on": "2001-02-03"}]
    register.import_file(write_list(tmp_path / "list.csv", rows), context())
    with pytest.raises(Refusal, match="not_alive"):
        register.link(LinkApplicant(register.person_by_no("0100000001").subject, None, "", "WAS"), context(2))
    with pytest.raises(Refusal, match="unknown_person"):
        register.link(LinkApplicant(SubjectId(UUID(int=5)), None, "", "WAS"), context(2))
    with pytest.raises(Refusal, match="unknown_person"):
        register.admit(admission(mother_subject=SubjectId(UUID(int=5))), context(3))


def test_search_rows_come_by_change_import_or_person(family: register.PersonFacts) -> None:
    rows = list(register.search_rows())
    assert [row.register_no for row in rows] == [row["register_no"] for row in FAMILY]
    register.link(LinkApplicant(family.subject, SOPHEAP, "", "WAS"), context(2))
    [changed] = register.search_rows(since_seq=rows[-1].seq)
    assert (changed.register_no, changed.names) == ("0100000003", (family.name, SOPHEAP))
    assert [row.seq for row in register.search_rows(subjects=[family.subject])] == [changed.seq]
    assert len(list(register.search_rows(run=ImportRun.objects.get().run))) == 3


def test_the_roll_learns_what_it_needs_and_no_more(family: register.PersonFacts) -> None:
    facts = for_roll.open_by_card("100000017", "new_model")
    assert (facts.citizen, facts.alive, facts.birth.iso()) == (True, True, "1982-03-14")
    assert str(facts.handle) != str(family.subject)
    line = for_roll.list_line(facts.handle)
    assert line.name == family.name
    assert len(line.household) == 16 and line.household != family.household
    for told in (EligibilityFacts, ListLine):
        names = {one.name for one in fields(told)}
        assert not {"subject", "register_no", "father", "mother", "aliases", "portrait"} & names
    with pytest.raises(Refusal, match="unknown_card"):
        for_roll.open_by_card("100000017", "old_model")
    with pytest.raises(Refusal, match="unknown_person"):
        for_roll.list_line(UUID(int=1))
