"""Publishing: durable before signed, repaired from the database, and never a second history."""

import errno
import json
import multiprocessing
import os
import shutil
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection

from srok.ground.kernel.context import Context
from srok.ground.kernel.refusal import Refusal
from srok.trust.credentials import public as credentials
from srok.trust.openlog import notes, reads, tiles, tree
from srok.trust.openlog import public as openlog
from srok.trust.openlog.checkpoints import parse_checkpoint
from srok.trust.openlog.entries import write_entry
from srok.trust.openlog.folder import Folder
from srok.trust.openlog.models import LogEntry, LogHead, SignedTree
from srok.trust.openlog.notes import SignatureLine
from srok.trust.openlog.terms import Log
from srok.trust.openlog.tests.acts import context, later
from srok.trust.openlog.verifying import keys_in_index, verify_log

pytestmark = pytest.mark.django_db
LOG = Log.ELECTION


def made(start: int, end: int) -> list[bytes]:
    return [
        write_entry({"v": 1, "t": "incident", "at": "2025-05-12T04:00Z", "case": f"{n:032x}", "by": ["0" * 16], "n": n})
        for n in range(start, end)
    ]


def grow(count: int) -> int:
    start = openlog.head(LOG).size
    return openlog.append(LOG, made(start, start + count))


def publish(home: Path, ctx: Context | None = None, **more: object) -> openlog.Published:
    return openlog.publish(LOG, Folder(home / "out" / LOG), ctx or context(), **more)  # type: ignore[arg-type]


def checked(home: Path) -> openlog.Checked:
    return verify_log(home / "out" / LOG, openlog.verifier_keys(LOG), processes=1)


def shown(home: Path):
    return parse_checkpoint(notes.parse((home / "out" / LOG / "checkpoint").read_bytes()).text)


def refused(code: str, function, *arguments, **more) -> None:
    with pytest.raises(Refusal) as told:
        function(*arguments, **more)
    assert told.value.code == code


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
        read = tiles.reader(now.size, reads.fetcher(Folder(home / "out" / LOG)))
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
    assert first.signed and not publish(home, context(second=50)).signed
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


def test_an_older_database_signs_nothing(home: Path) -> None:
    grow(10)
    kept = LogHead.objects.get(pk=LOG)
    publish(home)
    grow(10)
    publish(home)
    note = (home / "out" / LOG / "checkpoint").read_bytes()
    restored(kept, 10)
    refused("openlog.smaller_tree", publish, home)
    refused("openlog.smaller_tree", publish, home / "elsewhere")
    refused("openlog.smaller_tree", grow, 1)
    assert (home / "out" / LOG / "checkpoint").read_bytes() == note
    assert not (home / "elsewhere" / "out" / LOG / "checkpoint").exists()


def test_another_history_of_the_same_size_signs_nothing(home: Path) -> None:
    grow(10)
    kept = LogHead.objects.get(pk=LOG)
    publish(home)
    grow(10)
    publish(home)
    restored(kept, 10)
    shutil.move(home / "keys" / "log" / LOG / "high-water.json", home / "mark")
    openlog.append(LOG, made(500, 512))
    shutil.move(home / "mark", home / "keys" / "log" / LOG / "high-water.json")
    refused("openlog.other_tree", publish, home)
    refused("openlog.other_tree", publish, home / "elsewhere")
    assert shown(home).size == 20


def restored(head: LogHead, size: int) -> None:
    """The database as it was: triggers do not hold against a restore."""
    table, signed = LogEntry._meta.db_table, SignedTree._meta.db_table
    drop = "ALTER TABLE {0} DISABLE TRIGGER USER" if connection.vendor == "postgresql" else "DROP TRIGGER {0}_no_delete"
    with connection.cursor() as cursor:
        for name in (table, signed):
            cursor.execute(drop.format(name))
        cursor.execute(f'DELETE FROM {table} WHERE "index" >= {size}')
        cursor.execute(f'DELETE FROM {signed} WHERE "size" > {size}')
    head.save()


def test_an_older_folder_is_brought_up_again(home: Path) -> None:
    grow(10)
    publish(home)
    shutil.copytree(home / "out", home / "backup")
    grow(300)
    publish(home)
    shutil.rmtree(home / "out")
    shutil.move(home / "backup", home / "out")
    assert publish(home).size == 310 and checked(home).valid
    shutil.rmtree(home / "out")
    assert publish(home).size == 310 and checked(home).valid


def test_a_lost_key_is_not_made_anew(home: Path) -> None:
    grow(3)
    publish(home)
    for key in (home / "keys" / "log" / LOG).glob("*.pem"):
        key.unlink()
    refused("openlog.key_lost", publish, home)
    shutil.rmtree(home / "keys")
    refused("openlog.key_lost", publish, home)
    assert credentials.log_keys(LOG) is None


def test_half_a_key_or_an_open_one_signs_nothing(home: Path) -> None:
    grow(3)
    publish(home)
    grow(1)
    key = home / "keys" / "log" / LOG / "mldsa44.pem"
    key.chmod(0o644)
    refused("credentials.key_open", publish, home)
    key.unlink()
    refused("credentials.no_key", publish, home)
    (home / "keys" / "log" / LOG / "high-water.json").write_text("rubbish")
    refused("credentials.no_key", grow, 1)


def test_the_folder_of_another_log_is_left_alone(home: Path) -> None:
    grow(3)
    publish(home)
    openlog.publish(Log.REGISTER, Folder(home / "out" / Log.REGISTER), context())
    shutil.rmtree(home / "out" / LOG)
    shutil.move(home / "out" / Log.REGISTER, home / "out" / LOG)
    refused("openlog.other_log", publish, home)


def test_entries_lost_in_the_database_stop_publishing(home: Path) -> None:
    grow(300)
    connection.cursor().execute(
        f"ALTER TABLE {LogEntry._meta.db_table} DISABLE TRIGGER USER"
        if connection.vendor == "postgresql"
        else f"DROP TRIGGER {LogEntry._meta.db_table}_no_delete"
    )
    LogEntry.objects.filter(log=LOG, index=7)._raw_delete(LogEntry.objects.db)
    refused("openlog.damaged", publish, home)
    assert not (home / "out" / LOG / "checkpoint").exists()


def test_a_second_publisher_waits_its_turn(home: Path) -> None:
    grow(1)
    folder = Folder(home / "out" / LOG)
    with folder.alone():
        refused("openlog.busy", publish, home)
    assert publish(home).signed


def test_two_folders_of_one_log_show_one_history(home: Path) -> None:
    grow(10)
    publish(home)
    grow(10)
    publish(home / "second")
    assert publish(home).size == 20
    one, two = (path / "out" / LOG / "checkpoint" for path in (home, home / "second"))
    assert one.read_bytes() == two.read_bytes()


class SmallDisk(Folder):
    """A folder on a disk with room for so many more bytes."""

    room = 0

    def _staged(self, staging: Path, data: bytes, *, alone: bool) -> Path:
        if len(data) > self.room:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        self.room -= len(data)
        return super()._staged(staging, data, alone=alone)


@pytest.mark.parametrize("room", [0, 100, 12_000, 45_000])
def test_a_full_disk_publishes_nothing_new(home: Path, room: int) -> None:
    grow(5)
    publish(home)
    before = (home / "out" / LOG / "checkpoint").read_bytes()
    grow(300)
    disk = SmallDisk(home / "out" / LOG)
    disk.room = room
    refused("openlog.disk_full", openlog.publish, LOG, disk, context())
    assert (home / "out" / LOG / "checkpoint").read_bytes() == before and checked(home).valid
    assert not (home / "out" / LOG / ".staging").exists()
    assert publish(home).size == 305 and checked(home).valid


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
    openlog.work(context(second=50))
    assert openlog.head(LOG).note == before
    openlog.work(context(later(0), hour=5))
    assert openlog.head(LOG).note != before


@pytest.mark.parametrize("harm", ["entry", "tile", "above", "root", "signature", "missing", "trailing", "none"])
def test_the_verifier_finds_every_kind_of_harm(home: Path, harm: str) -> None:
    grow(65_536 + 300 if harm == "above" else 600)
    publish(home)
    out = home / "out" / LOG
    wrong = {
        "entry": ("tile/entries/001", "openlog.tile_differs"), "tile": ("tile/0/001", "openlog.tile_differs"),
        "above": ("tile/2/000.p/1", "openlog.tile_differs"), "root": ("checkpoint", "openlog.bad_signature"),
        "signature": ("checkpoint", "openlog.bad_signature"), "missing": ("tile/entries/000", "openlog.torn_tile"),
        "trailing": ("tile/0/001", "openlog.torn_tile"), "none": ("checkpoint", "openlog.bad_note"),
    }  # fmt: skip
    path, code = out / wrong[harm][0], wrong[harm][1]
    data = path.read_bytes()
    match harm:
        case "missing":
            path.unlink()
        case "trailing":
            path.write_bytes(data + b"\0")
        case "none":
            path.write_bytes(b"rubbish")
        case "root":
            path.write_bytes(data.replace(b"\n600\n", b"\n601\n"))
        case "signature":
            path.write_bytes(data.replace("\u2014 srok".encode(), "\u2014 srok".encode(), 1)[:-10] + b"AAAAAAAA=\n")
        case _:
            path.write_bytes(data[:20] + bytes([data[20] ^ 1]) + data[21:])
    found = {problem.code for problem in checked(home).problems}
    assert code in found or (harm == "signature" and found == {"openlog.bad_note"}), found


def test_an_entry_that_is_not_canonical_is_found(home: Path) -> None:
    good = made(0, 1)[0]
    for bad in (good.replace(b'"n":0', b'"n": 0'), good.replace(b"incident", b"gossip"), good + b" "):
        openlog.append(LOG, [bad])
    publish(home)
    assert [(one.code, one.where) for one in checked(home).problems] == [("openlog.bad_entry", "0 canonical")]


def test_processes_side_by_side_find_the_same(home: Path) -> None:
    grow(150_000)
    publish(home)
    keys = openlog.verifier_keys(LOG)
    assert "spawn" in multiprocessing.get_all_start_methods()
    told: list[int] = []
    found = verify_log(home / "out" / LOG, keys, processes=2, progress=lambda done, size: told.append(done))
    assert found == verify_log(home / "out" / LOG, keys, processes=1) and found.valid and told[-1] == 150_000
