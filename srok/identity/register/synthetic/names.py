"""The lists of names that the generator draws from: Khmer spelling, usual Latin spelling, sometimes a second one."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from srok.identity.register.synthetic.draws import Draws, Ranked

# One person in this many per mille bears the second Latin spelling of the name.
SECOND_SPELLING = 80


@dataclass(frozen=True, slots=True)
class NamePart:
    """One part of a name in both scripts."""

    khmer: str
    latin: str


@dataclass(frozen=True, slots=True)
class _Listed:
    khmer: str
    latin: str
    other_latin: str

    def spelled(self, draws: Draws) -> NamePart:
        other = self.other_latin and draws.chance(SECOND_SPELLING)
        return NamePart(self.khmer, self.other_latin if other else self.latin)


def rows_of(name: str) -> list[dict[str, str]]:
    """The rows of one packaged CSV file."""
    text = (files(__package__) / "data" / name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


@cache
def _family(community: str) -> tuple[list[_Listed], Ranked]:
    rows = [row for row in rows_of("family_names.csv") if row["community"] == community]
    return _listed(rows), Ranked(len(rows))


@cache
def _given(community: str, sex: str) -> tuple[list[_Listed], Ranked]:
    rows = rows_of("given_names.csv")
    rows = [row for row in rows if row["community"] == community and row["sex"] == sex]
    return _listed(rows), Ranked(len(rows))


def _listed(rows: list[dict[str, str]]) -> list[_Listed]:
    return [_Listed(row["khmer"], row["latin"], row["other_latin"]) for row in rows]


def family_name(community: str, draws: Draws) -> NamePart:
    """A family name of this community (`khmer`, `chinese`, `krom`, `viet`)."""
    names, ranked = _family(community)
    return names[ranked.draw(draws)].spelled(draws)


def given_name(community: str, sex: str, draws: Draws) -> NamePart:
    """A given name of this community and sex (`F`, `M`); Khmer Krom and most Chinese families use Khmer ones."""
    if community == "krom" or (community == "chinese" and draws.chance(600)):
        community = "khmer"
    names, ranked = _given(community, sex)
    return names[ranked.draw(draws)].spelled(draws)


@cache
def built_in_villages() -> tuple[str, ...]:
    """Codes of real villages in every province, for when no gazetteer is loaded."""
    return tuple(row["village"] for row in rows_of("villages.csv"))
