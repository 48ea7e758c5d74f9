"""Messages to the identification system through the database: asked once, answered at least once, never lost.

Every message has an id chosen by who asks. A worker (`srok biometrics work`) takes what is due, tells the system, and
then writes its answer down. Killed in between, the message waits as before and is told again: each message may come
to the system twice and has the same effect.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from django.db import transaction

from srok.ground.journal import public as journal
from srok.ground.kernel.context import Context
from srok.ground.kernel.refusal import Refusal, Stale
from srok.identity.biometrics import reads, rules, store
from srok.identity.biometrics.abis import Abis, abis
from srok.identity.biometrics.models import AbisRequest
from srok.identity.biometrics.terms import (
    MOST_CANDIDATES,
    FaceSearch,
    Message,
    RequestAct,
    RequestState,
    SearchState,
)

NO_SYSTEM = "biometrics.no_face_engine"
KIT = "biometrics.no_search_in_kit"
WAITS = "biometrics.search_waits"


@dataclass(frozen=True, slots=True)
class Worked:
    """What one round did."""

    answered: int = 0
    put_off: int = 0
    unable: int = 0


def request_id(key: UUID, message: Message) -> UUID:
    """The id of the usual message about a portrait: asking again is the same message."""
    return uuid5(key, str(message))


@transaction.atomic
def ask(message: Message, key: UUID | None, request: UUID, *, ctx: Context) -> UUID:
    """Put one message into the queue; the same `request` again changes nothing. Returns its id."""
    _, new = AbisRequest.objects.get_or_create(
        pk=request,
        defaults={
            "message": message, "key": key, "asked_at": ctx.at, "next_at": ctx.at,
            "state": rules.next_state(None, RequestAct.ASK),
        },
    )  # fmt: skip
    if new:
        facts: journal.Facts = {"message": str(message), "request": str(request)}
        journal.record(ctx.for_command(request), "biometrics.message_asked", str(key or request), facts)
    return request


@transaction.atomic
def search_face(key: UUID, ctx: Context) -> FaceSearch:
    """The search of this portrait among all others: done with its candidates, or asked for and not available yet.

    Asking again asks nothing new. A hit is a candidate for a person to look at, never a refusal. In a kit, and
    where no engine is, it is not available, and `reason` says so.
    """
    found = reads.search_of(key)
    if found is not None:
        return found
    if reads.in_kit() or abis() is None:
        return FaceSearch(SearchState.NOT_AVAILABLE, reason=KIT if reads.in_kit() else NO_SYSTEM)
    for message in (Message.INSERT, Message.IDENTIFY):
        ask(message, key, request_id(key, message), ctx=ctx)
    return FaceSearch(SearchState.NOT_AVAILABLE, reason=WAITS, waiting=True)


def work(ctx: Context, *, limit: int = 200, system: Abis | None = None) -> Worked:
    """Answer the messages that are due at `ctx.at`, in the order in which they were asked; safe to run many times,
    in several processes, and to kill. Without a system, or with one that cannot be started, everything waits."""
    try:
        spoken_to = system or abis()
    except Refusal:
        spoken_to = None
    if spoken_to is None:
        return Worked()
    counts = dict.fromkeys(RequestAct, 0)
    due = AbisRequest.objects.filter(state=RequestState.WAITING.value, next_at__lte=ctx.at)
    for request in due.order_by("asked_at", "-message", "id")[:limit]:
        if not _must_wait(request):
            act = _one(request, spoken_to, ctx)
            counts[act] += 1
    return Worked(counts[RequestAct.ANSWER], counts[RequestAct.PUT_OFF], counts[RequestAct.CANNOT])


def _must_wait(request: AbisRequest) -> bool:
    """A face is searched once it can itself be found: of two that come at one moment, one then finds the other."""
    if request.message != Message.IDENTIFY or request.key is None:
        return False
    before = AbisRequest.objects.filter(key=request.key, message=Message.INSERT)
    return before.filter(state=RequestState.WAITING.value).exists()


def _one(request: AbisRequest, system: Abis, ctx: Context) -> RequestAct:
    """Ask the system and write down what it said; another worker's answer stands."""
    try:
        try:
            answer = _said(request, system)
        except Refusal as refusal:
            return _written(request, RequestAct.CANNOT, ctx, problem=refusal.code, engine=system.name)
        except Exception:  # whatever a foreign system does wrong: the message waits, and the page shows how long
            return _written(request, RequestAct.PUT_OFF, ctx, problem="biometrics.system_silent")
        return _written(request, RequestAct.ANSWER, ctx, answer=answer, engine=system.name, problem="")
    except Stale:
        return RequestAct.ASK


def _said(request: AbisRequest, system: Abis) -> dict[str, object]:
    key = request.key
    if request.message == Message.PING:
        return {"alive": system.ping()}
    if request.message == Message.COUNT:
        return {"count": system.count()}
    if key is None:
        raise Refusal("biometrics.no_portrait")
    if request.message == Message.DELETE:
        system.delete(key)
        return {}
    jpeg = reads.portrait(key)
    if request.message == Message.INSERT:
        system.insert(key, jpeg)
        return {}
    found = system.identify(key, jpeg, MOST_CANDIDATES)
    return {"candidates": [[str(one.key), one.distance] for one in found if one.key != key]}


@transaction.atomic
def _written(request: AbisRequest, act: RequestAct, ctx: Context, **changes: object) -> RequestAct:
    if act is RequestAct.PUT_OFF:
        attempts = request.attempts + 1
        store.move(request, act, attempts=attempts, next_at=rules.next_try(attempts, ctx.at), **changes)
        return act
    store.move(request, act, answered_at=ctx.at, **changes)
    if request.message == Message.IDENTIFY:
        _record_search(request, act, changes, ctx)
    return act


def _record_search(request: AbisRequest, act: RequestAct, changes: dict[str, object], ctx: Context) -> None:
    answer = changes.get("answer")
    near = answer.get("candidates", []) if isinstance(answer, dict) else []
    facts: journal.Facts = {"state": str(act), "candidates": len(near), "engine": str(changes.get("engine", ""))}
    journal.record(ctx.for_command(request.pk), "biometrics.face_searched", str(request.key), facts)


def due_at(request: UUID) -> datetime | None:
    """When a waiting message is tried next; None once it is answered."""
    row = AbisRequest.objects.filter(pk=request, state=RequestState.WAITING.value).first()
    return row.next_at if row else None
