"""The sequencer and the runner of reactions: `srok work` calls them in a loop, tests and scripts call `drain()`."""

import importlib
import logging
from collections.abc import Callable
from importlib.util import find_spec

from django.apps import apps
from django.db import connection, models, transaction

from srok.ground.journal.models import Cursor, Fact, ParkedFact, Place
from srok.ground.journal.reads import row_of
from srok.ground.journal.terms import FactRow

Reaction = Callable[[FactRow], None]

MAX_ATTEMPTS = 3
SEQUENCER_LOCK = 0x53524F4B  # "SROK": the advisory lock that makes the sequencer single on PostgreSQL

log = logging.getLogger(__name__)


def reactions() -> dict[str, tuple[str, Reaction]]:
    """Every reaction of every installed room: name -> (kind of fact, function)."""
    found: dict[str, tuple[str, Reaction]] = {}
    for config in apps.get_app_configs():
        if config.name.startswith("srok.") and find_spec(f"{config.name}.reactions"):
            module = importlib.import_module(f"{config.name}.reactions")
            for kind, function in module.REACTIONS.items():
                found[f"{config.label}.{function.__name__}:{kind}"] = (kind, function)
    return found


def drain() -> int:
    """Sequence what is committed and run every reaction until nothing moves; return the number of effects."""
    effects = 0
    while True:
        moved = sequence()
        for name, (kind, function) in reactions().items():
            moved += _run(name, kind, function)
        if not moved:
            return effects
        effects += moved


def sequence() -> int:
    """Give committed facts their places; one sequencer at a time (advisory lock, or SQLite's IMMEDIATE)."""
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [SEQUENCER_LOCK])
        waiting = list(Fact.objects.filter(place__isnull=True).order_by("id").values_list("id", flat=True))
        last = Place.objects.aggregate(last=models.Max("seq"))["last"] or 0
        Place.objects.bulk_create(
            [Place(seq=seq, fact_id=fact) for seq, fact in enumerate(waiting, start=last + 1)], batch_size=500
        )
        return len(waiting)


def _run(name: str, kind: str, function: Reaction) -> int:
    """Run one reaction up to the last place; a failing fact stops only this reaction, and is parked in the end."""
    cursor, _ = Cursor.objects.get_or_create(reaction=name)
    waiting = Place.objects.filter(seq__gt=cursor.seq, fact__kind=kind).order_by("seq")
    done = 0
    for place in waiting.select_related("fact"):
        try:
            with transaction.atomic():
                function(row_of(place.fact))
                Cursor.objects.filter(pk=name).update(seq=place.seq, attempts=0)
        except Exception as error:  # one bad fact must not stop the others; it is kept and shown
            if not _failed(name, place, error):
                return done
        done += 1
    return done


def _failed(name: str, place: Place, error: Exception) -> bool:
    """Count the failure; after the last attempt park the fact and step over it (True)."""
    log.exception("reaction %s failed on fact %s", name, place.fact_id)
    with transaction.atomic():
        cursor = Cursor.objects.get(pk=name)
        cursor.attempts += 1
        if cursor.attempts < MAX_ATTEMPTS:
            cursor.save(update_fields=["attempts"])
            return False
        ParkedFact.objects.get_or_create(reaction=name, fact_id=place.fact_id, defaults={"error": type(error).__name__})
        cursor.seq, cursor.attempts = place.seq, 0
        cursor.save(update_fields=["seq", "attempts"])
    return True
