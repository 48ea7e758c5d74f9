"""When a held leaf may enter its log, and in which order (transparency.md section 2). Pure."""

import secrets
from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, TypeVar

from srok.ground.journal.terms import LEAF_TYPES, About, latest_inclusion
from srok.trust.openlog.terms import SMALLEST_BATCH

AT_ONCE: Final = ""
"""The group of entries about nobody: they are not held."""
NATION: Final = "nation"
UNFIT: Final = "!"
"""The group of leaves that may stand in no log: never sequenced, and shown to an operator."""
LISTS: Final = frozenset({"list.provisional", "list.final"})
T = TypeVar("T", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Waiting:
    """The held leaves of one group whose day is over: how many, and the day of the oldest."""

    group: str
    count: int
    oldest: date

    @property
    def about(self) -> About:
        """Among whom they are hidden."""
        return About.NATION if self.group == NATION else About.COMMUNE


def group_of(type_: str, entry: Mapping[str, Any]) -> str:
    """With whom an entry must stand: `nation`, `commune.CODE`, or with nobody (empty)."""
    kind = LEAF_TYPES.get(type_)
    if kind is None:
        return UNFIT
    if kind.about is About.COMMUNE:
        return commune_group(str(entry.get("commune")))
    return NATION if kind.about is About.NATION else AT_ONCE


def commune_group(commune: str) -> str:
    """The group of a commune's rows."""
    return f"commune.{commune}"


def is_due(waiting: Waiting, today: date, posted: date | None) -> bool:
    """Whether the finished days of a group may be sequenced now: 20 together, or the latest day that was promised.

    `today` is the civil date in Cambodia; only leaves of earlier days are counted in `waiting`, so that a batch is a
    day's and tells no hour. `posted`: when the lists of the oldest leaf's period are posted.
    """
    if waiting.count >= SMALLEST_BATCH:
        return True
    return today >= latest_inclusion(waiting.about, waiting.oldest, posted)


def posted_groups(type_: str, entry: Mapping[str, Any], groups: Collection[str]) -> list[str]:
    """The groups that a list releases whatever their size: its commune's, or every commune's where it names none."""
    if type_ not in LISTS:
        return []
    if "commune" in entry:
        return [group for group in groups if group == commune_group(str(entry["commune"]))]
    return sorted(group for group in groups if group.startswith("commune."))


def shuffled(items: Sequence[T], before: Mapping[T, T]) -> list[T]:
    """The items in a random order (from the operating system), but each behind its `before` where that is among them.

    `before` names an item's predecessor; the places that a chain of them has drawn are given out in its order.
    """
    drawn = list(items)
    for last in range(len(drawn) - 1, 0, -1):
        at = secrets.randbelow(last + 1)
        drawn[at], drawn[last] = drawn[last], drawn[at]
    places = {item: place for place, item in enumerate(drawn)}
    behind = {earlier: item for item, earlier in before.items() if item in places and earlier in places}
    firsts = [item for item in behind if before.get(item) not in places]
    for first in firsts:
        chain = [first]
        while chain[-1] in behind:
            chain.append(behind[chain[-1]])
        for place, item in zip(sorted(places[item] for item in chain), chain, strict=True):
            drawn[place] = item
    return drawn


def final_entry(entry: Mapping[str, Any], day: date | None, prev: int | None) -> dict[str, Any]:
    """The entry as the log holds it: people of one batch share the day of its newest act; `prev` is an index."""
    found = dict(entry)
    if day is not None:
        found["at"] = day.isoformat()
    if prev is not None:
        found["prev"] = prev
    return found
