"""Open cases that may be of one person: their names sound alike and their birth dates fit. Warns, never decides."""

from collections.abc import Sequence

from django.db.models import QuerySet

from srok.identity.cases import printing, store
from srok.identity.cases.claims import Claim
from srok.identity.cases.facts import SimilarCase
from srok.identity.cases.models import Case, Sound
from srok.identity.cases.printing import BirthAgreement
from srok.identity.cases.terms import OPEN, State
from srok.identity.matching import public as matching


def keep(case: Case, claim: Claim) -> None:
    """Mark how the names of a claim sound, under a key: nobody can read a name from the marks, or guess one."""
    keys = {key for name in (claim.name, *claim.other_names) for key in matching.sound_keys(name)}
    marks = sorted({store.fingerprint("cases.sound", str(key)) for key in keys})
    Sound.objects.bulk_create([Sound(case=case, mark=mark) for mark in marks], ignore_conflicts=True)


def keep_missing() -> None:
    """Mark the open cases that have no mark yet: those lodged before there were any."""
    for case in _open().filter(sounds=None):
        keep(case, store.claim_of(case))


def similar(case: Case) -> tuple[SimilarCase, ...]:
    """The other open cases, of every office, that may be of the same person: reference and state only."""
    if case.state not in OPEN:
        return ()
    claim = store.claim_of(case)
    found = [one for one in _alike(case) if _births_fit(claim, store.claim_of(one))]
    return tuple(SimilarCase(one.reference, State(one.state)) for one in found)


def _alike(case: Case) -> Sequence[Case]:
    marks = list(case.sounds.values_list("mark", flat=True))
    alike = Sound.objects.filter(mark__in=marks).values("case")
    return list(_open().filter(pk__in=alike).exclude(pk=case.pk).order_by("reference"))


def _open() -> "QuerySet[Case]":
    return Case.objects.filter(state__in=sorted(OPEN)).select_related("person")


def _births_fit(one: Claim, other: Claim) -> bool:
    """The same, compatible, or day and month exchanged as foreign papers have them."""
    if printing.birth_agreement(one.birth, other.birth) is not BirthAgreement.DIFFERENT:
        return True
    known = one.birth.day is not None and one.birth.year == other.birth.year
    return known and (one.birth.month, one.birth.day) == (other.birth.day, other.birth.month)
