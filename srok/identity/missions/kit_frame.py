"""What every page of a kit says: which kit this is, and what somebody has answered for."""

from django.conf import settings
from django.http import HttpRequest

from srok.ground.gazetteer import public as gazetteer
from srok.ground.kernel.refusal import Refusal
from srok.identity.missions import kit_state
from srok.trust.parcels import public as parcels


def kit(request: HttpRequest) -> dict[str, object]:
    """Context processor of a kit's pages: its name and post, and whether its disk is open."""
    try:
        here = parcels.this_kit()
    except Refusal:
        return {"srok_kit": {"name": "?", "post": None, "open": False}}
    machine = kit_state.look()
    is_open = settings.SROK_KIT_UNENCRYPTED and not (machine.disk_encrypted and machine.swap_encrypted)
    return {"srok_kit": {"name": here.kit, "post": gazetteer.post(here.post), "open": is_open}}
