"""After an older copy, a lost key, a full disk, a second publisher: a refusal, and never a second history."""

import errno
import os
import shutil
from pathlib import Path

import pytest
from django.db import connection

from srok.ground.journal import public as journal
from srok.trust.credentials import public as credentials
from srok.trust.openlog import public as openlog
from srok.trust.openlog.folder import Folder
from srok.trust.openlog.models import HeldLeaf, Intake, LogEntry, LogHead, SignedTree
from srok.trust.openlog.terms import Log
from srok.trust.openlog.tests.acts import context, done, later, rows
from srok.trust.openlog.tests.growing import LOG, checked, grow, made, publish, refused, shown

pytestmark = pytest.mark.django_db


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


def test_an_older_database_goes_on_with_what_the_folder_gives_back(home: Path) -> None:
    rows(25)
    done("incident", log=LOG, station="0001")
    journal.drain()
    before = {table: list(table.objects.values()) for table in (LogHead, HeldLeaf, Intake)}
    out = Folder(home / "out" / Log.REGISTER)
    openlog.sequence(context(later(1)))
    openlog.publish(Log.REGISTER, out, context(later(1)))
    places = openlog.indexes_of([leaf.fact for leaf in journal.leaves_after(0, 100)])
    assert len(places) == 26
    restored(LogHead(log=Log.REGISTER), 0)
    for table, kept in before.items():
        table.objects.all().delete()
        table.objects.bulk_create(table(**row) for row in kept)
    refused("openlog.smaller_tree", openlog.sequence, context(later(2)))
    refused("openlog.smaller_tree", openlog.publish, Log.REGISTER, out, context(later(2)))
    assert openlog.adopt(Log.REGISTER, out, context(later(2))) == 25
    assert openlog.adopt(Log.REGISTER, out, context(later(2), hour=5)) == 0
    journal.drain()
    assert openlog.sequence(context(later(2))).sequenced == 2
    assert openlog.indexes_of(list(places)) == places
    assert openlog.publish(Log.REGISTER, out, context(later(2))).size == 26
    entry = openlog.entry(Log.REGISTER, 25)
    assert entry is not None and b'"adopted":25,' in entry.data and b'"log.restored"' in entry.data
    assert not HeldLeaf.objects.exists()


def test_only_the_own_whole_folder_of_the_same_history_is_taken_back(home: Path) -> None:
    grow(20)
    publish(home)
    out = Folder(home / "out" / LOG)
    refused("openlog.other_log", openlog.adopt, Log.REGISTER, out, context())
    (out.root / "tile/0/000.p/20").write_bytes(b"x" * 640)
    refused("openlog.tile_differs", openlog.adopt, LOG, out, context())
    publish(home, repair=True)
    restored(LogHead(log=LOG), 0)
    (home / "keys" / "log" / LOG / "high-water.json").unlink()
    openlog.append(LOG, made(900, 905))
    refused("openlog.other_tree", openlog.adopt, LOG, out, context())
