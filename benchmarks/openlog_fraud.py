"""Trials of each kind of fraud, around and through the application, and as many clean worlds.

    flock /tmp/bench.lock .venv/bin/python -m benchmarks.openlog_fraud [TRIALS [FURTHER]]

In memory, on synthetic worlds seeded by hash, two processes. The 15 kinds that were asked for are planted TRIALS times
(1,000), the others FURTHER times (as often). Writes docs/openlog-fraud.md and prints what was missed.
"""

import os
import sys
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context


def start() -> None:
    """Make a worker ready: the comparison of tables needs the rooms' models."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "srok.project.settings.test")
    import django

    django.setup()


def main() -> None:
    """Run the trials in pieces of ten seeds, write the page."""
    start()
    from tests.fraud import table
    from tests.fraud.through import THROUGH

    trials, further = (*map(int, sys.argv[1:]), 1000, 10**9)[:2] if len(sys.argv) != 2 else (int(sys.argv[1]), 10**9)
    began = time.monotonic()
    found: Counter[str] = Counter()
    pieces = [range(at, min(at + 10, trials)) for at in range(0, trials, 10)]
    with ProcessPoolExecutor(2, mp_context=get_context("spawn"), initializer=start) as workers:
        rows = workers.map(table.through, [one.name for one in THROUGH], [trials] * len(THROUGH))
        for number, piece in enumerate(workers.map(table.piece, pieces, [further] * len(pieces)), start=1):
            found += piece
            sys.stderr.write(f"\r{number * 100 // len(pieces):3d} %")
        table.TARGET.write_text(table.page(trials, found, list(rows)), encoding="utf-8")
    missed = {one: found[f"planted {one}"] - found[one] for one in table.names()}
    missed = {one: n for one, n in missed.items() if n}
    took = time.monotonic() - began
    print(f"\n{trials} trials of {len(table.names())} kinds in {took:.0f} s; missed: {missed or 'none'};"
          f" clean worlds with an alarm: {found[table.ALARMS]}")  # fmt: skip


if __name__ == "__main__":
    main()
