"""Who decides on what arrived beside a standing case. Pure: facts are handed in."""

from collections.abc import Collection

from srok.ground.kernel.refusal import Refusal
from srok.identity.cases.branch_terms import BRANCH_FLOW, BRANCH_HANDS, BranchAct, BranchStage


def next_state(
    state: BranchStage, act: BranchAct, *, actor: str, taken_by: Collection[str], desk: tuple[str, Collection[str]]
) -> BranchStage:
    """Where the table leads. `taken_by` took or approved what arrived, `desk` is office and roles of the actor.

    Raises `cases.branch_not_so`, `cases.not_your_desk`, `cases.same_hands` (who took it judges nothing of it).
    """
    office, roles = desk
    ministry = office.partition(".")[0]
    if not any(role in roles and ministry == wanted for role, wanted in BRANCH_HANDS[act]):
        raise Refusal("cases.not_your_desk", act=f"cases.branch_{act}", office=office)
    to = BRANCH_FLOW.get((state, act))
    if to is None:
        raise Refusal("cases.branch_not_so", state=f"cases.branch_is_{state}", act=f"cases.branch_{act}")
    if actor in taken_by and act is BranchAct.ADMIT:
        raise Refusal("cases.same_hands", act=f"cases.branch_{act}")
    return to
