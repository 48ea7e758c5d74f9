"""What the public pages say that is not fixed text: legal numbers in force, and whether the program is up."""

from dataclasses import dataclass
from datetime import date

from django.db import DatabaseError, connection

from srok.ground.law.public import Parameter, Rule, WindowAnswer, as_of, roll_window, rules


@dataclass(frozen=True, slots=True)
class LegalFacts:
    """The legal numbers that the public pages name, as they stand on a day."""

    on: date
    min_age: int
    validity_years: int
    fee_riel: int
    appeal_days: int
    voter_age: int
    window: WindowAnswer


def legal_facts(on: date) -> LegalFacts:
    """The numbers in force on this civil date, and where the day stands in that year's voter window."""
    law = as_of(on)
    return LegalFacts(
        on=on,
        min_age=law.number("card.min_age"),
        validity_years=law.number("card.validity_years"),
        fee_riel=law.number("card.fee_riel"),
        appeal_days=law.number("appeal.days"),
        voter_age=law.number("roll.min_age"),
        window=roll_window(law, on),
    )


def numbers_in_force(on: date) -> list[Parameter]:
    """The legal values of this day that are one number or one date, by key."""
    found = as_of(on).parameters.values()
    plain = [one for one in found if isinstance(one.value, int | date) and not isinstance(one.value, bool)]
    return sorted(plain, key=lambda one: one.key)


def rules_carried_out() -> list[Rule]:
    """The rules of the law page that this program carries out, in their order there."""
    return [rule for rule in rules().values() if rule.executable]


def what_is_down() -> list[str]:
    """The parts that do not answer: empty when all is well."""
    try:
        connection.ensure_connection()
        with connection.cursor() as cursor:
            connection.introspection.table_names(cursor)
    except DatabaseError:
        return ["database"]
    return []
