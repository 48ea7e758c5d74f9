"""What a kit knows of today: its mission, whether it may capture, what waits, what a finder would see."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction

from srok.ground.faces.public import wording
from srok.ground.gazetteer import public as gazetteer
from srok.ground.gazetteer.terms import Post
from srok.ground.journal import public as journal
from srok.ground.kernel.context import Context
from srok.ground.kernel.ids import new_id
from srok.ground.kernel.refusal import Refusal
from srok.ground.law import public as law
from srok.identity.missions import machine, readiness
from srok.identity.missions.readiness import Check
from srok.trust.parcels import public as parcels
from srok.trust.parcels.terms import Exposed, KitFacts

MACHINE_KIND = "missions.kit_machine_noted"


@dataclass(frozen=True, slots=True)
class Today:
    """A kit's first page: `stop` is what keeps this officer from capturing, None where nothing does.

    `days_left` counts today; 0 before the first day and after the last. `freezes_on` is the first day without capture
    if no receipt comes.
    """

    kit: KitFacts
    post: Post
    on: date
    days_left: int
    begins_in: int
    stop: Check | None
    warnings: tuple[Check, ...]
    waiting: int
    oldest_waiting: datetime | None
    contact_at: datetime
    freezes_on: date
    days_to_freeze: int
    exposed: tuple[Exposed, ...]


def today(ctx: Context) -> Today:
    """What this officer's kit says now; raises `parcels.not_a_kit` and what the warrant's own check raises."""
    kit = parcels.this_kit()
    waiting = parcels.pending()
    contact = parcels.last_contact(parcels.warrant())
    freezes = contact.date() + timedelta(days=kit.contact_days + 1)
    stop = _stop(ctx)
    return Today(
        kit=kit, post=gazetteer.post(kit.post), on=ctx.on,
        days_left=(kit.until - ctx.on).days + 1 if kit.from_ <= ctx.on <= kit.until else 0,
        begins_in=max(0, (kit.from_ - ctx.on).days), stop=stop,
        warnings=tuple(one for one in faults() if stop is None or one.code != stop.code),
        waiting=len(waiting), oldest_waiting=min((one.happened_at for one in waiting), default=None),
        contact_at=contact, freezes_on=freezes, days_to_freeze=max(0, (freezes - ctx.on).days),
        exposed=tuple(parcels.exposure()),
    )  # fmt: skip


def check_capture(ctx: Context) -> None:
    """Refuse to begin anything new on a kit whose laptop, clock, warrant or contact does not allow it.

    Does nothing at a centre. In a kit it notes the laptop (disk, swap, no number that names it) in the record of the
    mission, once for each way in which it stands. Raises the codes of `readiness` and of `parcels.check_capture`.
    """
    if not parcels.is_kit():
        return
    stop = _stop(ctx)
    if stop is not None:
        raise Refusal(stop.code, **stop.facts)
    note_machine(ctx)


@transaction.atomic
def note_machine(ctx: Context) -> None:
    """Say in the journal and to the centre on what kind of machine is captured, where it changed."""
    kit = parcels.this_kit().kit
    seen = readiness.recorded(look(), accepted=settings.SROK_KIT_UNENCRYPTED)
    told = [fact.facts for fact in journal.facts_about(kit) if fact.kind == MACHINE_KIND]
    if told and dict(told[-1]) == seen:
        return
    own = ctx.for_command(new_id(ctx.at))
    journal.record(own, MACHINE_KIND, kit, seen)
    parcels.append("missions.kit_machine", kit, seen, ctx=own)


def look() -> readiness.Machine:
    """The laptop as it is now."""
    return machine.look(Path(settings.SROK_HOME))


def faults() -> list[Check]:
    """What is wrong with the laptop or with the program on it, those that stop capture first."""
    found = readiness.faults(look(), accepted=settings.SROK_KIT_UNENCRYPTED)
    told = parcels.warrant().law_digest
    return [*found, Check("missions.kit_law_differs", False)] if told and told != law.digest() else found


def start_checks(at: datetime) -> list[tuple[str, str, bool]]:
    """What `srok serve` says before it starts: sentences in Khmer and English, and whether they stop capture.

    The warrant and the clock are looked at as for the first officer that it names.
    """
    kit = parcels.this_kit()
    on = at.astimezone(ZoneInfo(kit.timezone)).date()
    first = kit.officers[0]
    ctx = Context(first.username, kit.office, frozenset(first.roles), at, on, new_id(at))
    stop = _stop(ctx)
    said = [one for one in faults() if stop is None or one.code != stop.code]
    return [(*_words(one.code, one.facts), one.blocks) for one in ([stop] if stop else []) + said]


def _stop(ctx: Context) -> Check | None:
    """The first thing that keeps this officer from capturing."""
    found = next((one for one in faults() if one.blocks), None)
    if found is not None:
        return found
    try:
        parcels.check_capture(ctx)
    except Refusal as refusal:
        return Check(refusal.code, True, dict(refusal.facts))
    return None


def _words(code: str, facts: Mapping[str, str | int]) -> tuple[str, str]:
    return wording.sentence(code, facts, "km"), wording.sentence(code, facts, "en")
