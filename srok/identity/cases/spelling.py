"""Help with both scripts: common Khmer names and their usual Latin spellings, always for a person to confirm.

`data/names.csv` is written for this house: no real persons, canonical Khmer order. A name that is not in it gets no
suggestion: nothing is transliterated by a machine alone.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from srok.ground.kernel.names import PersonName, latin_fold
from srok.ground.kernel.text import canonical
from srok.identity.matching import public as matching

NAMES = Path(__file__).parent / "data" / "names.csv"
MOST = 6
FAMILY, GIVEN = "family", "given"


@dataclass(frozen=True, slots=True)
class Usual:
    """A name in Khmer with the ways in which it is usually written in Latin letters, the commonest first."""

    kind: str
    khmer: str
    latin: tuple[str, ...]


@cache
def names() -> tuple[Usual, ...]:
    """Every name of the list."""
    with NAMES.open(encoding="utf-8", newline="") as file:
        return tuple(Usual(row["kind"], row["khmer"], tuple(row["latin"].split(";"))) for row in csv.DictReader(file))


def to_latin(khmer: str, kind: str) -> list[str]:
    """How a Khmer name is usually written in Latin letters; a name of two known parts in one word too."""
    wanted = canonical(khmer.strip())
    found = [spelling for one in _first(kind) if one.khmer == wanted for spelling in one.latin]
    if not found and wanted:
        found = [left + right for left, right in _parts(wanted)]
    return list(dict.fromkeys(found))[:MOST]


def to_khmer(latin: str, kind: str) -> list[str]:
    """Khmer names that are usually written so; while it is typed, those that begin so."""
    wanted = latin_fold(latin).replace(" ", "")
    if not wanted:
        return []
    exact, begun = [], []
    for one in _first(kind):
        spellings = [latin_fold(spelling).replace(" ", "") for spelling in one.latin]
        if wanted in spellings:
            exact.append(one.khmer)
        elif len(wanted) > 1 and any(spelling.startswith(wanted) for spelling in spellings):
            begun.append(one.khmer)
    return list(dict.fromkeys([*exact, *begun]))[:MOST]


def suggestions(field: str, text: str) -> list[str]:
    """What the other script's field may hold, for a name field of the form (`mother_given_km`, ...)."""
    kind = FAMILY if "family" in field else GIVEN
    if field.endswith("_km"):
        return to_latin(text, kind)
    return to_khmer(text, kind) if field.endswith("_latin") else []


def other_script(field: str) -> str:
    """The field that holds the same name in the other script."""
    return field.removesuffix("_km") + "_latin" if field.endswith("_km") else field.removesuffix("_latin") + "_km"


def sounds_differ(name: PersonName | None) -> bool:
    """True where both scripts are given in full and do not sound alike: a person looks again."""
    if name is None or not all((name.family_km, name.given_km, name.family_latin, name.given_latin)):
        return False
    khmer = matching.sound_keys(PersonName(name.family_km, name.given_km, "", ""))
    latin = matching.sound_keys(PersonName("", "", name.family_latin, name.given_latin))
    return not khmer & latin and not _usual(name)


def _usual(name: PersonName) -> bool:
    """Both parts are usual spellings of one another, in either order."""
    parts = ((name.family_km, name.family_latin), (name.given_km, name.given_latin))
    return all(latin_fold(latin) in {latin_fold(one) for one in to_latin(khmer, "")} for khmer, latin in parts)


def _first(kind: str) -> Iterator[Usual]:
    """The names of this kind first, then the others: many are used as both."""
    yield from (one for one in names() if one.kind == kind)
    yield from (one for one in names() if one.kind != kind)


def _parts(khmer: str) -> Iterator[tuple[str, str]]:
    known = {one.khmer: one.latin[0] for one in names()}
    for at in range(1, len(khmer)):
        if khmer[:at] in known and khmer[at:] in known:
            yield known[khmer[:at]], known[khmer[at:]]
