"""The journal is never rewritten (house rule 8): the database itself refuses, on both databases."""

import importlib
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction

from srok.ground.journal import public as journal
from srok.ground.kernel.context import Context

TABLES = importlib.import_module("srok.ground.journal.migrations.0002_refuse_rewriting").TABLES
VUTHY = Context(
    actor="vuthy",
    office="moi.gdi",
    roles=frozenset({"identification_officer"}),
    at=datetime(2025, 3, 3, 3, tzinfo=UTC),
    on=date(2025, 3, 3),
    trace=UUID(int=7),
)


@pytest.fixture
def written(db: None) -> None:
    leaf = journal.Leaf(log="register", type="card.issued", label="card", row={"state": "issued"})
    journal.record(VUTHY, "cards.card_issued", "a card", {"number": 1}, leaf=leaf)
    journal.drain()


@pytest.mark.usefixtures("written")
@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("act", ["UPDATE {table} SET {column} = {column}", "DELETE FROM {table}"])
def test_no_row_is_changed_or_deleted(table: str, act: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table}")
        column, rows = cursor.description[0][0], len(cursor.fetchall())
        assert rows, f"{table} holds nothing to protect"
        with pytest.raises(DatabaseError, match="never rewritten"), transaction.atomic():
            cursor.execute(act.format(table=table, column=column))
        cursor.execute(f"SELECT * FROM {table}")
        assert len(cursor.fetchall()) == rows


@pytest.mark.usefixtures("written")
@pytest.mark.parametrize("table", TABLES)
def test_no_table_is_emptied(table: str) -> None:
    if connection.vendor != "postgresql":
        return  # SQLite has no TRUNCATE; its DELETE is refused above
    with connection.cursor() as cursor, pytest.raises(DatabaseError), transaction.atomic():
        cursor.execute(f"TRUNCATE {table} CASCADE")


def test_the_facts_the_order_and_the_leaves_are_all_protected() -> None:
    assert set(TABLES) >= {"journal_fact", "journal_place", "journal_waitingleaf"}
