"""Places by the names that people write: `ឃុំបាក់ស្នា ស្រុកបារាយណ៍`, `Bak Sna, Baray`. No writes."""

import re
from dataclasses import dataclass, field

from srok.ground.gazetteer import reads
from srok.ground.gazetteer.terms import UNIT_WORDS, Place, Unit
from srok.ground.kernel.names import khmer_fold, latin_fold

KHMER = re.compile("[\u1780-\u17ff]")
LONE_UNIT = re.compile(rf"({'|'.join(km for km, _ in UNIT_WORDS.values())})\s+")
UNITS_KM = {unit: khmer_fold(km) for unit, (km, _) in UNIT_WORDS.items()}
UNITS_LATIN = {latin_fold(word): unit for unit, (_, latin) in UNIT_WORDS.items()
               for word in (latin.replace("{}", "").strip(), unit.value)}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Named:
    """One name of an address line: the keys it may stand under, and the units that it says it is."""

    keys: frozenset[str]
    units: frozenset[Unit] = frozenset()


@dataclass(slots=True)
class _Index:
    """Every place under its keys; made anew when the places in memory are."""

    size: int = 0
    keyed: dict[str, list[Place]] = field(default_factory=dict)


_held = _Index()


def named(text: str) -> tuple[Place, ...]:
    """Every place that bears this name, in the order of the codes: the smallest first, those around it may follow.

    Spelling is compared loosely; a word like commune or ឃុំ chooses among several. What stands no more is left out.
    """
    parts = _parts(text)
    if not parts:
        return ()
    found = {place.code: place for key in parts[0].keys for place in _keyed().get(key, ()) if place.until is None}
    fitting = [one for one in found.values() if all(_lies_in(one, outer) for outer in parts[1:])]
    said = [one for one in fitting if one.unit in parts[0].units]
    return tuple(sorted(said or fitting, key=lambda one: one.code))


def _lies_in(one: Place, outer: _Named) -> bool:
    return any(outer.keys & _keys(around) for around in reads.path(one.code)[:-1])


def _keyed() -> dict[str, list[Place]]:
    places = reads.all_places()
    if _held.size != len(places):
        keyed: dict[str, list[Place]] = {}
        for one in places.values():
            for key in _keys(one):
                keyed.setdefault(key, []).append(one)
        _held.size, _held.keyed = len(places), keyed
    return _held.keyed


def _keys(one: Place) -> frozenset[str]:
    return frozenset({khmer_fold(one.name_km), latin_fold(one.name_latin).replace(" ", "")})


def _parts(text: str) -> list[_Named]:
    """The names of an address line; Khmer parts them by spaces too."""
    text = LONE_UNIT.sub(r"\1", text)
    parts = re.split(r"[,;\s]+" if KHMER.search(text) else r"[,;]", text)
    return [name for part in parts if (name := _read(part)).keys]


def _read(part: str) -> _Named:
    if KHMER.search(part):
        key = khmer_fold(part)
        named = frozenset(unit for unit, word in UNITS_KM.items() if key.startswith(word))
        return _Named(frozenset({key, *(key.removeprefix(UNITS_KM[unit]) for unit in named)} - {""}), named)
    words = latin_fold(part).split()
    bare = "".join(word for word in words if word not in UNITS_LATIN)
    units = frozenset(UNITS_LATIN[word] for word in words if word in UNITS_LATIN)
    return _Named(frozenset({bare, "".join(words)} - {""}), units)
