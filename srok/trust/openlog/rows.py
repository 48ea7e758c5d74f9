"""Rows in bulk and the lock of the one writer: the one module of this room that speaks SQL itself (house rule 13)."""

from collections.abc import Iterator, Sequence
from typing import Final
from uuid import UUID

from django.db import connection

from srok.trust.openlog.models import LogEntry

Row = tuple[str, int, bytes, bytes, UUID | None]
"""Log, index, leaf hash, bytes, fact."""

WRITER_LOCK: Final = 0x4F50454E  # "OPEN": the advisory lock that makes the writer single on PostgreSQL
_TABLE: Final = LogEntry._meta.db_table
_COLUMNS: Final = '"log", "index", "leaf", "data", "fact"'


def lock_writer() -> None:
    """Be the only writer until the transaction ends; on SQLite the transaction itself is that (IMMEDIATE)."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [WRITER_LOCK])


def be_durable() -> None:
    """Let a commit reach the disk before it returns, also in a demo; SQLite changes that between transactions only."""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous=FULL")


def tables_stand() -> bool:
    """Whether the tables of this room are there."""
    return _TABLE in connection.introspection.table_names()


def insert(rows: Sequence[Row]) -> None:
    """Write entries: COPY on PostgreSQL, one prepared statement on SQLite; five times as fast as objects."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            statement = f"COPY {_TABLE} ({_COLUMNS}) FROM STDIN"
            with connection.wrap_database_errors, cursor.cursor.copy(statement) as copy:
                for row in rows:
                    copy.write_row(row)
            return
        values = [(log, index, leaf, data, fact.hex if fact else None) for log, index, leaf, data, fact in rows]
        cursor.executemany(f"INSERT INTO {_TABLE} ({_COLUMNS}) VALUES (%s, %s, %s, %s, %s)", values)


def chunks(log: str, start: int, end: int, step: int) -> Iterator[list[tuple[bytes, bytes]]]:
    """Leaf hash and bytes of the entries `[start, end)`, in order, `step` at a time.

    Raises ValueError where an index is missing: the table was changed around the application.
    """
    statement = (
        f'SELECT "leaf", "data" FROM {_TABLE} WHERE "log" = %s AND "index" >= %s AND "index" < %s ORDER BY "index"'
    )
    for at in range(start, end, step):
        until = min(end, at + step)
        with connection.cursor() as cursor:
            cursor.execute(statement, [log, at, until])
            found = [(bytes(leaf), bytes(data)) for leaf, data in cursor.fetchall()]
        if len(found) != until - at:
            raise ValueError(f"{log}: {until - at - len(found)} entries are missing between {at} and {until}")
        yield found
