"""The cleaning step: which rows of a source are places, which names are mended, what is refused (law.md section 6)."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from srok.ground.gazetteer.terms import (
    UNIT_WORDS,
    Cleaned,
    Level,
    MendedName,
    Place,
    RawPlace,
    RefusedRow,
    Unit,
    level_of,
    parent_code,
)
from srok.ground.kernel.text import canonical, order_problem

CAPITAL: Final = "12"
_TWICE: Final = re.compile("([\u17b6-\u17d1\u17dd])\\1+")
_SPACES: Final = re.compile("\\s+")
_INVISIBLE: Final = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff"))


def clean(rows: Sequence[RawPlace], units: Mapping[str, tuple[str, Unit]]) -> Cleaned:
    """Sort a source's rows into places and refused rows; `units` names the cities and khans: code -> (name, unit).

    Nothing is guessed: of two rows with one code that both fit, neither is taken (GEO-DUP).
    """
    refused: list[RefusedRow] = []
    mended: list[MendedName] = []
    places: dict[str, Place] = {}
    for level in Level:
        # By code, so that the same rows in another order give the same places.
        of_level = sorted((row for row in rows if _level(row) is level), key=lambda row: row.code)
        for row, reason in _judged(of_level, places):
            if reason:
                refused.append(RefusedRow(row, reason))
                continue
            name_km, name_latin = _name(row, row.name_km, mended), _name(row, row.name_latin, mended)
            unit = _unit(row.code, level, name_km, places, units)
            if unit is None:
                refused.append(RefusedRow(row, "gazetteer.unit_conflict"))
                continue
            places[row.code] = Place(row.code, level, _bare(name_km, unit), name_latin, unit, parent_code(row.code))
    refused += [RefusedRow(row, "gazetteer.bad_code") for row in rows if _level(row) is None]
    with_children = {place.parent for place in places.values()}
    childless = [code for code, one in places.items() if one.level is Level.COMMUNE and code not in with_children]
    return Cleaned(tuple(places.values()), tuple(refused), tuple(mended), tuple(childless))


def _level(row: RawPlace) -> Level | None:
    return level_of(row.code)


def _judged(rows: Sequence[RawPlace], places: Mapping[str, Place]) -> Iterable[tuple[RawPlace, str]]:
    """Each row of one level with the reason to refuse it, or an empty one."""
    first: list[tuple[RawPlace, str]] = [(row, _misplaced(row, places)) for row in rows]
    codes = Counter(row.code for row, reason in first if not reason)
    seen: set[tuple[str, str]] = set()
    for row, misplaced in first:
        if misplaced or codes[row.code] > 1:
            yield row, misplaced or "gazetteer.code_twice"
        elif _level(row) is Level.VILLAGE:  # two villages of a commune may bear one name
            yield row, ""
        else:
            name = (row.parent, fold_name(row.name_km))
            yield row, "gazetteer.name_twice" if name in seen else ""
            seen.add(name)


def _misplaced(row: RawPlace, places: Mapping[str, Place]) -> str:
    if not row.name_km.strip() or not row.name_latin.strip():
        return "gazetteer.no_name"
    if parent_code(row.code) != row.parent:
        return "gazetteer.wrong_parent"
    return "gazetteer.unknown_parent" if row.parent and row.parent not in places else ""


def _name(row: RawPlace, name: str, mended: list[MendedName]) -> str:
    """The name in canonical form; what had to be changed is noted with its reason."""
    after = _SPACES.sub(" ", _TWICE.sub(r"\1", canonical(name.translate(_INVISIBLE)))).strip()
    if after != name:
        mended.append(MendedName(row.code, name, after, _why(name)))
    return after


def _why(name: str) -> str:
    if name.translate(_INVISIBLE) != name:
        return "gazetteer.invisible_mark"
    if _SPACES.sub(" ", name).strip() != name:
        return "gazetteer.double_space"
    return "gazetteer.sign_twice" if order_problem(name) == "repeated_mark" else "gazetteer.sign_order"


def _unit(
    code: str, level: Level, name_km: str, places: Mapping[str, Place], units: Mapping[str, tuple[str, Unit]]
) -> Unit | None:
    """The unit of a place; None where the list of cities and khans has another name at this code (GEO-KEY)."""
    if level is Level.PROVINCE:
        return Unit.CAPITAL if code == CAPITAL else Unit.PROVINCE
    if level is Level.VILLAGE:
        return Unit.VILLAGE
    if level is Level.COMMUNE:
        return Unit.COMMUNE if places[parent_code(code)].unit is Unit.DISTRICT else Unit.SANGKAT
    listed = units.get(code)
    if listed is None:
        return Unit.DISTRICT
    return listed[1] if fold_name(listed[0]) == fold_name(name_km) else None


def _bare(name_km: str, unit: Unit) -> str:
    """The name without its unit, which some sources write in front of it."""
    return name_km.removeprefix(UNIT_WORDS[unit][0]) if unit is Unit.CAPITAL else name_km


def fold_name(name_km: str) -> str:
    """A key for comparing names of two sources: no spaces or invisible marks, coeng DA as TA."""
    return canonical(name_km).replace(" ", "").replace("\u17d2\u178a", "\u17d2\u178f")


def described(path: Sequence[Place], language: str) -> str:
    """An address line of a place, smallest first; `path` goes from the province down."""
    words = [UNIT_WORDS[place.unit] for place in path]
    if language == "km":
        return " ".join(f"{km}{place.name_km}" for place, (km, _) in reversed(list(zip(path, words, strict=True))))
    return ", ".join(
        latin.format(place.name_latin) for place, (_, latin) in reversed(list(zip(path, words, strict=True)))
    )
