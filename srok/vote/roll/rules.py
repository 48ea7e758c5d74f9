"""Decisions of the roll: who may be entered, where and when. Pure: facts are handed in, codes come out."""

from collections.abc import Collection

from srok.ground.kernel.context import Context
from srok.ground.kernel.refusal import Refusal
from srok.vote.roll.terms import FLOW, HANDS, Applicant, RegisterVoter, RowAct, RowState, Window, WindowState

# What an unknown date is called in a fact; faces say it in words.
NOT_ANNOUNCED = "roll.not_announced"


def next_state(state: RowState | None, act: RowAct) -> RowState:
    """Where this act leads; raises `roll.wrong_state` where the table has no such row."""
    found = FLOW.get((state, act))
    if found is None:
        raise Refusal("roll.wrong_state")
    return found


def check_channel(command: RegisterVoter, channels: Collection[str]) -> None:
    """Rule VL-INPERSON (LEMNA articles 50 and 51): only in person; post, internet and consulates are told why not."""
    if command.channel not in channels:
        raise Refusal("roll.not_in_person", field="channel", channel=command.channel)
    if not command.present:
        raise Refusal("roll.not_in_person", field="present", channel=command.channel)


def check_desk(command: RegisterVoter, ctx: Context) -> None:
    """A clerk enters people in their own commune only."""
    may = any(ctx.has(role) and ctx.ministry == ministry for role, ministry in HANDS[RowAct.ENTER])
    if not may or ctx.office != f"commune.{command.commune}":
        raise Refusal("roll.other_commune_desk", field="commune", commune=command.commune)


def check_window(window: Window) -> None:
    """Rule VL-WINDOW: inside that year's announced window; a year without a source is never guessed."""
    if window.state is WindowState.OPEN:
        return
    following = window.next_from.isoformat() if window.next_from else NOT_ANNOUNCED
    if window.from_ is None or window.last is None:
        raise Refusal("roll.window_not_announced", year=window.year, next=following)
    raise Refusal("roll.window_closed", from_=window.from_.isoformat(), until=window.last.isoformat(), next=following)


def check_applicant(applicant: Applicant) -> None:
    """One place per person (VL-ONE), a living Khmer national (LEMNA 46), of age on the reference day (VL-AGE).

    Somebody whose birth date leaves the age open is entered once the latest possible day is of age.
    """
    if not applicant.alive:
        raise Refusal("roll.card_not_valid", state="roll.card_revoked")
    if not applicant.citizen:
        raise Refusal("roll.not_citizen")
    if applicant.listed_in:
        raise Refusal("roll.already_listed", commune=applicant.listed_in, on=str(applicant.listed_on))
    if not applicant.of_age:
        raise Refusal("roll.under_age", born_by=applicant.born_by.isoformat())
