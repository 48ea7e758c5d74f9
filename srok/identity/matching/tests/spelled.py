"""Applicants as foreign offices wrote them: people of a synthetic list with other spellings, orders and birthdays.

The rules below are written from what law.md section 7 tells of foreign papers; they share nothing with the keys and
weights under test, nor with the generator's own second spellings.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import TypeVar
from uuid import UUID

from srok.ground.kernel.dates import PartialDate
from srok.ground.kernel.names import PersonName, swapped
from srok.identity.matching.terms import SearchPerson
from srok.identity.register.terms import SearchRow, SubjectId

T = TypeVar("T")
FRENCH = (("CHH", "CH"), ("U", "OU"), ("OUO", "UO"), ("KH", "K"), ("TH", "T"), ("EY", "EI"), ("V", "V"), ("Y", "I"))
AMERICAN = (("EA", "IA"), ("OEU", "EU"), ("PH", "P"), ("AO", "OW"), ("OU", "OO"), ("CHH", "CH"), ("KH", "K"))
HUSBANDS = ("TREMBLAY", "JOHNSON", "MILLER", "ROY", "GAGNON", "DAVIS")


class Draws:
    """Pseudo-random draws from a hash of their name: the same in every run."""

    def __init__(self, name: str) -> None:
        self._name, self._turn = name, 0

    def below(self, bound: int) -> int:
        """A whole number from 0 up to, not including, `bound`."""
        self._turn += 1
        return int.from_bytes(blake2b(f"{self._name} {self._turn}".encode(), digest_size=8).digest()) % bound

    def between(self, first: int, last: int) -> int:
        """A whole number from `first` to `last`, both included."""
        return first + self.below(last - first + 1)

    def chance(self, per_mille: int) -> bool:
        """True in so many of a thousand draws."""
        return self.below(1000) < per_mille

    def pick(self, choices: Sequence[T]) -> T:
        """One of the choices, each as likely."""
        return choices[self.below(len(choices))]


@dataclass(frozen=True, slots=True)
class Applicant:
    """A search, and the person on the list it is about."""

    query: SearchPerson
    row: SearchRow


def applicant(row: SearchRow, draws: Draws) -> Applicant:
    """One application by this person."""
    name = _respelled(row.names[0], draws, khmer=draws.chance(400))
    if row.sex == "F" and draws.chance(120):
        name = PersonName(name.family_km, name.given_km, draws.pick(HUSBANDS), name.given_latin)
    if draws.chance(350) and not name.khmer:
        name = swapped(name)
    parents = [
        _respelled(parent, draws, khmer=draws.chance(300)) if parent and draws.chance(700) else None
        for parent in (row.father, row.mother)
    ]
    birthplace = row.birthplace if draws.chance(600) else ""
    query = SearchPerson(
        name=name, birth=_birth(row.birth, draws), sex=row.sex, birthplace=birthplace, father=parents[0],
        mother=parents[1],
    )  # fmt: skip
    return Applicant(query, row)


def _respelled(name: PersonName, draws: Draws, *, khmer: bool) -> PersonName:
    family, given = (_spelling(part, draws) for part in (name.family_latin, name.given_latin))
    km = (name.family_km, name.given_km) if khmer else ("", "")
    return PersonName(*km, family, given)


def _spelling(word: str, draws: Draws) -> str:
    if draws.chance(500):
        for old, new in draws.pick((FRENCH, AMERICAN)):
            if draws.chance(600):
                word = word.replace(old, new)
    if len(word) > 4 and draws.chance(80):  # a slip of the typist
        place = draws.between(1, len(word) - 2)
        word = word[:place] + word[place + 1 :]
    return word


def _birth(birth: PartialDate, draws: Draws) -> PartialDate:
    lot = draws.below(100)
    if lot < 22:
        return PartialDate(birth.year, 1, 1)
    if lot < 32:
        return PartialDate(birth.year)
    if lot < 35 and birth.day and birth.month and birth.day <= 12:
        return PartialDate(birth.year, birth.day, birth.month)
    if lot < 45:
        return PartialDate(birth.year + draws.between(-3, 3), birth.month, min(birth.day, 28) if birth.day else None)
    return birth


def sibling_of(row: SearchRow, other: SearchRow, draws: Draws) -> SearchRow:
    """A brother or sister of `row` who is not on the list: same parents and place, the name of `other`, another day."""
    own, theirs = row.names[0], other.names[0]
    name = PersonName(own.family_km, theirs.given_km, own.family_latin, theirs.given_latin)
    birth = PartialDate(row.birth.year + draws.between(1, 4), draws.between(1, 12), draws.between(1, 28))
    return replace(row, subject=SubjectId(UUID(int=draws.below(1 << 30))), names=(name,), sex=other.sex, birth=birth)
