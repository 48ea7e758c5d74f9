"""Questions about fingerprints: what is in a set, and whose exceptions stand out in an office."""

from collections import Counter
from uuid import UUID

from srok.ground.kernel.context import Context
from srok.ground.kernel.refusal import Refusal
from srok.identity.biometrics.finger_bundle import opened_print
from srok.identity.biometrics.finger_rules import standing_out
from srok.identity.biometrics.finger_terms import Finger, FingerFacts, FingerRecord, Found, OfficerExceptions, Span
from srok.identity.biometrics.models import FingerPrint, FingerSet


def finger_record(key: UUID) -> FingerRecord:
    """What was found of the fingers under this key; empty where none were taken yet."""
    row = FingerSet.objects.filter(pk=key).first()
    if row is None:
        return FingerRecord(key)
    prints = FingerPrint.objects.filter(of_id=key).exclude(found="")
    found = {
        Finger(one.finger): FingerFacts(Finger(one.finger), Found(one.found), one.quality, one.tries) for one in prints
    }
    ordered = {finger: found[finger] for finger in Finger if finger in found}
    device = f"{row.device} {row.serial}".strip()
    return FingerRecord(key, ordered, row.waived_by, row.consequence, device)


def tries_of(key: UUID) -> dict[Finger, int]:
    """How often each finger was tried."""
    rows = FingerPrint.objects.filter(of_id=key).values_list("finger", "tries")
    return {Finger(finger): tries for finger, tries in rows}


def finger_template(key: UUID, finger: Finger) -> bytes:
    """The template (ISO/IEC 19794-2) of one finger; raises `biometrics.no_fingers`."""
    row = FingerPrint.objects.filter(of_id=key, finger=finger.value, found=Found.CAPTURED.value).first()
    found = opened_print(row) if row else None
    if found is None:
        raise Refusal("biometrics.no_fingers")
    return found


def exceptions_by_officer(ctx: Context, span: Span) -> list[OfficerExceptions]:
    """How often each officer of this office found no print in these days, the most first; counts only, nobody's key."""
    sets = FingerSet.objects.filter(office=ctx.office, taken_on__gte=span.first, taken_on__lte=span.last)
    people = Counter(sets.values_list("taken_by", flat=True))
    waived = Counter(sets.exclude(waived_by="").values_list("taken_by", flat=True))
    prints = FingerPrint.objects.filter(of__in=sets).exclude(found="")
    found = Counter(prints.values_list("of__taken_by", "found"))
    rows = []
    for officer in sorted(people):
        captured, missing, bandaged, unable = (found[officer, one.value] for one in Found)
        row = OfficerExceptions(officer, people[officer], waived[officer], captured, missing, bandaged, unable)
        rows.append(row)
    return standing_out(rows)
