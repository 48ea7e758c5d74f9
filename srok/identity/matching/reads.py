"""Questions to the index and to the stored reports."""

from __future__ import annotations

from functools import lru_cache, reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.db.models import Count, Q

from srok.ground.kernel.dates import PartialDate
from srok.ground.kernel.refusal import Refusal
from srok.identity.matching.counts import Counts
from srok.identity.matching.keys import KEYS, keys_of, pair_key
from srok.identity.matching.models import IndexedName, IndexState, StoredReport
from srok.identity.matching.names import NameKey, name_key
from srok.identity.matching.rules import Asked, Listed
from srok.identity.matching.terms import Candidate, FieldReason, Hint, MatchReport, SearchedAs

# More people than this under the keys of one search are not looked at; the report says so.
MOST_LOOKED_AT = 3_000
# Years around a stated birth year that are looked through: with the given name, and with the family name only.
YEARS_GIVEN, YEARS_FAMILY = 3, 1
ROLES = ("given", "family", "father_given", "mother_given", "mother_family", "father_family")
_LISTED = (
    "subject", "register_no", "family_latin", "family_km", "given_latin", "given_km", "father_family_latin",
    "father_family_km", "father_given_latin", "father_given_km", "mother_family_latin", "mother_family_km",
    "mother_given_latin", "mother_given_km", "sex", "birth", "birthplace", "alive",
)  # fmt: skip

_held: dict[str, tuple[tuple[int, int], Counts]] = {}


def state() -> IndexState:
    """What the index holds now."""
    return IndexState.objects.filter(pk=1).first() or IndexState(pk=1)


def counts(now: IndexState) -> Counts:
    """The counts of the list, held in memory until the index was rebuilt or has grown by one in a hundred."""
    held = _held.get("counts")
    if held is not None:
        (epoch, people), found = held
        if epoch == now.epoch and abs(now.people - people) * 100 <= people:
            return found
    found = _count(now.people)
    _held["counts"] = ((now.epoch, now.people), found)
    return found


def _count(people: int) -> Counts:
    rows = IndexedName.objects.filter(first=True)

    def grouped(*columns: str) -> list[tuple[Any, ...]]:
        return list(rows.values_list(*columns).annotate(number=Count("id")).order_by())

    names: dict[str, dict[NameKey, int]] = {}
    for role in ROLES:
        found = names[role] = {}
        for latin, khmer, number in grouped(f"{role}_latin", f"{role}_km"):
            key = name_key(latin, khmer)
            if key.known:
                found[key] = found.get(key, 0) + number
    births, places, sexes = (dict(grouped(column)) for column in ("birth", "birthplace", "sex"))
    places.pop("", None)
    return Counts(people, names, births, places, sexes)


def look_up(asked: Asked) -> tuple[list[Listed], bool]:
    """Everyone who shares a key with what was asked, one row a name; True when there were too many to look at all."""
    wanted: dict[str, set[int]] = {kind: set() for kind in KEYS}
    for kind, key in _keys(asked):
        wanted[kind].add(key)
    terms = [Q(**{f"{kind}__in": sorted(keys)}) for kind, keys in wanted.items() if keys]
    if not terms:
        return [], False
    rows = IndexedName.objects.filter(reduce(or_, terms)).values_list(*_LISTED)[: MOST_LOOKED_AT + 1]
    found = [_listed(row) for row in rows]
    return found[:MOST_LOOKED_AT], len(found) > MOST_LOOKED_AT


def report(report_id: UUID) -> MatchReport:
    """A stored report, as it was; raises `matching.unknown_report`."""
    row = StoredReport.objects.filter(pk=report_id).first()
    if row is None:
        raise Refusal("matching.unknown_report")
    candidates = tuple(
        Candidate(
            subject=one.subject, register_no=one.register_no, score=one.score10000 / 10_000, hint=Hint(one.hint),
            reasons=tuple(FieldReason(*reason) for reason in one.reasons),
        )
        for one in row.candidates.order_by("rank")
    )  # fmt: skip
    return MatchReport(
        report_id=row.id, as_role=SearchedAs(row.as_role), searched=row.searched, snapshot=row.snapshot,
        weights=row.weights, capped=row.capped, candidates=candidates,
    )  # fmt: skip


def _keys(asked: Asked) -> list[tuple[str, int]]:
    """The keys of every reading of the name, with the years around the stated one."""
    birth, parents = asked.query.birth, (
        (asked.father_family, asked.father_given), (asked.mother_family, asked.mother_given),
    )  # fmt: skip
    found: list[tuple[str, int | None]] = []
    for form in asked.forms:
        found += keys_of(form, None, parents, asked.query.birthplace).items()
        if birth is not None:
            found += _year_keys("given_year", form.given.k1, birth.year, YEARS_GIVEN)
            found += _year_keys("family_year", form.family.k1, birth.year, YEARS_FAMILY)
    return [(kind, key) for kind, key in found if key is not None]


def _year_keys(kind: str, k1: str, year: int, reach: int) -> list[tuple[str, int | None]]:
    return [(f"key_{kind}", pair_key(kind, k1, year + step)) for step in range(-reach, reach + 1)]


@lru_cache(maxsize=65_536)
def _date(iso: str) -> PartialDate:
    return PartialDate.parse(iso)


def _listed(row: tuple[Any, ...]) -> Listed:
    keys = [name_key(row[place], row[place + 1]) for place in range(2, 14, 2)]
    return Listed(
        subject=row[0], register_no=row[1], family=keys[0], given=keys[1], father_family=keys[2],
        father_given=keys[3], mother_family=keys[4], mother_given=keys[5], sex=row[14],
        birth=_date(row[15]), birthplace=row[16], alive=row[17],
    )  # fmt: skip
