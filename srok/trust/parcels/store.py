"""Compare-and-set moves of an event that arrived; used by acts only."""

from typing import Any

from django.db.models import F

from srok.ground.kernel.context import Context
from srok.ground.kernel.refusal import Stale
from srok.trust.parcels import rules
from srok.trust.parcels.models import Arrival
from srok.trust.parcels.terms import Act, State


def move(row: Arrival, act: Act, ctx: Context, **changes: Any) -> State:
    """Do one act of the table on the event; raises `parcels.wrong_state`, or `Stale` where another was first."""
    state = rules.next_state(State(row.state), act)
    moved = Arrival.objects.filter(pk=row.pk, version=row.version, state=row.state)
    if not moved.update(version=F("version") + 1, state=state, settled_at=ctx.at, **changes):
        raise Stale()
    row.version += 1
    row.state = state
    for name, value in changes.items():
        setattr(row, name, value)
    return state
