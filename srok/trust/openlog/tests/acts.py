"""Acts as the rooms above write them: a fact with its leaf, in a transaction."""

from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from django.db import transaction

from srok.ground.journal import public as journal
from srok.ground.kernel.context import Context
from srok.ground.kernel.ids import new_id
from srok.trust.openlog.terms import Log

DAY = date(2025, 5, 12)


def context(on: date = DAY, *, hour: int = 4, second: int = 0) -> Context:
    """Malis at her desk, at an hour of UTC of this day."""
    at = datetime.combine(on, time(hour, 0, second), UTC)
    return Context("malis", "commune.070305", frozenset({"roll_clerk"}), at, on, new_id(at))


def done(
    type_: str, on: date = DAY, *, log: Log = Log.REGISTER, prev: UUID | None = None, second: int = 0, **public: object
) -> UUID:
    """One act with its leaf; rows of people carry a commitment."""
    ctx = context(on, second=second)
    row = None if journal_about_nobody(type_) else {"row": str(ctx.trace)}
    leaf = journal.Leaf(log, type_, "voter row", row, public=public, prev=prev)  # type: ignore[arg-type]
    with transaction.atomic():
        return journal.record(ctx, f"tests.{type_}", str(ctx.trace), {}, leaf=leaf)


def rows(count: int, on: date = DAY, commune: str = "070305") -> list[UUID]:
    """So many voters entered on a day."""
    return [done("row.add", on, commune=commune) for _ in range(count)]


def cards(count: int, on: date = DAY) -> list[UUID]:
    """So many cards handed over on a day."""
    return [done("card.handed_over", on) for _ in range(count)]


def journal_about_nobody(type_: str) -> bool:
    """Whether an entry of this type carries no commitment here."""
    from srok.ground.journal.terms import LEAF_TYPES, About

    return LEAF_TYPES[type_].about is About.NOBODY


def later(days: int) -> date:
    """A day after the first one."""
    return DAY + timedelta(days=days)
