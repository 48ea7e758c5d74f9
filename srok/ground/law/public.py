"""The door of the law: the law as of a day, reasons and rules; and the words and arithmetic of `terms` and `rules`."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from srok.ground.kernel.refusal import Refusal
from srok.ground.law.book import LawDataError, book, digest
from srok.ground.law.rules import (
    Answer,
    RollWindow,
    WindowAnswer,
    WindowState,
    card_counts,
    deadline,
    expiry,
    last_voting_birthday,
    of_age,
    renewal_open,
    roll_window,
    roll_windows,
    voter_of_age,
)
from srok.ground.law.terms import Effect, LawAsOf, Mark, Parameter, Reason, Rule, Source


@lru_cache(maxsize=1024)
def as_of(on: date) -> LawAsOf:
    """The law as it stood on the civil date `on` (cached; the data do not change while the program runs)."""
    return book().as_of(on)


def reason(code: str, on: date) -> Source:
    """The source that stood behind a reason code on `on`; raises `law.unknown_reason`."""
    return as_of(on).reason(code).source


def rules() -> Mapping[str, Rule]:
    """Every rule by its id, in the order of law.md section 10."""
    return book().rules


def rule(rule_id: str) -> Rule:
    """One rule; raises `law.unknown_rule`."""
    found = book().rules.get(rule_id.upper())
    if found is None:
        raise Refusal("law.unknown_rule", rule=rule_id)
    return found


def reason_codes() -> tuple[str, ...]:
    """Every reason code that has a source."""
    return tuple(book().behind)


__all__ = [
    "Answer", "Effect", "LawAsOf", "LawDataError", "Mark", "Parameter", "Reason", "RollWindow", "Rule", "Source",
    "WindowAnswer", "WindowState", "as_of", "card_counts", "deadline", "digest", "expiry", "last_voting_birthday",
    "of_age", "reason", "reason_codes", "renewal_open", "roll_window", "roll_windows", "rule", "rules", "voter_of_age",
]  # fmt: skip
