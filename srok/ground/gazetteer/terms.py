"""Words of the gazetteer: levels, units, places, posts (ខេត្ត ស្រុក ឃុំ ភូមិ និងបេសកកម្មទូត)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final


class Level(StrEnum):
    """How deep a place lies; its code has twice as many digits as its rank."""

    PROVINCE = "province"  # រាជធានី ខេត្ត
    DISTRICT = "district"  # ក្រុង ស្រុក ខណ្ឌ
    COMMUNE = "commune"  # ឃុំ សង្កាត់
    VILLAGE = "village"  # ភូមិ


LEVELS: Final = tuple(Level)


class Unit(StrEnum):
    """What kind of place it is."""

    CAPITAL = "capital"  # រាជធានី
    PROVINCE = "khaet"  # ខេត្ត
    CITY = "krong"  # ក្រុង
    DISTRICT = "srok"  # ស្រុក
    KHAN = "khan"  # ខណ្ឌ
    COMMUNE = "khum"  # ឃុំ
    SANGKAT = "sangkat"  # សង្កាត់
    VILLAGE = "phum"  # ភូមិ


# The word before a Khmer name, and the pattern of the Latin name.
UNIT_WORDS: Final[dict[Unit, tuple[str, str]]] = {
    Unit.CAPITAL: ("រាជធានី", "{} capital"),
    Unit.PROVINCE: ("ខេត្ត", "{} province"),
    Unit.CITY: ("ក្រុង", "Krong {}"),
    Unit.DISTRICT: ("ស្រុក", "{} district"),
    Unit.KHAN: ("ខណ្ឌ", "Khan {}"),
    Unit.COMMUNE: ("ឃុំ", "{} commune"),
    Unit.SANGKAT: ("សង្កាត់", "Sangkat {}"),
    Unit.VILLAGE: ("ភូមិ", "{} village"),
}


def level_of(code: str) -> Level | None:
    """The level of a code of 2, 4, 6 or 8 digits, or None (rule ID-CODE)."""
    plain = code.isascii() and code.isdigit()
    return LEVELS[len(code) // 2 - 1] if plain and len(code) in (2, 4, 6, 8) else None


def parent_code(code: str) -> str:
    """The code of the place around it; empty for a province."""
    return code[:-2]


@dataclass(frozen=True, slots=True)
class Place:
    """A place: code, canonical Khmer name without its unit, Latin name, and the half-open time it has been one."""

    code: str
    level: Level
    name_km: str
    name_latin: str
    unit: Unit
    parent: str
    from_: date | None = None
    until: date | None = None

    def stood(self, on: date) -> bool:
        """Say whether it was a place on that day."""
        return (self.from_ is None or self.from_ <= on) and (self.until is None or on < self.until)


@dataclass(frozen=True, slots=True)
class Post:
    """A post abroad: an embassy that serves countries, or a place where cards are picked up for it."""

    code: str
    kind: str
    parent: str
    country: str
    city_km: str
    city_en: str
    name_km: str
    name_en: str
    timezone: str
    serves: tuple[str, ...]
    mark: str


@dataclass(frozen=True, slots=True)
class Country:
    """A country by its ISO 3166-1 code."""

    code: str
    name_km: str
    name_en: str


@dataclass(frozen=True, slots=True)
class RawPlace:
    """A row of a source as it stands there. `parent` is the parent that the row names, in `line` of `file`."""

    code: str
    name_km: str
    name_latin: str
    parent: str
    file: str
    line: int


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row that the cleaning step refused, and why (a code of this room)."""

    row: RawPlace
    reason: str


@dataclass(frozen=True, slots=True)
class MendedName:
    """A name that was mended: invisible characters, double spaces, order of signs, a sign written twice."""

    code: str
    before: str
    after: str
    reason: str


@dataclass(frozen=True, slots=True)
class Cleaned:
    """What the cleaning step made of a source. `childless`: communes without a village in it."""

    places: tuple[Place, ...]
    refused: tuple[RefusedRow, ...]
    mended: tuple[MendedName, ...]
    childless: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did: places by level, how many rows it wrote or ended, and everything it refused or mended."""

    source: str
    counts: dict[str, int]
    written: int
    ended: int
    cleaned: Cleaned


# Facts of the journal that must carry a public leaf: none in this room.
COVERED: frozenset[str] = frozenset()
