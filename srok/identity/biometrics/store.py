"""Writes of templates, galleries and messages; used by actions and the queue only."""

from typing import Any
from uuid import UUID, uuid5

from django.conf import settings
from django.db import transaction
from django.db.models import F

from srok.ground.faces.public import clock
from srok.ground.kernel.ids import new_id
from srok.ground.kernel.refusal import Stale
from srok.ground.kernel.sealing import seal
from srok.identity.biometrics import rules
from srok.identity.biometrics.models import AbisRequest, FaceTemplate, Gallery, GalleryChange
from srok.identity.biometrics.terms import TEMPLATES_SEALED_FOR, RequestAct, RequestState


@transaction.atomic
def keep_template(engine: str, key: UUID, template: bytes) -> None:
    """Keep or replace the template of one portrait, sealed; the gallery of the engine changes by one."""
    at = clock.instant()
    sealed = seal(settings.SROK_DATA_KEY, TEMPLATES_SEALED_FOR, template, aad=key.bytes)
    _changed(engine, key, added=True)
    FaceTemplate.objects.update_or_create(
        engine=engine, key=key, defaults={"sealed": sealed, "made_at": at}, create_defaults={
            "id": uuid5(key, engine), "sealed": sealed, "made_at": at,
        },
    )  # fmt: skip


@transaction.atomic
def forget_templates(key: UUID) -> int:
    """Delete every template of one portrait; return how many there were."""
    held = list(FaceTemplate.objects.filter(key=key).values_list("engine", flat=True))
    for engine in sorted(held):
        _changed(engine, key, added=False)
    FaceTemplate.objects.filter(key=key).delete()
    return len(held)


def _changed(engine: str, key: UUID, *, added: bool) -> None:
    """Number one change. The row of the gallery is held until the commit, so numbers are committed in their order."""
    Gallery.objects.get_or_create(engine=engine)
    Gallery.objects.filter(pk=engine).update(changes=F("changes") + 1)
    number = Gallery.objects.values_list("changes", flat=True).get(pk=engine)
    GalleryChange(id=new_id(clock.instant()), engine=engine, number=number, key=key, added=added).save(
        force_insert=True
    )


def move(request: AbisRequest, act: RequestAct, **changes: Any) -> None:
    """Move a message by FLOW, compare-and-set; raises `Stale` when another worker was first."""
    state = rules.next_state(RequestState(request.state), act)
    rows = AbisRequest.objects.filter(pk=request.pk, version=request.version, state=request.state)
    if not rows.update(version=F("version") + 1, state=state, **changes):
        raise Stale()
