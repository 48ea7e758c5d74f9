"""How the demo's officers choose: one written policy, so that nothing in the demo is decided by the machine unseen.

It is the policy of a cautious officer: whom matching calls likely is recognised, everybody else is someone else;
a file that proves its path is found favourable, one that the law refuses is refused with the law's own reasons, one
that lacks something waits for it. On a real desk a person does each of these by looking.
"""

from collections.abc import Iterator, Sequence
from uuid import UUID

from srok.identity.cases.public import (
    Assessment,
    CandidateFacts,
    Opinion,
    Outcome,
    Route,
    SearchRole,
    SettledAs,
    SettleReason,
)

LIKELY = "likely"
RECOGNISED = {
    SearchRole.SELF: SettledAs.SAME_PERSON,
    SearchRole.MOTHER: SettledAs.MOTHER,
    SearchRole.FATHER: SettledAs.FATHER,
    SearchRole.SIBLING: SettledAs.SIBLING,
}


def recognised(candidates: Sequence[CandidateFacts]) -> Iterator[tuple[CandidateFacts, SettledAs, SettleReason]]:
    """The best likely candidate of each role, as what they are taken for and on what ground; nobody in two roles."""
    taken: set[UUID] = set()
    for role, as_ in RECOGNISED.items():
        likely = [
            one
            for one in candidates
            if one.role is role and one.hint == LIKELY and one.settled_as is None and one.subject not in taken
        ]
        if likely:
            best = max(likely, key=lambda one: one.permille)
            taken.add(best.subject)
            yield best, as_, SettleReason.PARENTS if role is SearchRole.SIBLING else SettleReason.BIRTH


def opinion(assessment: Assessment) -> tuple[Opinion, tuple[str, ...]] | None:
    """The examiner's opinion with its reasons; None where something is missing that the applicant can bring."""
    if assessment.route is Route.CENTRAL:
        return Opinion.FAVOURABLE, ()
    reasons = refusing(assessment)
    if reasons:
        return Opinion.UNFAVOURABLE, reasons
    return (Opinion.FAVOURABLE, ()) if assessment.sufficient else None


def outcome(assessment: Assessment) -> tuple[Outcome, tuple[str, ...]]:
    """The decision that the file leads to, with its reasons."""
    if assessment.route is Route.CENTRAL:
        return Outcome.CENTRAL, ()
    reasons = refusing(assessment)
    return (Outcome.REFUSE, reasons) if reasons else (Outcome.APPROVE, ())


def refusing(assessment: Assessment) -> tuple[str, ...]:
    """Reasons against the applicant: what follows from the facts, else what the applicant's own claim leaves no
    doubt of. Lack of papers alone is never one."""
    return assessment.refusals
