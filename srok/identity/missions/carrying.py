"""What is done in a kit is carried to the centre: each act of the day appends its event in its own transaction."""

from collections.abc import Mapping
from uuid import UUID

from srok.ground.kernel.context import Context
from srok.ground.kernel.ids import new_id
from srok.ground.kernel.refusal import Refusal
from srok.trust.parcels import public as parcels


def only_at_the_centre() -> None:
    """Raise `missions.not_in_a_kit`: places are given out where everybody's booking is known, and nowhere else."""
    if parcels.is_kit():
        raise Refusal("missions.not_in_a_kit")


def carry(kind: str, subject: UUID | str, body: Mapping[str, object], ctx: Context) -> None:
    """Append the event of an act, in a kit; at the centre there is nobody to tell."""
    if parcels.is_kit():
        # One command may be several events (a family served as an application is approved): each has its own id.
        parcels.append(kind, str(subject), dict(body), ctx=ctx.for_command(new_id(ctx.at)))


def check_may_act(ctx: Context) -> None:
    """In a kit: raise what `parcels.check_capture` raises (outside the warrant, frozen, a wrong clock)."""
    if parcels.is_kit():
        parcels.check_capture(ctx)
