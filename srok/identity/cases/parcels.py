"""Commands that may arrive from a kit, and what a lost kit would show of its drafts."""

from collections.abc import Mapping

from srok.identity.cases import arriving, kit
from srok.identity.cases.capture_models import Capture
from srok.identity.cases.capture_terms import WAITING, Stage
from srok.trust.parcels.terms import Exposed, Handler

HANDLERS: Mapping[str, Handler] = {kit.KIND: arriving.lodge_arrived}


def EXPOSED() -> list[Exposed]:
    """Drafts that lie on this machine under its own key: half-filled, waiting, given up and not yet swept."""
    kept = Capture.objects.exclude(sealed=None)
    waiting = kept.filter(state__in=sorted(state.value for state in WAITING)).count()
    return [
        Exposed("cases.exposed_drafts", waiting),
        Exposed("cases.exposed_discarded", kept.filter(state=Stage.DISCARDED.value).count()),
    ]
