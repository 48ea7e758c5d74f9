"""Tables: keys point downward only, no hidden ways around the acts, no SQL by hand, migrations in step."""

import ast
from io import StringIO
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command

from srok.project.diagrams import rooms
from tests.architecture.exceptions import SQL_MODULES
from tests.architecture.tree import Module, called, line_of, modules, report

WRITES = {"save", "delete", "bulk_create", "bulk_update", "get_or_create", "update_or_create", "asave", "adelete"}
READERS = {"pages", "forms", "api", "cli", "reads", "rules", "terms", "models", "wording", "templatetags", "public"}
RAW = ("RawSQL", ".raw", ".extra", ".cursor", ".execute", ".executemany", "RunSQL")


def our_models() -> list[Any]:
    labels = set(rooms())
    return [one for one in apps.get_models(include_auto_created=True) if one._meta.app_label in labels]


def test_a_key_to_another_room_points_down_and_leaves_no_way_back() -> None:
    problems = []
    for one in our_models():
        here = one._meta.app_label
        for field in one._meta.get_fields():
            target = getattr(field, "related_model", None)
            if field.auto_created or target is None or isinstance(target, str) or target._meta.app_label not in rooms():
                continue
            there, name = target._meta.app_label, f"{one._meta.label}.{field.name} -> {target._meta.label}"
            if there != here and line_of(there) <= line_of(here):
                problems.append(f"{name}: points up or sideways")
            if there != here and not field.remote_field.is_hidden():
                problems.append(f"{name}: needs related_name='+'")
    report(problems, "foreign keys across rooms")


def test_a_key_to_another_room_is_not_cascaded() -> None:
    """What a lower room deletes never silently takes rows of a higher room with it."""
    report(
        [
            f"{one._meta.label}.{field.name}"
            for one in our_models()
            for field in one._meta.concrete_fields
            if field.is_relation and field.related_model._meta.app_label != one._meta.app_label
            if field.remote_field.on_delete.__name__ == "CASCADE"
        ],
        "keys across rooms that cascade",
    )


def test_every_table_says_what_a_row_is() -> None:
    report(
        [
            one._meta.label
            for one in our_models()
            if not one._meta.auto_created
            if not one.__doc__ or one.__doc__.startswith(f"{one.__name__}(") or "__str__" not in one.__dict__
        ],
        "tables without a docstring or a __str__",
    )


def test_models_have_no_behaviour() -> None:
    report(
        [
            f"{one.shown}:{function.lineno} {name}"
            for one in modules()
            if one.drawer == "models"
            for name, function in one.functions()
            if function.name != "__str__" and "." in name
        ],
        "methods on tables: writes are acts, questions are reads",
    )


def test_no_model_is_fetched_by_its_name() -> None:
    report(_calls_of(("get_model", "get_models"), skip_migrations=True), "models fetched by name")


def test_there_are_no_signals() -> None:
    report(
        [
            f"{one.shown}:{line} imports {name}"
            for one in modules()
            for name, line in _whole_imports(one)
            if name.startswith(("django.dispatch", "django.db.models.signals", "django.core.signals"))
        ],
        "news travels as journal facts, never as signals",
    )


def test_sql_is_spoken_in_one_named_module_a_room() -> None:
    report(
        [
            f"{one.shown}:{call.lineno} {called(call)}"
            for one in modules()
            if one.room != "kernel" and SQL_MODULES.get(one.room or "") != one.drawer
            for call in one.calls()
            if called(call).endswith(RAW) and "futures" not in called(call)
        ],
        "raw SQL outside migrations and the room's one named module",
    )
    stale = [f"{room}: {drawer}" for room, drawer in SQL_MODULES.items() if room not in rooms()]
    report(stale, "listed SQL modules of rooms that do not exist")


def test_only_acts_write() -> None:
    """No writes in pages, forms, API, CLI, reads, rules, models or templates (house rule 3)."""
    report(
        [
            f"{one.shown}:{call.lineno} {called(call)}"
            for one in modules()
            if one.drawer in READERS
            for call in one.calls()
            if _writes(call)
        ],
        "writes outside the acts",
    )


def test_acts_are_transactions() -> None:
    """A module that calls `journal.record` opens its transaction itself, or is called inside one."""
    report(
        [
            one.shown
            for one in modules()
            if one.room not in (None, "journal")
            if any(called(call) == "journal.record" for call in one.calls())
            if "atomic" not in one.source and one.drawer == "actions"
        ],
        "actions that record a fact without a transaction",
    )


def test_every_request_is_not_a_transaction() -> None:
    from django.conf import settings

    assert not any(one.get("ATOMIC_REQUESTS") for one in settings.DATABASES.values())
    assert "django.contrib.admin" not in settings.INSTALLED_APPS


@pytest.mark.django_db
def test_migrations_are_in_step_with_the_tables() -> None:
    out = StringIO()
    try:
        call_command("makemigrations", check=True, dry_run=True, stdout=out, verbosity=1)
    except SystemExit:
        pytest.fail(f"tables changed without a migration:\n{out.getvalue()}")


def test_migrations_are_named_by_what_they_do() -> None:
    report(
        [one.shown for one in modules(migrations=True) if one.is_migration and "_auto_" in one.name],
        "migrations are named verb-first",
    )


def _calls_of(names: tuple[str, ...], *, skip_migrations: bool) -> list[str]:
    return [
        f"{one.shown}:{call.lineno} {called(call)}"
        for one in modules(migrations=not skip_migrations)
        for call in one.calls()
        if called(call).rpartition(".")[2] in names
    ]


def _whole_imports(one: Module) -> list[tuple[str, int]]:
    found = []
    for node in ast.walk(one.tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            found += [(f"{node.module}.{alias.name}", node.lineno) for alias in node.names]
        elif isinstance(node, ast.Import):
            found += [(alias.name, node.lineno) for alias in node.names]
    return found


def _writes(call: ast.Call) -> bool:
    name = called(call)
    last = name.rpartition(".")[2]
    if last in ("create", "update"):
        return ".objects" in name
    return last in WRITES and "." in name and not name.startswith(("image.", "picture.", "path."))
