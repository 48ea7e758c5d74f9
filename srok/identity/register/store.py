"""Writes of the register below its acts: new versions by compare-and-set, aliases, handles, the answer book."""

from __future__ import annotations

import secrets
from datetime import date
from uuid import UUID

from django.db.models import F

from srok.ground.kernel.context import Context
from srok.ground.kernel.dates import PartialDate
from srok.ground.kernel.ids import random_id
from srok.ground.kernel.names import PersonName
from srok.ground.kernel.refusal import Stale
from srok.identity.register.models import ElectionHandle, Person, PersonAlias, PersonVersion, StagedRow
from srok.identity.register.terms import ADMITTED_PREFIX, Progress, SubjectId
from srok.trust.verification import public as verification
from srok.trust.verification.terms import PutCard, PutPerson

CHUNK = 2_000


def free_number() -> str:
    """A register number of this service that nobody bears yet, drawn at random."""
    while True:
        number = f"{ADMITTED_PREFIX}{secrets.randbelow(100_000_000):08}"
        if not Person.objects.filter(register_no=number).exists():
            return number


def next_version(subject: SubjectId, changes: dict[str, object], ctx: Context) -> PersonVersion:
    """Close the open version on this day and open the next with these changes; `Stale` when somebody was faster."""
    row = PersonVersion.objects.get(person=subject, valid_until__isnull=True)
    day = max(ctx.on, row.valid_from)
    if not Person.objects.filter(pk=subject, version=row.version).update(version=F("version") + 1):
        raise Stale()
    PersonVersion.objects.filter(pk=row.pk).update(valid_until=day)
    row.pk, row.version, row.valid_from, row.recorded_at, row.run = None, row.version + 1, day, ctx.at, None
    for column, value in changes.items():
        setattr(row, column, value)
    row.save(force_insert=True)
    return row


def add_alias(subject: SubjectId, name: PersonName, source: str, on: date) -> None:
    """Keep another name of a person; one that is known already stays as it is."""
    PersonAlias.objects.get_or_create(
        person_id=subject, family_km=name.family_km, given_km=name.given_km, family_latin=name.family_latin,
        given_latin=name.given_latin, defaults={"source": source, "noted_on": on},
    )  # fmt: skip


def new_person(case_ref: str) -> Person:
    """A person with a random subject, a number of this service, and a random election handle."""
    person = Person(subject=random_id(), register_no=free_number(), case_ref=case_ref)
    person.save(force_insert=True)
    ElectionHandle(handle=random_id(), person=person).save(force_insert=True)
    return person


def book_of(subject: UUID, birth: str, deceased_on: str, *, citizen: bool) -> PutPerson:
    """What the answer book holds of a person: no name, no parent, no address.

    A citizen by descent is one from birth (law.md ID-DESCENT).
    """
    born = PartialDate.parse(birth)
    return PutPerson(
        subject=subject, birth=born, citizen_from=born.earliest if citizen else None, alive_until=died_on(deceased_on)
    )


def book(version: PersonVersion) -> None:
    """Write one person's newest version down into the answer book."""
    row = book_of(version.person_id, version.birth, version.deceased_on, citizen=version.citizen)
    verification.put_people([row])


def died_on(text: str) -> date | None:
    """The day from which somebody counts as dead: the last one that a partial date allows."""
    return PartialDate.parse(text).latest if text else None


def book_import(run: UUID, progress: Progress | None) -> int:
    """Write an import's new and changed people, and new cards, down into the answer book; return new cards."""
    versions = PersonVersion.objects.filter(run=run).order_by("pk")
    rows = versions.values_list("pk", "person_id", "birth", "deceased_on", "citizen")
    total, done, last = versions.count(), 0, 0
    while chunk := list(rows.filter(pk__gt=last)[:CHUNK]):
        verification.put_people([book_of(who, birth, died, citizen=own) for _, who, birth, died, own in chunk])
        done, last = done + len(chunk), chunk[-1][0]
        if progress:
            progress("book", done, total)
    cards = StagedRow.objects.filter(run=run).exclude(card_hash="")
    known = Person.objects.exclude(card_hash="").filter(pk__in=cards.values("subject"))
    hashes = dict(known.values_list("subject", "card_hash"))
    new = (_card(row) for row in cards.iterator(CHUNK) if hashes.get(row.subject) != row.card_hash)
    return verification.put_cards(new)


def _card(row: StagedRow) -> PutCard:
    assert row.card_issued and row.card_expires  # no card is staged without its dates
    return PutCard(
        number=row.card_number, generation=row.card_generation, subject=row.subject, state="handed_over",
        on=row.card_issued, expires=row.card_expires,
    )  # fmt: skip
