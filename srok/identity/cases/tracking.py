"""What anybody who holds a reference may know: the stage, who holds it, the days, the next step. Nothing personal."""

from datetime import date

from srok.ground.kernel.ids import read_reference
from srok.ground.notices import public as notices
from srok.identity.cards import public as cards
from srok.identity.cases import rules, store
from srok.identity.cases.branch_terms import BranchStage
from srok.identity.cases.facts import BranchTrack, TrackFacts, TrackStep
from srok.identity.cases.models import Branch, Case
from srok.identity.cases.terms import Act, State

# The public way of an application: stage, the ministry that acts there, and the act that completes it.
STAGES = (
    ("lodged", "mfa", Act.LODGE),
    ("examined", "mfa", Act.EXAMINE),
    ("decided", "moi", Act.DECIDE),
    ("approved", "moi", Act.APPROVE),
)
# How far the way is done in each state: the number of stages behind it.
DONE = {
    State.LODGED: 1, State.WAITING_PAPERS: 1, State.EXAMINED: 2, State.WAITING_CENTRAL: 2, State.DECIDED: 3,
    State.APPROVED: 4, State.REFUSED: 3, State.APPEALED: 2, State.WITHDRAWN: 1, State.CLOSED: 4,
}  # fmt: skip

NEXT_OF_BRANCH = {
    BranchStage.KEPT: "cases.next_compared", BranchStage.ADMITTED: "cases.next_became",
    BranchStage.JOINED: "cases.next_joined", BranchStage.SET_ASIDE: "cases.next_set_aside",
}  # fmt: skip


def track(reference: str, on: date) -> TrackFacts | None:
    """Where an application stands on a day; None for every reference that names none, whatever the reason.

    Raises `kernel.bad_reference` where the check character shows a typing error: that tells nobody anything.
    """
    found = Case.objects.filter(reference=read_reference(reference)).first()
    return _facts(found, on) if found is not None else None


def track_beside(reference: str) -> BranchTrack | None:
    """What became of an application that arrived beside another one and is no case under this reference."""
    row = Branch.objects.filter(reference=read_reference(reference)).order_by("-arrived_at").first()
    if row is None:
        return None
    return BranchTrack(row.reference, NEXT_OF_BRANCH[BranchStage(row.state)])


def _facts(case: Case, on: date) -> TrackFacts:
    state = State(case.state)
    card = cards.card_of_case(case.reference)
    letters = [one for one in notices.notices_of(case.id) if one.kind != notices.Kind.APPLICATION_RECEIVED]
    used = max(0, (_counted_until(case, on) - case.lodged_on).days - case.waited_days)
    ministry = rules.HOLDER[state]
    card_state = _card_state(card, on) if card else ""
    holder = "applicant" if state in (State.WAITING_PAPERS, State.REFUSED) else str(ministry or "")
    return TrackFacts(
        reference=case.reference, state=state, holder="mfa" if _at_the_post(card) else holder,
        lodged_on=case.lodged_on, days_used=used, days_allowed=store.days_allowed(case), due_on=case.due_on,
        next_step=_next_step(state, card_state, received=bool(card and card.received_on)),
        steps=_steps(case, state, card), letter_on=letters[-1].made_on if letters else None,
        card_state=card_state, pickup_post=case.pickup_post,
    )  # fmt: skip


def _counted_until(case: Case, on: date) -> date:
    """The days count until the first decision stands: neither the making of the card nor an objection adds to them."""
    ended = case.steps.filter(act__in=(Act.APPROVE, Act.CONFIRM_REFUSAL, Act.WITHDRAW)).first()
    return ended.on if ended else on


def _at_the_post(card: cards.CardFacts | None) -> bool:
    return bool(card and card.received_on and not card.handed_over_on)


def _card_state(card: cards.CardFacts, on: date) -> str:
    return str(cards.shown_state(card.state, card.plan.expires, on))


def _next_step(state: State, card_state: str, *, received: bool) -> str:
    """The code of what happens next, or of what the applicant does now."""
    if state in (State.APPROVED, State.CLOSED) and card_state:
        return "cases.next_card_ready" if received and card_state == "issued" else f"cases.next_card_{card_state}"
    return f"cases.next_{state}"


def _steps(case: Case, state: State, card: cards.CardFacts | None) -> tuple[TrackStep, ...]:
    """The stages with their dates; no officer and no post abroad is named."""
    days = {Act(step.act): step.on for step in case.steps.all()}
    done = DONE[state]
    ended = state in (State.REFUSED, State.WITHDRAWN)
    steps = []
    for number, (stage, ministry, act) in enumerate(STAGES):
        on = case.state_since if ended and number == done else days.get(act) if number < done else None
        steps.append(TrackStep(stage, _mark(number, done, ended=ended), ministry, on))
    if ended:
        return tuple(steps)
    made = bool(card and card.qr_text)
    given = bool(card and card.handed_over_on)
    here = done == len(STAGES)
    return (
        *steps,
        TrackStep("card_made", "done" if made else "current" if here else "todo", "moi", None),
        TrackStep(
            "card_handed_over", "done" if given else "current" if made else "todo", "mfa",
            card.handed_over_on if card else None,
        ),
    )  # fmt: skip


def _mark(number: int, done: int, *, ended: bool) -> str:
    if number < done:
        return "done"
    if number == done:
        return "stopped" if ended else "current"
    return "todo"
