"""Writes of the answer book, for the rooms above that own the facts: in their transaction, with their journal fact."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice
from typing import TypeVar
from uuid import UUID

from django.db import transaction
from django.db.models import F

from srok.ground.kernel.refusal import Refusal, Stale
from srok.trust.verification import reads, rules
from srok.trust.verification.models import BookCard, BookSubject
from srok.trust.verification.terms import HELD, BookCardFacts, BookState, PutCard, PutPerson

CHUNK = 2_000
_WHOLE = ["birth", "citizen_from", "citizen_until", "alive_from", "alive_until"]
T = TypeVar("T")


@transaction.atomic
def put_people(people: Iterable[PutPerson]) -> int:
    """Write people into the book, each replacing what stood there; return how many. 20,000 take a second or two."""
    count = 0
    for chunk in _chunks(people):
        BookSubject.objects.bulk_create(
            [_subject(person) for person in chunk],
            update_conflicts=True, unique_fields=["subject"], update_fields=_WHOLE,
        )  # fmt: skip
        count += len(chunk)
    return count


@transaction.atomic
def put_cards(cards: Iterable[PutCard]) -> int:
    """Write new cards into the book; one that stands there already is left as it is. Returns how many were new.

    Raises `verification.card_of_another` where number and generation belong to somebody else, and
    `verification.unknown_subject`.
    """
    count = 0
    for chunk in _chunks(cards):
        new = _new(chunk)
        BookCard.objects.bulk_create([_card(card) for card in new])
        count += len(new)
    return count


def put_card(card: PutCard) -> None:
    """Write one new card into the book; again it changes nothing. Raises as `put_cards` does."""
    put_cards([card])


@transaction.atomic
def move_card(number: str, generation: str, to: str, on: date, reason: str = "") -> None:
    """Move a card to another state on a day; one already there, or destroyed and now revoked, stays as it is.

    Handing over starts its validity; `reason` is a code kept beside the state and told to nobody. Raises
    `verification.unknown_card`, `verification.no_such_move`, `verification.move_before_state`, `Stale`.
    """
    card, state = reads.book_card(number, generation), BookState(to)
    if card.state is state or (card.state is BookState.DESTROYED and state is BookState.REVOKED):
        return
    rules.check_move(card, state, on)
    set_state(card, state, on, reason)


def mark_handed_over_abroad(subject: UUID) -> None:
    """Note that a card was handed to this person at a post abroad; published only as counts, for elections."""
    BookSubject.objects.filter(pk=subject).update(handed_over_abroad=True)


def set_state(card: BookCardFacts, state: BookState, on: date, reason: str) -> None:
    """Compare and set: raises `Stale` when the card is no longer in the version that was read."""
    started = state in (BookState.PENDING, BookState.HANDED_OVER) and card.valid_from is None
    moved = BookCard.objects.filter(number=card.number, generation=card.generation, version=card.version)
    if not moved.update(
        state=state, state_from=on, state_reason=reason, version=F("version") + 1,
        valid_from=on if started else card.valid_from,
    ):  # fmt: skip
        raise Stale()


def _new(cards: list[PutCard]) -> list[PutCard]:
    """The cards that are not in the book yet, each once."""
    wanted = {(card.number, card.generation): card for card in cards}
    numbers = {card.number for card in cards}
    for number, generation, subject in BookCard.objects.filter(number__in=numbers).values_list(
        "number", "generation", "subject_id"
    ):
        known = wanted.pop((number, generation), None)
        if known is not None and known.subject != subject:
            raise Refusal("verification.card_of_another", number=number)
    _check_subjects({card.subject for card in wanted.values()})
    return list(wanted.values())


def _check_subjects(subjects: set[UUID]) -> None:
    found = BookSubject.objects.filter(pk__in=subjects).count()
    if found != len(subjects):
        raise Refusal("verification.unknown_subject")


def _chunks(rows: Iterable[T]) -> Iterator[list[T]]:
    source = iter(rows)
    while chunk := list(islice(source, CHUNK)):
        yield chunk


def _subject(person: PutPerson) -> BookSubject:
    return BookSubject(
        subject=person.subject, birth=person.birth.iso(), citizen_from=person.citizen_from,
        citizen_until=person.citizen_until, alive_from=person.birth.earliest, alive_until=person.alive_until,
    )  # fmt: skip


def _card(card: PutCard) -> BookCard:
    state = BookState(card.state)
    valid_from = card.valid_from or (card.on if state in HELD else None)
    return BookCard(
        number=card.number, generation=card.generation, subject_id=card.subject, state=state, state_from=card.on,
        valid_from=valid_from, expires=card.expires, status_index=card.status_index,
    )  # fmt: skip
