"""Every kind of fraud is found, and a clean world raises no alarm (the small form of docs/openlog-fraud.md)."""

import pytest

from tests.fraud.kinds import KINDS, WANTED, Kind, clean, trial
from tests.fraud.table import TARGET
from tests.fraud.through import THROUGH, Chance, chance_of, wilson


def test_the_kinds_that_were_asked_for_are_there():
    assert {one.name for one in KINDS} >= WANTED
    assert {one.name.partition(",")[0] for one in THROUGH} >= WANTED


@pytest.mark.parametrize("kind", KINDS, ids=lambda one: one.name)
def test_a_fraud_around_the_application_is_found(kind: Kind):
    assert all(trial(kind, seed) for seed in range(3))


def test_a_clean_world_raises_no_alarm():
    for seed in range(6):
        assert not clean(seed)


def test_what_colluding_officers_do_is_found_as_often_as_the_table_says():
    for one in THROUGH:
        assert chance_of(one.public, one.name, 3) and chance_of(one.other, one.name, 3)
    ghost = next(one for one in THROUGH if one.name == "ghost voter")
    assert ghost.public is not None and ghost.other is not None
    assert not any(ghost.public(Chance("t", seed)) for seed in range(5))
    assert sum(ghost.other(Chance("t", seed)) for seed in range(40)) > 30


def test_wilson_holds_its_known_values():
    low, high = wilson(0, 1000)
    assert round(low, 9) == 0 and round(high, 4) == 0.0038
    low, high = wilson(50, 100)
    assert (round(low, 3), round(high, 3)) == (0.404, 0.596)


def test_the_published_table_names_every_kind():
    text = TARGET.read_text(encoding="utf-8")
    for one in (*KINDS, *THROUGH):
        assert f"| {one.name} |" in text
