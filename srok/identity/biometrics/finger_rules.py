"""Decisions about fingerprints: what to tell of a shot, who needs give none, whose exceptions stand out. Pure."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from srok.ground.kernel.dates import PartialDate, age_range
from srok.ground.law.terms import LawAsOf
from srok.identity.biometrics.finger_terms import (
    ENOUGH_PEOPLE,
    GOOD_QUALITY,
    TIMES_THE_OFFICE,
    WAIVED_BY_AGE,
    OfficerExceptions,
    PrintMeasures,
)

LEAST_COVERED = 0.30
TOO_LIGHT, TOO_DARK = 205.0, 85.0


def problems_of(measures: PrintMeasures, quality: int | None) -> tuple[str, ...]:
    """What to do before the next try; the first is the likeliest cause. Empty for a good print."""
    if measures.covered < LEAST_COVERED:
        return ("biometrics.finger_partly",)
    found = []
    if measures.light > TOO_LIGHT:
        found.append("biometrics.finger_dry")
    elif measures.light < TOO_DARK:
        found.append("biometrics.finger_wet")
    if quality is None or (quality < GOOD_QUALITY and not found):
        found.append("biometrics.finger_weak")
    return tuple(found)


def waived(birth: PartialDate, on: date, law: LawAsOf) -> bool:
    """Whether no fingers are asked for: the age of the law of that day is reached, or may be, where the birth date is
    known in part only (doubt counts for the person)."""
    return law.has(WAIVED_BY_AGE) and age_range(birth, on)[1] >= law.number(WAIVED_BY_AGE)


def standing_out(officers: Iterable[OfficerExceptions]) -> list[OfficerExceptions]:
    """The same officers, the most exceptions first; marked where one who saw enough people has twice the office's
    rate. It says that somebody should look, not that somebody did wrong."""
    rows = list(officers)
    fingers = sum(one.captured + one.exceptions for one in rows)
    usual = sum(one.exceptions for one in rows) / fingers if fingers else 0.0
    marked = [
        replace(one, stands_out=one.people >= ENOUGH_PEOPLE and one.rate > TIMES_THE_OFFICE * usual and one.rate > 0.05)
        for one in rows
    ]
    return sorted(marked, key=lambda one: (-one.rate, one.officer))
