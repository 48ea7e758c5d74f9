"""What is acknowledged lies on the disk: the database waits for it while parcels are taken in."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def durable() -> Iterator[None]:
    """On SQLite each commit inside is synced (`synchronous=FULL`), whatever the settings say; PostgreSQL always does.

    Inside a transaction that is open already it changes nothing: the caller's commit is the caller's.
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous")
        (before,) = cursor.fetchone()
        cursor.execute("PRAGMA synchronous=FULL")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA synchronous={int(before)}")
