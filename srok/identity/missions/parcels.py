"""What missions give to a kit, and what a kit may tell of its days."""

from collections.abc import Callable, Mapping
from typing import Any

from srok.ground.kernel.context import Context
from srok.identity.missions import kit_events, kit_pack, kit_parcels
from srok.trust.parcels.terms import Arrived, Outcome, Warrant


def _pack(warrant: Warrant, ctx: Context) -> dict[str, Any]:
    return kit_pack.pack(warrant)


HANDLERS: Mapping[str, Callable[[Arrived], Outcome]] = {
    **dict.fromkeys(kit_events.ACTS, kit_events.ticket_event),
    "missions.day_ended": kit_events.day_ended,
    "missions.order_switched": kit_events.order_switched,
    "missions.kit_machine": kit_parcels.machine,
}
PACK, UNPACK, EXPOSED = _pack, kit_pack.unpack, kit_pack.exposed
