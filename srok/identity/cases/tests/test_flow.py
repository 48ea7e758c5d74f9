"""Two hands and two ministries: a walk over every path of the table by every office, role and act (house rule 6)."""

from collections.abc import Iterator

import pytest

from srok.ground.accounts.terms import Role
from srok.ground.kernel.refusal import Refusal
from srok.identity.cases.rules import JUDGING, Doing, Standing, step
from srok.identity.cases.terms import FINAL, FLOW, HANDS, OPEN, Act, Opinion, Outcome, State

# Typeset pages and long walks: the inner loop leaves them out.
pytestmark = pytest.mark.slow

OFFICES = ("mfa.was", "mfa.consular", "moi.gdi", "commune.120101", "nec.roll", "moi.border", "mlmupc.land")
EVERY_ROLE = frozenset(str(role) for role in Role)
DEPTH = 9


def answers(act: Act) -> Iterator[dict[str, object]]:
    """Everything an officer could put into this act."""
    if act is Act.DECIDE:
        yield from ({"outcome": outcome} for outcome in Outcome)
    elif act is Act.EXAMINE:
        yield from ({"opinion": opinion} for opinion in Opinion)
    else:
        yield {}


def signature(standing: Standing) -> tuple[object, ...]:
    """What the rules can tell apart: the walk visits each of these once."""
    return standing.state, min(standing.round, 3), standing.outcome, standing.opinion, frozenset(standing.hands)


def walk(people: list[tuple[str, str]], depth: int = DEPTH) -> Iterator[Standing]:
    """Every standing that these people (name, office), holding every role, can bring about."""
    seen: set[tuple[object, ...]] = set()
    level = [Standing()]
    for _ in range(depth):
        following: list[Standing] = []
        for standing in level:
            for name, office in people:
                for act in Act:
                    for answer in answers(act):
                        try:
                            new = step(standing, Doing(act, name, office, EVERY_ROLE, **answer))  # type: ignore[arg-type]
                        except Refusal:
                            continue
                        if new.round <= 2 and signature(new) not in seen:
                            seen.add(signature(new))
                            following.append(new)
                            yield new
        level = following


@pytest.mark.slow
@pytest.mark.parametrize("office", OFFICES)
def test_no_office_alone_reaches_approved_even_with_every_role_and_many_hands(office):
    people = [(name, office) for name in ("rith", "malis", "dara")]
    assert not [s for s in walk(people, 7) if s.state in (State.APPROVED, State.CLOSED)]


@pytest.mark.parametrize("ministry", [("mfa.was", "mfa.consular"), ("moi.gdi", "moi.border")])
def test_no_ministry_alone_reaches_approved(ministry):
    people = [(f"{name}-{office}", office) for name in ("a", "b") for office in ministry]
    assert not [s for s in walk(people, 5) if s.state is State.APPROVED]


def test_nobody_alone_reaches_approved_though_signed_in_at_every_office():
    people = [("rith", office) for office in OFFICES]
    assert not [s for s in walk(people) if s.state in (State.DECIDED, State.APPROVED)]


def test_two_people_holding_every_office_never_reach_approved():
    people = [(name, office) for name in ("rith", "malis") for office in ("mfa.was", "moi.gdi")]
    assert not [s for s in walk(people, 7) if s.state is State.APPROVED]


def test_every_way_to_approved_has_four_hands_of_two_ministries():
    people = [("dara", "mfa.was"), ("chanthou", "mfa.consular"), ("vuthy", "moi.gdi"), ("kunthea", "moi.gdi")]
    approved = [s for s in walk(people, 6) if s.state is State.APPROVED]
    assert approved
    for standing in approved:
        by = {act: {h.actor for h in standing.hands if h.act is act} for act in Act}
        assert not by[Act.LODGE] & by[Act.EXAMINE]
        assert not by[Act.EXAMINE] & (by[Act.DECIDE] | by[Act.APPROVE])
        assert not by[Act.DECIDE] & by[Act.APPROVE]
        assert {h.office.partition(".")[0] for h in standing.hands} == {"mfa", "moi"}
        assert standing.opinion is Opinion.FAVOURABLE
        assert standing.outcome is Outcome.APPROVE


def test_on_appeal_nobody_judges_who_judged_before():
    people = [
        ("dara", "mfa.was"), ("chanthou", "mfa.consular"),
        ("vuthy", "moi.gdi"), ("kunthea", "moi.gdi"), ("sokha", "moi.gdi"), ("phalla", "moi.gdi"),
    ]  # fmt: skip
    standing = Standing()
    for name, office, act, answer in [
        ("dara", "mfa.was", Act.LODGE, {}),
        ("chanthou", "mfa.consular", Act.EXAMINE, {"opinion": Opinion.FAVOURABLE}),
        ("vuthy", "moi.gdi", Act.DECIDE, {"outcome": Outcome.REFUSE}),
        ("kunthea", "moi.gdi", Act.CONFIRM_REFUSAL, {}),
        ("dara", "mfa.was", Act.APPEAL, {}),
    ]:
        standing = step(standing, Doing(act, name, office, EVERY_ROLE, **answer))  # type: ignore[arg-type]
    assert standing.state is State.APPEALED
    may = set()
    for name, office in people:
        for act in (Act.EXAMINE, Act.DECIDE):
            try:
                step(standing, Doing(act, name, office, EVERY_ROLE, Outcome.APPROVE, Opinion.FAVOURABLE))
                may.add((name, act))
            except Refusal:
                pass
    assert may == {("sokha", Act.DECIDE), ("phalla", Act.DECIDE)}
    assert Act.DECIDE in JUDGING


def test_the_table_is_whole():
    assert set(FLOW.values()) == set(State)
    assert set(HANDS) == set(Act)
    assert not OPEN & FINAL
    # Nothing leaves a closed or a withdrawn case; a refusal can only be appealed.
    leaving = {state: {act for (from_, act) in FLOW if from_ is state} for state in FINAL}
    assert leaving == {State.CLOSED: set(), State.WITHDRAWN: set(), State.REFUSED: {Act.APPEAL}}


@pytest.mark.parametrize("act", list(Act))
def test_an_act_out_of_its_state_is_refused_in_words(act):
    for state in [None, *State]:
        if (state, act) not in FLOW:
            with pytest.raises(Refusal) as refused:
                step(Standing(state), Doing(act, "vuthy", "moi.gdi", EVERY_ROLE))
            assert refused.value.code == "cases.not_in_this_state"
