"""Filling the index: the one module of this room that speaks SQL itself (house rule 13), for speed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F, UUIDField

from srok.ground.kernel.names import PersonName
from srok.identity.matching.keys import keys_of
from srok.identity.matching.models import IndexedName, IndexState
from srok.identity.matching.names import NameForm, name_key
from srok.identity.register import public as register
from srok.identity.register.terms import SearchRow

CHUNK = 2_000
ONLY = 1
_COLUMNS = [field.attname for field in IndexedName._meta.concrete_fields if field.attname != "id"]
_INSERT = (
    f"INSERT INTO {IndexedName._meta.db_table} ({', '.join(_COLUMNS)})"
    f" VALUES ({', '.join(['%s'] * len(_COLUMNS))})"
)  # fmt: skip


@transaction.atomic
def index_now() -> int:
    """Build the whole index anew from the register; return how many people it holds. 20,000 take a few seconds."""
    IndexedName.objects.all().delete()
    state = _state()
    people, snapshot = _put(register.search_rows())
    IndexState.objects.filter(pk=ONLY).update(people=people, snapshot=snapshot, epoch=state.epoch + 1)
    return people


@transaction.atomic
def index_people(rows: Iterable[SearchRow]) -> int:
    """Put these people into the index, each in place of what stood there; return how many. Again it changes nothing."""
    state, count = _state(), 0
    source = iter(rows)
    while chunk := list(islice(source, CHUNK)):
        subjects = [row.subject for row in chunk]
        if state.people:
            known = IndexedName.objects.filter(subject__in=subjects, first=True).count()
            IndexedName.objects.filter(subject__in=subjects).delete()
        else:
            known = 0
        people, snapshot = _put(chunk)
        newest = max(snapshot, state.snapshot)
        IndexState.objects.filter(pk=ONLY).update(people=F("people") + people - known, snapshot=newest)
        state.snapshot, count = newest, count + people
    return count


@transaction.atomic
def index_changes() -> int:
    """Index whoever came or changed since the newest change that the index has seen; return how many.

    For an act that must not miss anybody: in its transaction it holds the index until it ends, so that of two such
    acts at one moment the second sees the first one's person (on SQLite there is one writer anyway).
    """
    state = IndexState.objects.select_for_update().get_or_create(pk=ONLY)[0]
    return index_people(register.search_rows(state.snapshot))


def _state() -> IndexState:
    return IndexState.objects.get_or_create(pk=ONLY)[0]


def _put(rows: Iterable[SearchRow]) -> tuple[int, int]:
    people, snapshot = 0, 0
    source = iter(rows)
    while chunk := list(islice(source, CHUNK)):
        with connection.cursor() as cursor:
            cursor.executemany(_INSERT, [values for row in chunk for values in _values(row)])
        people += len(chunk)
        snapshot = max(snapshot, max(row.seq for row in chunk))
    return people, snapshot


def _values(row: SearchRow) -> Iterator[list[str | int | bool | UUID | None]]:
    """One list of column values for each name of the person."""
    subject = UUIDField().get_db_prep_value(row.subject, connection)
    parents = [_parts(parent) for parent in (row.father, row.mother)]
    father, mother = ((name_key(parts[0], parts[1]), name_key(parts[2], parts[3])) for parts in parents)
    for place, name in enumerate(row.names):
        family_latin, family_km, given_latin, given_km = _parts(name)
        form = NameForm(name_key(family_latin, family_km), name_key(given_latin, given_km))
        by_key = keys_of(form, row.birth.year, (father, mother), row.birthplace)
        yield [
            subject, row.register_no, family_latin, family_km, given_latin, given_km, *parents[0], *parents[1],
            row.sex, row.birth.iso(), row.birthplace, row.alive, place == 0, *by_key.values(),
        ]  # fmt: skip


def _parts(name: PersonName | None) -> tuple[str, str, str, str]:
    if name is None:
        return "", "", "", ""
    return name.family_latin, name.family_km, name.given_latin, name.given_km
