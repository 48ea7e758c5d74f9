"""The public figures of the logs: counted as the logs grow, published merged (transparency.md section 2)."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.db.models import F, Max, Sum
from django.db.models.functions import TruncDate

from srok.ground.faces.clock import PHNOM_PENH
from srok.ground.journal import public as journal
from srok.ground.journal.terms import LEAF_TYPES, About
from srok.trust.openlog import merging, reads, rows
from srok.trust.openlog.entries import read_entry
from srok.trust.openlog.merging import Count
from srok.trust.openlog.models import LogEntry, SignedTree, Tally, TallyMark
from srok.trust.openlog.terms import Log

CHUNK: Final = 2_000
# A page shows so many days.
DAYS: Final = 30
BY_TYPE, BY_COMMUNE, BY_OFFICE = "type", "commune", "office"
_Key = tuple[str, str, date]


@dataclass(frozen=True, slots=True)
class Figures:
    """What the page of counts shows of a log, up to its first `counted` entries; small counts are merged."""

    log: Log
    counted: int
    types: list[Count]
    communes: list[Count]
    offices: list[Count]
    days: list[Count]


def count_up(log: Log, limit: int = 20) -> int:
    """Count the entries sequenced since the last time, at most `limit` times 2,000; returns how many."""
    done = 0
    for _ in range(limit):
        found = _count_chunk(log)
        done += found
        if found < CHUNK:
            break
    return done


@transaction.atomic
def _count_chunk(log: Log) -> int:
    rows.lock_writer()
    mark = TallyMark.objects.select_for_update().get_or_create(pk=log)[0]
    end = min(mark.size + CHUNK, reads.head(log).size)
    if end <= mark.size:
        return 0
    found = LogEntry.objects.filter(log=log, index__gte=mark.size, index__lt=end).values_list("data", "fact")
    entries = [(read_entry(bytes(data)), fact) for data, fact in found]
    _add(log, _counted(entries))
    TallyMark.objects.filter(pk=log).update(size=end)
    return end - mark.size


def _counted(entries: list[tuple[dict[str, Any], UUID | None]]) -> Mapping[_Key, int]:
    facts = [fact for _, fact in entries if fact is not None]
    offices: dict[UUID, str] = {}
    for at in range(0, len(facts), 500):
        offices |= journal.offices_of(facts[at : at + 500])
    counts: Counter[_Key] = Counter()
    for entry, fact in entries:
        day = date.fromisoformat(str(entry["at"])[:10])
        counts[BY_TYPE, str(entry["t"]), day] += 1
        if isinstance(entry.get("commune"), str) and "c" in entry:
            counts[BY_COMMUNE, entry["commune"][:60], day] += 1
        if fact in offices and "c" in entry:
            counts[BY_OFFICE, offices[fact], day] += 1
    return counts


def _add(log: Log, counts: Mapping[_Key, int]) -> None:
    for (by, key, on), count in counts.items():
        if not Tally.objects.filter(log=log, by=by, key=key, on=on).update(count=F("count") + count):
            Tally(log=log, by=by, key=key, on=on, count=count).save(force_insert=True)


def figures(log: Log, today: date) -> Figures:
    """The counts of a log for everybody."""
    mark = TallyMark.objects.filter(pk=log).first()
    return Figures(
        log, mark.size if mark else 0, _types(log),
        merging.merged(_totals(log, BY_COMMUNE), above_commune), merging.merged(_totals(log, BY_OFFICE), above_office),
        merging.merged(_days(log, today), above_day),
    )  # fmt: skip


def growth(log: Log) -> list[tuple[date, int]]:
    """The largest size signed on each day, oldest first; the last 60 days that had one."""
    signed = SignedTree.objects.filter(log=log).annotate(day=TruncDate("signed_at", tzinfo=PHNOM_PENH))
    found = signed.values("day").annotate(most=Max("size")).order_by("-day").values_list("day", "most")
    return list(found[:60])[::-1]


def above_commune(code: str) -> str | None:
    """A commune's district, a district's province, the nation (the codes of the gazetteer)."""
    return code[:-2] if len(code) > 2 else "" if code else None


def above_office(code: str) -> str | None:
    """A commune's desk stands under its district; any other office under its ministry."""
    kind, dot, rest = code.partition(".")
    if kind == "commune" and len(rest) > 2:
        return f"commune.{rest[:-2]}"
    return kind if dot else "" if code else None


def above_day(day: str) -> str | None:
    """A day's month, a month's year, all."""
    return day.rpartition("-")[0] if day else None


def _types(log: Log) -> list[Count]:
    """Entries by type: those about people merged under ten, those about nobody as they are."""
    totals = _totals(log, BY_TYPE)
    people = {key: count for key, count in totals.items() if LEAF_TYPES[key].about is not About.NOBODY}
    others = [Count(key, count) for key, count in totals.items() if key not in people]
    return merging.merged(people, lambda key: "" if key else None) + sorted(others, key=lambda one: one.key)


def _totals(log: Log, by: str) -> dict[str, int]:
    found = Tally.objects.filter(log=log, by=by).values("key").annotate(total=Sum("count"))
    return dict(found.values_list("key", "total"))


def _days(log: Log, today: date) -> dict[str, int]:
    since = today - timedelta(days=DAYS)
    found = Tally.objects.filter(log=log, by=BY_TYPE, on__gt=since).values("on").annotate(total=Sum("count"))
    return {on.isoformat(): total for on, total in found.values_list("on", "total")}
