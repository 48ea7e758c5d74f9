"""Attempts from inside: reading without a trace, a reason out of thin air, a version still to come."""

from dataclasses import replace

import pytest
from django.test import Client
from django.urls import reverse

from srok.ground.journal import public as journal
from srok.ground.kernel.ids import new_id
from srok.ground.kernel.refusal import Refusal
from srok.ground.notices import public as notices
from srok.identity.cards import public as cards
from srok.identity.cases import public as cases
from srok.identity.cases.models import Case
from srok.identity.cases.tests import world
from srok.identity.cases.tests.people import canonical_name

pytestmark = pytest.mark.usefixtures("desk")
PISEY = {"mother": None, "birth": "1968-12-24"}


def openings(reference: str, actor: str) -> list[object]:
    return [
        fact.facts["purpose"]
        for fact in journal.facts_about(reference)
        if fact.kind == "cases.case_opened" and fact.actor == actor
    ]


@pytest.mark.parametrize(("method", "name"), [("post", "examine"), ("get", "portrait")])
def test_nobody_looks_into_a_case_without_a_fact(portrait: bytes, method: str, name: str) -> None:
    reference = world.lodged(portrait)
    client = Client()
    client.post(reverse("accounts:sign_in"), {"username": "nimol", "password": world.PASSWORD})
    answer = getattr(client, method)(reverse(f"cases:{name}", args=[reference]))
    assert answer.status_code in (200, 400) and "no-store" in answer["Cache-Control"]
    assert openings(reference, "nimol") == ["examination"]


def test_a_reason_that_no_fact_carries_is_no_opinion(portrait: bytes) -> None:
    """Interior could neither approve nor refuse on it: the case would lie between two ministries for ever."""
    reference = world.lodged(portrait)
    world.settle_as(reference, {})
    with pytest.raises(Refusal, match="cases.reason_not_in_facts"):
        world.examined(reference, "unfavourable", ("cases.monk",))


@pytest.mark.parametrize("reasons", [("cases.no_primary_evidence",), ("cases.age_unproven", "cases.no_address")])
def test_waiting_for_nothing_is_no_opinion(portrait: bytes, scan: bytes, reasons: tuple[str, ...]) -> None:
    """Where nothing is missing, one examiner could else keep the case between the ministries for ever."""
    reference = world.lodged(portrait, papers=(world.shown(world.BAPTISM, scan),))
    world.settle_as(reference, {"1000000001": "mother"})
    with pytest.raises(Refusal, match="cases.reason_not_in_facts"):
        world.examined(reference, "unfavourable", reasons)
    world.examined(reference)


def test_waiting_for_what_is_missing_is_an_opinion(portrait: bytes) -> None:
    reference = world.lodged(portrait)
    world.settle_as(reference, {})
    world.examined(reference, "unfavourable", ("cases.no_primary_evidence",))
    assert cases.standing_of(reference).opinion is cases.Opinion.UNFAVOURABLE


def test_a_version_that_is_still_to_come_is_stale(portrait: bytes) -> None:
    reference = world.lodged(portrait)
    ahead = Case.objects.get(reference=reference).version + 1
    with pytest.raises(Refusal, match="journal.stale"):
        cases.withdraw(cases.WithdrawApplication(reference, seen=ahead, asked=True), ctx=world.acting("dara", 1))


def test_one_person_under_two_spellings_gets_one_card(portrait: bytes, scan: bytes) -> None:
    """Two open applications of one person of the list: the second approval orders nothing and changes nothing."""
    paper = cases.ShownPaper(cases.PaperKind("birth_certificate"), cases.Seen("original"), scan)
    both = []
    for given in ("PISEY", "PISEI"):
        name = canonical_name("ចាន់", "ពិសី", "CHAN", given)
        reference = world.lodged(portrait, papers=(paper,), name=name, **PISEY)
        world.settle_as(reference, {"1000000005": "same_person"})
        world.examined(reference)
        world.decided(reference)
        both.append(reference)
    world.approved(both[0])
    with pytest.raises(Refusal, match="cards.another_on_its_way"):
        world.approved(both[1])
    assert Case.objects.get(reference=both[1]).state == "decided"


def test_the_letter_that_the_approval_promised_is_written_when_the_card_is_at_the_post(
    portrait: bytes, scan: bytes
) -> None:
    paper = cases.ShownPaper(cases.PaperKind("birth_certificate"), cases.Seen("original"), scan)
    reference = world.lodged(portrait, papers=(paper,))
    world.settle_as(reference, {"1000000001": "mother"})
    world.examined(reference)
    world.decided(reference)
    card = cards.card_of_case(world.approved(reference).reference)
    assert card is not None
    at_post = replace(world.acting("dara", 9), roles=frozenset({"card_officer"}))
    at_home = replace(world.acting("vuthy", 6), roles=frozenset({"card_officer"}))
    for name in ("chanthou", "vuthy"):
        cards.sign_order(cards.SignOrder(card.id), ctx=world.acting(name, 5))
    cards.issue(cards.IssueCard(card.id), ctx=at_home)
    cards.dispatch(cards.DispatchCard(card.id), ctx=at_home.for_command(new_id(at_home.at)))
    cards.receive(cards.ReceiveCard(card.id), ctx=at_post)
    journal.drain()
    journal.drain()
    kinds = [str(one.kind) for one in notices.notices_of(Case.objects.get(reference=reference).id)]
    assert kinds == ["application_received", "approved", "card_ready"]
