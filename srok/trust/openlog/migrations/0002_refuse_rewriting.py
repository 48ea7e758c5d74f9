"""Triggers that refuse UPDATE, DELETE and TRUNCATE on the sequence and on what was signed, on both databases."""

from django.db import migrations

TABLES = ("openlog_logentry", "openlog_signedtree")

POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION openlog_refuse_rewriting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'the public log is never rewritten'; END $$;
"""


def refuse(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    if vendor == "postgresql":
        schema_editor.execute(POSTGRESQL_FUNCTION)
    for table in TABLES:
        for statement in statements(vendor, table):
            schema_editor.execute(statement)


def statements(vendor, table):
    if vendor == "postgresql":
        yield (
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION openlog_refuse_rewriting()"
        )
        yield (
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION openlog_refuse_rewriting()"
        )
        return
    for act in ("UPDATE", "DELETE"):
        yield (
            f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} "
            "BEGIN SELECT RAISE(ABORT, 'the public log is never rewritten'); END"
        )


def allow(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    names = ("append_only", "no_truncate") if vendor == "postgresql" else ("no_update", "no_delete")
    for table in TABLES:
        for name in names:
            on = f" ON {table}" if vendor == "postgresql" else ""
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_{name}{on}")


class Migration(migrations.Migration):
    dependencies = [("openlog", "0001_create_the_logs")]
    operations = [migrations.RunPython(refuse, allow, elidable=False)]
