"""The law book: the data files read, checked and put together once per process.

Everything wrong with a file is one error that names the file and the key; nothing is repaired or guessed.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from srok.ground.kernel.dates import PartialDate, Period
from srok.ground.kernel.refusal import Refusal
from srok.ground.law.terms import Effect, LawAsOf, Mark, Parameter, Reason, Rule, Source

DATA: Final = Path(__file__).parent / "data"
# The first day of the digital voter list: calendars are known from here on.
CALENDARS_FROM: Final = date(2016, 9, 1)
_PERIOD_FIELDS: Final = {"value", "from", "until", "source", "note"}
_WINDOW_FIELDS: Final = {
    "year", "first", "last", "posted", "complaint_days", "final", "reference_date", "reference_mark", "source", "note",
}  # fmt: skip


class LawDataError(ValueError):
    """A data file of the law is wrong: says which file, which key and what."""

    def __init__(self, file: str, key: str, problem: str) -> None:
        super().__init__(f"{file}: {key}: {problem}")
        self.file, self.key, self.problem = file, key, problem


@dataclass(frozen=True, slots=True)
class _Behind:
    """A reason code as it stands in the file, before a day is known."""

    rule: str
    key: str
    effect: Effect
    source: Source


@dataclass(frozen=True, slots=True)
class Book:
    """All of the data: parameters by key in order of time, rules, reasons, and the calendars' raw entries."""

    parameters: Mapping[str, tuple[Parameter, ...]]
    rules: Mapping[str, Rule]
    behind: Mapping[str, _Behind]
    incomplete: tuple[Mapping[str, Any], ...]

    def as_of(self, on: date) -> LawAsOf:
        """The law as it stood on `on`."""
        in_force = {
            key: found
            for key, periods in self.parameters.items()
            if (found := next((one for one in periods if one.period.contains(on)), None))
        }
        reasons = {
            code: Reason(code, one.rule, one.effect, in_force[one.key].source if one.key in in_force else one.source)
            for code, one in self.behind.items()
        }
        return LawAsOf(on, in_force, reasons, frozenset(self.parameters))


@cache
def book(folder: Path = DATA) -> Book:
    """The law book of a folder of data files; raises LawDataError naming the file and the key."""
    sources = _sources(_table(folder, "sources.toml"))
    parameters = _parameters(_table(folder, "parameters.toml"), sources)
    windows = _table(folder, "windows.toml")
    parameters["roll.windows"] = (_windows(windows, sources),)
    parameters["days.holidays"] = (_holidays(_table(folder, "holidays.toml"), sources),)
    rules = _rules(_table(folder, "rules.toml"), sources, parameters)
    behind = _behind(_table(folder, "reasons.toml"), sources, parameters, rules)
    return Book(parameters, rules, behind, tuple(windows.get("incomplete", ())))


@cache
def digest(folder: Path = DATA) -> str:
    """SHA-256 (hexadecimal) of all data files of the law, by name: two programs with one digest have one law."""
    made = sha256()
    for path in sorted(folder.glob("*.toml")):
        made.update(f"{path.name}\0{sha256(path.read_bytes()).hexdigest()}\n".encode())
    return made.hexdigest()


def _table(folder: Path, name: str) -> dict[str, Any]:
    try:
        return tomllib.loads((folder / name).read_text("utf-8"))
    except FileNotFoundError as error:
        raise LawDataError(name, "-", "the file is missing") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise LawDataError(name, "-", f"not readable as TOML in UTF-8: {error}") from error


def _fields(file: str, key: str, entry: object, needed: set[str], allowed: set[str]) -> dict[str, Any]:
    """The entry as a table with the fields it needs and no other."""
    if not isinstance(entry, dict):
        raise LawDataError(file, key, "not a table")
    if missing := sorted(needed - entry.keys()):
        raise LawDataError(file, key, f"missing {', '.join(missing)}")
    if unknown := sorted(entry.keys() - needed - allowed):
        raise LawDataError(file, key, f"unknown field {', '.join(unknown)}")
    return entry


def _day(file: str, key: str, given: object) -> date:
    """The first day of a date written YYYY, YYYY-MM or YYYY-MM-DD (text or TOML date)."""
    if isinstance(given, date):
        return given
    try:
        return PartialDate.parse(str(given)).earliest
    except Refusal as refusal:
        raise LawDataError(file, key, f"“{given}” is not a date") from refusal


def _sources(entries: Mapping[str, Any]) -> dict[str, tuple[Source, frozenset[str]]]:
    """Instruments by id, each with the articles that nobody has checked."""
    made = {}
    for key, entry in entries.items():
        file, optional = "sources.toml", {"date", "origin", "unchecked_articles"}
        given = _fields(file, key, entry, {"title_en", "title_km", "mark"}, optional)
        if given["mark"] not in list(Mark):
            raise LawDataError(file, key, f"unknown mark “{given['mark']}”")
        if "date" in given:
            _day(file, key, given["date"])
        source = Source(key, "", Mark(given["mark"]), given["title_km"], given["title_en"], given.get("date", ""),
                        given.get("origin", ""))  # fmt: skip
        made[key] = (source, frozenset(given.get("unchecked_articles", ())))
    return made


def _source(file: str, key: str, text: object, sources: Mapping[str, tuple[Source, frozenset[str]]]) -> Source:
    """The source named "INSTRUMENT" or "INSTRUMENT:article"; an unchecked article is dropped and marked so."""
    instrument, _, article = str(text).partition(":")
    if instrument not in sources:
        raise LawDataError(file, key, f"unknown source “{instrument}”")
    found, unchecked = sources[instrument]
    if article in unchecked or found.mark is Mark.UNCHECKED:
        return Source(instrument, "", Mark.UNCHECKED, found.title_km, found.title_en, found.date, found.origin)
    return Source(instrument, article, found.mark, found.title_km, found.title_en, found.date, found.origin)


_Sources = Mapping[str, tuple[Source, frozenset[str]]]


def _parameters(entries: Mapping[str, Any], sources: _Sources) -> dict[str, tuple[Parameter, ...]]:
    made = {}
    for key, entry in entries.items():
        given = _fields("parameters.toml", key, entry, {"text_en", "text_km", "periods"}, {"unit"})
        if not given["periods"]:
            raise LawDataError("parameters.toml", key, "no period")
        periods = sorted((_parameter(key, given, one, sources) for one in given["periods"]), key=_starts)
        for earlier, later in zip(periods, periods[1:], strict=False):
            if earlier.period.overlaps(later.period):
                raise LawDataError("parameters.toml", key, f"periods overlap on {later.period.from_}")
        made[key] = tuple(periods)
    return made


def _starts(parameter: Parameter) -> date:
    return parameter.period.from_ or date.min


def _parameter(key: str, table: Mapping[str, Any], entry: object, sources: _Sources) -> Parameter:
    file = "parameters.toml"
    given = _fields(file, key, entry, {"value", "from", "source"}, _PERIOD_FIELDS)
    until = _day(file, key, given["until"]) if "until" in given else None
    period = Period(_day(file, key, given["from"]), until)
    if period.empty:
        raise LawDataError(file, key, f"the period ends on {until}, before it begins")
    return Parameter(key, given["value"], period, _source(file, key, given["source"], sources), table["text_km"],
                     table["text_en"], table.get("unit", ""), given.get("note", ""))  # fmt: skip


def _windows(table: Mapping[str, Any], sources: _Sources) -> Parameter:
    """The usable voter windows as one parameter: a list of tables with half-open `from` and `until`."""
    file, made = "windows.toml", []
    for name in sorted(table.keys() - {"window", "incomplete"}):
        raise LawDataError(file, name, "unknown table")
    for entry in table.get("window", ()):
        key = str(entry.get("year", "?"))
        needed = {"year", "first", "last", "reference_date", "reference_mark", "source"}
        given = _fields(file, key, entry, needed, _WINDOW_FIELDS)
        _source(file, key, given["source"], sources)
        if not given["first"] <= given["last"] or given["first"].year != given["year"]:
            raise LawDataError(file, key, "first and last are not days of that year, in order")
        rest = {name: value for name, value in given.items() if name not in ("first", "source")}
        made.append({**rest, "from": given["first"], "until": given["last"] + timedelta(days=1),
                     "source": given["source"]})  # fmt: skip
    years = [one["year"] for one in made]
    if years != sorted(set(years)):
        raise LawDataError(file, "window", "years are not in order, or stand twice")
    text_km, text_en = "រយៈពេលចុះឈ្មោះបោះឆ្នោតដែលបានប្រកាស", "Announced windows of voter registration"
    source = _source(file, "window", "LEMNA:50-51", sources)
    return Parameter("roll.windows", made, Period(CALENDARS_FROM), source, text_km, text_en)


def _holidays(table: Mapping[str, Any], sources: _Sources) -> Parameter:
    """All listed public holidays as one parameter; each year's source is checked."""
    file, days = "holidays.toml", []
    for year, entry in table.items():
        given = _fields(file, year, entry, {"source", "days"}, set())
        _source(file, year, given["source"], sources)
        if any(str(day.year) != year for day in given["days"]):
            raise LawDataError(file, year, "a day of another year")
        days += given["days"]
    text_km, text_en = "ថ្ងៃឈប់សម្រាកបុណ្យជាតិដែលបានកំណត់", "Listed public holidays"
    source = _source(file, "days", "HOLIDAYS-2025", sources)
    return Parameter("days.holidays", days, Period(date(2022, 1, 1)), source, text_km, text_en)


def _rules(entries: Mapping[str, Any], sources: _Sources, parameters: Mapping[str, object]) -> dict[str, Rule]:
    file, made = "rules.toml", {}
    needed = {"text_en", "sources", "mark", "example", "executable"}
    for key, entry in entries.items():
        given = _fields(file, key, entry, needed, {"text_km", "parameters", "runs"})
        if not given["sources"]:
            raise LawDataError(file, key, "no source")
        _known(file, key, given.get("parameters", ()), parameters)
        made[key] = Rule(
            key, given.get("text_km", ""), given["text_en"],
            tuple(_source(file, key, one, sources) for one in given["sources"]), Mark(given["mark"]),
            tuple(given.get("parameters", ())), given["example"], given["executable"], given.get("runs", ""),
        )  # fmt: skip
    return made


def _behind(
    entries: Mapping[str, Any], sources: _Sources, parameters: Mapping[str, object], rules: Mapping[str, Rule]
) -> dict[str, _Behind]:
    file, made = "reasons.toml", {}
    for code, entry in entries.items():
        given = _fields(file, code, entry, {"rule", "effect"}, {"key", "source"})
        if given["rule"] not in rules:
            raise LawDataError(file, code, f"unknown rule “{given['rule']}”")
        if given["effect"] not in list(Effect):
            raise LawDataError(file, code, f"unknown effect “{given['effect']}”")
        _known(file, code, [given["key"]] if "key" in given else [], parameters)
        own = _source(file, code, given["source"], sources) if "source" in given else rules[given["rule"]].sources[0]
        made[code] = _Behind(given["rule"], given.get("key", ""), Effect(given["effect"]), own)
    return made


def _known(file: str, key: str, named: Sequence[str], parameters: Mapping[str, object]) -> None:
    for name in named:
        if name not in parameters:
            raise LawDataError(file, key, f"unknown parameter “{name}”")
