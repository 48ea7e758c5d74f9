"""Decisions alone: gaps, the table of states, when a kit freezes."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from srok.ground.kernel.refusal import Refusal
from srok.trust.parcels import rules
from srok.trust.parcels.terms import Act, KitAct, Standing, State

NUMBERS = st.sets(st.integers(1, 30), max_size=20)
SPANS = st.lists(
    st.tuples(st.integers(1, 40), st.integers(0, 6)).map(lambda two: (two[0], two[0] + two[1])), max_size=5
)


@given(present=NUMBERS, lost=SPANS)
def test_gaps_are_exactly_what_is_missing_below_the_highest(present: set[int], lost: list[tuple[int, int]]) -> None:
    gone = {number for first, last in lost for number in range(first, last + 1)}
    expected = set(range(1, max(present, default=0))) - present - gone
    found = rules.gaps_of("k", present, lost)
    assert {number for gap in found for number in range(gap.from_, gap.until + 1)} == expected
    assert all(a.until + 1 < b.from_ for a, b in zip(found, found[1:], strict=False))


def test_a_number_beyond_all_reason_costs_nothing() -> None:
    (gap,) = rules.gaps_of("k", [1, 2**53], [(5, 5)])[:1]
    assert (gap.from_, gap.until) == (2, 4)


@pytest.mark.parametrize("state", [None, *State])
@pytest.mark.parametrize("act", list(Act))
def test_the_table_and_nothing_else(state: State | None, act: Act) -> None:
    if (state, act) in rules.FLOW:
        assert rules.next_state(state, act) is rules.FLOW[(state, act)]
    else:
        with pytest.raises(Refusal):
            rules.next_state(state, act)


def test_nothing_that_was_done_is_undone_by_a_decision() -> None:
    assert not [act for (state, act) in rules.FLOW if state is State.OPENED]
    assert not [act for (standing, act) in rules.KIT_FLOW if standing is Standing.REVOKED]
    with pytest.raises(Refusal):
        rules.next_standing(Standing.REVOKED, KitAct.CHECK_OUT)


def test_only_an_officer_lets_through_or_sets_aside() -> None:
    assert {act for act, hands in rules.HANDS.items() if hands} == {Act.RELEASE, Act.SET_ASIDE}


def test_a_kit_freezes_the_day_after_its_days_without_contact() -> None:
    assert rules.frozen_on(date(2025, 3, 8), 14) == date(2025, 3, 23)


@pytest.mark.parametrize("reason", ["", "  ", "ab", "x" * 301])
def test_a_reason_is_given(reason: str) -> None:
    with pytest.raises(Refusal):
        rules.check_reason(reason)
