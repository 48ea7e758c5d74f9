"""A set of fingers as it travels from a kit in a sealed parcel, and how a print lies at rest."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid5

import cbor2
from django.conf import settings
from django.db import transaction

from srok.ground.journal import public as journal
from srok.ground.kernel.context import Context
from srok.ground.kernel.refusal import Refusal
from srok.ground.kernel.sealing import seal, unseal
from srok.identity.biometrics.finger_terms import CONSEQUENCE, PRINTS_SEALED_FOR, WAIVED_BY_AGE, Finger, Found
from srok.identity.biometrics.models import FingerPrint, FingerSet

VERSION, MOST_BYTES, MOST_TEMPLATE, MOST_TEXT = 1, 256 * 1024, 16 * 1024, 80


@dataclass(frozen=True, slots=True)
class _One:
    """One finger of a bundle."""

    finger: Finger
    found: Found
    quality: int | None
    tries: int
    template: bytes | None


def sealed_print(key: UUID, finger: Finger, template: bytes) -> bytes:
    """A print as it lies at rest: sealed, and tied to its set and finger."""
    return seal(settings.SROK_DATA_KEY, PRINTS_SEALED_FOR, template, aad=uuid5(key, finger).bytes)


def opened_print(row: FingerPrint) -> bytes | None:
    """The template of a row; None where there is none."""
    if row.sealed is None:
        return None
    return unseal(settings.SROK_DATA_KEY, PRINTS_SEALED_FOR, bytes(row.sealed), aad=row.pk.bytes)


def bundle(key: UUID) -> bytes:
    """Everything of a set as canonical CBOR, to be sealed into a parcel at once: its templates are open in it.

    Raises `biometrics.no_fingers`.
    """
    row = FingerSet.objects.filter(pk=key).first()
    if row is None:
        raise Refusal("biometrics.no_fingers")
    prints = FingerPrint.objects.filter(of_id=key).exclude(found="").order_by("finger")
    return cbor2.dumps(
        {
            "v": VERSION, "key": key.bytes, "by": row.taken_by, "on": row.taken_on.isoformat(), "device": row.device,
            "serial": row.serial, "waived": bool(row.waived_by),
            "fingers": [[one.finger, one.found, one.quality, one.tries, opened_print(one)] for one in prints],
        },
        canonical=True,
    )  # fmt: skip


@transaction.atomic
def keep_bundle(data: bytes, ctx: Context) -> UUID:
    """Keep a set that came from a kit, sealed here; the same set again changes nothing. Returns its key.

    Raises `biometrics.finger_template` for what is no bundle.
    """
    given = _read(data)
    key = UUID(bytes=given["key"])
    if FingerSet.objects.filter(pk=key).exists():
        return key
    waived = given["waived"]
    FingerSet(
        key=key, office=ctx.office, taken_by=given["by"], taken_on=given["on"], device=given["device"],
        serial=given["serial"], waived_by=WAIVED_BY_AGE if waived else "", consequence=CONSEQUENCE if waived else "",
    ).save(force_insert=True)  # fmt: skip
    for one in given["fingers"]:
        FingerPrint(
            id=uuid5(key, one.finger), of_id=key, finger=one.finger.value, found=one.found.value, quality=one.quality,
            tries=one.tries, noted_by=given["by"],
            sealed=sealed_print(key, one.finger, one.template) if one.template else None,
        ).save(force_insert=True)  # fmt: skip
    journal.record(ctx, "biometrics.fingers_received", str(key), {"fingers": len(given["fingers"])})
    return key


def _read(data: bytes) -> dict[str, Any]:
    """The content of a bundle: its shape and bounds are checked before anything of it is believed."""
    try:
        given = cbor2.loads(data) if len(data) <= MOST_BYTES else {}
        rows = [_one(*row) for row in given["fingers"]]
        texts = [given[name] for name in ("device", "serial", "by")]
        fits = (
            given["v"] == VERSION and len(given["key"]) == 16 and isinstance(given["waived"], bool)
            and all(isinstance(text, str) and len(text) <= MOST_TEXT for text in texts)
            and len({row.finger for row in rows}) == len(rows) and not (rows and given["waived"])
        )  # fmt: skip
        if fits:
            return {**given, "on": date.fromisoformat(given["on"]), "fingers": rows}
    except (cbor2.CBORDecodeError, KeyError, TypeError, ValueError) as error:
        raise Refusal("biometrics.finger_template") from error
    raise Refusal("biometrics.finger_template")


def _one(finger: str, found: str, quality: int | None, tries: int, template: bytes | None) -> _One:
    row = _One(Finger(finger), Found(found), quality, int(tries), template)
    right = quality is None or (isinstance(quality, int) and 0 <= quality <= 100)
    sized = template is None or (isinstance(template, bytes) and 0 < len(template) <= MOST_TEMPLATE)
    if not (right and sized and 0 <= row.tries <= 1000 and (row.found is Found.CAPTURED) == (template is not None)):
        raise ValueError(finger)
    return row
