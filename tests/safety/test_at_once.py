"""Two hands at one moment: acts in threads of their own on committed data. One is done, the other is told politely.

On PostgreSQL (`SROK_TEST_DB=postgresql`) these run with the usual tests; on SQLite, which lets one writer in at a
time, with the slow ones.
"""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier, BrokenBarrierError
from typing import Any

import pytest
from django.db import connection, connections

from srok.ground.journal.models import Fact
from srok.ground.kernel.ids import new_reference
from srok.ground.kernel.names import canonical_name
from srok.ground.kernel.refusal import Refusal
from srok.identity.cards import public as cards
from srok.identity.cards.models import Card
from srok.identity.cases.models import Candidate, Case, Search
from srok.identity.cases.tests import world
from srok.trust.verification import public as verification
from srok.trust.verification.models import Receipt
from srok.vote.roll.models import VoterRow
from tests.safety import chain

pytestmark = [pytest.mark.usefixtures("committed_world")]
if os.environ.get("SROK_TEST_DB") != "postgresql":
    pytestmark.append(pytest.mark.slow)


def at_once(*acts: chain.Act, meet: str = "") -> list[str]:
    """What each act said, sorted: `ok` or the code of its refusal."""
    return sorted(refusal.code if refusal else "ok" for refusal in refusals(*acts, meet=meet))


def refusals(*acts: chain.Act, meet: str = "") -> list[Refusal | None]:
    """The refusal of each act, or None. Anything else is raised: nobody may see a crash.

    `meet` names a table: each act waits before its row there until the others are as far (SQLite has one writer).
    """
    start, meeting = Barrier(len(acts)), Barrier(len(acts))

    def wait(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        if meet and connection.vendor == "postgresql" and sql.startswith(f'INSERT INTO "{meet}"'):
            # One that was refused before never comes.
            with suppress(BrokenBarrierError):
                meeting.wait(timeout=3)
        return execute(sql, *rest)

    def run(act: chain.Act) -> Refusal | None:
        try:
            connection.ensure_connection()
            start.wait(timeout=30)
            with connection.execute_wrapper(wait):
                act()
        except Refusal as refusal:
            return refusal
        finally:
            connections.close_all()
        return None

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def facts(subject: object, kind: str) -> int:
    return Fact.objects.filter(subject=str(subject), kind=kind).count()


def test_one_reference_is_one_application() -> None:
    reference = new_reference()
    said = at_once(
        chain.lodging(chain.somebody("A"), reference),
        chain.lodging(chain.somebody("A"), reference),
        chain.lodging(chain.somebody("B"), reference),
    )
    assert said.count("ok") == 1
    assert set(said) <= {"ok", "cases.reference_taken", "cases.same_person_twice", "journal.replayed"}
    assert Case.objects.filter(reference=reference).count() == 1


def test_one_person_has_one_open_application() -> None:
    name = chain.somebody("C")
    assert at_once(chain.lodging(name), chain.lodging(name), meet="cases_case") == ["cases.same_person_twice", "ok"]


def test_two_searches_leave_one_list_of_candidates() -> None:
    reference = new_reference()
    chain.lodging(chain.somebody("D"), reference)()
    said = at_once(chain.searching(reference), chain.searching(reference))
    assert "ok" in said
    assert set(said) <= {"ok", "journal.stale"}
    found = Candidate.objects.filter(case__reference=reference)
    assert found.exists()
    assert found.count() == found.values("as_role", "subject").distinct().count()
    searches = Search.objects.filter(case__reference=reference)
    reports = set(searches.values_list("report_id", flat=True))
    assert set(found.values_list("report_id", flat=True)) <= reports
    assert chain.searching(reference)()


def test_every_step_of_a_case_is_taken_once() -> None:
    reference = new_reference()
    chain.lodging(chain.somebody("E"), reference)()
    world.settle_as(reference, chain.MOTHER)
    for kind, acts in (
        ("cases.application_examined", (chain.examining(reference), chain.examining(reference, "nimol"))),
        ("cases.application_decided", (chain.deciding(reference), chain.deciding(reference, "sokha"))),
    ):
        said = at_once(*acts)
        assert said.count("ok") == 1, (kind, said)
        assert set(said) <= {"ok", "journal.stale", "cases.not_in_this_state", "cases.same_hands"}
        assert facts(reference, kind) == 1


def test_approving_and_sending_back_are_one_or_the_other() -> None:
    reference = chain.examined(chain.somebody("F"))
    chain.deciding(reference)()
    said = at_once(
        chain.approving(reference), chain.approving(reference, "phalla"),
        chain.approving(reference, "phalla", agree=False),
    )  # fmt: skip
    assert said.count("ok") == 1, said
    assert set(said) <= {"ok", "journal.stale", "cases.not_in_this_state", "cases.same_hands"}
    agreed = int(Case.objects.get(reference=reference).state == "approved")
    assert facts(reference, "cases.decision_approved") == agreed
    assert facts(reference, "cases.decision_sent_back") == 1 - agreed
    assert Card.objects.filter(case_ref=reference).count() == agreed


def test_every_step_of_a_card_is_taken_once() -> None:
    _, card = chain.approved(chain.somebody("G"))
    steps = (
        lambda: chain.signing(card, "chanthou"), lambda: chain.signing(card, "vuthy"), lambda: chain.issuing(card),
        lambda: chain.dispatching(card), lambda: chain.receiving(card), lambda: chain.handing_over(card),
    )  # fmt: skip
    for step in steps:
        before = Fact.objects.filter(subject=str(card)).count()
        said = at_once(step(), step())
        assert said.count("ok") == 1, said
        assert all(code == "ok" or code == "journal.stale" or code.startswith("cards.") for code in said)
        assert Fact.objects.filter(subject=str(card)).count() == before + 1
    assert cards.card(card).state == "handed_over"


def test_handing_over_and_ending_a_card_leave_one_truth() -> None:
    card = chain.at_post(chain.somebody("H"))
    said = at_once(chain.handing_over(card), chain.revoking(card))
    assert "ok" in said
    found = cards.card(card)
    book = verification.book_card(found.number, found.generation)
    assert str(book.state) == str(found.state)


def test_a_question_sent_twice_at_one_moment_is_one() -> None:
    card = cards.card(chain.in_hand(chain.somebody("I")))
    before, facts_before = Receipt.objects.count(), Fact.objects.filter(kind="verification.answered").count()
    ctx = chain.border()
    assert at_once(*[chain.asking(card.qr_text, ctx)] * 3, meet="verification_receipt") == ["ok"] * 3
    assert Receipt.objects.count() == before + 1
    assert Fact.objects.filter(kind="verification.answered").count() == facts_before + 1
    assert chain.asking(card.qr_text, ctx)()
    assert Receipt.objects.count() == before + 1


def test_one_person_has_one_place_on_the_list() -> None:
    card = cards.card(chain.in_hand(chain.somebody("J")))
    before, ctx = VoterRow.objects.count(), chain.clerk()
    said = at_once(
        chain.enrolling(card.qr_text, ctx), chain.enrolling(card.qr_text, ctx),
        chain.enrolling(card.qr_text, chain.clerk()), meet="roll_voterrow",
    )  # fmt: skip
    assert said.count("ok") == 1, said
    assert set(said) <= {"ok", "roll.already_listed", "journal.replayed"}
    assert VoterRow.objects.count() == before + 1


def test_a_form_sent_twice_at_one_moment_is_one_entry() -> None:
    card = cards.card(chain.in_hand(chain.somebody("K")))
    ctx = chain.clerk()
    said = at_once(*[chain.enrolling(card.qr_text, ctx)] * 2, meet="roll_voterrow")
    assert said == ["journal.replayed", "ok"]


def test_of_two_desks_the_later_one_is_told_the_commune_of_the_other() -> None:
    card = cards.card(chain.in_hand(chain.somebody("L")))
    desks = {"malis": "120101", "other": "120102"}
    before = set(VoterRow.objects.values_list("pk", flat=True))
    said = refusals(
        *[chain.enrolling(card.qr_text, chain.clerk(name), commune) for name, commune in desks.items()],
        meet="roll_voterrow",
    )
    (lost,) = [refusal for refusal in said if refusal]
    row = VoterRow.objects.exclude(pk__in=before).get()
    assert lost.code == "roll.already_listed"
    assert lost.facts == {"commune": row.commune, "on": row.entered_on.isoformat()}
    assert row.commune == list(desks.values())[said.index(None)]


def test_two_applications_for_one_listed_person_end_in_one_card() -> None:
    references = []
    for spelling in ("PISEY", "PISEI"):
        reference = new_reference()
        name = canonical_name("ចាន់", "ពិសី", "CHAN", spelling)
        chain.lodging(name, reference, mother=None, birth="1968-12-24")()
        world.settle_as(reference, {"1000000005": "same_person"})
        chain.examining(reference)()
        chain.deciding(reference)()
        references.append(reference)
    said = at_once(chain.approving(references[0]), chain.approving(references[1], "phalla"))
    assert said.count("ok") == 1, said
    assert Case.objects.filter(reference__in=references, state="approved").count() == 1
    assert Card.objects.filter(case_ref__in=references).count() == 1
