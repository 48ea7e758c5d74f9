"""Compare-and-set moves, places taken and given back, the sealed name; used by the acts and reads of this room only."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db.models import F

from srok.ground.kernel.context import Context
from srok.ground.kernel.ids import new_id, read_reference
from srok.ground.kernel.refusal import Refusal, Stale
from srok.ground.kernel.sealing import seal, unseal
from srok.identity.missions import rules
from srok.identity.missions.models import Day, Seat, Slot, Ticket, TicketStep
from srok.identity.missions.terms import Offer, SlotFacts, TicketAct, TicketState
from srok.identity.missions.terms import Seat as SeatFacts

NAME = "missions.called_as"


def when(ctx: Context) -> datetime:
    """The instant of the act itself: an act without a network happened before it was recorded."""
    return ctx.happened_at or ctx.at


def take_turns(*days: UUID) -> dict[UUID, Day]:
    """The days, each held until the end of the transaction, so that acts on the places and the line of one day follow
    one another. Always in the order of their ids: two that want both days wait, and never for each other.

    Raises `missions.unknown_day`.
    """
    found = {}
    for day in sorted(set(days)):
        if not Day.objects.filter(pk=day).update(turn=F("turn") + 1):
            raise Refusal("missions.unknown_day")
        found[day] = Day.objects.get(pk=day)
    return found


def ticket_of(text: str) -> Ticket:
    """The ticket with this reference as somebody typed or scanned it.

    Raises `kernel.bad_reference`, or `missions.unknown_ticket`.
    """
    found = Ticket.objects.select_related("day").filter(reference=read_reference(scanned(text))).first()
    if found is None:
        raise Refusal("missions.unknown_ticket", field="ticket")
    return found


def scanned(text: str) -> str:
    """The reference in what a scanner read: the text itself, or the last part of the address of the ticket's page."""
    return text.strip().rstrip("/").rpartition("/")[2][:60]


def held(text: str) -> Ticket:
    """The ticket, with its day held for this transaction (`take_turns`) and read after that."""
    return held_row(ticket_of(text))


def held_row(seen: Ticket) -> Ticket:
    """The ticket as it stands once its day is held; raises `Stale` where it went to another day meanwhile."""
    take_turns(seen.day_id)
    found = Ticket.objects.select_related("day").get(pk=seen.pk)
    if found.day_id != seen.day_id:
        raise Stale()
    return found


def slots(day: Day) -> list[Slot]:
    """The slots of a day in time order."""
    return list(Slot.objects.filter(day=day).order_by("starts_at"))


def facts_of(rows: Iterable[Slot]) -> list[SlotFacts]:
    """Slots as rules read them."""
    return [SlotFacts(row.starts_at, row.places, row.bookable, row.taken, row.walk_ins, row.lane) for row in rows]


def take(ticket: Ticket, offer: Offer) -> None:
    """Take the seats of an offer; raises `missions.slot_full` where somebody was faster. All or none is the caller's
    transaction; the constraint of the table says the same once more."""
    for seat in offer.seats:
        rows = Slot.objects.filter(day=ticket.day_id, starts_at=seat.starts_at)
        if not rows.filter(taken__lte=F("bookable") - seat.people).update(taken=F("taken") + seat.people):
            raise Refusal("missions.slot_full", field="slot", people=ticket.people)
        Seat(ticket=ticket, slot=rows.get(), people=seat.people).save(force_insert=True)


def give_back(ticket: Ticket) -> bool:
    """Free the seats of a ticket for others; say whether there were any."""
    seats = list(Seat.objects.filter(ticket=ticket))
    for seat in seats:
        Slot.objects.filter(pk=seat.slot_id).update(taken=F("taken") - seat.people)
        seat.delete()
    return bool(seats)


def seats_of(ticket: Ticket) -> tuple[SeatFacts, ...]:
    """The seats of a ticket in time order."""
    rows = Seat.objects.filter(ticket=ticket).select_related("slot").order_by("slot__starts_at")
    return tuple(SeatFacts(row.slot.starts_at, row.people) for row in rows)


@dataclass(frozen=True, slots=True)
class Move:
    """One act of FLOW on a ticket: what else changes with it, how many people it touches, why."""

    act: TicketAct
    changes: Mapping[str, object] = field(default_factory=dict)
    people: int = 0
    reason: str = ""


def move(ticket: Ticket, doing: Move, ctx: Context) -> None:
    """Carry out one act of FLOW by compare-and-set on the version, and write its step.

    Raises `missions.not_in_this_state`, or `Stale` when somebody moved the ticket first.
    """
    to = rules.next_state(TicketState(ticket.state), doing.act)
    changed = Ticket.objects.filter(pk=ticket.pk, version=ticket.version).update(
        version=F("version") + 1, state=to.value, **doing.changes
    )
    if not changed:
        raise Stale(reference=ticket.reference)
    ticket.refresh_from_db()
    write_step(ticket, doing, ctx)


def write_step(ticket: Ticket, doing: Move, ctx: Context) -> None:
    """The line of history of an act that was just done here."""
    TicketStep(
        id=new_id(ctx.at), ticket=ticket, act=doing.act.value, at=when(ctx), recorded_at=ctx.at, day=ticket.day_id,
        actor=ctx.actor, people=doing.people, reason=doing.reason,
    ).save(force_insert=True)  # fmt: skip


def line_of(day: UUID) -> list[Ticket]:
    """Those who wait, the next one first."""
    present = Ticket.objects.filter(day=day, state=TicketState.PRESENT)
    return list(present.order_by(F("rank").asc(nulls_last=True), "due_at", "arrived_at", "id"))


def make_room(line: Sequence[Ticket], index: int) -> int:
    """The rank of somebody who is put into the line at this index; all behind move one further."""
    if index >= len(line):
        return (line[-1].rank or 0) + 1 if line else 1
    rank = line[index].rank or 0
    ids = [ticket.pk for ticket in line[index:]]
    Ticket.objects.filter(pk__in=ids).update(rank=F("rank") + 1)
    return rank


def sealed_name(ticket: UUID, name: str) -> bytes | None:
    """The name to call out, sealed and tied to its ticket; None for none."""
    return seal(settings.SROK_DATA_KEY, NAME, name.encode(), aad=ticket.bytes) if name else None


def opened_name(ticket: Ticket) -> str:
    """The name to call out; empty for none."""
    if ticket.sealed is None:
        return ""
    return unseal(settings.SROK_DATA_KEY, NAME, bytes(ticket.sealed), aad=ticket.id.bytes).decode()
