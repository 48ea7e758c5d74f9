"""The waiting list of a day: whoever asked first gets the place that comes free, if their family fits."""

from srok.ground.journal import public as journal
from srok.ground.kernel.context import Context
from srok.identity.missions import slots, store, telling
from srok.identity.missions.models import Day, Ticket
from srok.identity.missions.terms import OPEN_ORDERS, Order, TicketAct, TicketState


def seat_waiting(day: Day, ctx: Context) -> int:
    """Give the free places of a day (held by the caller) to its waiting list, in the order in which they asked.

    A family that does not fit keeps its turn; a smaller one behind it may take what is left. Returns how many tickets
    got a place; each is told.
    """
    if Order(day.state) not in OPEN_ORDERS:
        return 0
    given = 0
    for ticket in Ticket.objects.filter(day=day, state=TicketState.WAITLISTED).order_by("waits_since", "id"):
        found = slots.offers(store.facts_of(store.slots(day)), ticket.people, ctx.at, day.slot_minutes)
        if not found:
            continue
        store.take(ticket, found[0])
        store.move(ticket, store.Move(TicketAct.SEAT, {"slot_at": found[0].starts_at}), ctx)
        telling.tell(ticket, telling.GIVEN, ctx)
        journal.record(ctx, "missions.place_given", str(ticket.id), {"day": str(day.id), "people": ticket.people})
        given += 1
    return given
