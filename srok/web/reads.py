"""What the public pages say that is not fixed text: legal numbers in force, and whether the program is up."""

from dataclasses import dataclass
from datetime import date

from django.db import DatabaseError, connection

from srok.ground.law.public import as_of


@dataclass(frozen=True, slots=True)
class Window:
    """The days, both included, on which a commune's voter list is open."""

    first: date
    last: date
    is_open: bool


@dataclass(frozen=True, slots=True)
class LegalFacts:
    """The legal numbers that the public pages name, as they stand on a day."""

    year: int
    min_age: int
    validity_years: int
    fee_riel: int
    appeal_days: int
    voter_age: int
    window: Window | None


def legal_facts(on: date) -> LegalFacts:
    """The numbers in force on this civil date; `window` is None where that year's is not announced."""
    law = as_of(on)
    return LegalFacts(
        year=on.year,
        min_age=int(law.value("card.min_age")),
        validity_years=int(law.value("card.validity_years")),
        fee_riel=int(law.value("card.fee_riel")),
        appeal_days=int(law.value("appeal.days")),
        voter_age=int(law.value("roll.min_age")),
        window=None,
    )


def what_is_down() -> list[str]:
    """The parts that do not answer: empty when all is well."""
    try:
        connection.ensure_connection()
        with connection.cursor() as cursor:
            connection.introspection.table_names(cursor)
    except DatabaseError:
        return ["database"]
    return []
