"""Two imports, two officers, two uploads at one moment: each event acts once, and nobody sees a crash."""

import os
from collections.abc import Iterator
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from django.test import modify_settings, override_settings

from srok.ground.journal.models import Fact
from srok.trust.credentials import public as credentials
from srok.trust.parcels import public, reads, uploads
from srok.trust.parcels.tests import world
from tests.safety.test_at_once import at_once

pytestmark = [pytest.mark.usefixtures("desk")]
if os.environ.get("SROK_TEST_DB") != "postgresql":
    pytestmark.append(pytest.mark.slow)

LATER = world.START + timedelta(days=1)
THREADS = 4


@pytest.fixture
def desk(committed_world: None, tmp_path: Path) -> Iterator[None]:
    """The small room of the parcels' tests takes the events."""
    with modify_settings(INSTALLED_APPS={"append": world.DESK}), override_settings(SROK_HOME=tmp_path):
        credentials.create_keys(world.service())
        yield


def imports(content: bytes) -> public.ImportReport:
    return public.import_files([content], ctx=world.service(LATER))


def acted(kit: world.KitInMemory, kind: str = "desk.opened") -> int:
    return Fact.objects.filter(kind=kind, subject__in=kit.warrant.references).count()


def test_one_file_taken_in_by_four_at_once_acts_once() -> None:
    kit = world.kit()
    content = world.file_of(*(kit.open_file(number) for number in range(4)), kit.add_page(0, 1))
    reports: list[public.ImportReport] = []
    said = at_once(*[lambda: reports.append(imports(content))] * THREADS)
    assert said == ["ok"] * THREADS
    assert sum(report.opened for report in reports) == 5
    assert sum(report.stored for report in reports) == 5
    assert (acted(kit), acted(kit, "desk.added")) == (4, 1)


def test_halves_that_need_each_other_meet_whoever_is_first() -> None:
    kit = world.kit()
    opened, added = kit.open_file(0), kit.add_page(0, 1)
    assert at_once(lambda: imports(opened.raw), lambda: imports(added.raw)) == ["ok", "ok"]
    imports(opened.raw)
    assert (acted(kit), acted(kit, "desk.added")) == (1, 1)


def test_two_officers_decide_about_one_event_at_once() -> None:
    kit = world.kit()
    public.revoke(kit.warrant.kit, "stolen", world.ctx())
    imports(kit.open_file(0).raw)
    (row,) = reads.arrivals(world.chanthou(), kit.warrant.kit)
    command = public.DecideArrival(row.id, row.version, "seen")
    said = at_once(
        lambda: public.release(command, ctx=world.ctx()), lambda: public.release(command, ctx=world.chanthou()),
        lambda: public.set_aside(command, ctx=world.chanthou()),
    )  # fmt: skip
    assert said == ["journal.stale", "journal.stale", "ok"]
    assert acted(kit) <= 1


def test_kits_of_one_post_prepared_at_once_have_names_of_their_own() -> None:
    names: list[str] = []
    said = at_once(*[lambda: names.append(world.prepared().kit)] * THREADS)
    assert said == ["ok"] * THREADS
    assert len(set(names)) == THREADS


def test_one_upload_finished_by_two_at_once_is_taken_once() -> None:
    kit = world.kit()
    content = world.file_of(kit.open_file(0), kit.open_file(1))
    digest = sha256(content).hexdigest()
    signature = kit.key.sign(uploads.signed_bytes(kit.warrant.kit, len(content), digest))
    command = uploads.BeginUpload(kit.warrant.kit, len(content), digest, signature)
    begun = uploads.begin(command, ctx=world.service(LATER))
    said = at_once(*[lambda: uploads.take(begun.id, 0, content, ctx=world.service(LATER))] * 2)
    assert said[0] in {"ok", "parcels.wrong_offset"} and "ok" in said
    assert uploads.upload(begun.id).done and acted(kit) == 2


def test_an_upload_begun_by_two_at_once_is_one() -> None:
    kit = world.kit()
    content = kit.open_file(0).raw
    digest = sha256(content).hexdigest()
    signature = kit.key.sign(uploads.signed_bytes(kit.warrant.kit, len(content), digest))
    command = uploads.BeginUpload(kit.warrant.kit, len(content), digest, signature)
    found: list[object] = []
    assert at_once(*[lambda: found.append(uploads.begin(command, ctx=world.service(LATER)).id)] * THREADS) == ["ok"] * 4
    assert len(set(found)) == 1
