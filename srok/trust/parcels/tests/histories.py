"""Delivery histories of two kits: files doubled, shuffled, cut, gapped, damaged, imports that stop in the middle.

A history is a tape of numbers, so that hypothesis can shrink one and a benchmark can draw thousands. Whatever the
history, the centre must end where one clean delivery of the same events ends.
"""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db import transaction

from srok.ground.journal import public as journal
from srok.trust.parcels import public, reads, rules
from srok.trust.parcels.models import AllocatedReference, Arrival
from srok.trust.parcels.terms import Event
from srok.trust.parcels.tests import world
from srok.trust.parcels.tests.world import KitInMemory

DELIVERED_AT = world.START + timedelta(days=1)


class Undone(Exception):
    """Ends an attempt: everything that it wrote is taken back."""


class Stopped(Exception):
    """The machine stops here."""


@dataclass
class Tape:
    """Numbers to draw from, one after the other; after its end only zeros come."""

    numbers: list[int]
    at: int = 0

    def below(self, end: int) -> int:
        """A number from 0 up to and without `end`."""
        number = self.numbers[self.at] if self.at < len(self.numbers) else 0
        self.at += 1
        return number % end


@dataclass
class History:
    """What was written, and the imports in which it came: each a list of files, and where it stops (or 0)."""

    events: list[Event] = field(default_factory=list)
    imports: list[tuple[list[bytes], int]] = field(default_factory=list)

    def came(self) -> list[Event]:
        """The events that are whole somewhere in what came."""
        everything = [content for files, _stop in self.imports for content in files]
        return [event for event in self.events if any(event.raw in content for content in everything)]


def drawn(tape: Tape, kits: tuple[KitInMemory, KitInMemory]) -> History:
    """A history of these two kits."""
    found = History()
    written = [[_act(tape, kit) for _ in range(1 + tape.below(6))] for kit in kits]
    found.events = [event for one in written for event in one]
    for _ in range(1 + tape.below(4)):
        files = [_file(tape, written) for _ in range(1 + tape.below(3))]
        found.imports.append((files, tape.below(8) if tape.below(3) == 0 else 0))
    if tape.below(2) == 0:
        found.imports.append(([world.file_of(*found.events)], 0))
    return found


def _act(tape: Tape, kit: KitInMemory) -> Event:
    """An act in this kit: a file opened, a page added to one (perhaps opened later), or one by a clock that jumped."""
    number = sum(1 for event in kit.events if event.header.seq) % len(kit.warrant.references)
    jump = tape.below(12)
    if jump == 0:
        return kit.open_file(number, happened_at=world.START + timedelta(days=400))
    if jump == 1:
        return kit.open_file(number, happened_at=kit.at - timedelta(days=1), previous_at=kit.at)
    if jump == 2:
        return kit.open_file(number, on=world.ON + timedelta(days=60))
    if jump < 7:
        return kit.add_page(tape.below(max(1, number)), tape.below(99))
    return kit.open_file(number)


def _file(tape: Tape, written: list[list[Event]]) -> bytes:
    """A file as it may come: some events of one or both kits, in some order, perhaps cut or damaged."""
    chosen: list[Event] = []
    for events in written:
        if tape.below(3):
            first = tape.below(len(events))
            chosen += events[first : first + 1 + tape.below(len(events))]
    if tape.below(2):
        chosen = sorted(chosen, key=lambda event: event.raw[100 + len(chosen)])
    if chosen and tape.below(3) == 0:
        chosen += [chosen[tape.below(len(chosen))]]
    content = world.file_of(*chosen)
    if content and tape.below(4) == 0:
        content = content[: tape.below(len(content))]
    if content and tape.below(5) == 0:
        at = tape.below(len(content))
        content = content[:at] + bytes([content[at] ^ (1 + tape.below(255))]) + content[at + 1 :]
    return content + (world.file_of(*chosen[:1]) if tape.below(4) == 0 else b"")


def run(history: History) -> dict[str, Any]:
    """Where the centre stands after this history; everything is taken back afterwards."""
    state: dict[str, Any] = {}
    try:
        with transaction.atomic():
            for files, stop in history.imports:
                _imported(files, stop)
            state = _state()
            raise Undone
    except Undone:
        return state


def run_cleanly(events: Iterable[Event]) -> dict[str, Any]:
    """Where the centre stands after one delivery of these events in their order."""
    ordered = sorted(events, key=lambda event: (event.header.kit, event.header.seq))
    return run(History(imports=[([world.file_of(*ordered)], 0)]))


def _imported(files: list[bytes], stop: int) -> None:
    """One import; with `stop` the machine stops at that step, and the same files come again."""
    ctx = world.service(DELIVERED_AT)
    if stop:
        steps = iter(range(stop))

        def tick(_stage: str, _done: int, _total: int) -> None:
            if next(steps, None) is None:
                raise Stopped

        with suppress(Stopped):
            public.import_files(files, ctx=ctx, progress=tick)
    public.import_files(files, ctx=ctx)


def _state() -> dict[str, Any]:
    """Everything that events have changed: without bytes that nobody signed, and without ids that are drawn."""
    rows = Arrival.objects.exclude(code__in=rules.UNVERIFIED)
    facts = [
        (row.kind, row.subject, repr(sorted(row.facts.items())), row.actor, row.on, row.happened_at)
        for subject in sorted({*rows.values_list("subject", flat=True)})
        for row in journal.facts_about(subject)
    ]
    columns = ("kit", "seq", "digest", "state", "code", "subject", "kind", "happened_at", "accepted")
    return {
        "events": sorted(rows.values_list(*columns)),
        "facts": sorted(facts, key=repr),
        "references": sorted(AllocatedReference.objects.exclude(fate="allocated").values_list("pk", "fate")),
        "gaps": [(gap.kit, gap.from_, gap.until) for gap in reads.gaps(set(rows.values_list("kit", flat=True)))],
    }
