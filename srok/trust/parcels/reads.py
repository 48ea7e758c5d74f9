"""Questions about kits and what has come of them; those with a context answer what its office may see."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from django.db.models import Count, QuerySet

from srok.ground.accounts.terms import Role
from srok.ground.kernel.context import Context
from srok.ground.kernel.refusal import Refusal
from srok.trust.parcels import rules
from srok.trust.parcels import warrant as warrants
from srok.trust.parcels.models import AllocatedReference, Arrival, Kit, LostNumbers
from srok.trust.parcels.terms import Gap, KitFacts, ReferenceState, State, Warrant

# The oldest rows of a heap that a page shows; the rest follow as these are done.
LISTED = 200
# What an officer still has something to decide about.
OPEN_STATES = (State.QUARANTINED, State.REFUSED, State.CONFLICT, State.WAITING)


@dataclass(frozen=True, slots=True)
class ArrivalFacts:
    """An event at the centre, without what was sealed in it."""

    id: int
    kit: str
    seq: int
    digest: str
    state: State
    version: int
    code: str
    received_at: datetime
    happened_at: datetime | None
    kind: str
    actor: str
    subject: str
    conflict_with: str
    released_by: str
    reason: str

    @property
    def hopeless(self) -> bool:
        """Nothing can be made of it: it can only be set aside."""
        return self.code in rules.HOPELESS


def kit(name: str) -> KitFacts:
    """The kit of this name, for the program's own use; raises `parcels.unknown_kit_named`."""
    row = Kit.objects.filter(pk=name).first()
    if row is None:
        raise Refusal("parcels.unknown_kit_named", kit=name)
    return kit_facts(row)


def kit_for(name: str, ctx: Context) -> KitFacts:
    """As `kit`, if this office may see it; another office's kit is as unknown as one that never was."""
    row = visible(ctx).filter(pk=name).first()
    if row is None:
        raise Refusal("parcels.unknown_kit_named", kit=name)
    return kit_facts(row)


def kits(ctx: Context) -> list[KitFacts]:
    """The kits that this office may see, the newest first."""
    return [kit_facts(row) for row in visible(ctx).order_by("-prepared_at")[:LISTED]]


def visible(ctx: Context) -> QuerySet[Kit]:
    """A post sees its own kits; the examiners of Foreign Affairs, and the operator's commands, see all."""
    return Kit.objects.all() if sees_all(ctx) else Kit.objects.filter(office=ctx.office)


def sees_all(ctx: Context) -> bool:
    """Whether this reader sees every kit, and what no known kit sent."""
    return (Role.EXAMINER in ctx.roles and ctx.ministry == "mfa") or ctx.actor.startswith("service:")


def may_see(name: str, ctx: Context) -> bool:
    """Whether this reader may see what came under this kit's name."""
    return sees_all(ctx) or visible(ctx).filter(pk=name).exists()


def warrant_of(name: str) -> Warrant | None:
    """The warrant of this kit, or None where no kit has this name."""
    data = Kit.objects.filter(pk=name).values_list("warrant", flat=True).first()
    return _warrant(bytes(data)) if data is not None else None


def gaps(names: Iterable[str]) -> list[Gap]:
    """The numbers that have not come while later ones have, by kit, with the instant from which that was seen."""
    return [gap for name in sorted(set(names)) for gap in _gaps(name)]


def arrivals(ctx: Context, name: str, states: Iterable[State] = OPEN_STATES) -> list[ArrivalFacts]:
    """Events of a kit in these states, in their order; raises as `kit_for`."""
    kit_for(name, ctx)
    rows = Arrival.objects.filter(kit=name, state__in=list(states)).order_by("seq", "id")[:LISTED]
    return [arrival_facts(row) for row in rows]


def arrival(pk: int, ctx: Context) -> ArrivalFacts:
    """One event that this office may see; raises `parcels.unknown_arrival`."""
    row = Arrival.objects.filter(pk=pk).first()
    if row is None or not may_see(row.kit, ctx):
        raise Refusal("parcels.unknown_arrival")
    return arrival_facts(row)


def of_nobody(ctx: Context) -> list[ArrivalFacts]:
    """Bytes that no known kit sent, for those who see every kit."""
    if not sees_all(ctx):
        return []
    rows = Arrival.objects.exclude(kit__in=Kit.objects.values("kit")).exclude(state=State.SET_ASIDE)
    return [arrival_facts(row) for row in rows.order_by("id")[:LISTED]]


def counts(names: Iterable[str]) -> dict[str, dict[str, int]]:
    """How many events of each kit stand in each state."""
    found: dict[str, dict[str, int]] = {name: {} for name in names}
    rows = Arrival.objects.filter(kit__in=list(found)).values("kit", "state").annotate(many=Count("id"))
    for row in rows:
        found[row["kit"]][row["state"]] = row["many"]
    return found


def references_left(name: str) -> int:
    """How many references of this kit have neither come back on an event nor been voided."""
    return AllocatedReference.objects.filter(kit_id=name, fate=ReferenceState.ALLOCATED).count()


def kit_facts(row: Kit) -> KitFacts:
    """The kit as typed facts."""
    warrant = _warrant(bytes(row.warrant))
    return KitFacts(
        kit=row.kit, post=row.post, office=row.office, from_=row.from_on, until=row.until_on, standing=row.state,
        version=row.version, forked=row.forked, seals_out=tuple(row.seals_out), seals_in=tuple(row.seals_in),
        reason=row.reason, prepared_at=row.prepared_at, revoked_at=row.revoked_at, last_seen_at=row.last_seen_at,
        officers=warrant.officers, timezone=warrant.timezone, contact_days=warrant.contact_days,
    )  # fmt: skip


def arrival_facts(row: Arrival) -> ArrivalFacts:
    """The event as typed facts."""
    return ArrivalFacts(
        id=row.pk, kit=row.kit, seq=row.seq, digest=row.digest, state=State(row.state), version=row.version,
        code=row.code, received_at=row.received_at, happened_at=row.happened_at, kind=row.kind, actor=row.actor,
        subject=row.subject, conflict_with=row.conflict_with, released_by=row.released_by, reason=row.reason,
    )  # fmt: skip


@lru_cache(maxsize=64)
def _warrant(data: bytes) -> Warrant:
    return warrants.from_bytes(data)


def _gaps(name: str) -> list[Gap]:
    lost = list(LostNumbers.objects.filter(kit_id=name).values_list("first", "last"))
    present = dict(
        Arrival.objects.filter(kit=name).exclude(code__in=rules.UNVERIFIED).order_by("seq", "-id")
        .values_list("seq", "received_at")
    )  # fmt: skip
    found = rules.gaps_of(name, present, lost)
    return [
        Gap(gap.kit, gap.from_, gap.until, min(at for seq, at in present.items() if seq > gap.until)) for gap in found
    ]
