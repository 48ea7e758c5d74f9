"""States move by table (house rule 5): FLOW, the database's CHECK and the drawing say the same."""

from enum import StrEnum

import pytest
from django.apps import apps
from django.db.models import CheckConstraint, Q

from srok.project import diagrams
from tests.architecture.tree import report

FLOWS = {label: flow for label, flow, _hands in diagrams.flows()}


@pytest.mark.parametrize("label", FLOWS)
def test_the_database_holds_the_states_of_the_flow(label: str) -> None:
    expected = {str(state) for (before, _act), after in FLOWS[label].items() for state in (before, after) if state}
    found = {
        f"{one._meta.label}.{constraint.name}": states
        for one in apps.get_app_config(label).get_models()
        for constraint in one._meta.constraints
        if isinstance(constraint, CheckConstraint) and (states := _states(constraint.condition))
    }
    assert found, f"no table of {label} has a CHECK on its state"
    wrong = {name: sorted(states ^ expected) for name, states in found.items() if states != expected}
    assert not wrong, f"FLOW and the CHECK differ: {wrong}"


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
