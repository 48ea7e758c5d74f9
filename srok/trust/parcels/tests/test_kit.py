"""In a kit: events in the act's transaction, references, when it freezes, what leaves and what comes back."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from srok.ground.kernel.context import Context
from srok.ground.kernel.refusal import Refusal
from srok.trust.parcels import carrying, framing, public
from srok.trust.parcels.models import KitReceipt, OutgoingBytes, OutgoingEvent
from srok.trust.parcels.terms import Prepared
from srok.trust.parcels.tests import world
from srok.trust.parcels.tests.world import told

HOUR = timedelta(hours=1)


@pytest.fixture
def made(centre: Path) -> Prepared:
    return world.prepared()


@pytest.fixture
def kit(made: Prepared, centre: Path) -> Iterator[Path]:
    with world.at_home(made, centre / "kit") as home:
        yield home


def dara(hours: float = 1) -> Context:
    return world.ctx("dara", at=world.START + hours * HOUR)


def lodge(hours: float = 1, number: int = 0, body: Any = None) -> public.EventRef:
    """A room's act in the kit: takes a reference and writes its event, together."""
    ctx = dara(hours)
    with transaction.atomic():
        reference = public.next_reference(ctx)
        public.use_reference(reference, ctx)
        return public.append("desk.open", reference, body or {"holder": f"h{hours}"}, ctx=ctx)


def refused(act: Any, *given: Any, **named: Any) -> str:
    with pytest.raises(Refusal) as refusal:
        act(*given, **named)
    return refusal.value.code


def exported(home: Path, since: int = 1) -> bytes:
    public.export(home / "out.parcel", since)
    return (home / "out.parcel").read_bytes()


def bundle(centre: Path, at: timedelta = timedelta(days=1)) -> bytes:
    """The centre's answer, made in the centre's own home."""
    from django.test.utils import override_settings

    with override_settings(SROK_KEYS=centre / "keys", SROK_HOME=centre / "centre"):
        public.receipts(centre / "receipts", world.service(world.START + at))
    return (centre / "receipts").read_bytes()


def taken(centre: Path, content: bytes) -> dict[str, Any]:
    from django.test.utils import override_settings

    with override_settings(SROK_KEYS=centre / "keys", SROK_HOME=centre / "centre"):
        return told(world.imported(content))


def test_it_knows_what_it_is(kit: Path, made: Prepared) -> None:
    assert public.is_kit() and public.this_kit().kit == made.kit == "WAS-2025-1"
    assert [one.username for one in public.this_kit().officers] == ["dara", "sreymom"]


def test_a_centre_is_no_kit(centre: Path) -> None:
    assert not public.is_kit()
    assert refused(public.this_kit) == "parcels.not_a_kit"
    public.check_capture(world.ctx("dara", at=world.START + timedelta(days=500)))


def test_a_changed_warrant_is_not_believed(kit: Path) -> None:
    path = kit / "kit" / "warrant.cbor"
    data = path.read_bytes()
    path.write_bytes(data.replace(b"2025-03-10", b"2029-03-10"))
    assert refused(public.this_kit) == "parcels.warrant_not_genuine"
    path.write_bytes(data[:-3])
    assert refused(public.check_capture, dara()) == "parcels.unreadable_warrant"


def test_events_are_numbered_chained_and_leave_in_order(kit: Path, made: Prepared) -> None:
    first, second = lodge(1), lodge(2)
    assert (first.kit, first.seq, second.seq) == (made.kit, 1, 2)
    events = [framing.one(bytes(row.raw)) for row in OutgoingBytes.objects.order_by("pk")]
    assert [one.digest.hex() for one in events] == [first.digest, second.digest]
    assert (events[0].header.prev, events[1].header.prev) == (bytes(32), events[0].digest)
    assert exported(kit) == events[0].raw + events[1].raw
    assert exported(kit, since=2) == events[1].raw
    assert not list(kit.glob(".out*"))


def test_an_act_that_fails_leaves_no_event_and_no_used_reference(kit: Path) -> None:
    ctx = dara()
    with pytest.raises(RuntimeError), transaction.atomic():
        public.use_reference(public.next_reference(ctx), ctx)
        public.append("desk.open", "x", {}, ctx=ctx)
        raise RuntimeError
    assert not OutgoingEvent.objects.exists()
    assert lodge().seq == 1


def test_no_event_without_the_transaction_of_an_act(kit: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched, pytest.raises(ValueError, match="transaction"):
        patched.setattr(transaction.get_connection(), "in_atomic_block", False)
        public.append("desk.open", "x", {}, ctx=dara())


def test_one_command_is_one_event(kit: Path) -> None:
    ctx = dara()
    public.append("desk.open", "x", {}, ctx=ctx)
    assert refused(public.append, "desk.open", "x", {}, ctx=ctx) == "parcels.appended_already"


def test_references_are_given_out_once_and_end(kit: Path, made: Prepared) -> None:
    given = [lodge(1 + number / 10) for number in range(5)]
    assert len(given) == 5
    rows = OutgoingEvent.objects.order_by("seq").values_list("subject", flat=True)
    assert tuple(rows) == made.warrant.references
    assert public.unused_references() == []
    assert refused(public.next_reference, dara()) == "parcels.no_reference_left"
    assert refused(public.use_reference, made.warrant.references[0], dara()) == "parcels.reference_used"
    assert refused(public.use_reference, "AAAA-AAAA-AAAA", dara()) == "parcels.foreign_reference"


def test_the_kit_cannot_open_what_it_sealed(kit: Path, made: Prepared, centre: Path) -> None:
    """Every file that the kit holds, taken as key material of every kind it could be: the seal stays shut."""
    from srok.trust.credentials import public as credentials
    from srok.trust.parcels import envelope

    lodge(body={"holder": "Sophea"})
    event = framing.one(exported(kit))
    files = {path.relative_to(kit) for path in kit.rglob("*") if path.is_file()}
    assert {str(path) for path in files} == {"kit/warrant.cbor", "kit/key.pem", "keys/published.json", "out.parcel"}
    assert b"Sophea" not in b"".join((kit / path).read_bytes() for path in files)
    assert refused(envelope.open_event, event, credentials.open_sealed) == "parcels.unreadable_seal"
    # The kit's own private key in the place of the centre's opens nothing either.
    folder = kit / "keys" / "parcels"
    folder.mkdir()
    stolen = folder / "parcels-2025-1.pem"
    stolen.write_bytes((kit / "kit" / "key.pem").read_bytes() * 2)
    stolen.chmod(0o600)
    assert refused(envelope.open_event, event, credentials.open_sealed) == "parcels.unreadable_seal"
    stolen.unlink()
    centre_key = centre / "keys" / "parcels" / "parcels-2025-1.pem"
    stolen.write_bytes(centre_key.read_bytes())
    stolen.chmod(0o600)
    assert envelope.open_event(event, credentials.open_sealed).body == {"holder": "Sophea"}


@pytest.mark.parametrize(("hours", "code"), [(-48, "parcels.clock_behind"), (24 * 3 + 5, "parcels.outside_warrant")])
def test_a_wrong_clock_or_day_stops_capture(kit: Path, hours: int, code: str) -> None:
    public.check_capture(dara())
    assert refused(public.check_capture, dara(hours)) == code


def test_a_clock_behind_the_last_event_stops_capture_and_is_not_written_down(kit: Path) -> None:
    lodge(5)
    assert refused(public.check_capture, dara(4)) == "parcels.clock_behind"
    assert refused(lodge, 4) == "parcels.clock_behind"
    assert refused(public.check_capture, dara(24 * 365)) == "parcels.outside_warrant"


def test_two_officers_at_one_moment_may_be_written_down_in_either_order(kit: Path, centre: Path) -> None:
    """Found by benchmarks/capture_day.py: the second officer's approval was refused as a clock gone back."""
    lodge(5)
    public.check_capture(dara(5 - 1 / 60))
    lodge(5 - 1 / 60)
    assert taken(centre, exported(kit)) == {"opened": 2}
    assert refused(lodge, 5 - 3 / 60) == "parcels.clock_behind"


def test_nobody_but_those_whom_the_warrant_names(kit: Path) -> None:
    rith = replace(dara(), actor="rith")
    assert refused(public.check_capture, rith) == "parcels.not_named"


def test_too_long_without_contact_freezes_capture_and_never_export(centre: Path) -> None:
    made = world.prepared(days=40, contact_days=14)
    with world.at_home(made, centre / "long") as home:
        lodge(1)
        public.check_capture(dara(24 * 14))
        late = dara(24 * 15)
        assert refused(public.check_capture, late) == "parcels.frozen"
        content = exported(home)
        # What was captured before can still be approved: its event is written.
        public.append("desk.open", "approved", {"holder": "h"}, ctx=late)
        taken(centre, content)
        public.confirm_receipts(bundle(centre, timedelta(days=15)), late)
        public.check_capture(late)


def test_private_parts_go_only_after_the_receipt(kit: Path, centre: Path) -> None:
    lodge(1), lodge(2), lodge(3)
    first_two = b"".join(bytes(row.raw) for row in OutgoingBytes.objects.order_by("pk")[:2])
    assert taken(centre, first_two) == {"opened": 2}
    confirmed = public.confirm_receipts(bundle(centre), dara(30))
    assert (confirmed.receipted, confirmed.pending, confirmed.foreign) == (2, 1, ())
    assert [one.seq for one in public.pending()] == [3]
    assert OutgoingEvent.objects.count() == 3
    assert set(KitReceipt.objects.values_list("event_id", "outcome")) == {(1, "opened"), (2, "opened")}
    again = public.confirm_receipts(bundle(centre), dara(31))
    assert (again.receipted, again.pending) == (0, 1)
    # Only what is left is written next.
    assert taken(centre, exported(kit)) == {"opened": 1}


def test_receipts_in_any_order_the_newest_word_counts(kit: Path, centre: Path) -> None:
    lodge(1, body={"holder": "nobody"})
    taken(centre, exported(kit))
    old, new = bundle(centre), bundle(centre, timedelta(days=2))
    public.confirm_receipts(new, dara(72))
    public.confirm_receipts(old, dara(73))
    assert KitReceipt.objects.count() == 1
    assert carrying.OutgoingBytes.objects.count() == 0


def test_forged_cut_and_foreign_receipts_are_refused(kit: Path, centre: Path, made: Prepared) -> None:
    lodge()
    taken(centre, exported(kit))
    good = bundle(centre)
    for at in range(0, len(good), 29):
        bad = good[:at] + bytes([good[at] ^ 1]) + good[at + 1 :]
        assert refused(public.confirm_receipts, bad, dara(30)) == "parcels.bad_receipts"
    for bad in (b"", b"\x00", good[:-1], good + b"\xff", b"\xa0" * 50):
        assert refused(public.confirm_receipts, bad, dara(30)) == "parcels.bad_receipts"
    assert len(public.pending()) == 1


def test_a_receipt_for_other_bytes_under_our_number_is_no_receipt(kit: Path, centre: Path, made: Prepared) -> None:
    other = world.KitInMemory.of(made)
    taken(centre, world.file_of(other.open_file(4)))
    lodge()
    confirmed = public.confirm_receipts(bundle(centre), dara(30))
    assert (confirmed.receipted, confirmed.foreign) == (0, (1,))
    assert len(public.pending()) == 1


def test_a_revoked_kit_is_told_and_captures_no_more(kit: Path, centre: Path, made: Prepared) -> None:
    lodge()
    public.revoke(made.kit, "lost in the airport", world.ctx())
    public.confirm_receipts(bundle(centre), dara(2))
    assert refused(public.check_capture, dara(3)) == "parcels.revoked_here"
    assert exported(kit)


def test_missing_receipts_older_than_a_day_are_listed(kit: Path) -> None:
    lodge(1), lodge(20)
    assert [one.seq for one in public.overdue(world.START + 26 * HOUR)] == [1]


def test_what_was_written_is_never_rewritten(kit: Path) -> None:
    lodge()
    for change in (lambda rows: rows.update(subject="x"), lambda rows: rows.delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            change(OutgoingEvent.objects.filter(sealed__isnull=True) or OutgoingEvent.objects.all())


def test_what_a_lost_kit_shows_and_what_the_rooms_give_it(kit: Path, made: Prepared) -> None:
    from srok.trust.parcels.tests.desk import parcels as desk

    lodge()
    shown = {one.code: one.count for one in public.exposure()[-3:]}
    assert shown == {"parcels.exposed_references": 4, "parcels.exposed_officers": 2, "parcels.sealed_events": 1}
    public.unpack(public.pack(made.warrant, dara()), dara())
    assert desk.UNPACKED[-1] == {"post": "WAS", "list": [1, 2]}


def test_a_key_that_others_can_read_seals_nothing(kit: Path) -> None:
    (kit / "kit" / "key.pem").chmod(0o644)
    assert refused(lodge) == "parcels.no_kit_key"
    assert not OutgoingEvent.objects.exists()


def test_an_export_that_finds_no_room_leaves_no_half_file(kit: Path) -> None:
    lodge()
    assert refused(public.export, kit / "no" / "such" / "folder" / "x") == "faces.unwritable_file"
    assert refused(public.export, Path("/dev/full/x")) == "faces.unwritable_file"
