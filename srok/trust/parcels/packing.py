"""What the rooms give to a kit, and what each of them leaves there: asked through their drawer `parcels`."""

from collections.abc import Mapping
from typing import Any

from srok.ground.kernel.context import Context
from srok.trust.parcels import encoding, here, opening
from srok.trust.parcels.models import OutgoingBytes, UsedReference
from srok.trust.parcels.terms import Exposed, Warrant


def pack(warrant: Warrant, ctx: Context) -> bytes:
    """What every room gives to this kit (`PACK`), in one form: the room's label -> plain values."""
    found = {_label(one): one.PACK(warrant, ctx) for one in opening.drawers() if hasattr(one, "PACK")}
    return encoding.encode(found)


def unpack(data: bytes, ctx: Context) -> None:
    """Hand each room its part (`UNPACK`), inside the kit; raises ValueError for bytes that `pack` did not make.

    A room that gave something and takes nothing is a fault of the program: KeyError.
    """
    given: Mapping[str, Any] = encoding.decode(data)
    takers = {_label(one): one.UNPACK for one in opening.drawers() if hasattr(one, "UNPACK")}
    for label, part in given.items():
        takers[label](part, ctx)


def exposure() -> list[Exposed]:
    """What somebody would see who holds this kit open: of every room, then our own. Sealed events are not exposed."""
    found = [one for module in opening.drawers() for one in getattr(module, "EXPOSED", list)()]
    if here.is_kit():
        left = len(here.warrant().references) - UsedReference.objects.count()
        found.append(Exposed("parcels.exposed_references", left))
        found.append(Exposed("parcels.exposed_officers", len(here.warrant().officers)))
        found.append(Exposed("parcels.sealed_events", OutgoingBytes.objects.count()))
    return found


def _label(module: Any) -> str:
    return str(module.__name__.split(".")[-2])
