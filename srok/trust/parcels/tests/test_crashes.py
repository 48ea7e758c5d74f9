"""A machine that stops anywhere: what was told stands, saying it again finishes what was begun, nothing doubles."""

import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import override_settings

from srok.trust.parcels import carrying, public, uploads
from srok.trust.parcels.models import Arrival, Contact, Kit, OutgoingBytes, OutgoingEvent, UsedReference
from srok.trust.parcels.tests import histories, world
from srok.trust.parcels.tests.world import file_of

pytestmark = pytest.mark.slow
WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE)")
# What Python tells its audit hooks before a file gets its name, goes, or is opened.
MOMENTS = {"os.rename", "os.remove", "open"}
Act = Callable[[], Any]


class Stopped(BaseException):
    """The machine stops here: no `except Exception` hears of it."""


class AfterWrite:
    """Stops right after the n-th write to the database."""

    def __init__(self, writes: int) -> None:
        self.left = writes

    def __call__(self, execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        result = execute(sql, *rest)
        if WRITES.match(sql):
            self.left -= 1
            if self.left == 0:
                raise Stopped(sql[:80])
        return result


class BeforeFile:
    """Stops right before the n-th moment at which a file gets its name, goes, or is opened; 0 never stops."""

    left = 0

    def hook(self, event: str, given: tuple[object, ...]) -> None:
        if self.left and event in MOMENTS and ".parcel" in str(given[0]):
            self.left -= 1
            if self.left == 0:
                raise Stopped(event)


FILES = BeforeFile()
sys.addaudithook(FILES.hook)


def stopped_after(write: int, act: Act) -> bool:
    """Run the act and stop it after this write; False when it ended before."""
    try:
        with connection.execute_wrapper(AfterWrite(write)):
            act()
    except Stopped:
        return True
    return False


@contextmanager
def taken_back() -> Iterator[None]:
    with suppress(histories.Undone), transaction.atomic():
        yield
        raise histories.Undone


def test_an_import_stopped_after_any_write_is_finished_by_the_next(centre: Path) -> None:
    kit = world.kit()
    events = [kit.open_file(0), kit.add_page(0, 1), kit.open_file(1, actor="rith"), kit.open_file(2, holder="nobody")]
    clean = histories.run_cleanly(events)

    def imports() -> None:
        public.import_files([file_of(*events)], ctx=world.service(histories.DELIVERED_AT))

    writes, going = 0, True
    while going:
        writes += 1
        with taken_back():
            going = stopped_after(writes, imports)
            halfway = histories._state()
            imports()
            assert histories._state() == clean, f"stopped after write {writes}"
            done = {row[:3] for row in halfway["events"] if row[3] == "opened"}
            assert done <= {row[:3] for row in clean["events"]}
    assert writes > 15


def test_a_decision_stopped_after_any_write_is_whole_or_not_there(centre: Path) -> None:
    kit = world.kit()
    public.revoke(kit.warrant.kit, "stolen", world.ctx())
    events = [kit.open_file(0), kit.add_page(0, 1)]
    public.import_files([file_of(*events)], ctx=world.service(histories.DELIVERED_AT))
    command = public.ReleaseKit(kit.warrant.kit, world.ON, "the theft was later")
    writes, going = 0, True
    while going:
        writes += 1
        with taken_back():
            going = stopped_after(writes, lambda: public.release_kit(command, ctx=world.ctx()))
            public.release_kit(command, ctx=world.ctx())
            assert set(Arrival.objects.values_list("state", flat=True)) == {"opened"}, writes
    assert writes > 6


def test_revoking_stopped_anywhere_leaves_no_half_revoked_kit(centre: Path) -> None:
    name = world.prepared().kit
    writes, going = 0, True
    while going:
        writes += 1
        with taken_back():
            going = stopped_after(writes, lambda: public.revoke(name, "stolen", world.ctx()))
            revoked = Kit.objects.get().state == "revoked"
            left = Kit.objects.get().references.filter(fate="allocated").count()
            assert (revoked, left) in {(True, 0), (False, 5)}
    assert writes == 4


def test_an_act_in_the_kit_stopped_after_any_write_leaves_nothing(centre: Path) -> None:
    made = world.prepared()
    with world.at_home(made, centre / "kit"):
        writes, going = 0, True
        while going:
            writes += 1
            with taken_back():
                going = stopped_after(writes, _lodge)
                counts = (OutgoingEvent.objects.count(), OutgoingBytes.objects.count(), UsedReference.objects.count())
                assert counts == ((0, 0, 0) if going else (1, 1, 1))
        assert writes == 4


def _lodge(minutes: int = 1) -> None:
    ctx = world.ctx("dara", at=world.START + timedelta(minutes=minutes))
    with transaction.atomic():
        reference = public.next_reference(ctx)
        public.use_reference(reference, ctx)
        public.append("desk.open", reference, {"holder": str(minutes)}, ctx=ctx)


def test_receipts_stopped_after_any_write_are_taken_by_saying_it_again(centre: Path) -> None:
    made = world.prepared()
    with world.at_home(made, centre / "kit"):
        _lodge(1), _lodge(2)
        content = b"".join(carrying.pieces())
    public.import_files([content], ctx=world.service(histories.DELIVERED_AT))
    receipts = public.bundle_of(made.kit, world.service(histories.DELIVERED_AT))
    with world.at_home(made, centre / "kit"):
        writes, going = 0, True
        while going:
            writes += 1
            with taken_back():
                going = stopped_after(writes, lambda: public.confirm_receipts(receipts, world.ctx()))
                left, contacts = OutgoingBytes.objects.count(), Contact.objects.count()
                assert (left, contacts) in {(2, 0), (0, 1)}
                public.confirm_receipts(receipts, world.ctx())
                assert not OutgoingBytes.objects.exists()
        assert writes >= 5


@pytest.mark.parametrize("at", range(1, 5))
def test_a_file_is_the_old_one_or_the_new_one_never_a_half(centre: Path, at: int) -> None:
    made = world.prepared()
    with world.at_home(made, centre / "kit") as home:
        out = home / "out.parcel"
        _lodge(1)
        public.export(out)
        old = out.read_bytes()
        _lodge(2)
        FILES.left = at
        try:
            public.export(out)
        except Stopped:
            pass
        finally:
            FILES.left = 0
        assert out.read_bytes() in (old, b"".join(carrying.pieces()))
        public.export(out)
        assert out.read_bytes() == b"".join(carrying.pieces())


def test_an_upload_whose_last_answer_was_lost_is_imported_once(centre: Path) -> None:
    kit = world.kit()
    content = file_of(kit.open_file(0), kit.open_file(1))
    from hashlib import sha256

    digest = sha256(content).hexdigest()
    signature = kit.key.sign(uploads.signed_bytes(kit.warrant.kit, len(content), digest))
    begun = uploads.BeginUpload(kit.warrant.kit, len(content), digest, signature)
    ctx = world.service(histories.DELIVERED_AT)
    clean = histories.run_cleanly(kit.events)
    writes, going = 0, True
    with override_settings(SROK_HOME=centre / "centre"):
        while going:
            writes += 1
            with taken_back():
                upload = uploads.begin(begun, ctx=ctx)
                going = stopped_after(writes, lambda at=upload.id: uploads.take(at, 0, content, ctx=ctx))
                again = uploads.begin(begun, ctx=ctx)
                if not again.done:
                    again = uploads.take(again.id, again.offset, content[again.offset :], ctx=ctx)
                assert again.done
                assert histories._state() == clean, writes
            assert not list((centre / "centre" / "uploads").iterdir())
    assert writes > 8
