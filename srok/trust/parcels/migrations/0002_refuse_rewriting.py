"""Triggers that refuse UPDATE and DELETE on what a kit has written and on what came, on both databases.

An event that arrived moves between states, but its bytes, digest and number never change, and it is never deleted.
"""

from django.db import migrations

APPEND_ONLY = (
    "parcels_outgoingevent", "parcels_usedreference", "parcels_kitreceipt", "parcels_lostnumbers",
    "parcels_arrivalbytes",
)
KEPT = ("digest", "kit", "seq", "prev", "received_at")
WORDS = "what was written is never rewritten"

POSTGRESQL_FUNCTION = f"""
CREATE OR REPLACE FUNCTION parcels_refuse_rewriting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '{WORDS}'; END $$;
"""


def refuse(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    if vendor == "postgresql":
        schema_editor.execute(POSTGRESQL_FUNCTION)
    for statement in statements(vendor):
        schema_editor.execute(statement)


def statements(vendor):
    changed = {
        "postgresql": " OR ".join(f"OLD.{name} IS DISTINCT FROM NEW.{name}" for name in KEPT),
        "sqlite": " OR ".join(f"OLD.{name} IS NOT NEW.{name}" for name in KEPT),
    }[vendor]
    wanted = [(table, act, "") for table in APPEND_ONLY for act in ("UPDATE", "DELETE")]
    wanted += [("parcels_arrival", "DELETE", ""), ("parcels_arrival", "UPDATE", f"WHEN ({changed}) ")]
    for table, act, when in wanted:
        if vendor == "postgresql":
            yield (
                f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} FOR EACH ROW {when}"
                "EXECUTE FUNCTION parcels_refuse_rewriting()"
            )
        else:
            yield (
                f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} {when}"
                f"BEGIN SELECT RAISE(ABORT, '{WORDS}'); END"
            )


def allow(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    for table in (*APPEND_ONLY, "parcels_arrival"):
        on = f" ON {table}" if vendor == "postgresql" else ""
        for act in ("update", "delete"):
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{act}{on}")


class Migration(migrations.Migration):
    dependencies = [("parcels", "0001_create_parcels")]
    operations = [migrations.RunPython(refuse, allow, elidable=False)]
