"""From a request to the context of an act, and from an act back to words."""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol, TypeVar
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.utils.module_loading import import_string

from srok.ground.faces import clock, wording
from srok.ground.journal import public as journal
from srok.ground.kernel.context import Context
from srok.ground.kernel.ids import new_id
from srok.ground.kernel.refusal import Refusal

C = TypeVar("C", contravariant=True)
R = TypeVar("R", covariant=True)


class Act(Protocol[C, R]):
    """One write: a command and a context in, a typed result out."""

    def __call__(self, command: C, /, *, ctx: Context) -> R: ...


def context(request: HttpRequest, trace: UUID | None = None) -> Context:
    """The context of this request; `trace` is the id of the command it carries.

    Faces stand below accounts, so the setting names the function that knows officers.
    """
    maker: Callable[[HttpRequest, datetime, UUID], Context] = import_string(settings.SROK_CONTEXT_MAKER)
    at = clock.instant()
    return maker(request, at, trace or new_id(at))


def perform(request: HttpRequest, act: "Act[C, R]", command: C, *, trace: UUID) -> "R | None":
    """Run an act once for this command id; a refusal becomes a message in words and returns None.

    A command that already acted does nothing and says so. The caller redirects in either case, so that the page
    shows things as they are now.
    """
    if journal.seen(trace):
        messages.info(request, wording.sentence("journal.replayed"))
        return None
    try:
        return act(command, ctx=context(request, trace))
    except Refusal as refusal:
        messages.error(request, wording.of(refusal))
        return None
