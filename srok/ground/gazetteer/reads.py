"""Questions to the gazetteer. All places are held in memory once per process: registers ask by the thousand."""

from collections.abc import Mapping
from datetime import date

from srok.ground.gazetteer import models, source
from srok.ground.gazetteer.rules import described
from srok.ground.gazetteer.terms import Country, Level, Place, Post, Unit, level_of, parent_code
from srok.ground.kernel.refusal import Refusal
from srok.ground.kernel.text import sort_key

_held: dict[str, Place] = {}
_children: dict[str, tuple[Place, ...]] = {}


def forget() -> None:
    """Drop what is held in memory: after an import, and where a test rolls its database back."""
    _held.clear()
    _children.clear()


def _places() -> Mapping[str, Place]:
    if not _held:
        rows = models.Place.objects.values_list(
            "code", "level", "name_km", "name_latin", "unit", "parent_id", "from_on", "until_on"
        )
        for code, level, name_km, name_latin, unit, parent, from_on, until_on in rows.iterator(chunk_size=5000):
            _held[code] = Place(code, Level(level), name_km, name_latin, Unit(unit), parent or "", from_on, until_on)
    return _held


def all_places() -> Mapping[str, Place]:
    """Every place that is or was, by its code."""
    return _places()


def place(code: str, on: date | None = None) -> Place:
    """The place of this code, on a day if one is given; raises `gazetteer.unknown_place`."""
    found = _places().get(code)
    if found is None or (on is not None and not found.stood(on)):
        raise Refusal("gazetteer.unknown_place", place=code)
    return found


def exists(code: str, on: date | None = None) -> bool:
    """Say whether there is (or was on that day) a place of this code."""
    found = _places().get(code)
    return found is not None and (on is None or found.stood(on))


def path(code: str) -> tuple[Place, ...]:
    """The place and those around it, from the province down; raises `gazetteer.unknown_place`."""
    last = place(code)
    return (*path(last.parent), last) if last.parent else (last,)


def commune_of(code: str) -> Place:
    """The commune in which a village lies, or the commune itself; raises `gazetteer.not_a_commune` for larger ones."""
    if level_of(code) not in (Level.COMMUNE, Level.VILLAGE):
        raise Refusal("gazetteer.not_a_commune", place=code)
    return place(code if level_of(code) is Level.COMMUNE else parent_code(code))


def children(code: str | None, on: date | None = None) -> tuple[Place, ...]:
    """The places directly inside (provinces for None), in Khmer order."""
    if not _children:
        within: dict[str, list[Place]] = {}
        for one in _places().values():
            within.setdefault(one.parent, []).append(one)
        _children.update({key: tuple(sorted(found, key=_order)) for key, found in within.items()})
    found = _children.get(code or "", ())
    return found if on is None else tuple(one for one in found if one.stood(on))


def _order(one: Place) -> tuple[object, str]:
    return sort_key(one.name_km), one.code


def describe(code: str, language: str) -> str:
    """The place as an address line in Khmer (`km`) or Latin script, smallest unit first; a post by its name.

    Raises `gazetteer.unknown_place`.
    """
    post_found = source.posts().get(code)
    if post_found:
        return post_found.name_km if language == "km" else post_found.name_en
    return described(path(code), language)


def post(code: str) -> Post:
    """The post abroad of this code; raises `gazetteer.unknown_post`."""
    found = source.posts().get(code)
    if found is None:
        raise Refusal("gazetteer.unknown_post", place=code)
    return found


def posts() -> tuple[Post, ...]:
    """Every post abroad, embassies and pick-up places."""
    return tuple(source.posts().values())


def post_serving(country: str) -> Post | None:
    """The embassy that serves a country (ISO code), or None."""
    return next((one for one in source.posts().values() if country in one.serves), None)


def pickup_posts(code: str) -> tuple[Post, ...]:
    """Where cards of an embassy are handed over: itself, and its pick-up places."""
    return tuple(one for one in source.posts().values() if code in (one.code, one.parent))


def countries() -> Mapping[str, Country]:
    """The countries of addresses and birthplaces, by ISO 3166-1 code."""
    return source.countries()
