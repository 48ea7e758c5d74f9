"""The chain of the demo, step by step: each act by the office it belongs to, on its stated date."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from srok.ground.journal import public as journal
from srok.ground.kernel.refusal import Refusal
from srok.identity.cards import public as cards
from srok.identity.cases import public as cases
from srok.project.demo import policy
from srok.project.demo.console import Console
from srok.project.demo.people import acting
from srok.project.demo.stated import StatedDates, noon

MISSION = "dara"
EXAMINER, DECIDER, APPROVER = "chanthou", "vuthy", "kunthea"
SIGNERS = ("chanthou", "vuthy")
PRINTER = "vuthy"


@dataclass(slots=True)
class Walk:
    """What the walk carries from step to step: the applications lodged, and what was refused where."""

    dates: StatedDates
    console: Console
    folder: Path
    report: cases.IntakeReport | None = None
    refused_acts: list[tuple[str, str, str]] = field(default_factory=list)

    @property
    def references(self) -> list[str]:
        """The references of the lodged applications, in the order of the file."""
        return [row.reference for row in self.report.accepted] if self.report else []


def take_in(walk: Walk) -> None:
    """Dara lodges the mission's folder."""
    with walk.console.step("intake") as tick:
        ctx = acting(MISSION, noon(walk.dates.intake))
        walk.report = cases.intake(walk.folder, ctx=ctx, progress=tick)
    journal.drain()


def examine(walk: Walk) -> None:
    """Chanthou (Foreign Affairs) settles the candidates and gives an opinion, or asks for what is missing."""
    for reference in walk.console.track("examine", walk.references):
        _examine_one(walk, reference, noon(walk.dates.examined))


def _examine_one(walk: Walk, reference: str, at: datetime) -> None:
    found = cases.propose_candidates(cases.ProposeCandidates(reference), ctx=acting(EXAMINER, at))
    for candidate, as_, reason in policy.recognised(found):
        command = cases.SettleCandidate(reference, candidate.id, as_, reason)
        _try(walk, reference, partial(cases.settle, command, ctx=acting(EXAMINER, at)))
    rest = cases.SettleRest(reference, cases.SettleReason.CONFLICT)
    cases.settle_rest(rest, ctx=acting(EXAMINER, at))
    _advise(walk, reference, at)


def _advise(walk: Walk, reference: str, at: datetime) -> None:
    assessment = cases.assessment(reference, ctx=acting(EXAMINER, at))
    said = policy.opinion(assessment)
    if said is None:
        missing = tuple(one.code for one in assessment.missing)
        asked = cases.AskForPapers(reference, missing)
        _try(walk, reference, partial(cases.ask_for_papers, asked, ctx=acting(EXAMINER, at)))
        return
    command = cases.ExamineApplication(reference, *said)
    _try(walk, reference, partial(cases.examine, command, ctx=acting(EXAMINER, at)))


def decide(walk: Walk) -> None:
    """Vuthy decides, Kunthea approves: Interior's two hands."""
    examined = _in_state(walk, cases.State.EXAMINED)
    for reference in walk.console.track("decide", examined):
        _decide_one(walk, reference, noon(walk.dates.decided))
    at = noon(walk.dates.approved)
    for reference in walk.console.track("approve", _in_state(walk, cases.State.DECIDED)):
        _approve_one(walk, reference, at)
    for reference in _in_state(walk, cases.State.DECIDED):
        _look_again(walk, reference, at)
    journal.drain()


def _decide_one(walk: Walk, reference: str, at: datetime) -> None:
    assessment = cases.assessment(reference, ctx=acting(DECIDER, at))
    command = cases.DecideApplication(reference, *policy.outcome(assessment))
    _try(walk, reference, partial(cases.decide, command, ctx=acting(DECIDER, at)))


def _approve_one(walk: Walk, reference: str, at: datetime) -> None:
    agree = cases.ApproveDecision(reference, agree=True)
    _try(walk, reference, partial(cases.approve, agree, ctx=acting(APPROVER, at)))


def _look_again(walk: Walk, reference: str, at: datetime) -> None:
    """Somebody was admitted since the examination who could be this applicant (a twin): back to Chanthou, who looks."""
    why = (cases.BackReason.LIST_CHANGED,)
    cases.approve(cases.ApproveDecision(reference, False, why), ctx=acting(APPROVER, at))
    cases.return_to_examiner(cases.ReturnToExaminer(reference, why), ctx=acting(DECIDER, at))
    _examine_one(walk, reference, at)
    _decide_one(walk, reference, at)
    _approve_one(walk, reference, at)


def make_cards(walk: Walk) -> None:
    """Both ministries sign the same order; only then the signer lets Vuthy issue; the bag goes to the post."""
    ordered = _cards(walk)
    for card in walk.console.track("sign", ordered):
        for signer in SIGNERS:
            cards.sign_order(cards.SignOrder(card.id), ctx=acting(signer, noon(walk.dates.signed)))
    for card in walk.console.track("issue", ordered):
        cards.issue(cards.IssueCard(card.id), ctx=acting(PRINTER, noon(walk.dates.issued)))
        cards.dispatch(cards.DispatchCard(card.id), ctx=acting(PRINTER, noon(walk.dates.issued)))
    for card in walk.console.track("receive", ordered):
        cards.receive(cards.ReceiveCard(card.id), ctx=acting(MISSION, noon(walk.dates.received)))
    journal.drain()


def hand_over(walk: Walk, absent: Iterable[str]) -> None:
    """Dara hands each card to its holder, who came in person; who did not come has not got it."""
    away = set(absent)
    present = [card for card in _cards(walk) if card.case_ref not in away]
    for card in walk.console.track("hand_over", present):
        command = cards.HandOverCard(card.id, cards.Checked.PORTRAIT, cards.Present.HOLDER)
        cards.hand_over(command, ctx=acting(MISSION, noon(walk.dates.handed_over)))
    journal.drain()


def _cards(walk: Walk) -> list[cards.CardFacts]:
    found = (cards.card_of_case(reference) for reference in walk.references)
    return [card for card in found if card is not None]


def _in_state(walk: Walk, state: cases.State) -> list[str]:
    found = (cases.standing_of(reference) for reference in walk.references)
    return [facts.reference for facts in found if facts.state is state]


def _try(walk: Walk, reference: str, act: "partial[Any]") -> None:
    """Do one act; what a room refuses stays refused and is shown in the closing table."""
    try:
        act()
    except Refusal as refusal:
        walk.refused_acts.append((reference, act.func.__name__, str(refusal)))
