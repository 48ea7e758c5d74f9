"""The door of the missions: days, tickets, the line; kits through their own verbs and pages."""

from srok.ground.kernel.context import Context
from srok.ground.kernel.refusal import Refusal
from srok.identity.missions import counter, places, reads, rules, store
from srok.identity.missions.booking import book, cancel, rebook
from srok.identity.missions.commands import (
    Arrive,
    Book,
    Call,
    CallNext,
    Cancel,
    ChangeDay,
    CloseDate,
    CloseDay,
    EndDay,
    EndTicket,
    PlanDay,
    Reach,
    Rebook,
    Serve,
    SettleConflict,
    SwitchOrder,
    WalkIn,
)
from srok.identity.missions.counter import arrive, call, call_next, end_ticket, serve, walk_in
from srok.identity.missions.ending import end_day, settle_conflict
from srok.identity.missions.facts import DayFacts, TicketFacts
from srok.identity.missions.kit_state import check_capture, start_checks
from srok.identity.missions.numbers import Hour, Numbers, numbers
from srok.identity.missions.planning import change_day, close_date, close_day, plan_day, switch_order, what_changes
from srok.identity.missions.reads import day, days_of_office, days_to_book, ticket
from srok.identity.missions.terms import (
    Kind,
    Lane,
    Order,
    Place,
    Plan,
    SlotFacts,
    TicketAct,
    TicketState,
)

__all__ = [
    "Arrive", "Book", "Call", "CallNext", "Cancel", "ChangeDay", "CloseDate", "CloseDay", "DayFacts", "EndDay",
    "EndTicket", "Hour", "Kind", "Lane", "Numbers", "Order", "Place", "Plan", "PlanDay", "Reach", "Rebook", "Serve",
    "SettleConflict", "SlotFacts", "SwitchOrder", "TicketAct", "TicketFacts", "TicketState", "WalkIn", "arrive",
    "arrived", "book", "call", "call_next", "cancel", "change_day", "check_capture", "check_ticket", "close_date",
    "close_day", "day", "days", "days_of_office", "days_to_book", "end_day", "end_ticket", "numbers", "plan_day",
    "rebook", "serve", "served", "settle_conflict", "start_checks", "switch_order", "ticket", "walk_in",
    "what_changes",
]  # fmt: skip


def check_ticket(reference: str, ctx: Context) -> TicketFacts:
    """The ticket, when it is one of today's at the actor's post and its holders can be served (or were, today).

    Raises `kernel.bad_reference`, `missions.unknown_ticket`, `missions.not_your_post`, `missions.other_day`,
    `missions.not_in_this_state`.
    """
    row = store.ticket_of(reference)
    if not rules.is_officer(row.day.office, ctx):
        raise Refusal("missions.not_your_post")
    if places.civil_date(row.day, store.when(ctx)) != row.day.on:
        raise Refusal("missions.other_day", on=row.day.on.isoformat())
    if row.state not in (TicketState.SERVED, TicketState.CALLED, TicketState.PRESENT):
        rules.next_state(TicketState(row.state), TicketAct.ARRIVE)
    return reads.ticket_facts(row)


def arrived(reference: str, ctx: Context) -> TicketFacts:
    """The holders of this ticket are here; twice changes nothing. Raises as `check_ticket`."""
    return arrive(Arrive(reference), ctx=ctx)


def served(reference: str, ctx: Context, people: int = 1) -> TicketFacts:
    """So many people of this ticket are done, whoever forgot to note that they came; more than there are changes
    nothing. In the transaction of the caller's act. Raises as `check_ticket`."""
    found = check_ticket(reference, ctx)
    if found.state is TicketState.SERVED:
        return found
    if found.state not in (TicketState.PRESENT, TicketState.CALLED):
        found = counter.arrive(Arrive(reference), ctx=ctx)
    return serve(Serve(reference, min(people, found.people - found.served_people)), ctx=ctx)


def days(ctx: Context) -> list[DayFacts]:
    """The days of the actor's post from today on."""
    return days_of_office(ctx, ctx.on)
