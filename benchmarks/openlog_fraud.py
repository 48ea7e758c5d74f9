"""1,000 trials of each kind of fraud, around and through the application, and as many clean worlds.

    flock /tmp/bench.lock .venv/bin/python -m benchmarks.openlog_fraud [TRIALS]

In memory, on synthetic worlds seeded by hash, two processes. Writes docs/openlog-fraud.md and prints what was missed.
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

    trials = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    began = time.monotonic()
    found: Counter[str] = Counter()
    pieces = [range(at, min(at + 10, trials)) for at in range(0, trials, 10)]
    with ProcessPoolExecutor(2, mp_context=get_context("spawn"), initializer=start) as workers:
        for number, piece in enumerate(workers.map(table.piece, pieces), start=1):
            found += piece
            sys.stderr.write(f"\r{number * 100 // len(pieces):3d} %")
    table.TARGET.write_text(table.page(trials, found), encoding="utf-8")
    missed = {one: trials - found[one] for one in table.names() if found[one] < trials}
    took = time.monotonic() - began
    print(f"\n{trials} trials of {len(table.names())} kinds in {took:.0f} s; missed: {missed or 'none'};"
          f" clean worlds with an alarm: {found[table.ALARMS]}")  # fmt: skip


if __name__ == "__main__":
    main()
