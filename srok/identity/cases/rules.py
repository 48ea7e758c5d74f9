"""Who may do what, when, and after whom: FLOW with its hands, opinions, decisions. Pure: facts are handed in."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from uuid import UUID

from srok.ground.accounts.terms import Ministry
from srok.ground.kernel.refusal import Refusal
from srok.ground.law.rules import deadline
from srok.ground.law.terms import Effect, LawAsOf
from srok.identity.cases.assess import Assessment
from srok.identity.cases.commands import DecideApplication, ExamineApplication
from srok.identity.cases.facts import CandidateFacts
from srok.identity.cases.terms import FLOW, HANDS, Act, Opinion, Outcome, Route, SearchRole, SettledAs, State

_A = Act
# Hands that must differ (house rule 6): whoever did one of the acts on the right may not do the act on the left.
OTHER_HANDS: Mapping[Act, frozenset[Act]] = MappingProxyType(
    {
        _A.EXAMINE: frozenset({_A.LODGE, _A.ADD_PAPERS}),
        _A.DECIDE: frozenset({_A.LODGE, _A.ADD_PAPERS, _A.EXAMINE}),
        _A.ROUTE_CENTRAL: frozenset({_A.LODGE, _A.ADD_PAPERS, _A.EXAMINE}),
        **{
            act: frozenset({_A.LODGE, _A.ADD_PAPERS, _A.EXAMINE, _A.DECIDE, _A.ROUTE_CENTRAL})
            for act in (_A.APPROVE, _A.CONFIRM_REFUSAL, _A.SEND_BACK)
        },
    }
)
# On appeal nobody judges who judged before: these acts need hands that did none of them in an earlier round.
JUDGING = frozenset({_A.EXAMINE, _A.DECIDE, _A.APPROVE, _A.CONFIRM_REFUSAL, _A.SEND_BACK, _A.ROUTE_CENTRAL})


@dataclass(frozen=True, slots=True)
class Hand:
    """One act that was done: by whom, for which office, in which round (1 the first instance, 2 the appeal)."""

    act: Act
    actor: str
    office: str
    round: int = 1


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a case stands, as far as the table of states needs to know."""

    state: State | None = None
    round: int = 1
    outcome: Outcome | None = None
    opinion: Opinion | None = None
    hands: tuple[Hand, ...] = ()


@dataclass(frozen=True, slots=True)
class Doing:
    """An act that somebody is about to do, with what they answer to it."""

    act: Act
    actor: str
    office: str
    roles: Collection[str]
    outcome: Outcome | None = None
    opinion: Opinion | None = None


def step(standing: Standing, doing: Doing) -> Standing:
    """The standing after this act; raises a `Refusal` that says which rule stands in the way.

    `cases.not_in_this_state`, `cases.not_your_desk` (role or ministry), `cases.same_hands`,
    `cases.same_hands_on_appeal`, `cases.ministries_disagree`, `cases.decision_was_other`, `cases.no_outcome`.
    """
    act = doing.act
    to = next_state(standing.state, act)
    check_desk(act, office=doing.office, roles=doing.roles)
    check_hands(standing, act, actor=doing.actor)
    _check_outcome(standing, act, doing.outcome)
    return replace(
        standing, state=to, round=standing.round + (act is Act.APPEAL),
        outcome=doing.outcome if act is Act.DECIDE else standing.outcome,
        opinion=doing.opinion if act is Act.EXAMINE else standing.opinion,
        hands=(*standing.hands, Hand(act, doing.actor, doing.office, standing.round)),
    )  # fmt: skip


def close(standing: Standing, actor: str, office: str) -> Standing:
    """The one act that no officer does: the card is in its holder's hand (raises `cases.not_in_this_state`)."""
    hand = Hand(Act.CLOSE, actor, office, standing.round)
    return replace(standing, state=next_state(standing.state, Act.CLOSE), hands=(*standing.hands, hand))


def next_state(state: State | None, act: Act) -> State:
    """Where the table of states leads; raises `cases.not_in_this_state` where it has no such row."""
    to = FLOW.get((state, act))
    if to is None:
        raise Refusal("cases.not_in_this_state", state=f"cases.state_{state or State.LODGED}", act=f"cases.act_{act}")
    return to


def check_desk(act: Act, *, office: str, roles: Collection[str]) -> None:
    """Refuse an act of another desk (`cases.not_your_desk`): role and ministry of the office must both fit."""
    ministry = office.partition(".")[0]
    if not any(role in roles and ministry == wanted for role, wanted in HANDS[act]):
        raise Refusal("cases.not_your_desk", act=f"cases.act_{act}", office=office)


def check_hands(standing: Standing, act: Act, *, actor: str) -> None:
    """Refuse a second hand that is the first (`cases.same_hands`), and a judge of the first round on appeal."""
    others = OTHER_HANDS.get(act, frozenset())
    if any(hand.actor == actor and hand.act in others for hand in standing.hands):
        raise Refusal("cases.same_hands", act=f"cases.act_{act}")
    earlier = [hand for hand in standing.hands if hand.round < standing.round]
    if act in JUDGING and any(hand.actor == actor and hand.act in JUDGING for hand in earlier):
        raise Refusal("cases.same_hands_on_appeal", act=f"cases.act_{act}")


def _check_outcome(standing: Standing, act: Act, outcome: Outcome | None) -> None:
    """Interior approves nothing against Foreign Affairs, and a second hand confirms only what was decided."""
    if act is Act.DECIDE and outcome not in (Outcome.APPROVE, Outcome.REFUSE):
        raise Refusal("cases.no_outcome", field="outcome")
    if act is Act.DECIDE and outcome is Outcome.APPROVE and standing.opinion is not Opinion.FAVOURABLE:
        raise Refusal("cases.ministries_disagree")
    expected = {Act.APPROVE: Outcome.APPROVE, Act.CONFIRM_REFUSAL: Outcome.REFUSE}.get(act)
    if expected is not None and standing.outcome is not expected:
        raise Refusal("cases.decision_was_other")


def to_settle(candidates: Iterable[CandidateFacts]) -> tuple[CandidateFacts, ...]:
    """The candidates that an officer must still settle: not the unlikely ones.

    Once the applicant is found on the list, who the parents and siblings are is no longer in question here.
    """
    found = tuple(candidates)
    listed = any(one.settled_as is SettledAs.SAME_PERSON for one in found)
    asked = [one for one in found if not listed or one.role is SearchRole.SELF]
    return tuple(one for one in asked if one.settled_as is None and one.hint != "unlikely")


def unsettled(subjects: Collection[UUID], candidates: Iterable[CandidateFacts]) -> frozenset[UUID]:
    """Those of the people found as the applicant of whom nobody has said who they are.

    Said is: settled as the applicant or as someone else where the applicant was searched, or as kin anywhere.
    """
    said = {
        one.subject for one in candidates
        if one.settled_as is not None
        and (one.role is SearchRole.SELF or one.settled_as is not SettledAs.SOMEONE_ELSE)
    }  # fmt: skip
    return frozenset(subjects) - said


def check_settled(candidates: Iterable[CandidateFacts], *, searched: bool) -> None:
    """Candidates from the list are settled first, and nobody is examined who was never searched for."""
    if not searched:
        raise Refusal("cases.not_searched")
    still_open = len(to_settle(candidates))
    if still_open:
        raise Refusal("cases.open_candidates", count=still_open)


def check_opinion(command: ExamineApplication, assessment: Assessment, law: LawAsOf) -> None:
    """An unfavourable opinion gives reasons that law and facts know; a favourable one needs a path that suffices.

    Raises `cases.no_reason`, `cases.reason_without_source`, `cases.reason_not_in_facts` (a ground of refusal
    on which Interior could never refuse would keep the case between the ministries), `cases.reason_stands`,
    `cases.not_sufficient`. Somebody naturalised by royal decree is forwarded favourably without the central unit's
    answer: Interior asks for it.
    """
    if command.opinion is Opinion.UNFAVOURABLE and not command.reasons:
        raise Refusal("cases.no_reason", field="reasons")
    for reason in command.reasons:
        if reason not in law.reasons or not reason.startswith("cases."):
            raise Refusal("cases.reason_without_source", field="reasons", reason=reason)
        if refuses(reason, law) and reason not in (*assessment.refusals, *assessment.arguable):
            raise Refusal("cases.reason_not_in_facts", field="reasons", reason=reason)
    if command.opinion is Opinion.UNFAVOURABLE and not any(_weighs(one, assessment, law) for one in command.reasons):
        raise Refusal("cases.reason_not_in_facts", field="reasons", reason=command.reasons[0])
    if command.opinion is Opinion.FAVOURABLE and assessment.refusals:
        raise Refusal("cases.reason_stands", reason=assessment.refusals[0])
    if command.opinion is Opinion.FAVOURABLE and not (assessment.sufficient or assessment.route is Route.CENTRAL):
        raise Refusal("cases.not_sufficient", missing=assessment.missing[0].code)


def _weighs(reason: str, assessment: Assessment, law: LawAsOf) -> bool:
    """A ground of refusal, or a ground of waiting that this case really waits on."""
    return refuses(reason, law) or reason in assessment.waits


def check_decision(command: DecideApplication, assessment: Assessment, law: LawAsOf) -> None:
    """What the facts and the law of the day allow an identification officer to decide.

    Approving needs a proven path and no reason against it; refusing needs reasons, each with a source in law and
    none against the facts; a person naturalised by royal decree is routed to the central unit first.
    """
    if command.outcome is Outcome.APPROVE:
        _check_approval(command, assessment)
    if command.outcome is Outcome.REFUSE:
        _check_refusal(command, assessment, law)
    if command.outcome is Outcome.CENTRAL and assessment.route is not Route.CENTRAL:
        raise Refusal("cases.not_a_central_case")


def _check_approval(command: DecideApplication, assessment: Assessment) -> None:
    if assessment.refusals:
        raise Refusal("cases.reason_stands", reason=assessment.refusals[0])
    if assessment.route is Route.CENTRAL and not command.central_answer.strip():
        raise Refusal("cases.central_answer_missing", field="central_answer")
    if not assessment.sufficient:
        raise Refusal("cases.not_sufficient", missing=assessment.missing[0].code)


def _check_refusal(command: DecideApplication, assessment: Assessment, law: LawAsOf) -> None:
    if not command.reasons:
        raise Refusal("cases.no_reason", field="reasons")
    for reason in command.reasons:
        if not refuses(reason, law):
            raise Refusal("cases.reason_without_source", field="reasons", reason=reason)
        if reason not in assessment.refusals and reason not in assessment.arguable:
            raise Refusal("cases.reason_not_in_facts", field="reasons", reason=reason)


def check_face(face_search: str, *, required: bool) -> None:
    """No card is ordered on a face that was never searched for, where that is required (production)."""
    if required and face_search == "not_available":
        raise Refusal("cases.face_search_missing")


def refuses(reason: str, law: LawAsOf) -> bool:
    """True when the law of the day gives this reason a source and lets it refuse (never lack of papers)."""
    return reason in law.reasons and law.reason(reason).effect is Effect.REFUSE


def appeal_until(served_on: date | None, law: LawAsOf) -> date | None:
    """The last day to object, moved to a working day. The clock starts at proof of notice: without it, no end."""
    return deadline(law.number("appeal.days"), served_on, law) if served_on else None


def check_appeal(served_on: date | None, on: date, law: LawAsOf) -> None:
    """Raises `cases.appeal_late` after the last day to object."""
    last = appeal_until(served_on, law)
    if last is not None and on > last:
        raise Refusal("cases.appeal_late", last=last.isoformat())


# Whose desk a state lies on: told to the applicant and used to scope what an office reads.
HOLDER: Mapping[State, Ministry | None] = MappingProxyType(
    {
        State.LODGED: Ministry.FOREIGN_AFFAIRS,
        State.WAITING_PAPERS: None,
        State.EXAMINED: Ministry.INTERIOR,
        State.WAITING_CENTRAL: Ministry.INTERIOR,
        State.DECIDED: Ministry.INTERIOR,
        State.APPROVED: Ministry.INTERIOR,
        State.REFUSED: None,
        State.APPEALED: Ministry.INTERIOR,
        State.WITHDRAWN: None,
        State.CLOSED: None,
    }
)
