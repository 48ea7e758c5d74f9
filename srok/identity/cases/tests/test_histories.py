"""Generated histories: whatever four officers try, nobody approves their own, and nothing is lodged by one alone."""

from dataclasses import dataclass, field

from hypothesis import given, settings
from hypothesis import strategies as st

from srok.ground.kernel.refusal import Refusal
from srok.identity.cases import capture_rules
from srok.identity.cases.capture_rules import CaptureDoing, CaptureStanding
from srok.identity.cases.capture_terms import CAPTURE_FLOW, CAPTURE_HANDS, TYPING, CaptureAct, Stage

PEOPLE = ("dara", "sreymom", "bopha", "rith")
ROLES = {"rith": frozenset[str]()}
TRIES = st.lists(st.tuples(st.sampled_from(PEOPLE), st.sampled_from(list(CaptureAct))), max_size=60)


@dataclass
class History:
    """One capture, with everything that was done to it."""

    standing: CaptureStanding = field(default_factory=CaptureStanding)
    done: list[tuple[str, CaptureAct]] = field(default_factory=list)

    def attempt(self, who: str, act: CaptureAct) -> None:
        roles = ROLES.get(who, frozenset({"consular_officer"}))
        try:
            self.standing = capture_rules.step(self.standing, CaptureDoing(act, who, "mfa.was", roles))
        except Refusal:
            return
        self.done.append((who, act))


@settings(max_examples=400, deadline=None)
@given(TRIES)
def test_nobody_approves_what_they_typed_by_any_path(tries):
    history = History()
    for who, act in tries:
        history.attempt(who, act)
    typed = {who for who, act in history.done if act in TYPING}
    approved = [who for who, act in history.done if act is CaptureAct.APPROVE]
    assert len(approved) <= 1
    assert not typed & set(approved)
    assert not {who for who, _act in history.done} & {"rith"}
    if approved:
        assert history.standing.state is Stage.APPROVED
        at = history.done.index((approved[0], CaptureAct.APPROVE))
        last = [act for _who, act in history.done[:at] if act in (*TYPING, CaptureAct.READ_BACK)][-1]
        assert last is CaptureAct.READ_BACK  # nothing was changed after the applicant confirmed it


@given(TRIES)
def test_one_officer_alone_never_gets_anything_approved(tries):
    history = History()
    for _who, act in tries:
        history.attempt("dara", act)
    assert history.standing.state is not Stage.APPROVED


def test_the_table_is_whole_and_ends_with_the_approval():
    assert set(CAPTURE_HANDS) == set(CaptureAct) == {act for _state, act in CAPTURE_FLOW}
    assert set(CAPTURE_FLOW.values()) == set(Stage)
    assert not [act for state, act in CAPTURE_FLOW if state is Stage.APPROVED]
