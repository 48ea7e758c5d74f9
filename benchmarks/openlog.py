"""The public log at size: durable appends, building, checking, proofs from tiles; with a plain tree beside it.

    python -m benchmarks.openlog [--sizes 100000,1000000] [--database sqlite|postgresql] [--peer 200000]

Each size gets a home and a database of its own. `append` includes reading each line, every check of an entry, the leaf
hash, the tree and the commit (fsync) of each batch; `build` is append and publish together. On PostgreSQL the `PG*`
variables name a server, whose fsync must be on. Figures are entries a second, seconds, milliseconds and megabytes.
"""

import argparse
import hashlib
import json
import os
import resource
import secrets
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

BATCH = 20_000
PROOFS = 1_000


def lines(count: int) -> Iterator[bytes]:
    """Made-up voter rows in 1,650 communes, canonical, about 290 bytes each."""
    for n in range(count):
        made = hashlib.sha256(b"%d" % n).hexdigest()
        yield (
            b'{"at":"2025-05-%02d","by":["%b"],"c":"%b","case":"%b","commune":"%06d","t":"row.add","v":1}'
            % (n * 28 // count + 1, made[:16].encode(), made.encode(), made[32:].encode(), n % 1_650)
        )


class PlainTree:
    """RFC 6962 as a textbook has it: every level kept in lists, a node for each pair."""

    def __init__(self) -> None:
        self.levels: list[list[bytes]] = [[]]

    def append(self, entry: bytes) -> None:
        """One entry."""
        self.levels[0].append(hashlib.sha256(b"\x00" + entry).digest())
        for level, row in enumerate(self.levels):
            if len(row) % 2:
                return
            if level + 1 == len(self.levels):
                self.levels.append([])
            self.levels[level + 1].append(hashlib.sha256(b"\x01" + row[-2] + row[-1]).digest())


def peer(count: int) -> float:
    """Entries a second of processor time of the plain tree, in memory, nothing checked and nothing written."""
    entries, plain = list(lines(count)), PlainTree()
    started = time.process_time()
    for entry in entries:
        plain.append(entry)
    return count / (time.process_time() - started)


def one_size(count: int, home: Path) -> dict[str, object]:
    """Append, publish, prove and check a log of so many entries."""
    from datetime import UTC, datetime

    from srok.ground.kernel.context import Context
    from srok.ground.kernel.ids import new_id
    from srok.trust.openlog import public as openlog
    from srok.trust.openlog import synthetic
    from srok.trust.openlog.folder import Folder
    from srok.trust.openlog.terms import Log

    source, slowest, cpu = lines(count), 0.0, time.process_time()
    started = time.perf_counter()
    while batch := list(islice(source, BATCH)):
        before = time.perf_counter()
        size = openlog.head(Log.REGISTER).size
        synthetic.append_lines(Log.REGISTER, batch, first=size + 1)
        slowest = max(slowest, time.perf_counter() - before)
    appended = time.perf_counter() - started
    at = datetime(2025, 6, 1, tzinfo=UTC)
    ctx = Context("service:benchmark", "moi.gdi", frozenset(), at, at.date(), new_id(at))
    started = time.perf_counter()
    openlog.publish(Log.REGISTER, Folder(home / "out"), ctx)
    published = time.perf_counter() - started
    cpu = time.process_time() - cpu
    building_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    proofs = proof_times(count, home)
    started = time.perf_counter()
    found = openlog.verify_log(home / "out", openlog.verifier_keys(Log.REGISTER))
    checked = time.perf_counter() - started
    check_cpu = sum(resource.getrusage(resource.RUSAGE_CHILDREN)[:2])
    assert found.valid and found.size == count, found
    return {
        "entries": count, "append_per_s": round(count / appended), "slowest_batch_s": round(slowest, 2),
        "append_s": round(appended, 1), "publish_s": round(published, 1), "build_s": round(appended + published, 1),
        "build_cpu_s": round(cpu, 1), "check_s": round(checked, 1), "check_cpu_s": round(check_cpu, 1),
        "build_mb": building_mb,
        "check_mb_of_a_process": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024,
        "proof_ms_median": round(statistics.median(proofs) * 1e3, 3),
        "proof_ms_p99": round(statistics.quantiles(proofs, n=100)[98] * 1e3, 3),
    }  # fmt: skip


def proof_times(count: int, home: Path) -> list[float]:
    """Seconds for inclusion proofs of random entries, each from the tiles alone with nothing kept, each verified."""
    from srok.trust.openlog import tiles, tree
    from srok.trust.openlog.folder import Folder, fetcher
    from srok.trust.openlog.tiles import ENTRIES
    from srok.trust.openlog.verifying import read_checkpoint

    folder = Folder(home / "out")
    root = read_checkpoint(folder)[1].root
    took = []
    for _ in range(PROOFS):
        index = secrets.randbelow(count)
        bundle = tiles.holding(ENTRIES, index, count)
        entry = tiles.unbundle(folder.get(bundle.path) or b"", bundle.width)[index % 256]
        started = time.perf_counter()
        path = tree.inclusion_proof(index, count, tiles.reader(count, fetcher(folder)))
        took.append(time.perf_counter() - started)
        tree.verify_inclusion(index, count, tree.leaf_hash(entry), path, root)
    return took


def child(size: int) -> None:
    """One size in a process of its own, so that its memory is its own."""
    import django

    django.setup()
    from django.conf import settings

    from srok.trust.openlog import synthetic

    synthetic.check_allowed()
    sys.stdout.write(json.dumps(one_size(size, settings.SROK_HOME)) + "\n")


def in_its_own_home(size: int, database: str) -> dict[str, object]:
    """Run `child` in a fresh home; on PostgreSQL in a fresh database."""
    import subprocess

    home = Path(tempfile.mkdtemp(prefix="srok-bench-"))
    environment = {**os.environ, "SROK_HOME": str(home), "DJANGO_SETTINGS_MODULE": "srok.project.settings.demo"}
    name = f"srok_bench_{os.getpid()}"
    if database == "postgresql":
        _postgres(f"CREATE DATABASE {name}")
        environment |= {"SROK_DATABASE": "postgresql", "PGDATABASE": name}
    try:
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.openlog", "--child", str(size)], env=environment, check=True,
            stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        found: dict[str, object] = json.loads(done.stdout)
        return found
    finally:
        shutil.rmtree(home, ignore_errors=True)
        if database == "postgresql":
            _postgres(f"DROP DATABASE {name} WITH (FORCE)")


def _postgres(statement: str) -> None:
    import psycopg

    with psycopg.connect(dbname=os.environ.get("PGDATABASE", "postgres"), autocommit=True) as connection:
        connection.execute("ALTER SYSTEM SET fsync = on")
        connection.execute("SELECT pg_reload_conf()")
        connection.execute(statement)


def main() -> None:
    """Measure each size, then the peer in the same run."""
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--sizes", default="100000,1000000")
    words.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    words.add_argument("--peer", type=int, default=200_000)
    words.add_argument("--child", type=int)
    given = words.parse_args()
    if given.child:
        child(given.child)
        return
    for size in given.sizes.split(","):
        found = in_its_own_home(int(size), given.database)
        sys.stdout.write(json.dumps({"database": given.database, **found}) + "\n")
        sys.stdout.flush()
    sys.stdout.write(json.dumps({"peer": "plain tree in memory", "entries_per_cpu_s": round(peer(given.peer))}) + "\n")


if __name__ == "__main__":
    main()
