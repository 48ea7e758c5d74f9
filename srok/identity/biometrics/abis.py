"""The seam of the identification system (ABIS): what it can be told and asked, and the default one on this machine.

A real ABIS takes its place by `SROK_ABIS=module:Class` (a class without arguments that keeps `Abis`). It is spoken to
through the queue only (`asking.py`), so its silence delays answers and loses none.
"""

import os
from functools import lru_cache
from importlib import import_module
from threading import Lock
from typing import Protocol
from uuid import UUID

from django.conf import settings

from srok.ground.kernel.refusal import Refusal
from srok.ground.kernel.sealing import unseal
from srok.identity.biometrics import store
from srok.identity.biometrics.engine import FaceEngine, engine
from srok.identity.biometrics.gallery import Vectors
from srok.identity.biometrics.looking import template_in
from srok.identity.biometrics.models import FaceTemplate, Gallery, GalleryChange
from srok.identity.biometrics.terms import MOST_CANDIDATES, OTHER_BEYOND, TEMPLATES_SEALED_FOR, Candidate


class Abis(Protocol):
    """What an identification system promises. Each message may come twice. Any exception but `Refusal` is a failure
    of the system, and the message is tried again; a `Refusal` is its answer: it cannot be done with this picture."""

    name: str

    def insert(self, key: UUID, jpeg: bytes) -> None:
        """Make this face findable under this key; the same key again replaces it."""
        ...

    def identify(self, key: UUID, jpeg: bytes, most: int) -> list[Candidate]:
        """The nearest other faces, nearest first."""
        ...

    def delete(self, key: UUID) -> None:
        """Forget this key; an unknown one is forgotten already."""
        ...

    def ping(self) -> bool:
        """Whether it answers at all."""
        ...

    def count(self) -> int:
        """How many faces it holds (the reference count)."""
        ...


@lru_cache(maxsize=1)
def abis() -> Abis | None:
    """The identification system of this installation; None in a mission's kit, and where there is no face engine.

    Raises `biometrics.engine_broken` where one is named that cannot be started.
    """
    if getattr(settings, "SROK_KIT", False):
        return None
    named = os.environ.get("SROK_ABIS", "")
    if not named:
        found = engine()
        return NumpyAbis(found) if found else None
    module, _, name = named.partition(":")
    try:
        made: Abis = getattr(import_module(module), name)()
    except (ImportError, AttributeError, OSError, TypeError) as error:
        raise Refusal("biometrics.engine_broken", engine=named[:80]) from error
    return made


class NumpyAbis:
    """The default: the templates of the face engine, sealed in the database, searched exactly in memory.

    Each process has its own copy of the numbers and follows the changes of the gallery by their number.
    """

    def __init__(self, found: FaceEngine) -> None:
        self._engine = found
        self.name = f"{found.name} {found.version}"[:60]
        self._vectors, self._seen = Vectors(), -1
        self._one_at_a_time = Lock()

    def insert(self, key: UUID, jpeg: bytes) -> None:
        """Keep the sealed template, and count the change, in one transaction."""
        store.keep_template(self.name, key, self.template(jpeg))

    def identify(self, key: UUID, jpeg: bytes, most: int = MOST_CANDIDATES) -> list[Candidate]:
        """The nearest other faces that are near enough to be looked at."""
        kept = template_of(self.name, key)
        asked = kept if kept is not None else self.template(jpeg)
        with self._one_at_a_time:
            self._follow()
            found = self._vectors.nearest(asked, most, without=key)
        return [one for one in found if one.distance <= OTHER_BEYOND]

    def delete(self, key: UUID) -> None:
        """Delete the template of this key, of every engine."""
        store.forget_templates(key)

    def ping(self) -> bool:
        """The default engine runs in this process: it answers."""
        return True

    def count(self) -> int:
        """The faces that can be found here and now."""
        with self._one_at_a_time:
            self._follow()
            return len(self._vectors)

    def template(self, jpeg: bytes) -> bytes:
        """The numbers of the one face of a picture; raises `biometrics.no_face`, `biometrics.several_faces`."""
        return template_in(self._engine, jpeg)

    def _follow(self) -> None:
        """Bring the copy in memory up to what is committed."""
        row = Gallery.objects.filter(pk=self.name).first()
        now = row.changes if row else 0
        if self._seen < 0:
            self._load(now)
        if self._seen < now:
            changes = GalleryChange.objects.filter(engine=self.name, number__gt=self._seen, number__lte=now)
            for key in dict.fromkeys(changes.order_by("number").values_list("key", flat=True)):
                self._take(key)
            self._seen = now

    def _load(self, now: int) -> None:
        rows = FaceTemplate.objects.filter(engine=self.name).values_list("key", "sealed")
        for key, sealed in rows.iterator(chunk_size=2000):
            self._vectors.add(key, _opened(key, bytes(sealed)))
        self._seen = now

    def _take(self, key: UUID) -> None:
        """What the key holds now: a change tells only that something changed, so reading it twice is harmless."""
        found = template_of(self.name, key)
        if found is None:
            self._vectors.remove(key)
        else:
            self._vectors.add(key, found)


def template_of(name: str, key: UUID) -> bytes | None:
    """The kept template of a portrait, opened; None where there is none."""
    row = FaceTemplate.objects.filter(engine=name, key=key).first()
    return _opened(key, bytes(row.sealed)) if row else None


def _opened(key: UUID, sealed: bytes) -> bytes:
    return unseal(settings.SROK_DATA_KEY, TEMPLATES_SEALED_FOR, sealed, aad=key.bytes)
