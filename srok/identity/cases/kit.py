"""What the counter does differently in a kit without a network: the seam to the parcels and to the mission."""

from collections.abc import Mapping

from srok.ground.kernel.context import Context
from srok.ground.kernel.ids import new_id, new_reference, read_reference
from srok.ground.kernel.refusal import Refusal
from srok.identity.missions import public as missions
from srok.trust.parcels import public as parcels

LODGE_EVENT = "cases.lodge"


def is_kit() -> bool:
    """True on a mission's kit, which holds no case and hands its captures on sealed."""
    return parcels.is_kit()


def check_capture(ctx: Context) -> None:
    """Whether a new capture may be begun now: never asked at a centre.

    Raises the parcels' and the missions' refusals (`parcels.frozen`, `parcels.clock_behind`, ...).
    """
    if is_kit():
        missions.check_capture(ctx)


def reference_for(given: str, ctx: Context) -> str:
    """The reference of a new capture: the one on the applicant's printed receipt, else a fresh one.

    In a kit it comes from the warrant's pool, and none is given out twice: raises `parcels.no_reference_left`,
    `parcels.foreign_reference`, `parcels.reference_used`; anywhere `kernel.bad_reference`.
    """
    wanted = read_reference(given) if given.strip() else ""
    if not is_kit():
        return wanted or new_reference()
    reference = wanted or parcels.next_reference(ctx)
    parcels.use_reference(reference, ctx)
    return reference


def references_to_print(count: int) -> list[str]:
    """References for printed receipts: fresh ones; in a kit those of its warrant that no capture bears.

    In a kit they come from the pool's end, since what is typed takes from its beginning: a number on somebody's
    paper is not given to somebody else. Raises `parcels.no_reference_left`.
    """
    if is_kit():
        left = parcels.unused_references()
        if not left:
            raise Refusal("parcels.no_reference_left")
        return left[-count:]
    return [new_reference() for _ in range(count)]


def hand_on(reference: str, body: Mapping[str, object], ctx: Context) -> tuple[str, int]:
    """Seal an application into the kit's next event, in the transaction of the act; kit and event number."""
    event = parcels.append(LODGE_EVENT, reference, body, ctx=ctx)
    return event.kit, event.seq


def served(ticket: str, ctx: Context) -> None:
    """The holder of this ticket has a receipt now; without a ticket nothing is to be done.

    Acts of their own, each with an id of its own: a kit's event has the id of its command.
    """
    if ticket:
        missions.arrived(ticket, ctx.for_command(new_id(ctx.at)))
        missions.served(ticket, ctx.for_command(new_id(ctx.at)))
