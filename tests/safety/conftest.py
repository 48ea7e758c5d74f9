"""A database of the module's own, where acts are really committed and every thread has its own connection."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test.utils import override_settings
from pytest_django.plugin import DjangoDbBlocker

from srok.identity.cases.tests import world
from tests.safety import chain

# Workers that run side by side have a copy each.
COPY = f"at_once_{os.getpid()}"


@pytest.fixture(scope="module")
def committed_world(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """The settled world in a copy of the test database, dropped whole at the end: the journal refuses any flush."""
    home = tmp_path_factory.mktemp("at-once")
    with django_db_blocker.unblock(), _own_database(home), override_settings(SROK_KEYS=home / "keys"):
        # The test database has its tables only where some chosen test is marked `django_db`.
        call_command("migrate", verbosity=0)
        chain.settle(home)
        yield
        world.forget_places(home)


@contextmanager
def _own_database(home: Path) -> Iterator[None]:
    """Let every connection of this process lead to a copy of the test database."""
    usual = connections["default"]
    name = _copy(usual, home)
    connections.settings["default"] = {**usual.settings_dict, "NAME": name}
    del connections["default"]
    try:
        yield
    finally:
        connections["default"].close()
        connections.settings["default"] = usual.settings_dict
        connections["default"] = usual
        if usual.vendor == "postgresql":
            usual.creation.destroy_test_db(suffix=COPY, verbosity=0)


def _copy(usual: BaseDatabaseWrapper, home: Path) -> str:
    """Copy the test database, which holds no rows; on SQLite into a file, as in use, and not in shared memory."""
    if usual.vendor == "postgresql":
        usual.creation.clone_test_db(suffix=COPY, verbosity=0)
        return str(usual.creation.get_test_db_clone_settings(COPY)["NAME"])
    usual.ensure_connection()
    with closing(sqlite3.connect(home / "copy.sqlite3")) as copy:
        usual.connection.backup(copy)
    return str(home / "copy.sqlite3")
