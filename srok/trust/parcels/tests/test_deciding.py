"""What officers do about kits and events: pass on, stop, let through, set aside, declare lost; nothing disappears."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from srok.ground.journal import public as journal
from srok.ground.kernel.context import Context
from srok.ground.kernel.refusal import Refusal
from srok.trust.parcels import public, reads
from srok.trust.parcels.models import AllocatedReference, Arrival, Kit
from srok.trust.parcels.public import DecideArrival, DeclareLost, ReleaseKit
from srok.trust.parcels.tests import world
from srok.trust.parcels.tests.world import file_of, imported, told

LATER = world.START + timedelta(days=2)


def refused(act: Callable[..., Any], *given: Any, **named: Any) -> str:
    with pytest.raises(Refusal) as refusal:
        act(*given, **named)
    return refusal.value.code


def decide(ctx: Context | None = None, act: Any = public.release, reason: str = "looked at by two") -> Any:
    """The only arrival that is open, decided by Sreymom."""
    row = Arrival.objects.exclude(state__in=["opened", "stored"]).order_by("pk")[0]
    return act(DecideArrival(row.pk, row.version, reason), ctx=ctx or world.ctx(at=LATER))


def test_a_kit_goes_out_and_comes_back_under_its_seals(centre: Path) -> None:
    name = world.prepared().kit
    assert refused(public.check_in, name, ("1",), world.ctx()) == "parcels.wrong_standing"
    assert refused(public.check_out, name, (" ",), world.ctx()) == "parcels.seals_missing"
    out = public.check_out(name, ("K-100", "K-101"), world.ctx("dara"))
    assert (out.standing, out.seals_out) == ("checked_out", ("K-100", "K-101"))
    back = public.check_in(name, ("K-102",), world.ctx("dara", at=LATER))
    assert (back.standing, back.seals_in) == ("checked_in", ("K-102",))
    kinds = {row.kind for row in journal.facts_about(name)}
    assert kinds == {"parcels.kit_prepared", "parcels.kit_checked_out", "parcels.kit_checked_in"}


def test_only_the_head_of_a_mission_of_that_post_prepares(centre: Path) -> None:
    command = public.PrepareKit("WAS", world.ON, world.ON, (world.DARA,))
    assert refused(public.prepare, command, world.ctx("dara")) == "parcels.not_your_duty"
    assert refused(public.prepare, command, world.ctx(office="mfa.par")) == "parcels.other_office"
    assert refused(public.prepare, world.replace(command, post="XXX"), world.ctx()) == "parcels.unknown_post"
    for wrong in (
        {"until": world.ON - timedelta(days=1)}, {"officers": ()}, {"references": 0}, {"contact_days": 0},
        {"officers": (world.DARA, world.DARA)}, {"until": world.ON + timedelta(days=400)},
    ):  # fmt: skip
        assert refused(public.prepare, world.replace(command, **wrong), world.ctx()) == "parcels.bad_mission"
    assert refused(public.revoke, world.prepared().kit, "lost", world.ctx("rith")) == "parcels.not_your_duty"


def test_the_private_key_of_a_kit_is_kept_nowhere(centre: Path) -> None:
    made = world.prepared()
    row = Kit.objects.values().get()
    raw = world.KitInMemory.of(made).key.private_bytes_raw()
    assert raw not in bytes(row["warrant"])
    files = b"".join(path.read_bytes() for path in centre.rglob("*") if path.is_file())
    assert raw not in files and made.private_key not in files
    facts = [repr(fact.facts) for fact in journal.facts_about(made.kit)]
    assert raw.hex() not in "".join(facts)


def test_kits_are_numbered_by_post_and_year(centre: Path) -> None:
    assert [world.prepared().kit for _ in range(3)] == ["WAS-2025-1", "WAS-2025-2", "WAS-2025-3"]


def test_references_are_of_one_kit_only(centre: Path) -> None:
    first, second = world.prepared(300), world.prepared(300)
    assert not set(first.warrant.references) & set(second.warrant.references)
    assert AllocatedReference.objects.count() == 600


def test_a_revoked_kit_everything_that_comes_later_is_kept_apart_and_its_unused_references_are_void(
    centre: Path,
) -> None:
    kit = world.kit()
    before = kit.open_file(0)
    imported(file_of(before))
    facts = public.revoke(kit.warrant.kit, "stolen from the car", world.ctx(at=LATER))
    assert (facts.standing, facts.reason) == ("revoked", "stolen from the car")
    fates = list(AllocatedReference.objects.order_by("place").values_list("fate", flat=True))
    assert fates == ["used", "voided", "voided", "voided", "voided"]
    after = [kit.open_file(1), kit.open_file(2)]
    report = imported(file_of(before, *after), at=LATER)
    assert report.already == 1
    assert {one.code for one in report.quarantined} == {"parcels.kit_revoked"}
    assert refused(public.revoke, kit.warrant.kit, "again", world.ctx()) == "parcels.wrong_standing"
    assert journal.facts_about(kit.warrant.kit)[-1].facts == {"voided_references": 4}


def test_what_a_revoked_kit_did_before_is_let_through_one_by_one(centre: Path) -> None:
    kit = world.kit()
    public.revoke(kit.warrant.kit, "stolen", world.ctx())
    imported(file_of(kit.open_file(0)))
    assert refused(decide, reason="x") == "parcels.reason_missing"
    report = decide()
    assert report.opened == 1
    row = Arrival.objects.get()
    assert (row.state, row.released_by, row.reason) == ("opened", "sreymom", "looked at by two")
    assert AllocatedReference.objects.get(pk=row.subject).fate == "used"


def test_or_all_of_them_up_to_a_day(centre: Path) -> None:
    kit = world.kit()
    events = [kit.open_file(0), kit.add_page(0, 1)]
    kit.at += timedelta(days=1)
    events.append(kit.open_file(1, on=world.ON + timedelta(days=1)))
    public.revoke(kit.warrant.kit, "stolen", world.ctx())
    imported(file_of(*events), at=LATER)
    command = ReleaseKit(kit.warrant.kit, world.ON, "the theft was the day after")
    assert refused(public.release_kit, command, ctx=world.ctx("dara")) == "parcels.not_your_duty"
    report = public.release_kit(command, ctx=world.ctx(at=LATER))
    assert (report.opened, report.quarantined) == (2, [])
    assert Arrival.objects.filter(state="quarantined").count() == 1
    assert public.release_kit(command, ctx=world.ctx(at=LATER)).opened == 0


@pytest.mark.parametrize("days", [2, 40])
def test_reassigned_work_that_arrives_late_is_kept_for_an_officer(centre: Path, days: int) -> None:
    """After check-in, or long after the warrant: kept, told, and let through by an officer, never dropped."""
    kit = world.kit()
    public.check_out(kit.warrant.kit, ("1",), world.ctx())
    event = kit.open_file(0)
    if days == 2:
        public.check_in(kit.warrant.kit, ("2",), world.ctx())
    report = imported(file_of(event), at=world.START + timedelta(days=days))
    assert [one.code for one in report.quarantined] == ["parcels.late"]
    assert decide().opened == 1


def test_a_fork_is_let_through_or_set_aside_and_both_stay(centre: Path) -> None:
    kit = world.kit()
    first = kit.open_file(0)
    again = kit.copy()
    imported(file_of(first, kit.open_file(1)))
    other, follows = again.open_file(2), again.open_file(3)
    imported(file_of(other, follows))
    assert decide().opened == 1
    # What follows the one that was let through fits now, and is still the officer's to decide.
    assert [row.seq for row in Arrival.objects.filter(state="quarantined")] == [3]
    decide(act=public.set_aside, reason="typed in twice")
    row = Arrival.objects.get(state="set_aside")
    assert (row.reason, bytes(row.content.raw)) == ("typed in twice", follows.raw)
    assert decide().opened == 1
    assert Arrival.objects.filter(state="opened").count() == 4


def test_after_the_fork_was_let_through_what_follows_it_fits(centre: Path) -> None:
    kit = world.kit()
    again = kit.copy()
    imported(file_of(kit.open_file(0)))
    other, follows = again.open_file(1), again.open_file(2)
    imported(file_of(other))
    decide()
    assert told(imported(file_of(follows))) == {"opened": 1}


def test_a_refused_event_can_be_tried_again_when_its_cause_is_mended(centre: Path) -> None:
    kit = world.kit()
    imported(file_of(kit.open_file(0, holder="nobody")))
    assert [one.code for one in decide().quarantined] == ["parcels.no_such_gap"]
    assert Arrival.objects.get().state == "refused"
    refusals = [row for row in journal.facts_about(f"{kit.warrant.kit}/1") if row.kind == "parcels.event_refused"]
    assert len(refusals) == 2


def test_what_nobody_can_read_is_only_set_aside(centre: Path) -> None:
    kit = world.kit()
    event = kit.open_file(0)
    imported(event.raw[:300] + bytes([event.raw[300] ^ 1]) + event.raw[301:])
    assert refused(decide) == "parcels.hopeless"
    decide(act=public.set_aside)
    assert Arrival.objects.get().state == "set_aside"


def test_a_stale_or_foreign_decision_is_refused(centre: Path) -> None:
    kit = world.kit()
    public.revoke(kit.warrant.kit, "stolen", world.ctx())
    imported(file_of(kit.open_file(0)))
    row = Arrival.objects.get()
    assert refused(public.release, DecideArrival(row.pk, row.version - 1, "why"), ctx=world.ctx()) == "journal.stale"
    paris = world.ctx(office="mfa.par")
    assert refused(public.release, DecideArrival(row.pk, row.version, "why"), ctx=paris) == "parcels.unknown_arrival"
    assert refused(decide, world.ctx("dara")) == "parcels.not_your_duty"
    assert reads.kits(paris) == [] and len(reads.kits(world.chanthou())) == 1
    assert refused(public.kit_for, kit.warrant.kit, paris) == "parcels.unknown_kit_named"
    assert decide(world.chanthou(LATER)).opened == 1


def test_gaps_are_listed_with_since_when_and_can_be_declared_lost(centre: Path) -> None:
    kit = world.kit(references=9)
    events = [kit.open_file(number) for number in range(9)]
    imported(file_of(events[4]), at=world.START + timedelta(hours=5))
    imported(file_of(events[0], events[8]), at=world.START + timedelta(hours=9))
    (first, second) = public.gaps([kit.warrant.kit])
    assert [(gap.from_, gap.until) for gap in (first, second)] == [(2, 4), (6, 8)]
    assert (first.since, second.since) == (world.START + timedelta(hours=5), world.START + timedelta(hours=9))
    name = kit.warrant.kit
    assert refused(public.declare_lost, DeclareLost(name, 4, 6, "drowned"), ctx=world.ctx()) == "parcels.no_such_gap"
    public.declare_lost(DeclareLost(name, 3, 4, "the stick fell into the river"), ctx=world.ctx())
    assert [(gap.from_, gap.until) for gap in public.gaps([name])] == [(2, 2), (6, 8)]
    # If they come after all, they are taken.
    assert imported(file_of(*events[1:4]), at=LATER).opened == 3
    assert [(gap.from_, gap.until) for gap in public.gaps([name])] == [(6, 8)]
