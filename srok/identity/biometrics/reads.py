"""Questions to the biometrics. Who may ask is the caller's duty: a key is only held by the case and the card."""

from uuid import UUID

from django.conf import settings

from srok.ground.kernel.refusal import Refusal
from srok.ground.kernel.sealing import unseal
from srok.identity.biometrics import images
from srok.identity.biometrics.models import Portrait
from srok.identity.biometrics.terms import SEALED_FOR, THUMBNAIL_BYTES


def portrait(key: UUID) -> bytes:
    """The JPEG kept under this key; raises `biometrics.no_portrait`."""
    row = Portrait.objects.filter(pk=key).first()
    if row is None:
        raise Refusal("biometrics.no_portrait")
    return unseal(settings.SROK_DATA_KEY, SEALED_FOR, bytes(row.sealed), aad=row.key.bytes)


def thumbnail(key: UUID, max_bytes: int = THUMBNAIL_BYTES) -> bytes:
    """The portrait as 60 x 75 grey WebP of at most `max_bytes`; raises `biometrics.no_portrait`, `.no_room`."""
    return images.to_thumbnail(images.open_picture(portrait(key)), max_bytes)
