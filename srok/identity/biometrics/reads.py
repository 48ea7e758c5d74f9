"""Questions to the biometrics. Who may ask is the caller's duty: a key is only held by the case and the card."""

from uuid import UUID

from django.conf import settings
from django.db.models import Count, Max, Min

from srok.ground.kernel.refusal import Refusal
from srok.ground.kernel.sealing import unseal
from srok.identity.biometrics import images, rules
from srok.identity.biometrics.engine import engine
from srok.identity.biometrics.looking import template_in
from srok.identity.biometrics.models import AbisRequest, FaceTemplate, FingerPrint, Portrait
from srok.identity.biometrics.terms import (
    NO_FACE_ENGINE,
    SEALED_FOR,
    THUMBNAIL_BYTES,
    Candidate,
    Comparison,
    FaceSearch,
    Held,
    Message,
    QueueFacts,
    RequestState,
    SearchState,
)


def portrait(key: UUID) -> bytes:
    """The JPEG kept under this key; raises `biometrics.no_portrait`."""
    row = Portrait.objects.filter(pk=key).first()
    if row is None:
        raise Refusal("biometrics.no_portrait")
    return unseal(settings.SROK_DATA_KEY, SEALED_FOR, bytes(row.sealed), aad=row.key.bytes)


def thumbnail(key: UUID, max_bytes: int = THUMBNAIL_BYTES) -> bytes:
    """The portrait as 60 x 75 grey WebP of at most `max_bytes`; raises `biometrics.no_portrait`, `.no_room`."""
    return images.to_thumbnail(images.open_picture(portrait(key)), max_bytes)


def held(key: UUID) -> Held:
    """What is held under this key now."""
    return Held(
        Portrait.objects.filter(pk=key).count(),
        FaceTemplate.objects.filter(key=key).count(),
        AbisRequest.objects.filter(key=key).exclude(message=Message.DELETE).count(),
        FingerPrint.objects.filter(of_id=key).count(),
    )


def in_kit() -> bool:
    """Whether this machine is a mission's kit: it never holds the faces of others."""
    return bool(getattr(settings, "SROK_KIT", False))


def search_of(key: UUID) -> FaceSearch | None:
    """The answered search of a portrait; None while none was answered. One that cannot be done says why."""
    row = AbisRequest.objects.filter(key=key, message=Message.IDENTIFY).exclude(state=RequestState.WAITING.value)
    found = row.order_by("-answered_at").first()
    if found is None:
        return None
    if found.state == RequestState.UNABLE:
        return FaceSearch(SearchState.NOT_AVAILABLE, reason=found.problem)
    near = tuple(Candidate(UUID(other), float(distance)) for other, distance in found.answer["candidates"])
    return FaceSearch(SearchState.DONE, near)


def queue_facts() -> QueueFacts:
    """How the queue to the identification system stands (pending, in the words of an ABIS)."""
    waiting = AbisRequest.objects.filter(state=RequestState.WAITING.value)
    shown = waiting.aggregate(count=Count("id"), oldest=Min("asked_at"), most=Max("attempts"))
    of = dict(AbisRequest.objects.values_list("state").annotate(n=Count("id")))
    return QueueFacts(
        shown["count"], of.get(RequestState.UNABLE.value, 0), of.get(RequestState.DONE.value, 0), shown["oldest"],
        shown["most"] or 0,
    )  # fmt: skip


def compare(key: UUID, data: bytes) -> Comparison:
    """Compare the portrait of this key with a new photo, for the officer who hands over; it never refuses anybody.

    Raises `biometrics.no_portrait`; a photo that shows no single face, or a machine without an engine, is told in
    `not_checked`.
    """
    kept = portrait(key)
    found = engine()
    if found is None:
        return Comparison(not_checked=(NO_FACE_ENGINE,))
    from srok.identity.biometrics.gallery import distance

    try:
        apart = distance(template_in(found, kept), template_in(found, data))
    except Refusal as refusal:
        return Comparison(not_checked=(refusal.code,))
    return Comparison(apart, rules.verdict(apart))
