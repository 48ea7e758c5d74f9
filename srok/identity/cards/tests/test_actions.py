"""The acts on cards against a real database, real keys and a real answer book."""

from dataclasses import replace
from uuid import uuid5

import pytest
from django.db import IntegrityError, transaction

from srok.ground.journal import public as journal
from srok.ground.kernel.canonical import sha256_hex
from srok.ground.kernel.ids import new_id
from srok.ground.kernel.refusal import Refusal
from srok.identity.cards import ordering
from srok.identity.cards import public as cards
from srok.identity.cards.models import Card, CardEvent, OfficeSignature
from srok.identity.cards.tests import world
from srok.identity.cards.tests.world import code_of
from srok.trust.verification import public as verification

pytestmark = pytest.mark.usefixtures("desk")


def leaf_types(card: cards.CardFacts) -> list[str]:
    return [journal.promise(fact.id).type for fact in journal.facts_about(str(card.id)) if _has_leaf(fact)]


def _has_leaf(fact: journal.FactRow) -> bool:
    return fact.kind not in {"cards.order_signed", "cards.card_dispatched", "cards.card_received"}


def test_everything_is_written_down_before_any_signature() -> None:
    card = world.ordered()
    row = Card.objects.get(pk=card.id)
    assert row.state == "ordered" and not OfficeSignature.objects.exists() and not row.qr_text
    assert len(card.number) == 9 and 910_000_000 <= int(card.number) < 950_000_000
    assert bytes(row.tbs) and sha256_hex(bytes(row.order_bytes)) == card.order_sha256
    assert f'"tbs_sha256":"{sha256_hex(bytes(row.tbs))}"'.encode() in bytes(row.order_bytes)
    assert card.plan.mrz[0].startswith(f"IDKHM{card.number}")
    booked = verification.book_card(card.number, card.generation)
    assert booked.state == "ordered" and booked.status_index == card.status_index


def test_the_whole_way_to_the_holder() -> None:
    card = world.handed_over(world.ordered())
    assert card.state is cards.CardState.HANDED_OVER and card.version == 7
    found = verification.check(card.qr_text, world.in_cambodia(20))
    assert found.valid and found.claims.number == card.number and found.claims.name_km == world.SOPHEA.khmer
    assert found.claims.portrait
    assert [str(line.act) for line in cards.life_line(card.id)] == [
        "order", "sign_order", "sign_order", "issue", "dispatch", "receive", "hand_over",
    ]  # fmt: skip
    assert leaf_types(card) == ["card.ordered", "card.issued", "card.handed_over"]
    assert verification.person(card.subject).handed_over_abroad
    handed = journal.facts_about(str(card.id))[-1]
    assert handed.kind == "cards.card_handed_over" and handed.facts["case"] == card.case_ref


def test_the_book_counts_days_of_cambodia() -> None:
    """All in one morning of Phnom Penh, while it is still yesterday in Washington: nothing is refused for a date."""
    card = world.signed(world.ordered())
    cards.issue(cards.IssueCard(card.id), ctx=world.acting("vuthy"))
    cards.dispatch(cards.DispatchCard(card.id), ctx=world.acting("vuthy"))
    cards.receive(cards.ReceiveCard(card.id), ctx=world.acting("dara"))
    ctx = world.acting("dara")
    assert ctx.on < world.in_cambodia(0)
    card = cards.hand_over(cards.HandOverCard(card.id, "portrait", "holder"), ctx=ctx)
    assert card.handed_over_on == ctx.on and verification.check(card.qr_text, world.in_cambodia(0)).valid


def test_no_fact_names_the_person_or_the_card() -> None:
    card = world.handed_over(world.ordered())
    said = " ".join(str(fact.facts) for fact in journal.facts_about(str(card.id)))
    for secret in (card.number, "SOPHEA", "សុភា", "1960"):
        assert secret not in said


def test_a_card_not_handed_over_is_not_active() -> None:
    card = world.at_post(world.ordered())
    found = verification.check(card.qr_text, world.in_cambodia(11))
    assert not found.valid and found.state == "not_active"


def test_two_officers_of_one_ministry_cannot_issue() -> None:
    card = world.signed(world.ordered(), "chanthou")
    assert code_of(cards.sign_order, cards.SignOrder(card.id), world.acting("nimol", 1)) == "cards.already_signed"
    assert code_of(cards.issue, cards.IssueCard(card.id), world.acting("vuthy", 1)) == "cards.signature_missing"


def test_the_approver_can_neither_sign_nor_issue() -> None:
    card = world.ordered()
    assert code_of(cards.sign_order, cards.SignOrder(card.id), world.acting("kunthea")) == (
        "cards.approver_cannot_sign"
    )
    card = world.signed(card)
    assert code_of(cards.issue, cards.IssueCard(card.id), world.acting("kunthea", 1)) == "cards.approver_cannot_issue"


def test_whoever_writes_the_tables_but_lacks_a_key_gets_no_card() -> None:
    card = world.signed(world.ordered(), "chanthou")
    real = OfficeSignature.objects.get(card_id=card.id)
    OfficeSignature(
        card_id=card.id, ministry="moi", actor="vuthy", approved_by="kunthea", kid=real.kid,
        signature=real.signature, on=real.on,
    ).save()  # fmt: skip
    assert code_of(cards.issue, cards.IssueCard(card.id), world.acting("vuthy", 1)).startswith("credentials.")
    assert Card.objects.get(pk=card.id).qr_text == ""


def test_an_order_changed_after_signing_is_not_issued() -> None:
    card = world.signed(world.ordered())
    row = Card.objects.get(pk=card.id)
    Card.objects.filter(pk=card.id).update(order_bytes=bytes(row.order_bytes).replace(b"SOPHEA", b"SOPHEE"))
    assert code_of(cards.issue, cards.IssueCard(card.id), world.acting("vuthy", 2)) == "credentials.order_signature"


@pytest.mark.parametrize(
    ("ministry", "actor", "approved_by"),
    [("mfa", "nimol", "kunthea"), ("moi", "chanthou", "kunthea"), ("moi", "kunthea", "kunthea"),
     ("mlmupc", "nary", "kunthea")],
)  # fmt: skip
def test_the_database_itself_keeps_the_hands_apart(ministry: str, actor: str, approved_by: str) -> None:
    card = world.signed(world.ordered(), "chanthou")
    row = OfficeSignature(
        card_id=card.id, ministry=ministry, actor=actor, approved_by=approved_by, kid="k", signature=b"s",
        on=world.STARTED.date(),
    )  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


@pytest.mark.parametrize("change", [{"state": "lost"}, {"state": "issued"}, {"state": "handed_over", "qr_text": "Q"}])
def test_the_database_refuses_states_without_their_facts(change: dict[str, str]) -> None:
    card = world.ordered()
    with pytest.raises(IntegrityError), transaction.atomic():
        Card.objects.filter(pk=card.id).update(**change)


def test_only_the_approver_orders_and_once_per_case() -> None:
    command = world.command()
    assert code_of(cards.order, command, world.acting("vuthy")) == "cards.only_after_approval"
    cards.order(command, ctx=world.acting("kunthea"))
    assert code_of(cards.order, command, world.acting("kunthea")) == "cards.already_ordered"
    assert Card.objects.count() == 1


def test_a_taken_number_is_drawn_again() -> None:
    first = world.ordered()
    second = world.command("DDDD-EEEE-FFFF")
    draws = [int(first.number) - 910_000_000] * 3 + [77]
    again = ordering.place(second, world.acting("kunthea"), below=lambda n: draws.pop(0) if draws and n > 2**20 else 5)
    assert again.number == "910000077"


def test_a_full_block_orders_nothing() -> None:
    first = world.ordered()
    taken = int(first.number) - 910_000_000
    command, ctx = world.command("DDDD-EEEE-FFFF"), world.acting("kunthea")
    with pytest.raises(Refusal) as caught:
        ordering.place(command, ctx, below=lambda n: taken if n > 2**20 else 5)
    assert caught.value.code == "cards.block_exhausted" and Card.objects.count() == 1


def test_text_that_would_print_wrong_is_refused_before_anything_is_signed() -> None:
    broken = replace(world.SOPHEA, given_km="ហុ៊ន")
    with pytest.raises(Refusal) as caught:
        world.ordered(name=broken)
    assert caught.value.code == "paper.unprintable" and not Card.objects.exists()


def test_a_crash_in_between_leaves_nothing_half() -> None:
    card = world.at_post(world.ordered())
    before = (Card.objects.get(pk=card.id).version, CardEvent.objects.count(), len(journal.facts_about(str(card.id))))
    with pytest.raises(RuntimeError), transaction.atomic():
        cards.hand_over(cards.HandOverCard(card.id, "portrait", "holder"), ctx=world.acting("dara", 20))
        raise RuntimeError("power cut")
    after = (Card.objects.get(pk=card.id).version, CardEvent.objects.count(), len(journal.facts_about(str(card.id))))
    assert before == after
    assert verification.book_card(card.number, card.generation).state == "issued"


def test_the_same_command_twice_acts_once() -> None:
    card = world.ordered()
    ctx = world.acting("chanthou", 1)
    cards.sign_order(cards.SignOrder(card.id), ctx=ctx)
    assert code_of(cards.sign_order, cards.SignOrder(card.id), ctx) == "journal.replayed"
    assert OfficeSignature.objects.count() == 1
    card = world.at_post(world.ordered("DDDD-EEEE-FFFF"))
    ctx = world.acting("dara", 20)
    cards.hand_over(cards.HandOverCard(card.id, "portrait", "holder"), ctx=ctx)
    assert code_of(cards.hand_over, cards.HandOverCard(card.id, "portrait", "holder"), ctx) == "journal.replayed"


def test_a_stale_reader_is_politely_refused() -> None:
    card = world.ordered()
    world.signed(card, "chanthou")
    stale = cards.SignOrder(card.id, seen=card.version)
    assert code_of(cards.sign_order, stale, world.acting("vuthy", 1)) == "journal.stale"


def test_unknown_cards_and_reasons() -> None:
    nobody = uuid5(new_id(world.STARTED), "nobody")
    assert code_of(cards.sign_order, cards.SignOrder(nobody), world.acting("vuthy")) == "cards.unknown_card"
    card = world.ordered()
    odd = cards.RevokeCard(card.id, "cards.whim")  # type: ignore[arg-type]
    assert code_of(cards.revoke, odd, world.acting("vuthy")) == "cards.unknown_reason"
