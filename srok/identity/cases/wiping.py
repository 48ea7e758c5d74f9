"""The room's one module that speaks SQL: what was destroyed must not lie on in SQLite's free pages or its journal.

`secure_delete` overwrites deleted rows with zeros; the write-ahead log still holds the pages as they were, so it is
emptied after the commit. PostgreSQL frees dead rows by its own vacuum, and they are sealed: nothing is to be done.
"""

from django.db import DatabaseError, connection, transaction


def overwrite_deleted() -> None:
    """From here on this connection overwrites what it deletes; then, after the commit, the old pages go too."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA secure_delete=ON")
    transaction.on_commit(empty_log)


def empty_log() -> None:
    """Move the write-ahead log into the database and cut it to nothing.

    Another reader may hold the log at this moment: then the next approval, or the closing of the last connection,
    empties it. Never an error of the act, which is committed by then.
    """
    try:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            cursor.fetchall()
    except DatabaseError:
        return
