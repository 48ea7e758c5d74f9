"""Publishing: tiles durable before the checkpoint, repaired from the database, witnessed, kept fresh."""

import json
import os
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from srok.trust.openlog import folder as folders
from srok.trust.openlog import notes, tiles, tree
from srok.trust.openlog import public as openlog
from srok.trust.openlog.folder import Folder
from srok.trust.openlog.notes import SignatureLine
from srok.trust.openlog.terms import Log
from srok.trust.openlog.tests.acts import context, later
from srok.trust.openlog.tests.growing import LOG, checked, grow, publish, shown
from srok.trust.openlog.verifying import keys_in_index, verify_log

pytestmark = pytest.mark.django_db


@pytest.mark.slow
def test_growth_step_by_step_is_one_history(home: Path) -> None:
    publish(home)
    assert shown(home).size == 0
    before = (0, tree.EMPTY_ROOT)
    for count in (1, 254, 1, 1, 256, 700, 65_536):
        size = grow(count)
        done = publish(home)
        assert done.signed and done.size == size and not done.repaired
        assert checked(home).valid
        now = shown(home)
        read = tiles.reader(now.size, folders.fetcher(Folder(home / "out" / LOG)))
        proof = tree.consistency_proof(before[0], now.size, read) if before[0] else []
        tree.verify_growth((before[0], now.size), (before[1], now.root), proof)
        before = (now.size, now.root)
    assert not publish(home).signed


def test_both_logs_and_an_index(home: Path) -> None:
    grow(3)
    done = openlog.publish_all(Folder(home / "out"), context())
    assert [one.size for one in done] == [0, 3]
    index = json.loads((home / "out" / "index.json").read_bytes())
    assert index["commitment_key"] == (b"c" * 32).hex()
    for log in Log:
        keys = keys_in_index(home / "out" / log)
        assert [key.type for key in keys] == [notes.SignatureType.ED25519, notes.SignatureType.MLDSA]
        assert keys == openlog.verifier_keys(log)
        found = verify_log(home / "out" / log, keys)
        assert found.valid and len(found.signed_by) == 2


def test_an_old_checkpoint_is_signed_anew_and_time_never_goes_back(home: Path) -> None:
    grow(1)
    first = publish(home, context(second=10))
    assert first.signed and not publish(home, context(second=40)).signed
    assert publish(home, context(hour=5)).signed
    back = publish(home, context(hour=3))
    assert back.signed and back.clock_behind
    time = next(line.time for line in verified(home) if line.time is not None)
    assert time == int(context(hour=5).at.timestamp())


def verified(home: Path) -> Sequence[notes.Signed]:
    note = notes.parse((home / "out" / LOG / "checkpoint").read_bytes())
    return notes.verify(note, openlog.verifier_keys(LOG))


@pytest.mark.parametrize("harm", ["missing", "torn", "changed", "bundle", "checkpoint"])
def test_the_last_tiles_are_repaired_from_the_database(home: Path, harm: str) -> None:
    grow(300)
    publish(home)
    out = home / "out" / LOG
    path = out / {"bundle": "tile/entries/001.p/44", "checkpoint": "checkpoint"}.get(harm, "tile/0/001.p/44")
    data = path.read_bytes()
    if harm == "missing":
        path.unlink()
    else:
        path.write_bytes(b"\xff" + data[1:] if harm in ("changed", "checkpoint") else data[:-1])
    grow(1)
    done = publish(home)
    assert done.size == 301 and checked(home).valid
    assert done.repaired == (0 if harm == "checkpoint" else 1)
    assert harm == "checkpoint" or path.read_bytes() == data


def test_repair_makes_every_tile_again(home: Path) -> None:
    grow(1_000)
    publish(home)
    out = home / "out" / LOG
    (out / "tile/0/001").write_bytes(b"rubbish")
    (out / "tile/entries/002").unlink()
    assert {problem.code for problem in checked(home).problems} == {"openlog.torn_tile"}
    done = publish(home, repair=True)
    assert done.repaired == 2 and checked(home).valid


def test_partial_tiles_stay_until_the_full_one_is_old(home: Path) -> None:
    out = home / "out" / LOG
    for count in (10, 10, 300):
        grow(count)
        publish(home)
    assert sorted(path.name for path in (out / "tile/0/000.p").iterdir()) == ["10", "20"]
    eight_days_ago = (out / "checkpoint").stat().st_mtime - timedelta(days=8).total_seconds()
    for path in ("tile/0/000", "tile/entries/000"):
        os.utime(out / path, (eight_days_ago, eight_days_ago))
    grow(1)
    assert publish(home).tidied == 0
    grow(200)
    assert publish(home).tidied == 2
    assert not (out / "tile/0/000.p").exists() and (out / "tile/0/001.p").exists() and checked(home).valid


def test_witnesses_are_asked_before_the_checkpoint_is_shown(home: Path) -> None:
    grow(1)
    line = SignatureLine("party.example/w1", b"abcd", b"x" * 72)

    def cosign(log: Log, note: notes.Note) -> list[SignatureLine]:
        assert log is LOG and not (home / "out" / LOG / "checkpoint").exists()
        return [line]

    publish(home, cosign=cosign)
    assert line in notes.parse((home / "out" / LOG / "checkpoint").read_bytes()).signatures
    assert notes.parse(openlog.head(LOG).note).signatures[-1] == line
    grow(1)
    publish(home)
    assert line not in notes.parse((home / "out" / LOG / "checkpoint").read_bytes()).signatures


def test_the_background_work_publishes_what_changed_or_grew_old(home: Path) -> None:
    openlog.work(context())
    assert (home / "openlog" / "index.json").exists() and (home / "openlog" / LOG / "checkpoint").exists()
    grow(1)
    openlog.work(context(second=5))
    assert openlog.head(LOG).signed_size == 0
    openlog.work(context(second=11))
    assert openlog.head(LOG).signed_size == 1
    before = openlog.head(LOG).note
    openlog.work(context(second=40))
    assert openlog.head(LOG).note == before
    openlog.work(context(later(0), hour=5))
    assert openlog.head(LOG).note != before
