"""Compare-and-set moves, sealing and destroying of captures; used by the acts and reads of this room only."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F, QuerySet

from srok.ground.kernel.canonical import canonical_bytes
from srok.ground.kernel.context import Context
from srok.ground.kernel.refusal import Refusal, Stale
from srok.ground.kernel.sealing import seal, unseal
from srok.identity.biometrics import public as biometrics
from srok.identity.cases import capture_rules, wiping
from srok.identity.cases.capture_models import Capture, CaptureHand, CapturePart
from srok.identity.cases.capture_rules import CaptureDoing, CaptureStanding
from srok.identity.cases.capture_terms import PORTRAIT, TYPING, CaptureAct, Stage

WORDS, PICTURE = "cases.capture_words", "cases.capture_picture"
MIME = {b"\xff\xd8\xff": "image/jpeg", b"\x89PN": "image/png"}
LONGEST_CELL, MOST_CELLS = 2000, 120
PARTS = frozenset({PORTRAIT, *(f"paper_{number}" for number in range(12))})


@dataclass(frozen=True, slots=True)
class Words:
    """What is sealed of a capture: the cells as typed, what came from the applicant's own page, and the read-back."""

    cells: Mapping[str, str] = field(default_factory=dict)
    prefill: Mapping[str, str] = field(default_factory=dict)
    extra: Mapping[str, Any] = field(default_factory=dict)


def visible(ctx: Context) -> "QuerySet[Capture]":
    """The captures that this office may see; for everybody but its consular officers none."""
    if ctx.ministry == "mfa" and ctx.has("consular_officer"):
        return Capture.objects.filter(office=ctx.office)
    return Capture.objects.none()


def load(capture: UUID, ctx: Context) -> Capture:
    """The capture, if this office may see it; raises `cases.unknown_capture`."""
    found = visible(ctx).filter(pk=capture).first()
    if found is None:
        raise Refusal("cases.unknown_capture")
    return found


def standing(row: Capture) -> CaptureStanding:
    """Where the capture stands, with everybody who typed something of it."""
    typed = frozenset(row.hands.filter(typed=True).values_list("officer", flat=True))
    return CaptureStanding(Stage(row.state), typed, row.approved_by)


def take(row: Capture, act: CaptureAct, ctx: Context, *, seen: int | None, **changes: object) -> None:
    """Carry out one act of the table by compare-and-set; raises what the rules refuse, and `Stale`."""
    doing = CaptureDoing(act, ctx.actor, ctx.office, ctx.roles)
    then = capture_rules.step(standing(row), doing)
    assert then.state is not None
    put_hand(row, act, ctx)
    if seen not in (None, row.version) or not Capture.objects.filter(pk=row.pk, version=row.version).update(
        version=F("version") + 1, state=then.state.value, changed_at=ctx.at, **changes
    ):
        raise Stale(reference=row.reference or "")
    row.refresh_from_db()


def put_hand(row: Capture, act: CaptureAct, ctx: Context) -> None:
    """Note whose hand this was: an officer has one kind of hand in a capture, and the database holds them to it."""
    typed = act in TYPING
    if not typed and act is not CaptureAct.APPROVE:
        return
    if typed and row.hands.filter(officer=ctx.actor, typed=True).exists():
        return
    try:
        with transaction.atomic():
            CaptureHand(capture=row, officer=ctx.actor, typed=typed, at=ctx.at).save(force_insert=True)
    except IntegrityError as error:
        if typed or CaptureHand.objects.filter(capture=row, officer=ctx.actor).exists():
            raise Refusal("cases.own_capture", act=f"cases.capture_{act}") from error
        raise Stale(reference=row.reference or "") from error


def seal_words(row: Capture, words: Words) -> bytes:
    """The words sealed and tied to their row. Raises `cases.too_much_typed` beyond every form's bounds."""
    cells = {str(name)[:40]: str(text) for name, text in words.cells.items()}
    if len(cells) > MOST_CELLS or any(len(text) > LONGEST_CELL for text in cells.values()):
        raise Refusal("cases.too_much_typed", most=LONGEST_CELL)
    plain = canonical_bytes({"cells": cells, "prefill": dict(words.prefill), "extra": dict(words.extra)})
    return seal(settings.SROK_DATA_KEY, WORDS, plain, aad=row.id.bytes)


def words_of(row: Capture) -> Words:
    """What is sealed of a capture; raises `cases.words_destroyed` where it was approved or swept."""
    if row.sealed is None:
        raise Refusal("cases.words_destroyed")
    plain = json.loads(unseal(settings.SROK_DATA_KEY, WORDS, bytes(row.sealed), aad=row.id.bytes))
    return Words(plain["cells"], plain["prefill"], plain["extra"])


def keep_files(row: Capture, files: Mapping[str, bytes]) -> None:
    """Keep pictures, each in a row of its own; a new one under the same name takes the place of the old.

    Raises the code of a picture that cannot be opened, and `cases.unknown_part` for a name that no form has.
    """
    for name, data in files.items():
        if name not in PARTS:
            raise Refusal("cases.unknown_part", field=None)
        problem = biometrics.readable(data)
        if problem:
            raise Refusal(problem, field=field_of(name))
        sealed = seal(settings.SROK_DATA_KEY, PICTURE, data, aad=row.id.bytes + name.encode())
        facts = {
            "sha256": hashlib.sha256(data).hexdigest(), "size": len(data), "sealed": sealed,
            "mime": MIME.get(data[:3], "image/jpeg"),
        }  # fmt: skip
        if row.parts.filter(name=name).exists():
            wiping.overwrite_deleted()
        CapturePart.objects.update_or_create(capture=row, name=name, defaults=facts)


def field_of(part: str) -> str:
    """The field of the form that shows this picture."""
    return part if part == PORTRAIT else f"file_{part.removeprefix('paper_')}"


def part_of(row: Capture, name: str) -> bytes | None:
    """The bytes of a picture, or None where there is none."""
    part = row.parts.filter(name=name).first()
    if part is None:
        return None
    return unseal(settings.SROK_DATA_KEY, PICTURE, bytes(part.sealed), aad=row.id.bytes + name.encode())


def destroy_words(row: Capture) -> None:
    """Destroy everything a person said and showed; codes, hands and the reference stay."""
    wiping.overwrite_deleted()
    row.parts.all().delete()
    Capture.objects.filter(pk=row.pk).update(sealed=None)
    row.refresh_from_db()
