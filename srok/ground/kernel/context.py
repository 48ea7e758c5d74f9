"""Who acts, for which office, with which roles, and when: handed to every act and every scoped read."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Context:
    """The circumstances of one act.

    `at` is the instant in UTC, `on` the civil date at the place of the act (they may differ by a day abroad);
    `roles` are role names as strings; `trace` is the id of the command being carried out. `happened_at` is the
    instant at which an act without a network was done; `at` is then when the centre recorded it.
    """

    actor: str
    office: str
    roles: frozenset[str]
    at: datetime
    on: date
    trace: UUID
    happened_at: datetime | None = None

    def has(self, role: str) -> bool:
        """Say whether the actor holds `role` in this office."""
        return role in self.roles

    @property
    def ministry(self) -> str:
        """The part of the office code before the first dot: `mfa`, `moi`, `commune`, `nec`, ..."""
        return self.office.partition(".")[0]

    def for_command(self, command_id: UUID) -> Context:
        """The same circumstances, traced to the command `command_id` (each form carries one)."""
        return replace(self, trace=command_id)
