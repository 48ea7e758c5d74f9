"""What the card says when sources differ, and where the claim and the list contradict each other."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from srok.ground.kernel.dates import PartialDate
from srok.ground.kernel.names import canonical_name
from srok.ground.law import public as law
from srok.identity.cases.assess import Assessment, CaseEvidence, SettledPerson, assess
from srok.identity.cases.claims import AddressClaim, RelativeClaim, from_plain, to_plain
from srok.identity.cases.contradictions import contradictions
from srok.identity.cases.evidence import PaperSeen
from srok.identity.cases.printing import (
    BirthAgreement,
    address_of_record,
    birth_agreement,
    printed_birth,
    printed_name,
    same_name,
)
from srok.identity.cases.terms import (
    AddressOption,
    Basis,
    PaperKind,
    PersonStatus,
    Relation,
    Seen,
    SettledAs,
    Sex,
)
from srok.identity.cases.tests.people import BOPHA, LODGED_ON, RITH, SOPHEA, claim
from srok.identity.register.terms import PersonFacts, SubjectId

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
    ("chosen", "option", "code", "note"),
    [
        (AddressClaim(AddressOption.RELATIVE, "12010101", True), "relative", "12010101", ""),
        (AddressClaim(AddressOption.RELATIVE, "12010101", False), "post", "", "cases.address_is_the_post"),
        (AddressClaim(AddressOption.RELATIVE, "12010101", None), "post", "", "cases.address_is_the_post"),
        (AddressClaim(AddressOption.LAST_RESIDENCE, "120101"), "last_residence", "120101", ""),
        (AddressClaim(AddressOption.LAST_RESIDENCE), "post", "", "cases.address_is_the_post"),
        (AddressClaim(AddressOption.BIRTHPLACE), "birthplace", "120101", ""),
        (AddressClaim(AddressOption.POST), "post", "", ""),
    ],
)
def test_id_addr_abroad_nobody_waits_for_lack_of_an_address(chosen, option, code, note):
    found = address_of_record(claim(address=chosen, birthplace="120101"), LAW)
    assert found is not None
    assert (found.option.value, found.code, found.note) == (option, code, note)


@pytest.mark.parametrize(
    ("one", "other", "agreement"),
    [
        ("1960-01-01", "1959-11-20", BirthAgreement.COMPATIBLE),
        ("1960-03-02", "1960-03-02", BirthAgreement.SAME),
        ("1960", "1960-03-02", BirthAgreement.COMPATIBLE),
        ("1960-03-02", "1964-03-02", BirthAgreement.DIFFERENT),
        ("1960-03-02", "1959-11-20", BirthAgreement.DIFFERENT),
        ("1961-04-13", "1960-09-01", BirthAgreement.COMPATIBLE),
    ],
)
def test_id_dob_placeholder(one, other, agreement):
    assert birth_agreement(PartialDate.parse(one), PartialDate.parse(other)) is agreement
    assert birth_agreement(PartialDate.parse(other), PartialDate.parse(one)) is agreement


@pytest.mark.parametrize(
    ("claimed", "listed", "proven", "printed", "source"),
    [
        ("1960-01-01", None, False, "1960-01-01", "claim"),
        ("1960-01-01", "1959-11-20", True, "1959-11-20", "list"),
        ("1960-05-03", "1960", True, "1960-05-03", "claim"),
        ("1960-05-03", "1960", False, "1960", "list"),
    ],
)
def test_id_birthdate_printed(claimed, listed, proven, printed, source):
    found = printed_birth(PartialDate.parse(claimed), PartialDate.parse(listed) if listed else None, proven=proven)
    assert (found.date.iso(), found.source) == (printed, source)
    assert all(other.iso() in {claimed, listed} - {printed} for other in found.others)


def test_names_are_compared_in_both_orders_and_printed_as_the_list_has_them():
    turned = canonical_name("", "", "SOPHEA", "SOK")
    assert same_name(SOPHEA, turned)
    assert not same_name(SOPHEA, RITH)
    latin_only = canonical_name("", "", "SOK", "SOPHEA")
    assert printed_name(SOPHEA, latin_only) == SOPHEA
    assert printed_name(turned, SOPHEA) == SOPHEA


def test_contradictions_are_told_and_a_family_name_unlike_the_fathers_is_none():
    listed = PersonFacts(
        SubjectId(ME), "1000000002", canonical_name("សុខ", "សុភី", "SOK", "SOPHY"), (), "M",
        PartialDate.parse("1972-08-11"), "010201", "12010101", canonical_name("វណ្ណា", "សុខ", "VANNA", "SOK"), RITH,
        True, False, "1",
    )  # fmt: skip
    said = claim(birthplace="120101", father=canonical_name("សុខ", "វណ្ណា", "SOK", "VANNA"))
    assert set(contradictions(said, listed)) == {
        "cases.name_differs", "cases.birth_different", "cases.sex_differs", "cases.mother_differs",
        "cases.birthplace_differs", "cases.listed_as_deceased",
    }  # fmt: skip
    same = replace(listed, name=SOPHEA, sex="F", birth=said.birth, mother=BOPHA, birthplace="120201", alive=True)
    assert contradictions(said, same) == ()


@given(
    st.sampled_from(Sex), st.sampled_from(Basis), st.sampled_from(PersonStatus), st.sampled_from(AddressOption),
    st.sampled_from([None, True, False]), st.sampled_from(["", "120101"]), st.booleans(), st.booleans(),
)  # fmt: skip
def test_a_claim_comes_back_whole(sex, basis, status, option, consent, code, with_kin, with_names):
    said = claim(
        sex=sex, basis=basis, status=status, address=AddressClaim(option, code, consent),
        father=RITH if with_kin else None, mother=BOPHA if with_kin else None,
        relative=RelativeClaim(Relation.SIBLING, RITH, PartialDate(1950)) if with_kin else None,
        other_names=(RITH, BOPHA) if with_names else (), may_contact=("mother",) if with_kin else (),
    )  # fmt: skip
    assert from_plain(to_plain(said)) == said
