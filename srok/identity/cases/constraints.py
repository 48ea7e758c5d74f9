"""Conditions that several tables of the room share."""

from collections.abc import Iterable
from enum import StrEnum

from django.db.models import Q


def one_of(field: str, words: Iterable[StrEnum], *, blank: bool = False) -> Q:
    """The closed list of a column, for a CHECK."""
    return Q(**{f"{field}__in": [*([""] if blank else []), *(word.value for word in words)]})
