"""Where things stand, for pages and command line: in a kit its own affairs, at the centre those of every kit."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from srok.ground.kernel.context import Context
from srok.trust.parcels import capturing, carrying, here, reads, rules
from srok.trust.parcels.carrying import Pending
from srok.trust.parcels.models import AllocatedReference, Contact, KitReceipt, OutgoingEvent, UsedReference
from srok.trust.parcels.terms import ReferenceState


@dataclass(frozen=True, slots=True)
class KitStatus:
    """A kit as it sees itself: what waits, since when, and for how long it may capture."""

    kit: str
    events: int
    pending: tuple[Pending, ...]
    overdue: int
    references_left: int
    contact_at: datetime
    frozen_on: date
    frozen: bool
    revoked: bool
    foreign: tuple[int, ...]
    outcomes: dict[str, int]

    @property
    def bytes(self) -> int:
        """How large a file of what waits would be."""
        return sum(one.bytes for one in self.pending)


def of_this_kit(ctx: Context) -> KitStatus:
    """Where this kit stands; raises as `here.warrant`."""
    warrant = here.warrant()
    waiting = tuple(carrying.pending())
    contact = capturing.last_contact(warrant)
    frozen_on = rules.frozen_on(contact.date(), warrant.contact_days)
    newest: dict[int, str] = {}
    for row in KitReceipt.objects.order_by("made_at"):
        newest[row.event_id] = row.outcome
    outcomes: dict[str, int] = {}
    for outcome in newest.values():
        outcomes[outcome] = outcomes.get(outcome, 0) + 1
    told = list(Contact.objects.order_by("made_at"))
    return KitStatus(
        kit=warrant.kit, events=OutgoingEvent.objects.count(), pending=waiting,
        overdue=len(carrying.overdue(ctx.at)), contact_at=contact, frozen_on=frozen_on, frozen=ctx.on >= frozen_on,
        references_left=len(warrant.references) - UsedReference.objects.count(),
        revoked=any(row.revoked for row in told), foreign=tuple(told[-1].foreign) if told else (),
        outcomes=outcomes,
    )  # fmt: skip


def status(ctx: Context) -> dict[str, Any]:
    """The stable form of `srok parcels status --json`."""
    return _of_kit(ctx) if here.is_kit() else _of_centre(ctx)


def lines(found: dict[str, Any]) -> Iterator[str]:
    """The same in words for a terminal."""
    if "kits" not in found:
        yield f"{found['kit']}: {found['pending']} of {found['events']} events have no receipt ({found['bytes']} bytes)"
        yield f"last contact {found['contact_at']}; no capture from {found['frozen_on']} on without another"
        return
    for row in found["kits"]:
        missing = ", ".join(f"{gap['from']}-{gap['until']}" for gap in row["gaps"]) or "none"
        states = ", ".join(f"{state} {many}" for state, many in sorted(row["events"].items())) or "nothing yet"
        yield f"{row['kit']} ({row['standing']}): {states}; missing: {missing}"


def _of_kit(ctx: Context) -> dict[str, Any]:
    found = of_this_kit(ctx)
    return {
        "kit": found.kit, "events": found.events, "pending": len(found.pending), "bytes": found.bytes,
        "overdue": found.overdue, "references_left": found.references_left, "contact_at": found.contact_at.isoformat(),
        "frozen_on": found.frozen_on.isoformat(), "frozen": found.frozen, "revoked": found.revoked,
        "foreign": list(found.foreign), "outcomes": found.outcomes,
    }  # fmt: skip


def _of_centre(ctx: Context) -> dict[str, Any]:
    kits = reads.kits(ctx)
    counts = reads.counts(one.kit for one in kits)
    rows = []
    for one in kits:
        gaps = [
            {"from": gap.from_, "until": gap.until, "since": gap.since.isoformat() if gap.since else None}
            for gap in reads.gaps([one.kit])
        ]
        left = AllocatedReference.objects.filter(kit_id=one.kit, fate=ReferenceState.ALLOCATED).count()
        rows.append({
            "kit": one.kit, "post": one.post, "standing": one.standing, "forked": one.forked,
            "from": one.from_.isoformat(), "until": one.until.isoformat(), "events": counts[one.kit], "gaps": gaps,
            "references_left": left,
            "last_seen_at": one.last_seen_at.isoformat() if one.last_seen_at else None,
        })  # fmt: skip
    return {"kits": rows}
