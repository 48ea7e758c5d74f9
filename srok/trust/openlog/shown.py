"""What the pages show: a log's standing, its growth, its counts, each as plain values with their chart."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from srok.ground.accounts import public as accounts
from srok.ground.faces.clock import PHNOM_PENH
from srok.ground.faces.dates_in_words import date_in_words, digits, parts_in_words
from srok.ground.gazetteer import public as gazetteer
from srok.ground.journal import public as journal
from srok.ground.kernel.refusal import Refusal
from srok.trust.openlog import charts, cosigning, figures, notes, reads
from srok.trust.openlog.charts import Chart
from srok.trust.openlog.merging import REST, Count
from srok.trust.openlog.models import Quorum, WitnessStanding
from srok.trust.openlog.terms import ORIGINS, Log
from srok.trust.openlog.wording_receipts import STANDING_COLOURS, STANDINGS, TYPES


@dataclass(frozen=True, slots=True)
class ShownWitness:
    """A witness as the page shows it."""

    name: str
    words: str
    colour: str
    since: datetime
    cosigned_size: int
    cosigned_at: datetime | None


@dataclass(frozen=True, slots=True)
class Standing:
    """A log as the page shows it; `note` is the whole checkpoint with its signatures."""

    log: Log
    origin: str
    size: int
    signed_size: int
    signed_at: datetime | None
    root: str
    text: str
    note: str
    witnesses: tuple[ShownWitness, ...]
    quorum: str
    late_since: datetime | None


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its chart: caption, head of the first column, rows of words, number and length of the bar.

    `chart` stands above the table where its rows are days; other rows carry their bars themselves.
    """

    caption: str
    head: str
    rows: tuple[tuple[str, int, float], ...]
    chart: Chart | None = None


def standing(log: Log) -> Standing:
    """Where a log stands now, by its newest checkpoint."""
    head, row = reads.head(log), Quorum.objects.filter(pk=log).first()
    note = notes.parse(head.note) if head.note else None
    text = note.text.split("\n") if note else ["", "", ""]
    try:
        witnesses, quorum = tuple(map(_witness, cosigning.standings(log))), cosigning.own_policy().quorum
    except Refusal:
        witnesses, quorum = (), ""
    return Standing(
        log, ORIGINS[log], head.size, head.signed_size, head.signed_at, text[2], note.text if note else "",
        head.note.decode() if note else "", witnesses, cosigning.shown_name(quorum),
        row.late_since if row else None,
    )  # fmt: skip


def find_commitment(commitment: str) -> tuple[int | None, date | None]:
    """For a promise: the index of its entry, and the day of the newest checkpoint; no entry is read one by one."""
    fact = journal.fact_committed(commitment)
    entry = reads.entry_of_fact(fact) if fact is not None else None
    signed = [head.signed_at for head in map(reads.head, Log) if head.signed_at is not None]
    newest = max(signed).astimezone(PHNOM_PENH).date() if signed else None
    return (entry.index if entry is not None else None), newest


def growth(log: Log) -> Table:
    """The size of a log day by day."""
    found = figures.growth(log)
    caption = _("Entries in the log at the end of each day")
    return _by_day(caption, [(_day(on), size) for on, size in found], [(_short(on), size) for on, size in found])


def counts(log: Log, today: date) -> dict[str, object]:
    """The counts of a log, each as a table with its chart; empty ones are left out."""
    found = figures.figures(log, today)
    days = [(date.fromisoformat(one.key), one.count) for one in found.days if not one.is_rest]
    tables = [
        _table(_("By kind of entry"), _("Kind"), [(_type(one), one.count) for one in found.types]),
        _table(_("By commune"), _("Commune"), [(_place(one), one.count) for one in found.communes]),
        _table(_("By office"), _("Office"), [(_office(one), one.count) for one in found.offices]),
    ]
    tables.append(
        _by_day(
            _("By day, the last 30 days"), [(_day_of(one), one.count) for one in found.days],
            [(_short(on), count) for on, count in days],
        )
    )  # fmt: skip
    return {"log": log, "counted": found.counted, "tables": [one for one in tables if one.rows]}


def _table(caption: str, head: str, rows: Sequence[tuple[str, int]]) -> Table:
    ordered = sorted(rows, key=lambda row: -row[1])
    bars = charts.shares([count for _words, count in ordered])
    return Table(caption, head, tuple((*row, bar) for row, bar in zip(ordered, bars, strict=True)))


def _by_day(caption: str, rows: Sequence[tuple[str, int]], columns: Sequence[tuple[str, int]]) -> Table:
    bars = charts.shares([count for _words, count in rows])
    shown = tuple((*row, bar) for row, bar in zip(rows, bars, strict=True))
    return Table(caption, _("Day"), shown, charts.columns(columns) if columns else None)


def _witness(row: WitnessStanding) -> ShownWitness:
    return ShownWitness(
        row.name, str(STANDINGS[row.standing]), STANDING_COLOURS.get(row.standing, "yellow"), row.since,
        row.cosigned_size, row.cosigned_at,
    )  # fmt: skip


def _type(one: Count) -> str:
    return _("Kinds with few entries, together") if one.is_rest else str(TYPES.get(one.key, one.key))


def _place(one: Count) -> str:
    """A commune in words; a rest by the unit that its communes share."""
    code = one.key.removesuffix(REST)
    known = gazetteer.describe(code, _language()) if code and gazetteer.exists(code) else code
    if not one.is_rest:
        return known
    if not code:
        return _("Communes with few entries, together")
    return _("Communes with few entries in {place}, together").format(place=known)


def _office(one: Count) -> str:
    if one.is_rest:
        return _("Offices with few entries, together")
    try:
        found = accounts.office(one.key)
    except Refusal:
        code = one.key.removeprefix("commune.")
        return gazetteer.describe(code, _language()) if gazetteer.exists(code) else one.key
    return found.name_km if _language() == "km" else found.name_en


def _day_of(one: Count) -> str:
    key = one.key.removesuffix(REST)
    if not one.is_rest:
        return _day(date.fromisoformat(key))
    if not key:
        return _("Days with few entries, together")
    year, _dash, month = key.partition("-")
    said = parts_in_words(int(year), int(month) if month else None, None, _language())
    return _("Days with few entries in {month}, together").format(month=said)


def _short(on: date) -> str:
    return digits(f"{on.day}.{on.month}", _language())


def _day(on: date) -> str:
    return date_in_words(on, _language())


def _language() -> str:
    return (get_language() or "km")[:2]
