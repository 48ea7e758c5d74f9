"""The end of a day: who did not come is noted, who still waits is turned away, names and contacts are erased."""

from uuid import UUID

from django.db import transaction
from django.db.models import F

from srok.ground.journal import public as journal
from srok.ground.kernel.context import Context
from srok.ground.kernel.ids import new_id
from srok.ground.kernel.refusal import Stale
from srok.identity.missions import carrying, places, reads, rules, store, telling
from srok.identity.missions.commands import EndDay, SettleConflict
from srok.identity.missions.facts import DayFacts
from srok.identity.missions.models import Conflict, Day, Switch, Ticket
from srok.identity.missions.store import Move
from srok.identity.missions.terms import Away, DayAct, Order, Outcome, TicketAct, TicketState

ENDS = {
    TicketState.BOOKED: Move(TicketAct.NOT_COME),
    TicketState.WAITLISTED: Move(TicketAct.LAPSE),
    TicketState.PRESENT: Move(TicketAct.TURN_AWAY, {"rank": None, "reason": Away.CLOSING}, reason=Away.CLOSING),
    TicketState.CALLED: Move(TicketAct.TURN_AWAY, {"desk": None, "reason": Away.CLOSING}, reason=Away.CLOSING),
}  # fmt: skip


@transaction.atomic
def end_day(command: EndDay, *, ctx: Context) -> DayFacts:
    """End a day: nobody is taken any more, every open ticket gets its end, no name and no contact is left behind.

    Raises `missions.not_your_post`, `missions.day_not_open`, `missions.unknown_day`.
    """
    day = places.own_day(command.day, ctx)
    rules.check_day_hands(DayAct.END, day.office, ctx)
    day = store.take_turns(day.id)[day.id]
    order = rules.next_order(Order(day.state), DayAct.END)
    ended: dict[TicketAct, list[str]] = {TicketAct.NOT_COME: [], TicketAct.TURN_AWAY: [], TicketAct.LAPSE: []}
    for ticket in Ticket.objects.filter(day=day).select_related("day").order_by("id"):
        ending = ENDS.get(TicketState(ticket.state))
        if ending is not None:
            store.move(ticket, ending, ctx)
            ended[ending.act].append(ticket.reference)
    forget(day, ctx)
    if not Day.objects.filter(pk=day.pk, version=day.version).update(state=order, version=F("version") + 1):
        raise Stale()
    Switch(id=new_id(ctx.at), day=day, to=order, at=store.when(ctx), actor=ctx.actor).save(force_insert=True)
    facts: journal.Facts = {"not_come": len(ended[TicketAct.NOT_COME]), "closing": len(ended[TicketAct.TURN_AWAY])}
    journal.record(ctx, "missions.day_ended", str(day.id), facts)
    body = {"not_come": ended[TicketAct.NOT_COME], "closing": ended[TicketAct.TURN_AWAY]}
    carrying.carry("missions.day_ended", day.id, body, ctx)
    return reads.day(day.id)


def forget(day: Day, ctx: Context) -> None:
    """Erase every name and every way to reach somebody of a day that is over; again changes nothing."""
    for ticket in Ticket.objects.filter(day=day, reachable=True):
        telling.forget(ticket, ctx)
    Ticket.objects.filter(day=day).update(sealed=None, reachable=False)


@transaction.atomic
def settle_conflict(command: SettleConflict, *, ctx: Context) -> UUID:
    """An officer has looked at what the centre and a kit say differently; the outcome is of the closed list.

    Raises `missions.unknown_conflict`, `missions.not_your_post`, `missions.unknown_value`, `Stale` once settled.
    """
    found = reads.conflict_row(command.conflict, ctx)
    rules.check_hands(TicketAct.NOT_COME, found.ticket.day.office, ctx)
    outcome = rules.one_of(Outcome, command.outcome, "outcome")
    changed = Conflict.objects.filter(pk=found.pk, outcome="").update(
        outcome=outcome, settled_by=ctx.actor, settled_at=ctx.at
    )
    if not changed:
        raise Stale()
    journal.record(ctx, "missions.conflict_settled", str(found.ticket_id), {"code": found.code, "outcome": outcome})
    return found.pk
