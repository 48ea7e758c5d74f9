"""Who may do what to a capture, and after whom. Pure: facts are handed in."""

from collections.abc import Collection
from dataclasses import dataclass

from srok.ground.kernel.refusal import Refusal
from srok.identity.cases.capture_terms import CAPTURE_FLOW, CAPTURE_HANDS, TYPING, CaptureAct, Confirmed, Stage, Where


@dataclass(frozen=True, slots=True)
class CaptureStanding:
    """Where a capture stands: its state, everybody who typed something of it, and who approved it."""

    state: Stage | None = None
    typed: frozenset[str] = frozenset()
    approved_by: str = ""


@dataclass(frozen=True, slots=True)
class CaptureDoing:
    """An act that somebody is about to do to a capture."""

    act: CaptureAct
    actor: str
    office: str
    roles: Collection[str]


def step(standing: CaptureStanding, doing: CaptureDoing) -> CaptureStanding:
    """The standing after this act.

    Raises `cases.capture_not_so` (no such row in the table), `cases.not_your_desk`, `cases.own_capture` (the officer
    typed something of it, so another one approves or sends back).
    """
    check_desk(doing)
    to = CAPTURE_FLOW.get((standing.state, doing.act))
    if to is None:
        state = standing.state or Stage.STARTED
        raise Refusal("cases.capture_not_so", state=f"cases.stage_of_{state}", act=f"cases.capture_{doing.act}")
    if doing.act in (CaptureAct.APPROVE, CaptureAct.SEND_BACK) and doing.actor in standing.typed:
        raise Refusal("cases.own_capture", act=f"cases.capture_{doing.act}")
    typed = standing.typed | {doing.actor} if doing.act in TYPING else standing.typed
    return CaptureStanding(to, typed, doing.actor if doing.act is CaptureAct.APPROVE else "")


def check_desk(doing: CaptureDoing) -> None:
    """Only consular officers of a post of Foreign Affairs take applications."""
    ministry = doing.office.partition(".")[0]
    if not any(role in doing.roles and ministry == wanted for role, wanted in CAPTURE_HANDS[doing.act]):
        raise Refusal("cases.not_your_desk", act=f"cases.capture_{doing.act}", office=doing.office)


def check_confirmation(how: Confirmed, witnesses: Collection[str], guardian: str) -> None:
    """A mark stands with the signatures of two witnesses; a guardian is named (house.md section 6)."""
    if how is Confirmed.MARK and len({one.strip() for one in witnesses if one.strip()}) < 2:
        raise Refusal("cases.two_witnesses_needed", field="witness_1")
    if how is Confirmed.GUARDIAN and not guardian.strip():
        raise Refusal("cases.guardian_needed", field="guardian")


def check_statement(where: str, statement: str) -> None:
    """What was taken out of the post's own places needs the second officer's explicit statement."""
    if where == Where.ELSEWHERE and not statement.strip():
        raise Refusal("cases.statement_needed", field="statement")
