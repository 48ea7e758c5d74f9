"""States move by table (house rule 5): FLOW, the database's CHECK and the drawing say the same."""

from enum import StrEnum

import pytest
from django.apps import apps
from django.db.models import CheckConstraint, Q

from srok.project import diagrams
from tests.architecture.tree import report

FLOWS = {label: flow for label, flow, _hands in diagrams.flows()}


@pytest.mark.parametrize("name", FLOWS)
def test_the_database_holds_the_states_of_the_flow(name: str) -> None:
    assert states_of(name) in checks(name).values(), f"no table has a CHECK with exactly the states of {name}"


def test_every_check_on_a_state_is_that_of_a_flow() -> None:
    found: dict[str, set[str]] = {}
    for name in FLOWS:
        known = [states_of(other) for other in FLOWS if room_of(other) == room_of(name)]
        found |= {check: states for check, states in checks(name).items() if states not in known}
    assert not found, f"a CHECK that no FLOW of the room has: {found}"


def room_of(name: str) -> str:
    return name.partition("-")[0]


def states_of(name: str) -> set[str]:
    return {str(state) for (before, _act), after in FLOWS[name].items() for state in (before, after) if state}


def checks(name: str) -> dict[str, set[str]]:
    """Every CHECK of the room that is a list of states."""
    return {
        f"{one._meta.label}.{constraint.name}": states
        for one in apps.get_app_config(room_of(name)).get_models()
        for constraint in one._meta.constraints
        if isinstance(constraint, CheckConstraint) and (states := _states(constraint.condition))
    }


@pytest.mark.parametrize("label", FLOWS)
def test_states_and_acts_are_words_of_the_room(label: str) -> None:
    for (before, act), after in FLOWS[label].items():
        assert isinstance(act, StrEnum) and isinstance(after, StrEnum)
        assert before is None or isinstance(before, type(after))


@pytest.mark.parametrize("label", FLOWS)
def test_every_state_can_be_reached_from_nothing(label: str) -> None:
    reached, ahead = set(), [None]
    while ahead:
        here = ahead.pop()
        for (before, _act), after in FLOWS[label].items():
            if before == here and after not in reached:
                reached.add(after)
                ahead.append(after)
    assert reached == set(FLOWS[label].values()) | {before for before, _act in FLOWS[label] if before}


@pytest.mark.parametrize(("label", "state"), [("cases", "approved"), ("cards", "handed_over")])
@pytest.mark.parametrize("ministry", ["mfa", "moi"])
def test_neither_ministry_gets_there_alone(label: str, state: str, ministry: str) -> None:
    """A walk over the table with the hands of one ministry only (house rule 6)."""
    hands = {name: hands for name, _flow, hands in diagrams.flows()}.get(label)
    if not hands:
        return  # no officer moves these states: reactions and services do
    reached, ahead = {None}, [None]
    while ahead:
        here = ahead.pop()
        for (before, act), after in FLOWS[label].items():
            alone = not hands[act] or any(str(of) == ministry for _role, of in hands[act])
            if before == here and alone and after not in reached:
                reached.add(after)
                ahead.append(after)
    assert state not in {str(one) for one in reached if one}


@pytest.mark.parametrize("label", FLOWS)
def test_every_act_has_its_hands(label: str) -> None:
    hands = {name: hands for name, _flow, hands in diagrams.flows()}[label]
    if not hands:
        return  # no officer moves these states: reactions and services do
    assert {act for _state, act in FLOWS[label]} == set(hands)


def test_generated_pages_are_in_step_with_the_code() -> None:
    report(
        [str(path.relative_to(diagrams.PROJECT)) for path in diagrams.out_of_step()],
        "run `python -m srok.project.diagrams`: these pages differ from the code",
    )


def _states(condition: object) -> set[str]:
    """The states of a CHECK that is exactly `state in (...)`; empty for any other."""
    if not isinstance(condition, Q) or len(condition.children) != 1 or condition.negated:
        return set()
    only = condition.children[0]
    if not isinstance(only, tuple):
        return set()
    name, values = only
    return {str(value) for value in values} if name == "state__in" else set()
