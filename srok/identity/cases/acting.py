"""From the words of a command line to the commands of the desks; a word that is none is refused, naming the choice."""

from collections.abc import Iterable
from enum import StrEnum
from typing import TypeVar
from uuid import UUID

from srok.ground.kernel.context import Context
from srok.ground.kernel.refusal import Refusal
from srok.identity.cases import candidates, decision, examination
from srok.identity.cases.commands import (
    ApproveDecision,
    BackReason,
    DecideApplication,
    ExamineApplication,
    SettleCandidate,
    SettleReason,
    SettleRest,
)
from srok.identity.cases.terms import Opinion, Outcome, SettledAs

E = TypeVar("E", bound=StrEnum)


def settle(reference: str, candidate: str, as_: str, reason: str, ctx: Context) -> object:
    """`settle REFERENCE CANDIDATE|rest --is WORD`."""
    ground = word(SettleReason, reason, "reason")
    if candidate == "rest":
        return candidates.settle_rest(SettleRest(reference, ground), ctx=ctx)
    try:
        one = UUID(candidate)
    except ValueError as error:
        raise Refusal("cases.unknown_candidate") from error
    return candidates.settle(SettleCandidate(reference, one, word(SettledAs, as_, "is"), ground), ctx=ctx)


def examine(reference: str, opinion: str, reasons: Iterable[str], ctx: Context) -> object:
    """`examine REFERENCE --opinion WORD [--reason CODE]`."""
    return examination.examine(
        ExamineApplication(reference, word(Opinion, opinion, "opinion"), tuple(reasons)), ctx=ctx
    )


def decide(reference: str, outcome: str, reasons: Iterable[str], central_answer: str, ctx: Context) -> object:
    """`decide REFERENCE --outcome WORD [--reason CODE]`."""
    command = DecideApplication(reference, word(Outcome, outcome, "outcome"), tuple(reasons), central_answer)
    return decision.decide(command, ctx=ctx)


def approve(reference: str, agree: bool, reasons: Iterable[str], ctx: Context) -> object:
    """`approve REFERENCE [--send-back --reason CODE]`."""
    back = tuple(word(BackReason, code, "reason") for code in reasons)
    return decision.approve(ApproveDecision(reference, agree, back), ctx=ctx)


def word(words: type[E], given: str, field: str) -> E:
    try:
        return words(given)
    except ValueError as error:
        raise Refusal("cases.unknown_choice", field=field, given=given[:40], allowed=", ".join(words)) from error
