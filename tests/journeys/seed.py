"""Fills the home of the journeys: offices and cast of the demo, by the same acts as the demo."""

from pathlib import Path


def main() -> None:
    """Make the database and settle the cast; run with `SROK_HOME` naming an empty folder."""
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    from srok.ground.accounts.public import service_context
    from srok.ground.faces import clock
    from srok.ground.kernel.ids import new_id
    from srok.project.demo import people

    Path(settings.SROK_HOME).mkdir(parents=True, exist_ok=True)
    call_command("migrate", verbosity=0, interactive=False)
    at = clock.instant()
    people.settle(
        service_context("journeys", "moi.gdi", at=at, trace=new_id(at)),
        [("120101", "សង្កាត់ទន្លេបាសាក់", "Sangkat Tonle Basak")],
    )


if __name__ == "__main__":
    main()
