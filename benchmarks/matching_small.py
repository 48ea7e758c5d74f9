"""The simple search on a list of 20,000 synthetic people: how many applicants it finds, and how fast.

    python benchmarks/matching_small.py [PEOPLE] [QUERIES]

The generator and the misspellings share no romanisation with the search; still, trust the ratios, not the figures.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "srok.project.settings.test")

if TYPE_CHECKING:
    from srok.ground.kernel.context import Context
    from srok.identity.matching.terms import MatchReport
    from srok.identity.register.terms import SearchRow


def main(people: int, queries: int) -> None:
    """Make a list, import and index it, then search for people on it and for brothers and sisters who are not."""
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from srok.identity.matching import public as matching
    from srok.identity.register import public as register

    file = Path(tempfile.mkdtemp()) / "list.csv"
    register.generate(people, 7, file)
    timed(f"import {people}", lambda: register.import_file(file, context()))
    timed(f"index {people}", matching.index_now)
    rows = [row for row in register.search_rows() if row.alive]
    listed(rows, queries)
    unlisted(rows, queries // 4)


def listed(rows: list[SearchRow], queries: int) -> None:
    """People of the list, as foreign offices wrote them: are they found, and how fast?"""
    from srok.identity.matching import public as matching
    from srok.identity.matching.tests.spelled import Draws, applicant

    draws = Draws("benchmark")
    times: list[float] = []
    places: Counter[int] = Counter()
    hints: Counter[tuple[str, str]] = Counter()
    for one in [applicant(draws.pick(rows), draws) for _ in range(queries)]:
        started = time.perf_counter()
        report = matching.search(one.query, context())
        times.append((time.perf_counter() - started) * 1000)
        ranks = [i for i, found in enumerate(report.candidates, 1) if found.subject == one.row.subject]
        places[ranks[0] if ranks else 0] += 1
        hints["first is right" if ranks[:1] == [1] else "first is wrong", first_hint(report)] += 1
    first, ten = (sum(places[i] for i in range(1, n + 1)) / queries for n in (1, 10))
    times.sort()
    print(f"recall@1 {first:.3f}  recall@10 {ten:.3f}")
    print(f"p50 {statistics.median(times):.1f} ms  p95 {times[int(queries * 0.95)]:.1f} ms  max {times[-1]:.1f} ms")
    for (right, hint), number in sorted(hints.items()):
        print(f"  {right:15} {hint:9} {number}")


def unlisted(rows: list[SearchRow], queries: int) -> None:
    """Brothers and sisters of people on the list, themselves not on it: is anybody called likely?"""
    from srok.identity.matching import public as matching
    from srok.identity.matching.tests.spelled import Draws, applicant, sibling_of

    draws = Draws("unlisted")
    parented = [row for row in rows if row.father and row.mother]
    hints: Counter[str] = Counter()
    for _ in range(queries):
        sibling = sibling_of(draws.pick(parented), draws.pick(rows), draws)
        hints[first_hint(matching.search(applicant(sibling, draws).query, context()))] += 1
    print(f"siblings who are not on the list, {queries}: {dict(hints)}")


def context() -> Context:
    """The circumstances of a search by the program itself."""
    from srok.ground.kernel.context import Context
    from srok.ground.kernel.ids import new_id

    at = datetime(2025, 1, 6, 3, tzinfo=UTC)
    return Context("service:benchmark", "moi.gdi", frozenset(), at, date(2025, 1, 6), new_id(at))


def first_hint(report: MatchReport) -> str:
    """What the best candidate is called."""
    return str(report.candidates[0].hint) if report.candidates else "nobody"


def timed(what: str, work: Callable[[], object]) -> None:
    """Run and print the seconds."""
    started = time.perf_counter()
    work()
    print(f"{what}: {time.perf_counter() - started:.1f} s")


if __name__ == "__main__":
    given = [int(word) for word in sys.argv[1:3]]
    main(*(given + [20_000, 600][len(given) :]))
