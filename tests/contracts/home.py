"""`python -m tests.contracts.home`: makes the home in `SROK_HOME` as the demo makes its own, with nobody in it."""

from srok.ground.faces.cli import setup_django


def main() -> None:
    """Database, keys, gazetteer, offices, the cast and one commune's desk."""
    setup_django()
    from django.conf import settings
    from django.db import connection

    from srok.ground.accounts import public as accounts
    from srok.ground.gazetteer import public as gazetteer
    from srok.ground.kernel.ids import new_id
    from srok.project.demo import home, people
    from srok.project.demo.stated import StatedDates, morning
    from srok.trust.credentials import public as credentials

    at = morning(StatedDates().intake)
    ctx = accounts.service_context("demo", "moi.gdi", at=at, trace=new_id(at))
    home.prepare(settings.SROK_HOME)
    credentials.create_keys(ctx=ctx.for_command(new_id(at)))
    gazetteer.import_packaged(ctx=ctx.for_command(new_id(at)))
    commune = "020302"
    people.settle(ctx, [(commune, gazetteer.describe(commune, "km"), gazetteer.describe(commune, "en"))])
    # One file again, so that copying the folder copies the whole database.
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


if __name__ == "__main__":
    main()
