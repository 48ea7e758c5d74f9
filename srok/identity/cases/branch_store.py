"""Sealing and compare-and-set moves of branches; used by the acts and reads of this room only."""

import json
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import F, QuerySet

from srok.ground.accounts import public as accounts
from srok.ground.kernel.canonical import canonical_bytes
from srok.ground.kernel.context import Context
from srok.ground.kernel.ids import new_id
from srok.ground.kernel.refusal import Refusal, Stale
from srok.ground.kernel.sealing import seal, unseal
from srok.identity.cases import bodies, branch_rules
from srok.identity.cases.branch_models import Branch, BranchPart
from srok.identity.cases.branch_terms import BranchAct, BranchStage
from srok.identity.cases.capture_store import MIME
from srok.identity.cases.capture_terms import PORTRAIT
from srok.identity.cases.commands import LodgeApplication

WORDS, PICTURE = "cases.branch_words", "cases.branch_picture"


@dataclass(frozen=True, slots=True)
class BranchMove:
    """One act of the table: the version looked at, reasons in codes, the reference of the case it became part of."""

    act: BranchAct
    seen: int | None = None
    reasons: tuple[str, ...] = ()
    became: str = ""


def visible(ctx: Context) -> "QuerySet[Branch]":
    """The branches this officer may see: the post its own, the examiners of Foreign Affairs every post's."""
    if ctx.ministry == "mfa" and ctx.has("examiner"):
        return Branch.objects.all()
    if ctx.ministry == "mfa" and ctx.has("consular_officer"):
        return Branch.objects.filter(office=ctx.office)
    return Branch.objects.none()


def load(branch: UUID, ctx: Context) -> Branch:
    """The branch, if this office may see it; raises `cases.unknown_branch`."""
    found = visible(ctx).filter(pk=branch).first()
    if found is None:
        raise Refusal("cases.unknown_branch")
    return found


def fill(row: Branch, command: LodgeApplication) -> None:
    """Keep the row with everything of the application: words in one sealed value, each picture in a row of its own."""
    body = bodies.body_of(command)
    pictures = {PORTRAIT: command.portrait}
    pictures |= {f"paper_{n}": one.data for n, one in enumerate(command.papers) if one.data is not None}
    papers = [{"kind": one.kind.value, "seen": one.seen.value} for one in command.papers]
    plain = canonical_bytes(body | {PORTRAIT: "", "papers": papers})
    row.sealed = seal(settings.SROK_DATA_KEY, WORDS, plain, aad=row.id.bytes)
    row.save(force_insert=True)
    for name, data in pictures.items():
        sealed = seal(settings.SROK_DATA_KEY, PICTURE, data, aad=row.id.bytes + name.encode())
        BranchPart(branch=row, name=name, mime=MIME.get(data[:3], "image/jpeg"), sealed=sealed).save(force_insert=True)


def words_of(row: Branch) -> dict[str, Any]:
    """The words of what arrived, as a body without its pictures."""
    plain = unseal(settings.SROK_DATA_KEY, WORDS, bytes(row.sealed), aad=row.id.bytes)
    found: dict[str, Any] = json.loads(plain)
    return found


def picture(row: Branch, name: str) -> tuple[str, bytes] | None:
    """Media type and bytes of a picture, or None."""
    part = row.parts.filter(name=name).first()
    if part is None:
        return None
    sealed = bytes(part.sealed)
    return part.mime, unseal(settings.SROK_DATA_KEY, PICTURE, sealed, aad=row.id.bytes + name.encode())


def application(row: Branch, reference: str) -> LodgeApplication:
    """What arrived, as the application it was, under this reference."""
    body = words_of(row)
    portrait = picture(row, PORTRAIT)
    papers = []
    for number, one in enumerate(body["papers"]):
        found = picture(row, f"paper_{number}")
        papers.append(one | {"data": found[1] if found else None})
    body |= {"reference": reference, PORTRAIT: portrait[1] if portrait else b"", "papers": papers}
    return replace(bodies.read_body(body), content=row.content)


def take(row: Branch, move: BranchMove, ctx: Context) -> None:
    """Carry out one act of the table by compare-and-set; raises what the rules refuse, and `Stale`."""
    taken = words_of(row).get("taken") or {}
    hands = {str(taken.get(name, "")) for name in ("captured_by", "approved_by")}
    to = branch_rules.next_state(
        BranchStage(row.state), move.act, actor=ctx.actor, taken_by=hands, desk=(ctx.office, ctx.roles)
    )  # fmt: skip
    changes: dict[str, Any] = {"decided_by": ctx.actor, "decided_office": ctx.office, "decided_on": ctx.on}
    if to is BranchStage.KEPT:
        changes = {"decided_by": "", "decided_office": "", "decided_on": None}
    if move.seen not in (None, row.version) or not Branch.objects.filter(pk=row.pk, version=row.version).update(
        version=F("version") + 1, state=to.value, reasons=list(move.reasons), became=move.became, **changes
    ):
        raise Stale(reference=row.reference)
    row.refresh_from_db()


def own_context(row: Branch, command: LodgeApplication, ctx: Context) -> Context:
    """The circumstances under which it was taken: its post and officer, its day; recorded now, by this decision."""
    taken = command.taken
    actor = taken.approved_by if taken else ctx.actor
    office = accounts.office(row.office)
    roles = frozenset({"consular_officer"})
    found = replace(ctx, actor=actor, office=office.code, roles=roles, happened_at=row.happened_at)
    return found.for_command(new_id(ctx.at))
