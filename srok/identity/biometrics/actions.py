"""Acts of the biometrics."""

import hashlib
from uuid import UUID

from django.conf import settings
from django.db import transaction

from srok.ground.journal import public as journal
from srok.ground.kernel.context import Context
from srok.ground.kernel.ids import new_id
from srok.ground.kernel.refusal import Refusal
from srok.ground.kernel.sealing import seal
from srok.identity.biometrics import asking, images, reads, rules, store
from srok.identity.biometrics.models import AbisRequest, FingerSet, Portrait
from srok.identity.biometrics.terms import SEALED_FOR, Held, Message


@transaction.atomic
def keep(data: bytes, ctx: Context) -> UUID:
    """Keep a portrait under a new opaque key, upright, bounded and without metadata; return the key.

    Raises `Refusal` with the first problem (`biometrics.too_small`, `biometrics.blurred`, ...): a portrait that
    fails its checks is not kept.
    """
    opened = images.open_whole(data)
    verdict = rules.judge(images.measure(opened))
    if verdict.hard:
        raise Refusal(verdict.hard[0], field="portrait")
    jpeg = images.to_jpeg(opened.picture)
    key = new_id(ctx.at)
    digest = hashlib.sha256(jpeg).hexdigest()
    sealed = seal(settings.SROK_DATA_KEY, SEALED_FOR, jpeg, aad=key.bytes)
    Portrait(key=key, sealed=sealed, sha256=digest, kept_at=ctx.at).save(force_insert=True)
    journal.record(ctx, "biometrics.portrait_kept", str(key), {"sha256": digest})
    return key


@transaction.atomic
def erase(key: UUID, ctx: Context) -> Held:
    """Erase everything held under this key: portrait, templates, fingers, answers; return what was held.

    A system outside is told by a message that waits until it answers. The proof is the fact in the journal (counts
    and the hash that `keep` recorded) and `held`, which finds nothing. An unknown key is erased already.
    """
    before = reads.held(key)
    kept = Portrait.objects.filter(pk=key).values_list("sha256", flat=True).first()
    Portrait.objects.filter(pk=key).delete()
    store.forget_templates(key)
    AbisRequest.objects.filter(key=key).delete()
    FingerSet.objects.filter(pk=key).delete()
    if before.messages:
        asking.ask(Message.DELETE, key, asking.request_id(key, Message.DELETE), ctx=ctx)
    if before.portraits or before.templates or before.fingers:
        facts: journal.Facts = {"sha256": kept or "", "templates": before.templates, "fingers": before.fingers}
        journal.record(ctx, "biometrics.erased", str(key), facts)
    return before
