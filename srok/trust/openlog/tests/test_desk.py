"""The desk: promises before the batch, proofs behind it, and openings that are destroyed by two."""

import shutil
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from uuid import UUID

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction
from pypdf import PdfReader

from srok.ground.accounts.terms import Role
from srok.ground.journal import public as journal
from srok.ground.kernel.context import Context
from srok.ground.kernel.ids import new_id
from srok.ground.kernel.refusal import Refusal
from srok.trust.openlog import cosigning, desk, entries, openings, promises, public, reads, receipts, slip
from srok.trust.openlog.desk import GiveReceipt
from srok.trust.openlog.models import OpeningOrder
from srok.trust.openlog.openings import AskDestruction, DestroyOpening, DestroyReason
from srok.trust.openlog.promises import Kept
from srok.trust.openlog.terms import Log
from srok.trust.openlog.tests import acts

COMMUNE = "commune.070305"


def officer(actor: str, office: str, *roles: Role, on: date = acts.DAY, hour: int = 5) -> Context:
    ctx = acts.context(on, hour=hour)
    return replace(ctx, actor=actor, office=office, roles=frozenset(roles), trace=new_id(ctx.at))


def malis(on: date = acts.DAY) -> Context:
    return officer("malis", COMMUNE, Role.COMMUNE_CLERK, on=on)


def vuthy() -> Context:
    return officer("vuthy", "moi.gdi", Role.IDENTIFICATION_OFFICER, Role.CARD_OFFICER)


def kunthea() -> Context:
    return officer("kunthea", "moi.gdi", Role.APPROVER)


def commitment(fact: UUID) -> str:
    return journal.promise(fact).commitment


def batch_published() -> list[UUID]:
    """Twenty voters of one day, sequenced and published the day after."""
    facts = acts.rows(20)
    journal.drain()
    ctx = acts.context(acts.later(1))
    assert public.sequence(ctx).sequenced >= 20
    public.publish(Log.REGISTER, reads.published_folder(Log.REGISTER), ctx)
    return facts


def test_before_the_batch_there_is_a_promise_and_afterwards_a_proof(home: Path):
    facts = acts.rows(20)
    given = desk.give_receipt(GiveReceipt(commitment(facts[3])), ctx=malis())
    assert given.promise is not None and given.suffix == ".srok-promise"
    signed = promises.read_promise(given.data)
    keys = public.verifier_keys(Log.REGISTER)
    assert promises.check_promise(signed, keys).latest >= acts.later(7)
    journal.drain()
    ctx = acts.context(acts.later(1))
    public.sequence(ctx)
    public.publish(Log.REGISTER, reads.published_folder(Log.REGISTER), ctx)
    proven = desk.give_receipt(GiveReceipt(str(facts[3])), ctx=malis(acts.later(2)))
    assert proven.promise is None and proven.suffix == ".tlog-proof" and proven.size == 20
    receipt = receipts.read_receipt(proven.data)
    receipts.check_receipt(receipt, cosigning.own_policy())
    assert receipt.entry["c"] == commitment(facts[3]) and receipt.opened.row.keys() == {"row"}
    held = [(n, entries.read_entry(public.entry(Log.REGISTER, n).data)["c"]) for n in range(20)]
    assert promises.judge(signed.promise, held, None) == (Kept.KEPT, proven.index)
    kinds = [fact.kind for fact in journal.facts_about(str(facts[3]))]
    assert kinds == ["openlog.promise_given", "openlog.receipt_given"]


def test_the_slips_carry_the_same_and_can_be_printed(home: Path):
    fact = acts.rows(1)[0]
    promised = desk.give_receipt(GiveReceipt(str(fact)), ctx=malis())
    read = promises.read_slip(promised.qr_text, lambda name: f"srok.example/{name}", settings.SROK_COMMITMENT_KEY)
    assert promises.check_promise(read, public.verifier_keys(Log.REGISTER)) == promised.promise
    assert len(PdfReader(BytesIO(slip.slip_pdf(promised))).pages) == 1
    facts = batch_published()
    proven = desk.give_receipt(GiveReceipt(str(facts[0])), ctx=malis())
    found = receipts.read_slip(proven.qr_text)
    assert (found.log, found.index, found.opened) == ("register", proven.index, proven.opened)
    assert len(PdfReader(BytesIO(slip.slip_pdf(proven))).pages) == 1 and len(proven.qr_text.encode()) <= 700


@pytest.mark.parametrize(
    ("ctx", "code"),
    [
        (officer("rith", COMMUNE), "openlog.not_a_desk"),
        (officer("sokha", "moi.border", Role.BORDER_OFFICER), "openlog.not_a_desk"),
        (officer("malis", "commune.010101", Role.COMMUNE_CLERK), "openlog.not_your_desk"),
    ],
)
def test_only_the_desk_that_acted_gives_a_receipt(home: Path, ctx: Context, code: str):
    fact = acts.rows(1)[0]
    with pytest.raises(Refusal, match=code.replace(".", r"\.")):
        desk.give_receipt(GiveReceipt(str(fact)), ctx=ctx)
    assert journal.facts_about(str(fact)) == []


@pytest.mark.parametrize("name", ["", "nobody", "0" * 64, "019f4c55-0000-7000-8000-000000000001"])
def test_a_reference_that_nobody_knows(home: Path, name: str):
    acts.rows(1)
    with pytest.raises(Refusal, match=r"openlog\.unknown_leaf"):
        desk.give_receipt(GiveReceipt(name), ctx=malis())


def test_a_period_has_no_receipt_because_it_is_about_nobody(home: Path):
    fact = acts.done("period.open")
    with pytest.raises(Refusal, match=r"openlog\.unknown_leaf"):
        desk.give_receipt(GiveReceipt(str(fact)), ctx=malis())


def test_two_officers_destroy_an_opening_and_every_proof_still_verifies(home: Path):
    facts = batch_published()
    own, other = facts[0], facts[1]
    before = desk.give_receipt(GiveReceipt(str(own)), ctx=malis())
    openings.ask_destruction(AskDestruction(commitment(own), DestroyReason.COURT_ORDER), ctx=vuthy())
    openings.destroy_opening(DestroyOpening(commitment(own)), ctx=kunthea())
    with pytest.raises(Refusal, match=r"openlog\.opening_gone"):
        desk.give_receipt(GiveReceipt(str(own)), ctx=malis())
    receipts.check_receipt(receipts.read_receipt(before.data), cosigning.own_policy())
    others = desk.give_receipt(GiveReceipt(str(other)), ctx=malis())
    receipts.check_receipt(receipts.read_receipt(others.data), cosigning.own_policy())
    checked = public.verify_log(reads.published_folder(Log.REGISTER).root, public.verifier_keys(Log.REGISTER))
    assert checked.valid
    # Whoever has the whole database and the key, but no opening, finds no row behind the commitment.
    rows = [receipts.Opened("voter row", 1, {"row": str(UUID(int=n))}, bytes(32)) for n in range(500)]
    rows.append(replace(before.opened, opening=bytes(32)))
    assert commitment(own) not in {row.commitment(settings.SROK_COMMITMENT_KEY) for row in rows}
    kinds = {fact.kind for fact in journal.facts_about(str(own))}
    assert kinds >= {"openlog.opening_destruction_asked", "openlog.opening_destroyed"}
    row = OpeningOrder.objects.get(pk=own)
    assert (row.asked_by, row.destroyed_by, row.reason) == ("vuthy", "kunthea", "court_order")


def test_nobody_destroys_alone_unasked_or_twice(home: Path):
    fact = acts.rows(1)[0]
    name = str(fact)
    with pytest.raises(Refusal, match=r"openlog\.not_asked"):
        openings.destroy_opening(DestroyOpening(name), ctx=kunthea())
    with pytest.raises(Refusal, match=r"openlog\.not_your_duty"):
        openings.ask_destruction(AskDestruction(name, DestroyReason.BY_MISTAKE), ctx=malis())
    both = officer("both", "moi.gdi", Role.APPROVER, Role.CARD_OFFICER)
    openings.ask_destruction(AskDestruction(name, DestroyReason.BY_MISTAKE), ctx=both)
    with pytest.raises(Refusal, match=r"openlog\.same_hands"):
        openings.destroy_opening(DestroyOpening(name), ctx=replace(both, trace=new_id(both.at)))
    with pytest.raises(Refusal, match=r"openlog\.asked_already"):
        openings.ask_destruction(AskDestruction(name, DestroyReason.BY_MISTAKE), ctx=vuthy())
    with pytest.raises(IntegrityError), transaction.atomic():
        OpeningOrder.objects.filter(pk=fact).update(destroyed_by="both", destroyed_at=both.at)
    openings.destroy_opening(DestroyOpening(name), ctx=kunthea())
    with pytest.raises(Refusal, match=r"openlog\.opening_gone"):
        openings.destroy_opening(DestroyOpening(name), ctx=kunthea())


def test_a_card_is_promised_within_the_seventh_day(home: Path):
    fact = acts.cards(1)[0]
    given = desk.give_receipt(GiveReceipt(str(fact)), ctx=malis())
    assert given.promise is not None and given.promise.latest == acts.DAY + timedelta(days=7)


def test_a_log_that_is_published_elsewhere_gives_receipts_too(home: Path):
    """The tiles are made of the leaf hashes: those of the first two levels, full and partial."""
    noise = [f'{{"n":{n}}}'.encode() for n in range(700)]
    public.append(Log.REGISTER, noise)
    facts = batch_published()
    papers = [desk.give_receipt(GiveReceipt(str(facts[n])), ctx=malis()).data for n in (0, 19)]
    shutil.rmtree(home / "openlog")
    for n, before in zip((0, 19), papers, strict=True):
        again = desk.give_receipt(GiveReceipt(str(facts[n])), ctx=malis())
        assert again.data == before
        receipts.check_receipt(receipts.read_receipt(again.data), cosigning.own_policy())
