"""States by day, purposes by party, and verdicts: every combination."""

import itertools
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from srok.ground.kernel.dates import PartialDate
from srok.ground.kernel.refusal import Refusal
from srok.trust.verification import rules
from srok.trust.verification.rules import Document, Verdict, Voter
from srok.trust.verification.terms import (
    ASKERS,
    HELD,
    IN_FORCE,
    MOVES,
    OUTCOMES,
    PURPOSES,
    Ask,
    BookCardFacts,
    BookState,
    CheckState,
    Party,
    SubjectFacts,
)
from srok.trust.verification.tests.cast import SOPHEA, context

START = date(2025, 1, 1)
DAYS = st.integers(0, 60).map(lambda n: START + timedelta(days=n))


def card(state: BookState, since: date, valid_from: date | None, expires: date) -> BookCardFacts:
    return BookCardFacts("123456789", "2", SOPHEA, state, since, valid_from, expires, 1, 1)


@given(st.sampled_from(BookState), DAYS, st.none() | DAYS, DAYS, DAYS)
def test_every_state_has_its_day(state: BookState, since: date, valid_from: date | None, ends: date, on: date) -> None:
    found = rules.state_on(card(state, since, valid_from, ends), on)
    in_time = valid_from is not None and valid_from <= on <= ends
    ended = state in (BookState.REVOKED, BookState.DESTROYED) and on >= since
    paused = state is BookState.SUSPENDED and on >= since
    assert (found in IN_FORCE) == (in_time and not ended and not paused)
    assert (found is CheckState.REVOKED) == ended
    assert (found is CheckState.EXPIRED) == (on > ends and not ended)
    assert (found is CheckState.SUSPENDED) == (paused and on <= ends)
    assert rules.reasons_of(found) == (() if found is CheckState.VALID else (rules.REASONS[found],))


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2025, 3, 2), "not_active"), (date(2025, 4, 6), "not_active"), (date(2025, 4, 7), "valid"),
        (date(2035, 3, 2), "valid"), (date(2035, 3, 3), "expired"),
    ],
)  # fmt: skip
def test_the_days_of_a_card(on: date, expected: str) -> None:
    held = card(BookState.HANDED_OVER, date(2025, 4, 7), date(2025, 4, 7), date(2035, 3, 2))
    assert rules.state_on(held, on) == expected


def test_moves_lead_to_an_end_and_never_out_of_it() -> None:
    assert set(MOVES) == set(BookState)
    assert MOVES[BookState.DESTROYED] == frozenset()
    assert MOVES[BookState.REVOKED] == {BookState.DESTROYED}
    for state in set(BookState) - {BookState.DESTROYED, BookState.REVOKED}:
        assert BookState.REVOKED in MOVES[state]
    assert not any(BookState.ORDERED in to for to in MOVES.values())
    assert [state for state, to in MOVES.items() if BookState.ISSUED in to] == [BookState.ORDERED]


@pytest.mark.parametrize(("state", "to"), list(itertools.product(BookState, BookState)))
def test_only_moves_of_the_table(state: BookState, to: BookState) -> None:
    held = card(state, START, START, START + timedelta(days=99))
    if to in MOVES[state]:
        rules.check_move(held, to, START)
        with pytest.raises(Refusal) as early:
            rules.check_move(held, to, START - timedelta(days=1))
        assert early.value.code == "verification.move_before_state"
        return
    with pytest.raises(Refusal) as refused:
        rules.check_move(held, to, START)
    assert refused.value.code == "verification.no_such_move"


def test_the_purposes_are_closed_lists_without_a_common_one() -> None:
    every = [purpose for party in Party for purpose in PURPOSES[party]]
    assert len(every) == len(set(every))
    assert every == [
        "entry", "exit", "land_purchase", "land_sale", "land_inheritance", "land_first_title", "voter_registration",
        "voter_list_claim",
    ]  # fmt: skip
    assert OUTCOMES[Party.BORDER] == ("enter", "refer")


EVERY_PURPOSE = ["", "police", *(purpose for party in Party for purpose in PURPOSES[party])]
EVERY_ROLE = ["border_officer", "land_officer", "roll_officer", "commune_clerk", "approver", "card_officer", "observer"]


@pytest.mark.parametrize(("party", "purpose", "role"), list(itertools.product(Party, EVERY_PURPOSE, EVERY_ROLE)))
def test_who_may_ask_what(party: Party, purpose: str, role: str) -> None:
    ctx = context("sokha", "moi.border", role)
    asked = Ask(party, purpose, "QR")
    if role in ASKERS[party] and purpose in PURPOSES[party]:
        assert rules.check_ask(asked, ctx) is party
        return
    with pytest.raises(Refusal) as refused:
        rules.check_ask(asked, ctx)
    if role not in ASKERS[party]:
        assert refused.value.code == "verification.not_your_party"
    else:
        expected = "verification.purpose_not_yours" if purpose else "verification.purpose_missing"
        assert refused.value.code == expected


@pytest.mark.parametrize(("party", "qr", "code"), [
    ("police", "QR", "verification.unknown_party"),
    ("border", "", "verification.nothing_asked"),
    ("border", "  ", "verification.nothing_asked"),
])  # fmt: skip
def test_a_question_is_about_a_card_that_was_read(party: str, qr: str, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        rules.check_ask(Ask(party, "entry", qr), context("sokha", "moi.border", "border_officer"))
    assert refused.value.code == code


HOLDERS = [
    None,
    *(
        SubjectFacts(SOPHEA, PartialDate(1960), citizen_from, citizen_until, alive_until, False)
        for citizen_from, citizen_until, alive_until in itertools.product(
            [None, START, START + timedelta(days=9)], [None, START, START + timedelta(days=9)], [None, START]
        )
    ),
]
VOTERS = [None, *(Voter(*flags) for flags in itertools.product([True, False], repeat=4))]


@pytest.mark.parametrize("state", CheckState)
def test_the_border_learns_nothing_about_the_holder(state: CheckState) -> None:
    document = Document(state, rules.reasons_of(state))
    assert rules.for_border(document) == Verdict(state in IN_FORCE, document.reasons)


def test_land_needs_a_living_national_with_a_card_in_force() -> None:
    for state, holder in itertools.product(CheckState, HOLDERS):
        verdict = rules.for_land(Document(state, rules.reasons_of(state)), holder, START)
        entitled = holder is not None and holder.citizen(START) and holder.alive(START)
        assert verdict.yes == (state in IN_FORCE and entitled)
        assert verdict.yes or verdict.reasons or holder is None
        assert len({"verification.holder_died", "verification.not_citizen"} & set(verdict.reasons)) <= 1


def test_the_voter_list_needs_citizen_age_and_card() -> None:
    for state, holder, voter in itertools.product(CheckState, HOLDERS, VOTERS):
        verdict = rules.for_election(Document(state, rules.reasons_of(state)), holder, START, voter)
        entitled = holder is not None and holder.citizen(START) and holder.alive(START)
        counts = state in IN_FORCE or (voter is not None and state is CheckState.EXPIRED and voter.expired_counts)
        assert verdict.yes == (entitled and voter is not None and voter.old_enough and counts)
        if verdict.yes and state is CheckState.EXPIRED:
            assert "verification.expired_but_counts" in verdict.reasons


@pytest.mark.parametrize(
    ("start", "until", "day", "expected"),
    [
        (None, None, START, False), (START, None, START, True), (START, None, START - timedelta(days=1), False),
        (START, START + timedelta(days=5), START + timedelta(days=4), True),
        (START, START + timedelta(days=5), START + timedelta(days=5), False),
    ],
)  # fmt: skip
def test_citizenship_is_half_open(start: date | None, until: date | None, day: date, expected: bool) -> None:
    assert SubjectFacts(SOPHEA, PartialDate(1960), start, until, None, False).citizen(day) is expected


@given(st.uuids(), st.uuids(), st.binary(min_size=32, max_size=32))
def test_pseudonyms_of_two_parties_or_people_cannot_be_joined(one: UUID, other: UUID, key: bytes) -> None:
    names = {(party, subject): rules.pseudonym(key, party, subject) for party in Party for subject in (one, other)}
    assert len(set(names.values())) == len(names)
    assert all(len(name) == 24 for name in names.values())
    assert rules.pseudonym(bytes(32), Party.LAND, one) != rules.pseudonym(b"\x01" * 32, Party.LAND, one)


def test_held_states_are_those_of_a_begun_validity() -> None:
    assert {BookState.PENDING, BookState.HANDED_OVER, BookState.SUSPENDED} == HELD
    assert replace(card(BookState.ISSUED, START, None, START)).valid_from is None
