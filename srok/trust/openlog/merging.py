"""Public counts hide the few: what is under ten is merged upward until nothing small is left to subtract. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

LEAST: Final = 10
"""Counts under this are not published alone (transparency.md section 2)."""
REST: Final = "*"


@dataclass(frozen=True, slots=True)
class Count:
    """A published count: of `key`, or of several that stand together under a `key` ending in `*`."""

    key: str
    count: int
    merged: int = 0

    @property
    def is_rest(self) -> bool:
        """Whether several small ones stand here together."""
        return self.merged > 0


def merged(counts: Mapping[str, int], above: Callable[[str], str | None]) -> list[Count]:
    """The counts with every one under ten merged into the rest of the unit above it, level by level.

    `above` names the unit above a key, None at the top. A rest holds at least ten and at least two units, so that no
    total minus what is shown gives one of them away: where only one is small, the smallest shown in the same unit
    joins it. Only where everything together is under ten, or is of one unit, is it left out altogether.
    """
    shown = {key: count for key, count in counts.items() if count > 0}
    rests: list[Count] = []
    pending = {key: (shown.pop(key), 1) for key in list(shown) if shown[key] < LEAST}
    while pending:
        groups: dict[str | None, tuple[int, int]] = {}
        for key, (count, units) in pending.items():
            parent = above(key)
            had = groups.get(parent, (0, 0))
            groups[parent] = (had[0] + count, had[1] + units)
        pending = {}
        for parent, (count, units) in groups.items():
            total, joined = _joined(parent, count, units, shown, above)
            if total >= LEAST and joined > 1:
                rests.append(Count(f"{parent or ''}{REST}", total, joined))
            elif parent is not None:
                pending[parent] = (total, joined)
            elif rests:
                # Nothing shown alone is left to join the last small one: the smallest rest does.
                least = rests.pop(rests.index(min(rests, key=lambda rest: (rest.count, rest.key))))
                rests.append(Count(REST, least.count + total, least.merged + joined))
    return [Count(key, count) for key, count in sorted(shown.items())] + sorted(rests, key=lambda rest: rest.key)


def _joined(
    parent: str | None, count: int, units: int, shown: dict[str, int], above: Callable[[str], str | None]
) -> tuple[int, int]:
    """The rest with as many of the smallest shown units beside it as it needs; they are shown no more."""
    beside = sorted((key for key in shown if parent in _all_above(key, above)), key=lambda key: (shown[key], key))
    while beside and (count < LEAST or units < 2):
        count += shown.pop(beside.pop(0))
        units += 1
    return count, units


def _all_above(key: str, above: Callable[[str], str | None]) -> list[str | None]:
    """Every unit above a key, up to the nameless top."""
    found: list[str | None] = []
    here: str | None = key
    while here is not None:
        here = above(here)
        found.append(here)
    return found
