"""The simple search on a list of 20,000 synthetic people: how many applicants it finds, and how fast.

    python benchmarks/matching_small.py [PEOPLE] [QUERIES]

The generator and the misspellings share no romanisation with the search; still, trust the ratios, not the figures.
"""

import os
import statistics
import sys
import tempfile
import time
from collections import Counter
from datetime import UTC, date, datetime
from itertools import islice
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "srok.project.settings.test")


def main(people: int, queries: int) -> None:
    """Make a list, import and index it, then search for people on it and for brothers and sisters who are not."""
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from srok.ground.kernel.context import Context
    from srok.ground.kernel.ids import new_id
    from srok.identity.matching import public as matching
    from srok.identity.matching.tests.spelled import applicant
    from srok.identity.register import public as register
    from srok.identity.register.synthetic.draws import Draws

    at = datetime(2025, 1, 6, 3, tzinfo=UTC)
    ctx = Context("service:benchmark", "moi.gdi", frozenset(), at, date(2025, 1, 6), new_id(at))
    file = Path(tempfile.mkdtemp()) / "list.csv"
    register.generate(people, 7, file)
    timed(f"import {people}", lambda: register.import_file(file, ctx))
    timed(f"index {people}", matching.index_now)
    rows = [row for row in register.search_rows() if row.alive]
    draws = Draws("benchmark")
    asked = [applicant(rows[draws.below(len(rows))], draws) for _ in range(queries)]
    times, places, hints = [], Counter(), Counter()
    for one in asked:
        started = time.perf_counter()
        report = matching.search(one.query, ctx)
        times.append((time.perf_counter() - started) * 1000)
        ranks = [i for i, found in enumerate(report.candidates, 1) if found.subject == one.row.subject]
        places[ranks[0] if ranks else 0] += 1
        hints["first is right" if ranks == [1] else "first is wrong", first_hint(report)] += 1
    found = {n: sum(places[i] for i in range(1, n + 1)) / queries for n in (1, 10)}
    times.sort()
    print(f"recall@1 {found[1]:.3f}  recall@10 {found[10]:.3f}")
    print(f"p50 {statistics.median(times):.1f} ms  p95 {times[int(queries * 0.95)]:.1f} ms  max {times[-1]:.1f} ms")
    for (right, hint), number in sorted(hints.items()):
        print(f"  {right:15} {hint:9} {number}")
    unlisted(rows, draws, queries // 4, ctx)


def unlisted(rows: list, draws: object, queries: int, ctx: object) -> None:
    """Brothers and sisters of people on the list, themselves not on it: is anybody called likely?"""
    from srok.identity.matching import public as matching
    from srok.identity.matching.tests.spelled import applicant, sibling_of

    grown = [row for row in islice(rows, 5, None, 7) if row.father and row.mother]
    hints = Counter(
        first_hint(matching.search(applicant(sibling_of(grown[draws.below(len(grown))], draws), draws).query, ctx))
        for _ in range(queries)
    )
    print(f"siblings who are not on the list, {queries}: {dict(hints)}")


def first_hint(report: object) -> str:
    """What the best candidate is called."""
    return str(report.candidates[0].hint) if report.candidates else "nobody"


def timed(what: str, work: object) -> None:
    """Run and print the seconds."""
    started = time.perf_counter()
    work()
    print(f"{what}: {time.perf_counter() - started:.1f} s")


if __name__ == "__main__":
    main(*(int(word) for word in (sys.argv[1:] + ["20000", "600"][len(sys.argv) - 1 :])[:2]))
