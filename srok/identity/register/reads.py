"""Questions to the register: who somebody is today, who their kin are, and the rows that a search indexes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from srok.ground.kernel.dates import PartialDate
from srok.ground.kernel.names import PersonName
from srok.ground.kernel.refusal import Refusal
from srok.identity.register.models import ImportRun, Person, PersonAlias, PersonVersion
from srok.identity.register.terms import (
    FATHER_COLUMNS,
    MOTHER_COLUMNS,
    NAME_COLUMNS,
    ImportReport,
    KinFacts,
    PersonFacts,
    RowRejection,
    SearchRow,
    SubjectId,
)

CHUNK = 2_000
_SEARCHED = (
    "pk", "person_id", "person__register_no", "sex", "birth", "birthplace", "residence", "deceased_on",
    *NAME_COLUMNS, *FATHER_COLUMNS, *MOTHER_COLUMNS,
)  # fmt: skip


def person(subject: UUID) -> PersonFacts:
    """The person as known today; raises `register.unknown_person`."""
    return _one(_today().filter(person_id=subject))


def person_by_no(register_no: str) -> PersonFacts:
    """The person with this register number; raises `register.unknown_person`."""
    return _one(_today().filter(person__register_no=register_no))


def kin_of(subject: UUID) -> KinFacts:
    """The parents, siblings (sharing a parent) and children of a person who are on the list by number.

    Kin who are only named on a row are not found here: they are candidates for the matching.
    Raises `register.unknown_person`.
    """
    own = person(subject)
    shares = Q()
    for column, number in (("father_no", own.father_no), ("mother_no", own.mother_no)):
        shares |= Q(**{column: number}) if number else Q()
    siblings = _today().filter(shares).exclude(person_id=subject) if shares else PersonVersion.objects.none()
    children = _today().filter(Q(father_no=own.register_no) | Q(mother_no=own.register_no))
    return KinFacts(_by_no(own.father_no), _by_no(own.mother_no), _many(siblings), _many(children))


def search_rows(
    since_seq: int | None = None, *, subjects: Iterable[UUID] | None = None, run: UUID | None = None
) -> Iterator[SearchRow]:
    """Every person's newest version as a search indexes it, in order of `seq`, in bounded memory.

    `since_seq` leaves out what is not newer; `subjects` and `run` (an import's id) narrow it to those people.
    """
    rows = _today()
    if subjects is not None:
        rows = rows.filter(person__in=list(subjects))
    if run is not None:
        rows = rows.filter(run=run)
    columns, last = rows.values_list(*_SEARCHED), since_seq or 0
    while chunk := list(columns.filter(pk__gt=last).order_by("pk")[:CHUNK]):
        aliases = _aliases([row[1] for row in chunk])
        yield from (_search_row(row, aliases[row[1]]) for row in chunk)
        last = chunk[-1][0]


def size() -> int:
    """How many people are on the list."""
    return Person.objects.count()


def last_import(sha256: str) -> ImportReport | None:
    """The report of the newest import, if it was of this very file."""
    row = ImportRun.objects.order_by("-id").first()
    return report_of(row, seen_before=True) if row is not None and row.sha256 == sha256 else None


def report_of(row: ImportRun, *, seen_before: bool = False) -> ImportReport:
    """An import as its caller sees it."""
    return ImportReport(
        rows=row.rows, accepted=row.added + row.changed + row.unchanged, added=row.added, changed=row.changed,
        unchanged=row.unchanged, cards=row.cards, sha256=row.sha256, seen_before=seen_before,
        rejected=tuple(RowRejection(*one) for one in row.rejected),
    )  # fmt: skip


def facts_of(row: PersonVersion, aliases: tuple[PersonName, ...]) -> PersonFacts:
    """One version as facts."""
    return PersonFacts(
        subject=SubjectId(row.person_id), register_no=row.person.register_no, name=_name(row), aliases=aliases,
        sex=row.sex, birth=PartialDate.parse(row.birth), birthplace=row.birthplace, residence=row.residence,
        father=_parent(row, "father"), mother=_parent(row, "mother"), citizen=row.citizen,
        alive=not row.deceased_on, household=row.household, version=row.version, father_no=row.father_no,
        mother_no=row.mother_no, address_of_record=row.address_of_record, abroad_post=row.abroad_post,
        synthetic=row.person.synthetic,
    )  # fmt: skip


def _today() -> QuerySet[PersonVersion]:
    return PersonVersion.objects.filter(valid_until__isnull=True).select_related("person")


def _one(rows: QuerySet[PersonVersion]) -> PersonFacts:
    found = _many(rows)
    if not found:
        raise Refusal("register.unknown_person")
    return found[0]


def _many(rows: QuerySet[PersonVersion]) -> tuple[PersonFacts, ...]:
    found = list(rows.order_by("birth", "pk"))
    aliases = _aliases([row.person_id for row in found])
    return tuple(facts_of(row, aliases[row.person_id]) for row in found)


def _by_no(register_no: str) -> PersonFacts | None:
    found = _many(_today().filter(person__register_no=register_no)) if register_no else ()
    return found[0] if found else None


def _aliases(subjects: list[UUID]) -> dict[UUID, tuple[PersonName, ...]]:
    found: dict[UUID, tuple[PersonName, ...]] = defaultdict(tuple)
    for row in PersonAlias.objects.filter(person__in=subjects).order_by("pk"):
        found[row.person_id] += (PersonName(row.family_km, row.given_km, row.family_latin, row.given_latin),)
    return found


def _search_row(row: tuple[Any, ...], aliases: tuple[PersonName, ...]) -> SearchRow:
    """From the columns of `_SEARCHED`: without model instances a whole list is read three times as fast."""
    seq, subject, register_no, sex, birth, birthplace, residence, deceased_on = row[:8]
    return SearchRow(
        seq=seq, subject=SubjectId(subject), register_no=register_no, names=(PersonName(*row[8:12]), *aliases),
        sex=sex, birth=PartialDate.parse(birth), birthplace=birthplace, residence=residence,
        father=PersonName(*row[12:16]) if any(row[12:16]) else None,
        mother=PersonName(*row[16:20]) if any(row[16:20]) else None, alive=not deceased_on,
    )  # fmt: skip


def _name(row: PersonVersion) -> PersonName:
    return PersonName(row.family_km, row.given_km, row.family_latin, row.given_latin)


def _parent(row: PersonVersion, which: str) -> PersonName | None:
    parts = [getattr(row, f"{which}_{part}") for part in ("family_km", "given_km", "family_latin", "given_latin")]
    return PersonName(*parts) if any(parts) else None
