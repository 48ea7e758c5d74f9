"""What the list is made of: how many people share a name, a date, a place. The u of every weight. Pure.

Counts are handed in as they were read; levels are worked out here, once for each name that is asked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from srok.ground.kernel.dates import PartialDate
from srok.identity.matching import weights as w
from srok.identity.matching.names import NameKey, NameLevel, level_of
from srok.identity.matching.terms import FieldReason
from srok.identity.matching.weights import DateLevel, PlaceLevel

NameCounts = Mapping[NameKey, int]
# Days that people chose or were given when nobody knew theirs (law.md section 7.1 and ID-DOB-PLACEHOLDER).
BORROWED_DAYS = frozenset({(1, 1), (1, 7), (4, 13), (4, 14)})


def borrowed(date: PartialDate) -> bool:
    """Whether the day says little: none at all, or one of the convenient ones."""
    return date.whole is None or (date.month, date.day) in BORROWED_DAYS


@dataclass(slots=True)
class LevelShares:
    """For one name asked for: the share of the list at each level or better, and the level of every name on it."""

    shares: dict[NameLevel, float]
    levels: dict[NameKey, NameLevel | None]
    weighed: dict[NameKey, FieldReason | None] = field(default_factory=dict)

    def level(self, asked: NameKey, other: NameKey) -> NameLevel | None:
        """The level of this name, remembered or worked out."""
        if other not in self.levels:
            self.levels[other] = level_of(asked, other)
        return self.levels[other]


@dataclass(slots=True)
class Counts:
    """The counts of one state of the index. `names` by role: given, family, father_given, ..."""

    total: int
    names: Mapping[str, NameCounts]
    births: Mapping[str, int]
    places: Mapping[str, int]
    sexes: Mapping[str, int]
    _shares: dict[tuple[str, NameKey], LevelShares] = field(default_factory=dict)
    _years: dict[int, int] = field(default_factory=dict)
    _days: dict[str, int] = field(default_factory=dict)
    _borrowed: dict[int, int] = field(default_factory=dict)
    _prefixes: dict[str, int] = field(default_factory=dict)
    _dates: dict[tuple[PartialDate, DateLevel], float] = field(default_factory=dict)
    _spans: dict[tuple[int, int], float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for iso, number in self.births.items():
            year = int(iso[:4])
            self._years[year] = self._years.get(year, 0) + number
            self._days[iso[5:]] = self._days.get(iso[5:], 0) + number
            if borrowed(PartialDate.parse(iso)):
                self._borrowed[year] = self._borrowed.get(year, 0) + number
        for code, number in self.places.items():
            for length in {2, 4, 6} if code.isdigit() else {len(code)}:
                prefix = code[:length]
                self._prefixes[prefix] = self._prefixes.get(prefix, 0) + number

    @property
    def people(self) -> int:
        """Among how many one is sought: those on the list, and the usual ones that stand in for a small list."""
        return self.total + w.USUAL_PEOPLE

    def share(self, number: float, usual: float) -> float:
        """A count as a share of the list, with what is usual mixed in: never 0, and never 1."""
        return min((number + usual * w.USUAL_PEOPLE) / self.people, 0.999)

    def name_shares(self, role: str, asked: NameKey) -> LevelShares:
        """How rare it is to agree with this name at each level, in this role."""
        found = self._shares.get((role, asked))
        if found is None:
            if len(self._shares) > 5000:
                self._shares.clear()
            found = self._shares[role, asked] = self._measure(self.names.get(role, {}), asked)
        return found

    def _measure(self, listed: NameCounts, asked: NameKey) -> LevelShares:
        numbers = dict.fromkeys(NameLevel, 0)
        levels: dict[NameKey, NameLevel | None] = {}
        for key, number in listed.items():
            level = levels[key] = level_of(asked, key)
            if level is not None:
                numbers[level] += number
        shares: dict[NameLevel, float] = {}
        better = 0
        for level in NameLevel:
            if level is NameLevel.ELSE:
                shares[level] = 1 - shares[NameLevel.FAR]
            else:
                better += numbers[level]
                shares[level] = self.share(better, w.NAME_U[level])
        return LevelShares(shares, levels)

    def date_share(self, asked: PartialDate, level: DateLevel) -> float:
        """The share of the list whose birth date agrees with this one at this level."""
        found = self._dates.get((asked, level))
        if found is None:
            found = self._dates[asked, level] = self._date_share(asked, level)
        return found

    def _date_share(self, asked: PartialDate, level: DateLevel) -> float:
        if level is DateLevel.ELSE:
            return 1 - self._date_share(asked, DateLevel.NEAR_8)
        return self.share(self._same_date(asked, level), w.DATE_U[level])

    def _same_date(self, asked: PartialDate, level: DateLevel) -> float:
        """How many on the list agree with this date at this level."""
        year, number = asked.year, self._years.get
        if level is DateLevel.EXACT:
            return self.births.get(asked.iso(), 0)
        if level is DateLevel.SWAPPED:
            return number(year, 0) / 365
        if level is DateLevel.DAY_MONTH:
            return self._days.get(asked.iso()[5:], 0)
        if level is DateLevel.PLACEHOLDER:
            return (number if borrowed(asked) else self._borrowed.get)(year, 0)
        if level is DateLevel.YEAR_PART:
            return number(year, 0) * (1 / 12 + 1 / 30)
        reach = {DateLevel.NEAR_1: 1, DateLevel.NEAR_3: 3, DateLevel.NEAR_8: 8}.get(level, 0)
        return sum(number(year + step, 0) for step in range(-reach, reach + 1))

    def years_share(self, first: int, last: int) -> float:
        """The share of the list born in these years, both included."""
        found = self._spans.get((first, last))
        if found is None:
            number = sum(self._years.get(year, 0) for year in range(first, last + 1))
            found = self._spans[first, last] = self.share(number, w.HALF)
        return found

    def place_share(self, asked: str, level: PlaceLevel) -> float:
        """The share of the list born in the same commune, district or province (or country); or elsewhere."""
        if level is PlaceLevel.ELSE:
            return 1 - self.place_share(asked, PlaceLevel.PROVINCE)
        length = {PlaceLevel.COMMUNE: 6, PlaceLevel.DISTRICT: 4, PlaceLevel.PROVINCE: 2}[level]
        return self.share(self._prefixes.get(asked[:length], 0), w.PLACE_U[level])

    def sex_share(self, sex: str) -> float:
        """The share of the list of this sex."""
        return self.share(self.sexes.get(sex, 0), w.HALF)
