"""Acts on fingerprints: take one, say why there is none, waive them all by rule."""

from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import F

from srok.ground.journal import public as journal
from srok.ground.kernel.context import Context
from srok.ground.kernel.refusal import Refusal, Stale
from srok.ground.law import public as law
from srok.identity.biometrics import devices, finger_rules
from srok.identity.biometrics.finger_bundle import sealed_print
from srok.identity.biometrics.finger_terms import (
    CONSEQUENCE,
    EXCEPTIONS,
    GOOD_QUALITY,
    MOST_TRIES,
    WAIVED_BY_AGE,
    CaptureFinger,
    Finger,
    Found,
    NoteFinger,
    Reading,
    Told,
    WaiveFingers,
)
from srok.identity.biometrics.models import FingerPrint, FingerSet


def capture_finger(command: CaptureFinger, *, ctx: Context) -> Told:
    """Take one shot with the device of this machine and tell at once what to do better.

    A good print is kept; after three tries the best one. Raises `biometrics.no_finger_device`, `.no_finger_engine`,
    `.device_silent`, `.device_unreadable`, `.finger_finished`, `.fingers_waived_already`.
    """
    found = devices.device()
    if found is None:
        raise Refusal("biometrics.no_finger_device")
    _check_open(command)
    try:
        shot = found.capture(command.finger)
    except Refusal as refusal:
        if refusal.code != "biometrics.finger_none":
            raise
        return _keep_try(command, None, (refusal.code,), found, ctx=ctx)
    reading = devices.read(shot)
    measures = devices.measured(devices.opened(shot))
    problems = finger_rules.problems_of(measures, reading.quality if reading else None)
    return _keep_try(command, reading, problems, found, ctx=ctx)


@transaction.atomic
def _keep_try(
    command: CaptureFinger, reading: Reading | None, problems: tuple[str, ...], device: devices.FingerDevice, *,
    ctx: Context,
) -> Told:  # fmt: skip
    """Write one try down: the better template stays, the finger is finished when it is good or tried often enough."""
    row = _row(command.key, command.finger, ctx)
    FingerSet.objects.filter(pk=command.key).update(device=device.name[:80], serial=device.serial[:80])
    tries, best = row.tries + 1, row.quality
    changes: dict[str, object] = {"tries": tries, "noted_by": ctx.actor}
    if reading is not None and (best is None or reading.quality > best):
        best = reading.quality
        changes |= {"quality": best, "sealed": sealed_print(command.key, command.finger, reading.template)}
    good = reading is not None and not problems and reading.quality >= GOOD_QUALITY
    kept = good or (tries >= MOST_TRIES and best is not None)
    if kept:
        changes["found"] = Found.CAPTURED.value
    _update(row, changes)
    told = () if good else problems
    if not good and tries >= MOST_TRIES:
        told = (*told, "biometrics.finger_best_kept" if kept else "biometrics.finger_unreadable")
    facts: journal.Facts = {"finger": str(command.finger), "try": tries, "kept": kept, "quality": best}
    journal.record(ctx, "biometrics.finger_tried", str(command.key), facts)
    return Told(kept, best, tries, told)


@transaction.atomic
def note_finger(command: NoteFinger, *, ctx: Context) -> None:
    """Say why there is no print of a finger: `missing`, `bandaged` or `unable`. Raises `biometrics.finger_finished`."""
    if command.found not in EXCEPTIONS:
        raise Refusal("biometrics.finger_finished")
    row = _row(command.key, command.finger, ctx)
    changes: dict[str, object] = {"found": command.found.value, "quality": None, "sealed": None, "noted_by": ctx.actor}
    _update(row, changes)
    facts: journal.Facts = {"finger": str(command.finger), "found": str(command.found), "tries": row.tries}
    journal.record(ctx, "biometrics.finger_excepted", str(command.key), facts)


@transaction.atomic
def waive_fingers(command: WaiveFingers, *, ctx: Context) -> str:
    """Take no fingers, by the rule of that day; return the code of what that costs. The birth date is not kept.

    Raises `biometrics.waiver_not_due`.
    """
    today = law.as_of(ctx.on)
    if not finger_rules.waived(command.birth, ctx.on, today):
        age = today.number(WAIVED_BY_AGE) if today.has(WAIVED_BY_AGE) else "–"
        raise Refusal("biometrics.waiver_not_due", field="birth", age=age)
    _set(command.key, ctx)
    FingerPrint.objects.filter(of_id=command.key).delete()
    FingerSet.objects.filter(pk=command.key).update(waived_by=WAIVED_BY_AGE, consequence=CONSEQUENCE)
    facts: journal.Facts = {"rule": WAIVED_BY_AGE, "consequence": CONSEQUENCE}
    journal.record(ctx, "biometrics.fingers_waived", str(command.key), facts)
    return CONSEQUENCE


def _set(key: UUID, ctx: Context) -> FingerSet:
    made = {"office": ctx.office, "taken_by": ctx.actor, "taken_on": ctx.on}
    found, _ = FingerSet.objects.get_or_create(key=key, defaults=made)
    if found.office != ctx.office:
        raise Refusal("biometrics.no_fingers")
    return found


def _row(key: UUID, finger: Finger, ctx: Context) -> FingerPrint:
    """The open row of a finger. Raises `biometrics.finger_finished`, `biometrics.fingers_waived_already`."""
    if _set(key, ctx).waived_by:
        raise Refusal("biometrics.fingers_waived_already")
    made = {"id": uuid5(key, finger), "noted_by": ctx.actor}
    row, _ = FingerPrint.objects.get_or_create(of_id=key, finger=finger.value, defaults=made)
    if row.found == Found.CAPTURED:
        raise Refusal("biometrics.finger_finished")
    return row


def _check_open(command: CaptureFinger) -> None:
    """Refuse before the device is asked; the same is checked again when the try is written down."""
    if FingerSet.objects.filter(pk=command.key).exclude(waived_by="").exists():
        raise Refusal("biometrics.fingers_waived_already")
    if FingerPrint.objects.filter(of_id=command.key, finger=command.finger.value, found=Found.CAPTURED.value).exists():
        raise Refusal("biometrics.finger_finished")


def _update(row: FingerPrint, changes: dict[str, object]) -> None:
    rows = FingerPrint.objects.filter(pk=row.pk, version=row.version)
    if not rows.update(version=F("version") + 1, **changes):
        raise Stale()
