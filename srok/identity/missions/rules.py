"""Decisions of the missions: whose hands, which state follows, what a day still allows. Pure."""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

from srok.ground.kernel.context import Context
from srok.ground.kernel.refusal import Refusal, Stale
from srok.identity.missions.terms import (
    DAY_FLOW,
    DAY_HANDS,
    FLOW,
    HANDS,
    LONGEST_NAME,
    OPEN_ORDERS,
    DayAct,
    Order,
    TicketAct,
    TicketState,
)


def next_state(state: TicketState | None, act: TicketAct) -> TicketState:
    """Where this act leads a ticket; raises `missions.not_in_this_state` where the table has no such row."""
    found = FLOW.get((state, act))
    if found is None:
        raise Refusal("missions.not_in_this_state", state=f"missions.state_{state}")
    return found


def next_order(order: Order | None, act: DayAct) -> Order:
    """Where this act leads a day; raises `missions.day_not_open` where the table has no such row."""
    found = DAY_FLOW.get((order, act))
    if found is None:
        raise Refusal("missions.day_not_open")
    return found


def check_hands(act: TicketAct, office: str, ctx: Context) -> None:
    """Raise `missions.not_your_post` unless the actor holds a role for this act in the office of the day."""
    hands = HANDS[act]
    if hands and not (ctx.office == office and any(ctx.has(role) for role, of in hands if ctx.ministry == of)):
        raise Refusal("missions.not_your_post")


def check_day_hands(act: DayAct, office: str, ctx: Context) -> None:
    """Raise `missions.not_your_post` unless the actor holds a role for this act on a day of this office."""
    mine = ctx.office == office and any(ctx.has(role) for role, of in DAY_HANDS[act] if ctx.ministry == of)
    if not mine:
        raise Refusal("missions.not_your_post")


def is_officer(office: str, ctx: Context) -> bool:
    """Say whether the actor works at the counter of this post."""
    return ctx.office == office and any(ctx.has(role) for role, _of in HANDS[TicketAct.ARRIVE])


def check_open(order: Order) -> None:
    """Raise `missions.day_not_open` for a day that is closed or over."""
    if order not in OPEN_ORDERS:
        raise Refusal("missions.day_not_open")


def check_not_begun(starts_at: datetime, at: datetime) -> None:
    """Raise `missions.slot_begun`: a slot that runs is for those at the door."""
    if starts_at <= at:
        raise Refusal("missions.slot_begun", field="slot")


def check_accepted(losing: Iterable[str], accepted: frozenset[str]) -> None:
    """Raise `missions.not_seen_who_loses` unless the officer saw every ticket that a change touches."""
    unseen = set(losing) - accepted
    if unseen:
        raise Refusal("missions.not_seen_who_loses", count=len(unseen))


def check_version(version: int, seen: int) -> None:
    """Raise `Stale` where somebody changed the day since the officer looked."""
    if version != seen:
        raise Stale()


def clean_name(name: str) -> str:
    """What to call out, on one line; raises `missions.name_too_long`."""
    plain = " ".join(name.split())
    if len(plain) > LONGEST_NAME:
        raise Refusal("missions.name_too_long", field="called_as", most=LONGEST_NAME)
    return plain


def one_of(words: type[StrEnum], value: str, field: str) -> str:
    """The value, when it is one of the closed list; raises `missions.unknown_value`, also for none."""
    if value not in set(words) or not value:
        raise Refusal("missions.unknown_value", field=field)
    return value
