"""Whatever the delivery history, the centre ends where one clean delivery ends: nothing lost, nothing twice."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from srok.trust.parcels.tests import histories, world
from srok.trust.parcels.tests.histories import History, Tape

TAPES = st.lists(st.integers(0, 2**20), min_size=20, max_size=160)


@pytest.fixture
def two(centre: Path) -> tuple[world.Prepared, world.Prepared]:
    return world.prepared(references=8), world.prepared(references=8)


@pytest.mark.slow
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(numbers=TAPES)
def test_every_history_ends_like_one_clean_delivery(
    two: tuple[world.Prepared, world.Prepared], numbers: list[int]
) -> None:
    history = drawn(numbers, two)
    assert histories.run(history) == histories.run_cleanly(history.came())


def drawn(numbers: list[int], two: tuple[world.Prepared, world.Prepared]) -> History:
    return histories.drawn(Tape(numbers), (world.KitInMemory.of(two[0]), world.KitInMemory.of(two[1])))


@pytest.mark.slow
def test_the_histories_hold_what_they_should(two: tuple[world.Prepared, world.Prepared]) -> None:
    """The test of the test: among a few dozen there are cut, doubled, gapped, stopped and jumping ones."""
    from hashlib import sha256

    seen = {"gap": 0, "waiting": 0, "doubled": 0, "stopped": 0, "quarantined": 0, "opened": 0, "lost": 0}
    for seed in range(40):
        numbers = [int.from_bytes(sha256(f"{seed}/{at}".encode()).digest()[:4], "big") for at in range(160)]
        history = drawn(numbers, two)
        state = histories.run(history)
        states = [row[3] for row in state["events"]]
        files = [content for given, _stop in history.imports for content in given]
        seen["gap"] += bool(state["gaps"])
        seen["waiting"] += "waiting" in states
        seen["quarantined"] += "quarantined" in states
        seen["opened"] += "opened" in states
        seen["stopped"] += any(stop for _files, stop in history.imports)
        seen["doubled"] += any(sum(file.count(event.raw) for file in files) > 1 for event in history.events)
        seen["lost"] += len(history.came()) < len(history.events)
    assert all(count >= 3 for count in seen.values()), seen
