"""Sealed events from a kit to the centre: 300 of 380 KB, one of them 50 times, 10,000 delivery histories of two kits.

    python benchmarks/capture_parcels.py [HISTORIES] [--jobs N]

The kit seals with the centre's public key in its own folder (SQLite, every commit synced); the centre keeps, checks,
opens and acts (SQLite likewise), with a small real room that takes the events. A history is a handful of acts in two
kits, some by a clock that jumps, brought in files that are cut, doubled, shuffled, gapped or damaged, by imports of
which some stop in the middle; it must end exactly where one clean delivery of the same events ends.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

PROJECT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(PROJECT))
PARCELS, SIZE, GOAL = 300, 380_000, 10.0

if TYPE_CHECKING:
    from collections.abc import Callable

    from srok.trust.parcels.terms import Prepared


def begin(home: Path, *, memory: bool = False) -> None:
    """Django with an empty database of its own, the desk of the tests installed, the centre settled."""
    os.environ["SROK_TEST_HOME"] = str(home)
    os.environ["DJANGO_SETTINGS_MODULE"] = "srok.project.settings.test"
    from django.conf import settings

    settings.INSTALLED_APPS.append("srok.trust.parcels.tests.desk.apps.Desk")
    if memory:
        settings.DATABASES["default"]["NAME"] = ":memory:"
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    from srok.trust.parcels.tests import world

    world.settle()


def timed(act: Callable[[], object]) -> float:
    """How many seconds the act takes."""
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def sealed_and_opened(home: Path) -> dict[str, str]:
    """300 events of 380 KB: written in the kit, exported, taken in at the centre; then one of them 50 times."""
    begin(home)
    from django.db import transaction

    from srok.trust.parcels import public
    from srok.trust.parcels.models import Arrival
    from srok.trust.parcels.tests import world

    made = world.prepared(references=PARCELS)
    scan = sha256(b"scan").digest() * (SIZE // 32)

    def capture() -> None:
        for number, reference in enumerate(made.warrant.references):
            ctx = world.ctx("dara", at=world.START + timedelta(seconds=number))
            with transaction.atomic():
                public.use_reference(reference, ctx)
                public.append("desk.open", reference, {"holder": str(number), "scan": scan}, ctx=ctx)

    out = home / "out.parcel"
    with world.at_home(made, home / "kit"):
        capturing = timed(capture)
        exporting = timed(lambda: public.export(out))
    at = world.service(world.START + timedelta(days=1))
    importing = timed(lambda: public.import_files([out], ctx=at))
    assert Arrival.objects.filter(state="opened").count() == PARCELS
    first = bytes(Arrival.objects.get(seq=1).content.raw)
    repeating = timed(lambda: [public.import_files([first], ctx=at) for _ in range(50)])
    assert Arrival.objects.count() == PARCELS
    together = capturing + exporting + importing
    return {
        f"{PARCELS} events of {SIZE // 1000} KB: sealed and written in the kit": f"{capturing:.2f} s",
        "  exported to one file": f"{exporting:.2f} s ({out.stat().st_size / 1e6:.0f} MB)",
        "  kept, opened and acted on at the centre": f"{importing:.2f} s",
        f"  together (goal {GOAL:.0f} s)": f"{together:.2f} s {'reached' if together < GOAL else 'MISSED'}",
        "one event 50 times more": f"{repeating:.2f} s, still one act",
    }


def envelope_alone() -> dict[str, str]:
    """The same without any database: sealing and signing, reading, verifying and opening."""
    from io import BytesIO

    from srok.trust.credentials import public as credentials
    from srok.trust.parcels import envelope, framing
    from srok.trust.parcels.tests import world

    kit = world.kit(references=1)
    scan = {"holder": "x", "scan": bytes(SIZE)}
    sealing = timed(lambda: [kit.act("desk.open", "x", scan) for _ in range(PARCELS)])
    content = world.file_of(*kit.events)

    def opened() -> None:
        for event in framing.frames(BytesIO(content)):
            assert envelope.genuine(event, kit.warrant.kit_key)
            envelope.open_event(event, credentials.open_sealed)

    return {"  the envelope alone": f"sealed in {sealing:.2f} s, verified and opened in {timed(opened):.2f} s"}


def histories(job: tuple[int, int]) -> tuple[int, int, int]:
    """Histories of these numbers, in a process with a database in memory: how many, events, how many differ."""
    first, count = job
    with tempfile.TemporaryDirectory() as home:
        begin(Path(home), memory=True)
        from srok.trust.parcels.tests import world

        two: tuple[Prepared, Prepared] = (world.prepared(references=8), world.prepared(references=8))
        events = differing = 0
        for seed in range(first, first + count):
            came, same = one_history(seed, two)
            events += came
            differing += not same
        return count, events, differing


def one_history(seed: int, two: tuple[Prepared, Prepared]) -> tuple[int, bool]:
    """How many events came in this history, and whether it ended like one clean delivery."""
    from srok.trust.parcels.tests import histories as tapes
    from srok.trust.parcels.tests.world import KitInMemory

    numbers = [int.from_bytes(sha256(f"{seed}/{at}".encode()).digest()[:4], "big") for at in range(160)]
    history = tapes.drawn(tapes.Tape(numbers), (KitInMemory.of(two[0]), KitInMemory.of(two[1])))
    came = history.came()
    same = tapes.run(history) == tapes.run_cleanly(came)
    if not same:
        sys.stderr.write(f"history {seed} differs\n")
    return len(came), same


def all_histories(count: int, jobs: int) -> dict[str, str]:
    """All of them, a few hundred a process."""
    size = max(1, min(250, count // jobs))
    parts = [(first, min(size, count - first)) for first in range(0, count, size)]
    start = time.perf_counter()
    with ProcessPoolExecutor(jobs, max_tasks_per_child=1) as pool:
        done = list(pool.map(histories, parts))
    took = time.perf_counter() - start
    told, events, differing = (sum(one[at] for one in done) for at in range(3))
    assert told == count
    return {
        f"{told:,} delivery histories of two kits ({events:,} events came)":
            f"{differing} differ from one clean delivery ({took:.0f} s, {jobs} processes)"
    }  # fmt: skip


def main() -> None:
    """Measure, and print a table."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("histories", nargs="?", type=int, default=10_000)
    asked.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    given = asked.parse_args()
    rows = all_histories(given.histories, given.jobs)
    with tempfile.TemporaryDirectory() as home:
        rows = {**sealed_and_opened(Path(home)), **envelope_alone(), **rows}
    machine = f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    print(f"benchmarks/capture_parcels.py {given.histories} --jobs {given.jobs} ({machine})\n")
    for name, value in rows.items():
        print(f"{name:<70} {value}")


if __name__ == "__main__":
    main()
