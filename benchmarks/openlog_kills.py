"""Kill the log's writer again and again, at random moments, and look for anything lost or told in two ways.

    python -m benchmarks.openlog_kills [--count 1000] [--database sqlite|postgresql] [--seconds 0.1] [--writers 1]

A child records acts with their leaves, sequences them, appends batches and publishes, and says on a pipe what was
acknowledged; `kill -9` ends it at a random moment. Then the parent checks that every acknowledged act and entry is
there, that the sequence only grew, and that everything ever signed, in the database or in the folder, is one history.
On PostgreSQL the `PG*` variables name a server; a database of its own is made there, and dropped afterwards.
"""

import argparse
import json
import os
import secrets
import select
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any


@contextmanager
def database(kind: str) -> Iterator[None]:
    """A database of its own: a file in `SROK_HOME`, or a new one on the server."""
    if kind == "sqlite":
        yield
        return
    import psycopg

    server, name = os.environ.get("PGDATABASE", "postgres"), f"srok_kills_{os.getpid()}"
    with psycopg.connect(dbname=server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    os.environ |= {"SROK_DATABASE": "postgresql", "PGDATABASE": name}
    try:
        yield
    finally:
        from django.db import connections

        connections.close_all()
        with psycopg.connect(dbname=server, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


class Child:
    """What runs until it is killed. Every line on the pipe is an acknowledgement."""

    def __init__(self, pipe: int, home: Path, count: int, rounds: int = -1) -> None:
        self.pipe, self.home, self.count, self.rounds = pipe, home, count, rounds

    def say(self, what: str, value: object) -> None:
        os.write(self.pipe, f"{what} {value}\n".encode())

    def run(self) -> None:
        from django.db import transaction

        from srok.ground.journal import public as journal
        from srok.ground.kernel.refusal import Refusal
        from srok.trust.openlog import public as openlog
        from srok.trust.openlog import rows
        from srok.trust.openlog.folder import Folder
        from srok.trust.openlog.terms import Log

        rows.be_durable()
        while self.rounds:
            self.rounds -= 1
            self.count += 1
            ctx = context(self.count)
            leaf = journal.Leaf(Log.ELECTION, "station.turnout", "", public={"station": "0001", "n": self.count})
            with transaction.atomic():
                fact = journal.record(ctx, "kills.turnout", str(self.count), {}, leaf=leaf)
            self.say("act", fact)
            journal.drain()
            openlog.sequence(ctx)
            self.say("size", openlog.append(Log.ELECTION, made(self.count, secrets.randbelow(300))))
            try:
                done = openlog.publish(Log.ELECTION, Folder(self.home / "out"), ctx)
            except Refusal as refusal:
                if refusal.code != "openlog.busy":
                    raise
                continue
            self.say("published", done.size)


def context(count: int) -> Any:
    from datetime import UTC, datetime, timedelta

    from srok.ground.kernel.context import Context
    from srok.ground.kernel.ids import new_id

    at = datetime(2025, 9, 7, tzinfo=UTC) + timedelta(seconds=count)
    return Context("service:kills", "nec", frozenset(), at, at.date(), new_id(at))


def made(count: int, entries: int) -> list[bytes]:
    from srok.trust.openlog.entries import write_entry

    return [
        write_entry(
            {"v": 1, "t": "incident", "at": "2025-09-07T04:00Z", "case": secrets.token_hex(16), "by": [], "n": n}
        )
        for n in range(entries)
    ]


class Watcher:
    """What the parent knows: every leaf so far, in order, and what it must find again."""

    def __init__(self, home: Path) -> None:
        from srok.trust.openlog.tree import CompactRange

        self.home = home
        self.known = CompactRange()
        self.roots = {0: self.known.root()}
        self.published = 0
        self.signed = 0
        self.lost = 0
        self.inconsistent = 0

    def check(self, said: list[tuple[str, str]]) -> None:
        from django.db import connections

        from srok.trust.openlog import public as openlog
        from srok.trust.openlog import reads, rows
        from srok.trust.openlog.models import LogEntry, SignedTree
        from srok.trust.openlog.terms import Log

        size = openlog.head(Log.ELECTION).size
        wanted = self._signed_sizes(SignedTree, Log.ELECTION)
        for chunk in rows.chunks(Log.ELECTION, self.known.size, size, 100_000):
            for leaf, _ in chunk:
                self.known.append(leaf)
                if self.known.size in wanted:
                    self.roots[self.known.size] = self.known.root()
        self.lost += LogEntry.objects.filter(log=Log.ELECTION, index__gte=size).count()
        self.inconsistent += openlog.head(Log.ELECTION).root != self.known.root()
        self.inconsistent += sum(self.roots.get(at) != root for at, root in wanted.items())
        self._acknowledged(said, size)
        self._folder(reads)
        connections.close_all()

    def _signed_sizes(self, table: Any, log: str) -> dict[int, bytes]:
        found = table.objects.filter(log=log, size__gte=self.signed).order_by("size").values_list("size", "root")
        told = {size: bytes(root) for size, root in found}
        self.signed = max([self.signed, *told])
        return told

    def _acknowledged(self, said: list[tuple[str, str]], size: int) -> None:
        from uuid import UUID

        from srok.ground.journal.models import WaitingLeaf

        for what, value in said:
            if what == "act":
                self.lost += not WaitingLeaf.objects.filter(pk=UUID(value)).exists()
            else:
                self.lost += int(value) > size
            if what == "published":
                self.published = max(self.published, int(value))

    def _folder(self, reads: Any) -> None:
        """What the world sees: signed by us, not smaller than what was acknowledged, and of the one history."""
        from srok.trust.openlog import building, notes
        from srok.trust.openlog.checkpoints import parse_checkpoint
        from srok.trust.openlog.folder import Folder, fetcher
        from srok.trust.openlog.terms import Log

        data = Folder(self.home / "out").get("checkpoint")
        if data is None:
            self.lost += self.published > 0
            return
        note = notes.parse(data)
        notes.verify(note, reads.verifier_keys(Log.ELECTION))
        shown = parse_checkpoint(note.text)
        self.lost += shown.size < self.published
        self.inconsistent += self.roots.get(shown.size) != shown.root
        self.inconsistent += building.resumed(shown.size, fetcher(Folder(self.home / "out"))).root() != shown.root

    def whole(self) -> bool:
        """Publish once more, and let the verifier check every tile and entry; every act entered exactly once."""
        from srok.ground.journal import public as journal
        from srok.ground.journal.models import WaitingLeaf
        from srok.trust.openlog import public as openlog
        from srok.trust.openlog.folder import Folder
        from srok.trust.openlog.models import LogEntry
        from srok.trust.openlog.terms import Log

        ctx = context(10_000_000)
        journal.drain()
        openlog.sequence(ctx)
        openlog.publish(Log.ELECTION, Folder(self.home / "out"), ctx)
        found = openlog.verify_log(self.home / "out", openlog.verifier_keys(Log.ELECTION), processes=1)
        once = LogEntry.objects.exclude(fact=None).count() == WaitingLeaf.objects.count()
        return once and found.valid and found.size == openlog.head(Log.ELECTION).size


def one_life(works: Sequence[Callable[[int], None]], seconds: float) -> tuple[list[tuple[str, str]], int]:
    """Fork children, let them live for a random time, kill them; what they had acknowledged, how many ended before."""
    reading, writing = os.pipe()
    children = [_forked(work, reading, writing) for work in works]
    os.close(writing)
    # Killed somewhere behind its n-th acknowledgement, so that every step meets its end, however slow the machine.
    told, after = b"", secrets.randbelow(5 * len(works))
    while told.count(b"\n") < after and select.select([reading], [], [], 20)[0] and (part := os.read(reading, 65_536)):
        told += part
    time.sleep(secrets.randbelow(int(seconds * 1_000_000)) / 1_000_000)
    ended = sum(os.waitpid(child, os.WNOHANG)[0] != 0 for child in children)
    for child in children if not ended else []:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    while select.select([reading], [], [], 0)[0] and (part := os.read(reading, 65_536)):
        told += part
    os.close(reading)
    lines = [line.split() for line in told.decode().splitlines() if line.count(" ") == 1]
    return [(what, value) for what, value in lines], ended


def _forked(work: Callable[[int], None], reading: int, writing: int) -> int:
    child = os.fork()
    if child == 0:
        os.close(reading)
        try:
            work(writing)
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(7)
    return child


def run(count: int, seconds: float, home: Path, writers: int = 1) -> dict[str, object]:
    """Kill so many times; what was found."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connections

    call_command("migrate", verbosity=0)
    watcher, acts, acknowledged, early = Watcher(home), 0, 0, 0
    # Everything is loaded once before the first fork, or most children would die while they read modules.
    with open(os.devnull, "wb") as nowhere:
        Child(nowhere.fileno(), home, 0, rounds=2).run()
    connections.close_all()
    started = time.monotonic()
    for number in range(count):
        starts = [(number * writers + writer + 1) * 1_000 for writer in range(writers)]
        said, ended = one_life([partial(_child, home, start) for start in starts], seconds)
        watcher.check(said)
        acts += sum(what == "act" for what, _ in said)
        acknowledged += len(said)
        early += ended
    took = time.monotonic() - started
    whole = watcher.whole()
    return {
        "kills": count - early, "ended_by_themselves": early, "acts": acts, "acknowledgements": acknowledged,
        "entries": watcher.known.size, "signed_trees": len(watcher.roots) - 1, "lost": watcher.lost,
        "inconsistent": watcher.inconsistent, "whole": whole, "seconds": round(took, 1),
    }  # fmt: skip


def _child(home: Path, start: int, pipe: int) -> None:
    Child(pipe, home, start).run()


def main() -> None:
    """Run, and end with 1 where anything was lost or told in two ways."""
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--count", type=int, default=1_000)
    words.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    words.add_argument("--seconds", type=float, default=0.1)
    words.add_argument("--writers", type=int, default=1, help="So many at once, killed together.")
    given = words.parse_args()
    home = Path(tempfile.mkdtemp(prefix="srok-kills-"))
    os.environ |= {"SROK_HOME": str(home), "DJANGO_SETTINGS_MODULE": "srok.project.settings.demo"}
    try:
        with database(given.database):
            found = run(given.count, given.seconds, home, given.writers)
    finally:
        shutil.rmtree(home, ignore_errors=True)
    sys.stdout.write(json.dumps({"database": given.database, "writers": given.writers, **found}) + "\n")
    good = found["whole"] and not (found["lost"] or found["inconsistent"] or found["ended_by_themselves"])
    raise SystemExit(0 if good else 1)


if __name__ == "__main__":
    main()
