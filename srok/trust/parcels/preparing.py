"""Acts about a kit: prepare it, check it out and in by its seals, stop it for good."""

import json
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.db import transaction
from django.db.models import F, Max

from srok.ground.accounts import public as accounts
from srok.ground.accounts.terms import Role
from srok.ground.journal import public as journal
from srok.ground.kernel.context import Context
from srok.ground.kernel.ids import new_reference
from srok.ground.kernel.refusal import Refusal, Stale
from srok.trust.credentials import public as credentials
from srok.trust.parcels import here, rules
from srok.trust.parcels import warrant as warrants
from srok.trust.parcels.models import AllocatedReference, Kit
from srok.trust.parcels.reads import kit as kit_of
from srok.trust.parcels.terms import KitAct, KitFacts, Prepared, PrepareKit, ReferenceState, Standing, Warrant

MOST_REFERENCES = 5_000
OUT_KIND = "parcels.kit_checked_out"
IN_KIND = "parcels.kit_checked_in"


@transaction.atomic
def prepare(command: PrepareKit, ctx: Context) -> Prepared:
    """Make a kit's identity, its warrant and its key; the private key is in the answer and is kept nowhere here.

    Raises `parcels.not_your_duty`, `parcels.other_office`, `parcels.unknown_post`, `parcels.bad_mission` (days in the
    wrong order, more than a year, nobody named, an unreasonable number), `credentials.no_key`.
    """
    office = accounts.office_of_post(command.post)
    if office is None:
        raise Refusal("parcels.unknown_post", post=command.post)
    _check_hand(ctx, office.code, frozenset({str(Role.MISSION_HEAD)}))
    _check_mission(command)
    private = Ed25519PrivateKey.generate()
    year, serial = ctx.on.year, _next_serial(command.post, ctx.on.year)
    seal = credentials.sealing_key()
    warrant = Warrant(
        kit=f"{command.post.upper()}-{year}-{serial}", post=command.post, office=office.code,
        officers=command.officers, from_=command.from_, until=command.until, timezone=office.timezone,
        contact_days=command.contact_days, kit_key=private.public_key().public_bytes_raw(), seal_kid=seal.kid,
        seal_key=seal.public, receipt_keys=credentials.receipt_keys(), references=_references(command.references),
        prepared_at=ctx.at, law_digest=command.law_digest, gazetteer_digest=command.gazetteer_digest,
    )  # fmt: skip
    data = warrants.to_bytes(warrant)
    kid, signature = credentials.sign_warrant(warrants.signed_bytes(data))
    row = Kit(
        kit=warrant.kit, post=warrant.post, office=warrant.office, year=year, serial=serial, from_on=warrant.from_,
        until_on=warrant.until, state=rules.next_standing(None, KitAct.PREPARE), warrant=data,
        prepared_at=ctx.at,
    )  # fmt: skip
    row.save(force_insert=True)
    AllocatedReference.objects.bulk_create(
        [AllocatedReference(reference=one, kit=row, place=place) for place, one in enumerate(warrant.references)],
        batch_size=500,
    )
    journal.record(ctx, "parcels.kit_prepared", row.kit, _facts_of(warrant, kid))
    pem = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    signed = warrants.to_file(data, kid, signature)
    published = json.dumps(credentials.published_keys().jwks, indent=1).encode() + b"\n"
    files = {here.WARRANT_FILE: signed, here.KEY_FILE: pem, "keys/published.json": published}
    return Prepared(row.kit, warrant, signed, pem, files)


def check_out(kit: str, seals: tuple[str, ...], ctx: Context, seen: int | None = None) -> KitFacts:
    """Hand the kit over to its mission under these seal numbers.

    Raises `parcels.unknown_kit_named`, `parcels.wrong_standing`, `parcels.seals_missing`, `Stale`.
    """
    return _pass(kit, KitAct.CHECK_OUT, {"seals_out": _seals(seals)}, ctx, seen)


def check_in(kit: str, seals: tuple[str, ...], ctx: Context, seen: int | None = None) -> KitFacts:
    """Take the kit back under these seal numbers; what it sends afterwards waits for an officer (`parcels.late`).

    Raises as `check_out`.
    """
    return _pass(kit, KitAct.CHECK_IN, {"seals_in": _seals(seals)}, ctx, seen)


@transaction.atomic
def revoke(kit: str, reason: str, ctx: Context, seen: int | None = None) -> KitFacts:
    """Stop a kit for good, in one step: whatever comes of it from now on is kept apart, its unused references are void.

    Raises `parcels.unknown_kit_named`, `parcels.wrong_standing` (revoked already), `parcels.reason_missing`, `Stale`.
    """
    before = kit_of(kit)
    _check_hand(ctx, before.office, frozenset(map(str, rules.STOPPERS)))
    given = rules.check_reason(reason)
    changes = {"revoked_at": ctx.at, "reason": given}
    _move(before, KitAct.REVOKE, changes, seen)
    voided = AllocatedReference.objects.filter(kit_id=kit, fate=ReferenceState.ALLOCATED).update(
        fate=ReferenceState.VOIDED
    )
    journal.record(ctx, "parcels.kit_revoked", kit, {"voided_references": voided})
    return kit_of(kit)


@transaction.atomic
def _pass(kit: str, act: KitAct, changes: dict[str, Any], ctx: Context, seen: int | None) -> KitFacts:
    before = kit_of(kit)
    _check_hand(ctx, before.office, frozenset({str(Role.MISSION_HEAD), str(Role.CONSULAR_OFFICER)}))
    _move(before, act, changes, seen)
    told = OUT_KIND if act is KitAct.CHECK_OUT else IN_KIND
    (seals,) = changes.values()
    journal.record(ctx, told, kit, {"seals": list(seals)})
    return kit_of(kit)


def _move(before: KitFacts, act: KitAct, changes: dict[str, Any], seen: int | None) -> None:
    standing = rules.next_standing(Standing(before.standing), act)
    rows = Kit.objects.filter(pk=before.kit, version=before.version if seen is None else seen)
    if not rows.filter(state=before.standing).update(version=F("version") + 1, state=standing, **changes):
        raise Stale()


def _check_hand(ctx: Context, office: str, roles: frozenset[str]) -> None:
    """An officer of the kit's own office with the duty; the operator's own commands act for the office."""
    if ctx.actor.startswith("service:"):
        return
    if not ctx.roles & roles:
        raise Refusal("parcels.not_your_duty")
    central = Role.EXAMINER in ctx.roles and ctx.ministry == office.partition(".")[0]
    if ctx.office != office and not central:
        raise Refusal("parcels.other_office")


def _check_mission(command: PrepareKit) -> None:
    days = (command.until - command.from_).days
    if not 0 <= days <= 366 or not command.officers or not 1 <= command.contact_days <= 90:
        raise Refusal("parcels.bad_mission")
    if not 1 <= command.references <= MOST_REFERENCES:
        raise Refusal("parcels.bad_mission")
    if len({one.username for one in command.officers}) != len(command.officers):
        raise Refusal("parcels.bad_mission")


def _next_serial(post: str, year: int) -> int:
    return (Kit.objects.filter(post=post, year=year).aggregate(last=Max("serial"))["last"] or 0) + 1


def _references(count: int) -> tuple[str, ...]:
    """Fresh references that no other kit was given."""
    found: set[str] = set()
    while len(found) < count:
        drawn = {new_reference() for _ in range(count - len(found))}
        found |= drawn - set(AllocatedReference.objects.filter(pk__in=drawn).values_list("pk", flat=True))
    return tuple(sorted(found))


def _seals(seals: tuple[str, ...]) -> list[str]:
    given = [one.strip() for one in seals if one.strip()]
    if not given or any(len(one) > 40 for one in given) or len(given) > 20:
        raise Refusal("parcels.seals_missing", field="seals")
    return given


def _facts_of(warrant: Warrant, kid: str) -> dict[str, str | int | bool | None | list[str]]:
    return {
        "post": warrant.post, "from": warrant.from_.isoformat(), "until": warrant.until.isoformat(),
        "officers": [one.username for one in warrant.officers], "references": len(warrant.references),
        "warrant_kid": kid, "kit_key": warrant.kit_key.hex(), "seal_kid": warrant.seal_kid,
    }  # fmt: skip
