"""Families in villages: several generations, patronymics, twins, unregistered grandparents, borrowed birthdays."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from srok.ground.kernel.dates import PartialDate
from srok.identity.register.synthetic.draws import Draws
from srok.identity.register.synthetic.names import NamePart, family_name, given_name

LAST_BIRTH_YEAR = 2023
MOST_TRIES = 20


@dataclass(slots=True)
class Soul:
    """One synthetic person. `number` is empty for one who was never registered."""

    sex: str
    family: NamePart
    given: NamePart
    birth: PartialDate
    birthplace: str
    father: Soul | None = None
    mother: Soul | None = None
    registered: bool = True
    deceased_on: str = ""
    residence: str = ""
    household: str = ""
    number: str = ""
    listed: bool = False


@dataclass(slots=True)
class Village:
    """Draws the people of one village, oldest first, so that parents stand before their children."""

    code: str
    draws: Draws
    community: str = "khmer"
    homes: int = 0
    single: list[Soul] = field(default_factory=list)

    def people(self) -> list[Soul]:
        """Everyone of the village who is registered."""
        souls: list[Soul] = []
        couples = [self._founders() for _ in range(self.draws.between(5, 9))]
        while couples:
            children: list[Soul] = []
            for father, mother in couples:
                self._settle(father, mother)
                souls += [soul for soul in (father, mother) if not soul.listed]
                children += self._children_of(father, mother)
            souls += children
            for soul in souls:
                soul.listed = True
            couples = list(self._couples(children))
        return [soul for soul in souls if soul.registered]

    def _founders(self) -> tuple[Soul, Soul]:
        year = self.draws.between(1918, 1946)
        # Before 1979 many died without ever being registered (law.md ID-FILIATION).
        registered = self.draws.chance(550)
        return (
            self._stranger("M", year, registered=registered),
            self._stranger("F", year + self.draws.between(-2, 8), registered=registered or self.draws.chance(300)),
        )

    def _stranger(self, sex: str, year: int, *, registered: bool = True) -> Soul:
        """Someone whose own parents are names on a paper and no more."""
        father, mother = (self._bare(parent_sex, year - self.draws.between(20, 38)) for parent_sex in "MF")
        soul = self._born(father, mother, sex, self._birth(year), patronymic=self.draws.chance(120))
        soul.registered = registered
        return soul

    def _bare(self, sex: str, year: int) -> Soul:
        community = "khmer" if self.community == "cham" else self.community
        family = given_name("cham", "M", self.draws) if self.community == "cham" else family_name(community, self.draws)
        given = given_name(self.community, sex, self.draws)
        return Soul(sex, family, given, PartialDate(year), "", registered=False)

    def _born(self, father: Soul, mother: Soul, sex: str, birth: PartialDate, *, patronymic: bool) -> Soul:
        # The father's given name as the child's family name: the old custom, and the rule among Cham families.
        takes_given = patronymic or self.community == "cham"
        family = father.given if takes_given else father.family
        given = self._given_beside(sex, {father.given.khmer, mother.given.khmer})
        born_here = self.draws.chance(850)
        # Born elsewhere in the district: a district has no commune that is there for certain.
        place = self.code[:6] if born_here else self.code[:4]
        soul = Soul(sex, family, given, birth, place, father, mother)
        self._fate(soul)
        return soul

    def _given_beside(self, sex: str, taken: set[str]) -> NamePart:
        """A given name that nobody else in the family bears; a short list of names may run out in a large family."""
        given = given_name(self.community, sex, self.draws)
        for _ in range(MOST_TRIES):
            if given.khmer not in taken:
                break
            given = given_name(self.community, sex, self.draws)
        return given

    def _fate(self, soul: Soul) -> None:
        old = soul.birth.year < 1952
        if self.draws.chance(350 if old else 15):
            year = self.draws.between(max(2000, soul.birth.year + 1), 2024)
            soul.deceased_on = f"{year}-{self.draws.between(1, 12):02}-{self.draws.between(1, 28):02}"

    def _birth(self, year: int) -> PartialDate:
        """A birthday as the register has it: 1 January and other borrowed days heap up among the older."""
        lot = self.draws.below(1000)
        heaped = 140 if year < 1980 else 25
        if lot < heaped:
            return PartialDate(year, 1, 1)
        if year < 1980 and lot < heaped + 30:
            return PartialDate(year)
        if year < 1980 and lot < heaped + 45:
            return PartialDate(year, *self.draws.pick([(1, 7), (4, 13), (4, 14)]))
        return PartialDate(year, self.draws.between(1, 12), self.draws.between(1, 28))

    def _children_of(self, father: Soul, mother: Soul) -> list[Soul]:
        year = max(father.birth.year + 19, mother.birth.year + 17) + self.draws.between(0, 5)
        patronymic = self.draws.chance(120)
        born: list[Soul] = []
        for _ in range(self.draws.between(2, 7) if year < 1990 else self.draws.between(1, 4)):
            if year > min(mother.birth.year + 46, LAST_BIRTH_YEAR):
                break
            birth = self._birth(year)
            for _ in range(2 if self.draws.chance(15) else 1):  # twins share the day, never the name
                born.append(self._child(father, mother, birth, patronymic, _givens(born, father, mother)))
            year += self.draws.between(1, 4)
        return born

    def _child(self, father: Soul, mother: Soul, birth: PartialDate, patronymic: bool, taken: set[str]) -> Soul:
        sex = self.draws.pick("MF")
        # Brothers and sisters may bear different family names (law.md section 7.1).
        soul = self._born(father, mother, sex, birth, patronymic=patronymic and self.draws.chance(850))
        soul.residence, soul.household = self.code, father.household
        if soul.given.khmer in taken:
            soul.given = self._given_beside(sex, taken)
        if birth.year < 1979 and self.draws.chance(200):
            soul.registered = False
        return soul

    def _couples(self, children: list[Soul]) -> Iterator[tuple[Soul, Soul]]:
        """Marry the grown: some within the village, most with someone from elsewhere."""
        for soul in children:
            gone = bool(soul.deceased_on) and soul.birth.year > 1960
            if soul.birth.year > 2002 or gone or not soul.registered or not self.draws.chance(780):
                continue
            spouse = self._spouse_of(soul)
            if spouse is None:
                self.single.append(soul)
                continue
            yield (soul, spouse) if soul.sex == "M" else (spouse, soul)

    def _spouse_of(self, soul: Soul) -> Soul | None:
        if self.draws.chance(350):
            for index, other in enumerate(self.single):
                near = abs(other.birth.year - soul.birth.year) <= 8
                if near and other.sex != soul.sex and other.father is not soul.father:
                    return self.single.pop(index)
            return None
        older = self.draws.between(0, 6) * (1 if soul.sex == "F" else -1)
        return self._stranger("F" if soul.sex == "M" else "M", soul.birth.year - older)

    def _settle(self, father: Soul, mother: Soul) -> None:
        self.homes += 1
        for soul in (father, mother):
            soul.residence, soul.household = self.code, f"{self.code}-{self.homes:04}"


def _givens(born: list[Soul], father: Soul, mother: Soul) -> set[str]:
    return {soul.given.khmer for soul in (*born, father, mother)}
