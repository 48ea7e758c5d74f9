"""The one error that crosses rooms: a code and facts, never a sentence (each room's `wording` speaks)."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

CODES: Final[tuple[str, ...]] = (
    "kernel.bad_date",
    "kernel.bad_reference",
    "kernel.mrz_character",
    "kernel.mrz_check_digit",
    "kernel.mrz_document",
    "kernel.mrz_length",
    "kernel.mrz_name",
    "kernel.mrz_number",
    "kernel.mrz_sex",
    "kernel.name_empty",
    "kernel.name_not_khmer",
    "kernel.name_not_latin",
    "kernel.not_canonical",
    "kernel.unsealable",
)
"""Every code that the kernel itself can raise; `faces` gives each a sentence."""


class Refusal(Exception):
    """A polite no: `code` is `room.reason`; `field` and `row` say where; `facts` fill the sentence.

    Facts are short strings or integers (references, codes, counts); never secrets.
    """

    code: str
    facts: Mapping[str, str | int]
    field: str | None
    row: int | None

    def __init__(self, code: str, *, field: str | None = None, row: int | None = None, **facts: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.facts = MappingProxyType(dict(facts))
        self.field = field
        self.row = row

    def at(self, *, field: str | None = None, row: int | None = None) -> Refusal:
        """The same refusal, placed at a field or a row of the input; what is already known is kept."""
        placed = _rebuild(type(self), self._state())
        placed.field = self.field or field
        placed.row = self.row if self.row is not None else row
        return placed

    def _state(self) -> tuple[str, dict[str, str | int], str | None, int | None]:
        return self.code, dict(self.facts), self.field, self.row

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuild, (type(self), self._state())

    def __str__(self) -> str:
        where = "".join(f" {name}={value}" for name, value in self.facts.items())
        return f"{self.code}{f' [{self.field}]' if self.field else ''}{where}"


class Stale(Refusal):
    """Somebody else moved the row first (compare-and-set, house rule 7): read again, then decide."""

    def __init__(self, *, field: str | None = None, row: int | None = None, **facts: str | int) -> None:
        super().__init__("journal.stale", field=field, row=row, **facts)


def _rebuild(kind: type[Refusal], state: tuple[str, dict[str, str | int], str | None, int | None]) -> Refusal:
    made = kind.__new__(kind)
    code, facts, field, row = state
    Refusal.__init__(made, code, field=field, row=row, **facts)
    return made
