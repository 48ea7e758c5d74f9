"""The answer book: its columns, its bulk writes, its moves."""

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction

from srok.ground.kernel.dates import PartialDate
from srok.ground.kernel.refusal import Refusal, Stale
from srok.trust.verification import public, store
from srok.trust.verification.models import BookCard, BookSubject, Receipt
from srok.trust.verification.terms import BookState, PutCard, PutPerson
from srok.trust.verification.tests import cast
from srok.trust.verification.tests.cast import BOOKED, DAY, HANDED_OVER, ORDERED, PERSON, SOPHEA

KEY = (BOOKED.number, BOOKED.generation)


def test_the_columns_of_the_book() -> None:
    """No name, parent, address or face: a new column here is a decision, with a record."""
    assert [field.attname for field in BookSubject._meta.concrete_fields] == [
        "subject", "birth", "citizen_from", "citizen_until", "alive_from", "alive_until", "handed_over_abroad",
    ]  # fmt: skip
    assert [field.attname for field in BookCard._meta.concrete_fields] == [
        "id", "number", "generation", "subject_id", "state", "state_from", "state_reason", "valid_from", "expires",
        "status_index", "version",
    ]  # fmt: skip
    assert [field.attname for field in Receipt._meta.concrete_fields] == [
        "reference", "trace", "party", "purpose", "document", "on", "asked_at", "actor", "office", "subject",
        "outcome", "reasons", "pseudonym", "statement", "kid", "signature",
    ]  # fmt: skip


def test_a_person_is_replaced_whole_and_a_card_stays(handed_over: None) -> None:
    public.put_people([replace(PERSON, birth=PartialDate(1961), alive_until=DAY)])
    person = public.person(SOPHEA)
    assert person is not None
    assert (person.birth, person.alive(DAY), person.citizen(DAY)) == (PartialDate(1961), False, True)
    assert public.put_people([]) == 0
    public.put_card(replace(BOOKED, state="revoked"))
    assert public.book_card(*KEY).state == "handed_over"


def test_a_card_in_the_hand_is_valid_from_that_day(db: None) -> None:
    public.put_people([PERSON])
    public.put_card(replace(BOOKED, state="handed_over", generation="1", status_index=None))
    public.put_card(replace(BOOKED, state="handed_over", valid_from=HANDED_OVER))
    assert [card.valid_from for card in public.cards_of(SOPHEA)] == [ORDERED, HANDED_OVER]


def test_a_number_belongs_to_one_person(book: None) -> None:
    public.put_people([replace(PERSON, subject=cast.RITH)])
    with pytest.raises(Refusal) as refused:
        public.put_card(replace(BOOKED, subject=cast.RITH))
    assert refused.value.code == "verification.card_of_another"


def test_a_card_needs_its_person(db: None) -> None:
    with pytest.raises(Refusal) as refused:
        public.put_card(BOOKED)
    assert refused.value.code == "verification.unknown_subject"


def test_a_status_index_is_used_once(book: None) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        public.put_card(replace(BOOKED, number="222222222"))


def test_handing_over_starts_and_replacing_ends(book: None) -> None:
    assert public.book_card(*KEY).valid_from is None
    public.move_card(*KEY, "handed_over", HANDED_OVER, "cards.handed_over")
    public.mark_handed_over_abroad(SOPHEA)
    held = public.book_card(*KEY)
    assert (held.valid_from, held.state_from, held.version) == (HANDED_OVER, HANDED_OVER, 2)
    person = public.person(SOPHEA)
    assert person is not None and person.handed_over_abroad
    public.put_people([PERSON])
    person = public.person(SOPHEA)
    assert person is not None and person.handed_over_abroad
    public.move_card(*KEY, "revoked", DAY, "cards.replaced")
    ended = public.book_card(*KEY)
    assert (ended.state, ended.valid_from, ended.state_from) == ("revoked", HANDED_OVER, DAY)
    assert BookCard.objects.get().state_reason == "cards.replaced"


def test_moving_to_where_it_is_changes_nothing(handed_over: None) -> None:
    before = public.book_card(*KEY)
    public.move_card(*KEY, "handed_over", DAY)
    assert public.book_card(*KEY) == before


def test_confirming_keeps_the_day_of_handing_over(book: None) -> None:
    public.move_card(*KEY, "pending", HANDED_OVER)
    public.move_card(*KEY, "handed_over", DAY)
    assert public.book_card(*KEY).valid_from == HANDED_OVER


def test_a_destroyed_card_is_ended_already(book: None) -> None:
    public.move_card(*KEY, "destroyed", DAY)
    public.move_card(*KEY, "revoked", DAY)
    assert public.book_card(*KEY).state == "destroyed"


def test_unknown_cards_and_states(book: None) -> None:
    with pytest.raises(Refusal) as refused:
        public.move_card("000000000", "2", "revoked", DAY)
    assert refused.value.code == "verification.unknown_card"
    with pytest.raises(ValueError):
        public.move_card(*KEY, "lost", DAY)


def test_a_stale_writer_is_refused(book: None) -> None:
    before = public.book_card(*KEY)
    public.move_card(*KEY, "handed_over", HANDED_OVER)
    with pytest.raises(Stale):
        store.set_state(before, BookState.REVOKED, DAY, "")
    assert public.book_card(*KEY).state == "handed_over"


@pytest.mark.parametrize("change", [{"state": "lost"}, {"state": "handed_over", "valid_from": None}])
def test_the_database_holds_the_states(book: None, change: dict[str, object]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        BookCard.objects.update(**change)


def people(count: int) -> Iterator[PutPerson]:
    for n in range(count):
        yield PutPerson(UUID(int=n + 1), PartialDate(1950 + n % 60, 1 + n % 12), citizen_from=date(1950, 1, 1))


def cards(count: int) -> Iterator[PutCard]:
    for n in range(count):
        yield PutCard(
            f"{n:09d}", "1", UUID(int=n + 1), "handed_over", on=date(2020, 1, 1) + timedelta(days=n % 900),
            expires=date(2031, 1, 1),
        )  # fmt: skip


@pytest.mark.slow
def test_twenty_thousand_rows_take_seconds(db: None) -> None:
    started = time.monotonic()
    assert public.put_people(people(20_000)) == 20_000
    written = time.monotonic() - started
    assert public.put_cards(cards(20_000)) == 20_000
    assert public.put_people(people(20_000)) == 20_000
    assert public.put_cards(cards(20_000)) == 0
    # Loose enough for a loaded machine; alone it takes about a second.
    assert written < 15
    assert BookSubject.objects.count() == BookCard.objects.count() == 20_000


def test_every_book_state_is_booked(db: None) -> None:
    public.put_people([PERSON])
    for n, state in enumerate(BookState):
        public.put_card(replace(BOOKED, generation=f"g{n}", state=state, status_index=None))
    assert [card.state for card in public.cards_of(SOPHEA)] == list(BookState)
