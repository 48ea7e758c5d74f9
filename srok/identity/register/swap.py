"""The swap of an import: the one module of this room that speaks SQL itself (house rule 13).

Rows go into the staging table at five times the speed of the ORM, and from there to persons and versions inside
the database, so that an import of millions needs no memory here. The statements are plain SQL that SQLite and
PostgreSQL both understand; columns come from the models.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Field, UUIDField

from srok.identity.register.models import ElectionHandle, Person, PersonData, PersonVersion, StagedRow

Value = UUID | date | datetime | str | int | dict[str, str] | None

PERSON, VERSION, STAGED = Person._meta.db_table, PersonVersion._meta.db_table, StagedRow._meta.db_table
HANDLE = ElectionHandle._meta.db_table
DATA = [field.attname for field in PersonData._meta.get_fields() if isinstance(field, Field)]
_STAGED_COLUMNS = [field.attname for field in StagedRow._meta.concrete_fields if field.attname not in ("id", "act")]
_ADAPTED = frozenset({"run", "subject", "handle", "as_written", "card_issued", "card_expires"})
_DATA_COLUMNS = ", ".join(DATA)
_STAGED_DATA = ", ".join(f"s.{column}" for column in DATA)
_REST = "person_id, version, valid_from, valid_until, recorded_at, citizen, address_of_record, abroad_post, run"


def put_staged(rows: Iterable[Mapping[str, Value]]) -> None:
    """Write rows into the staging table; each names every column of it but the id and `act`."""
    columns = _STAGED_COLUMNS
    marks = ", ".join(["%s"] * len(columns))
    statement = f"INSERT INTO {STAGED} ({', '.join(columns)}, act) VALUES ({marks}, '')"
    values: list[list[Any]] = [[row[c] if c not in _ADAPTED else _adapted(row[c]) for c in columns] for row in rows]
    with connection.cursor() as cursor:
        cursor.executemany(statement, values)


def swap_in(run: UUID, on: date, at: datetime) -> None:
    """Turn the staged rows marked `add` and `change` into persons and versions; the caller's transaction holds it."""
    _add(run, on, at)
    _change(run, on, at)


def note_cards(run: UUID) -> None:
    """Remember of each person which card row was last passed down to the answer book."""
    _execute(
        f"UPDATE {PERSON} SET card_hash = (SELECT s.card_hash FROM {STAGED} s"
        f" WHERE s.run = %s AND s.subject = {PERSON}.subject)"
        f" WHERE subject IN (SELECT s.subject FROM {STAGED} s WHERE s.run = %s AND s.card_hash <> '')",
        run, run,
    )  # fmt: skip


def _add(run: UUID, on: date, at: datetime) -> None:
    _execute(
        f"INSERT INTO {PERSON} (subject, register_no, synthetic, version, row_hash, card_hash)"
        f" SELECT s.subject, s.register_no, s.synthetic, 1, s.row_hash, '' FROM {STAGED} s"
        " WHERE s.run = %s AND s.act = 'add'",
        run,
    )
    _execute(
        f"INSERT INTO {VERSION} ({_DATA_COLUMNS}, {_REST})"
        f" SELECT {_STAGED_DATA}, s.subject, 1, %s, NULL, %s, TRUE, '', '', s.run FROM {STAGED} s"
        " WHERE s.run = %s AND s.act = 'add' ORDER BY s.row",
        on, at, run,
    )  # fmt: skip
    _execute(
        f"INSERT INTO {HANDLE} (handle, person_id) SELECT s.handle, s.subject FROM {STAGED} s"
        " WHERE s.run = %s AND s.act = 'add'",
        run,
    )


def _change(run: UUID, on: date, at: datetime) -> None:
    changed = f"(SELECT s.subject FROM {STAGED} s WHERE s.run = %s AND s.act = 'change')"
    _execute(
        f"UPDATE {VERSION} SET valid_until = CASE WHEN valid_from > %s THEN valid_from ELSE %s END"
        f" WHERE valid_until IS NULL AND person_id IN {changed}",
        on, on, run,
    )  # fmt: skip
    _execute(
        f"INSERT INTO {VERSION} ({_DATA_COLUMNS}, {_REST})"
        f" SELECT {_STAGED_DATA}, s.subject, p.version + 1, o.valid_until, NULL, %s, o.citizen,"
        f" o.address_of_record, o.abroad_post, s.run FROM {STAGED} s"
        f" JOIN {PERSON} p ON p.subject = s.subject"
        f" JOIN {VERSION} o ON o.person_id = p.subject AND o.version = p.version"
        " WHERE s.run = %s AND s.act = 'change' ORDER BY s.row",
        at, run,
    )  # fmt: skip
    _execute(
        f"UPDATE {PERSON} SET version = version + 1, row_hash = (SELECT s.row_hash FROM {STAGED} s"
        f" WHERE s.run = %s AND s.subject = {PERSON}.subject) WHERE subject IN {changed}",
        run, run,
    )  # fmt: skip


def _execute(statement: str, *values: Value) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, [_adapted(value) for value in values])


def _adapted(value: Value) -> Any:
    """The value as this database stores it: SQLite has neither UUIDs nor dates nor JSON."""
    if value is None or isinstance(value, str | int):
        return value
    if isinstance(value, UUID):
        return UUIDField().get_db_prep_value(value, connection)
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return connection.ops.adapt_datefield_value(value)
