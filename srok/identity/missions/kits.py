"""Kits at the centre: make one ready in one step, send it out and take it back under seals, end it.

Identity, warrant, seals and revocation belong to `parcels`; here is who may, for how long, and the folder itself.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, time
from hashlib import sha256
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.conf import settings

from srok.ground.accounts import public as accounts
from srok.ground.accounts.terms import OfficeFacts, OfficerFacts
from srok.ground.gazetteer import public as gazetteer
from srok.ground.kernel.context import Context
from srok.ground.kernel.ids import new_id
from srok.ground.kernel.refusal import Refusal
from srok.ground.law import public as law
from srok.identity.missions import building, kit_rules, kit_sheet
from srok.identity.missions.kit_rules import Period, Reason
from srok.trust.parcels import public as parcels
from srok.trust.parcels.terms import KitFacts, Prepared, Warrant, WarrantOfficer
from srok.trust.parcels.terms import PrepareKit as PrepareParcels

STEPS: Final = ("place", "tables", "places", "warrant", "people", "packs", "whole")
"""What `progress` is told, in this order."""
PLACES: Final = "places.csv"
# More receipt numbers than a team can give out: two officers, one case in four minutes, eight hours.
REFERENCES_A_DAY: Final = 240
MOST_REFERENCES: Final = 5_000
Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class PrepareKit:
    """Command: make a kit for the mission of a post in the folder `out`. Without officers: all of the post."""

    post: str
    period: Period
    out: Path
    officers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Made:
    """A kit that lies ready: its name, folder, post and days; who signs in with which passphrase, told once."""

    kit: str
    folder: Path
    post: str
    period: Period
    issued: tuple[Mapping[str, str], ...]
    references: int


@dataclass(frozen=True, slots=True)
class Making:
    """What is being made, for which office, by whom; `progress` is told each step."""

    command: PrepareKit
    office: OfficeFacts
    ctx: Context
    progress: Progress


@dataclass(frozen=True, slots=True)
class SealsCompared:
    """The seals of a kit that came back: which of those it left with are missing, which are new."""

    kit: str
    missing: tuple[str, ...]
    unknown: tuple[str, ...]

    @property
    def differs(self) -> bool:
        """True when they are not the same."""
        return bool(self.missing or self.unknown)


def prepare(command: PrepareKit, *, ctx: Context, progress: Progress) -> Made:
    """Make a kit; the folder appears whole at the end, or not at all.

    The tables are built first, then the warrant is signed (one act of `parcels`), then the folder is settled and
    moved to its place. What fails after the warrant revokes it. Raises the refusals of `kit_rules` and `building`.
    """
    office, officers = _checked(command, ctx)
    signed: list[Prepared] = []
    try:
        with building.beside(command.out) as home:
            places = _laid(home, office, ctx, progress)
            progress("warrant")
            signed.append(parcels.prepare(_wanted(command, officers, places), ctx=_fresh(ctx)))
            issued = _settled(home, signed[0], Making(command, office, ctx, progress))
            progress("whole")
    except BaseException:
        for one in signed:
            parcels.revoke(one.kit, Reason.NOT_BUILT, ctx=_fresh(ctx))
        raise
    references = len(signed[0].warrant.references)
    return Made(signed[0].kit, command.out, command.post, command.period, tuple(issued), references)


def check_out(kit: str, seals: Sequence[str], *, ctx: Context) -> KitFacts:
    """Note the seals with which a kit leaves. Raises `missions.kit_seal_form`, and what `parcels.check_out` raises."""
    return parcels.check_out(kit, kit_rules.seal_numbers(seals), ctx=_fresh(ctx))


def check_in(kit: str, seals: Sequence[str], *, ctx: Context) -> SealsCompared:
    """Note the seals with which a kit came back, and say what differs; both lists stay in the record."""
    back = parcels.check_in(kit, kit_rules.seal_numbers(seals), ctx=_fresh(ctx))
    return compared(back)


def compared(kit: KitFacts) -> SealsCompared:
    """The seals a kit left with beside those it came back with."""
    gone, new = set(kit.seals_out) - set(kit.seals_in), set(kit.seals_in) - set(kit.seals_out)
    return SealsCompared(kit.kit, tuple(sorted(gone)), tuple(sorted(new)))


def revoke(kit: str, reason: str, *, ctx: Context) -> KitFacts:
    """End a kit now; its unused receipt numbers are void. Raises `missions.kit_unknown_reason`, and of `parcels`."""
    return parcels.revoke(kit, kit_rules.reason(reason), ctx=_fresh(ctx))


def _checked(command: PrepareKit, ctx: Context) -> tuple[OfficeFacts, list[OfficerFacts]]:
    """Everything that can be refused is refused before anything is made."""
    office = accounts.office_of_post(command.post)
    if office is None:
        raise Refusal("missions.kit_unknown_post", field="post", post=command.post)
    kit_rules.check_head(ctx, office.code)
    today = ctx.at.astimezone(ZoneInfo(office.timezone)).date()
    kit_rules.check_period(command.period, today)
    officers = kit_rules.chosen(accounts.officers_of(office.code), command.officers)
    building.check_place(command.out)
    return office, officers


def _wanted(command: PrepareKit, officers: Sequence[OfficerFacts], places: bytes) -> PrepareParcels:
    named = tuple(
        WarrantOfficer(one.username, one.name_km, one.name_latin, kit_rules.roles_in_kit(one)) for one in officers
    )
    return PrepareParcels(
        post=command.post, from_=command.period.from_, until=command.period.until, officers=named,
        references=min(MOST_REFERENCES, REFERENCES_A_DAY * command.period.days),
        law_digest=law.digest(), gazetteer_digest=sha256(places).hexdigest(),
    )  # fmt: skip


def _laid(home: Path, office: OfficeFacts, ctx: Context, progress: Progress) -> bytes:
    """The kit's own secrets, its tables and the places of the day; returns the places as they were given."""
    progress("place")
    building.make_secrets(home)
    places = building.places()
    building.write(home / PLACES, places, mode=0o600)
    given = {"at": ctx.at.isoformat(), "at_office": office.code, "places": str(home / PLACES)}
    building.run_inside(home, "lay", given, progress)
    (home / PLACES).unlink()
    return places


def _settled(home: Path, prepared: Prepared, making: Making) -> list[dict[str, str]]:
    """Lay warrant and key into the folder, settle it from inside, write what lies beside the data."""
    for name, data in prepared.files.items():
        building.write(home / name, data, mode=0o600)
    stated = _stated_start(making.command, making.office) if settings.SROK_DEMO else None
    if stated:
        building.write(home / "kit" / "demo", stated.encode(), mode=0o600)
    given: dict[str, Any] = {
        "at": making.ctx.at.isoformat(), "at_office": making.office.code, "office": asdict(making.office),
        "officers": [{**asdict(one), "roles": list(one.roles)} for one in prepared.warrant.officers],
        "packs": parcels.pack(prepared.warrant, ctx=making.ctx),
    }  # fmt: skip
    issued = building.run_inside(home, "settle", given, making.progress)
    _write_sheet(home, prepared.warrant, stated)
    return issued


def _write_sheet(home: Path, warrant: Warrant, stated: str | None) -> None:
    """START.txt and the script that starts the kit."""
    post = gazetteer.post(warrant.post)
    officers = [(one.username, one.name_km, one.name_latin) for one in warrant.officers]
    sheet = kit_sheet.Sheet(
        warrant.kit, post.name_km, post.name_en, warrant.from_, warrant.until, officers, warrant.contact_days
    )
    building.write(home / "START.txt", kit_sheet.start_text(sheet).encode(), mode=0o600)
    building.write(home / "start", kit_sheet.start_script(warrant.kit, stated).encode(), mode=0o700)


def _stated_start(command: PrepareKit, office: OfficeFacts) -> str:
    """A demonstration's kit wakes at nine in the morning of its first day, at its post."""
    return datetime.combine(command.period.from_, time(9), ZoneInfo(office.timezone)).isoformat()


def _fresh(ctx: Context) -> Context:
    return ctx.for_command(new_id(ctx.at))
