"""Checks and answers: what each party is told, what is kept, and what is not."""

import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import override_settings

from srok.ground.journal import public as journal
from srok.ground.kernel.canonical import sha256_hex
from srok.ground.kernel.dates import PartialDate
from srok.ground.kernel.refusal import Refusal
from srok.trust.credentials import public as credentials
from srok.trust.verification import public
from srok.trust.verification.models import Receipt
from srok.trust.verification.terms import Answer, Ask
from srok.trust.verification.tests import cast
from srok.trust.verification.tests.cast import BOOKED, CARD, DAY, EXPIRES, HANDED_OVER, PERSON, SOPHEA

KEY = (BOOKED.number, BOOKED.generation)
PARTIES = [
    ("border", "entry", cast.border),
    ("land", "land_purchase", cast.land),
    ("election", "voter_registration", cast.roll),
]


def ask_all(qr: str, on: date = DAY) -> dict[str, Answer]:
    return {party: public.answer(Ask(party, purpose, qr), ctx=who(on)) for party, purpose, who in PARTIES}


def told(answers: dict[str, Answer]) -> dict[str, tuple[str, tuple[str, ...]]]:
    return {party: (answer.outcome, answer.reasons) for party, answer in answers.items()}


def test_the_life_of_a_card(keys: Path, book: None) -> None:
    qr, day = cast.qr(), DAY + timedelta(days=1)
    assert public.check(qr, DAY).state == "not_active"
    public.move_card(*KEY, "pending", DAY)
    pending = public.check(qr, DAY)
    assert (pending.valid, pending.reasons) == (True, ("verification.hand_over_unconfirmed",))
    public.move_card(*KEY, "handed_over", DAY)
    assert (public.check(qr, DAY).state, public.check(qr, DAY).reasons) == ("valid", ())
    public.move_card(*KEY, "suspended", day)
    assert (public.check(qr, DAY).state, public.check(qr, day).state) == ("valid", "suspended")
    public.move_card(*KEY, "handed_over", day)
    public.move_card(*KEY, "revoked", day)
    assert (public.check(qr, DAY).state, public.check(qr, day).state) == ("valid", "revoked")


def test_a_check_reads_the_card_and_keeps_nothing(keys: Path, handed_over: None) -> None:
    result = public.check(cast.qr(), DAY)
    assert result.valid and result.claims is not None
    assert (result.claims.number, result.claims.name_latin) == (CARD.number, "SOK SOPHEA")
    assert not Receipt.objects.exists()
    assert public.who_asked(SOPHEA) == []


def test_a_genuine_card_that_is_not_in_the_book_is_unknown(keys: Path, handed_over: None) -> None:
    for qr in (cast.qr(number="987654321"), cast.qr(status_index=4712)):
        result = public.check(qr, DAY)
        assert (result.valid, result.state, result.reasons) == (False, "unknown", ("verification.unknown_card",))


def test_a_forged_card_is_unknown_and_its_claims_are_not_shown(keys: Path, handed_over: None) -> None:
    result = public.check(cast.forged(keys), DAY)
    assert (result.valid, result.state, result.claims) == (False, "unknown", None)
    assert result.reasons == ("credentials.bad_signature",)


def test_what_nobody_can_read_is_refused(keys: Path, db: None) -> None:
    with pytest.raises(Refusal) as refused:
        public.check("HELLO", DAY)
    assert refused.value.code == "credentials.unreadable"


def test_three_parties_three_answers(keys: Path, handed_over: None) -> None:
    answers = ask_all(cast.qr())
    assert told(answers) == {"border": ("enter", ()), "land": ("yes", ()), "election": ("yes", ())}
    names = {party: answer.pseudonym for party, answer in answers.items()}
    assert names["border"] == ""
    assert len({names["land"], names["election"], str(SOPHEA)}) == 3


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"citizen_from": None}, {"border": "enter", "land": "no", "election": "no"}),
        ({"citizen_until": DAY}, {"border": "enter", "land": "no", "election": "no"}),
        ({"citizen_until": DAY + timedelta(days=1)}, {"border": "enter", "land": "yes", "election": "yes"}),
        ({"alive_until": DAY}, {"border": "enter", "land": "no", "election": "no"}),
        # VL-AGE: the reference date of the 2025 list is 31 July 2025; born on or before 1 August 2007.
        ({"birth": PartialDate(2007, 8, 1)}, {"border": "enter", "land": "yes", "election": "yes"}),
        ({"birth": PartialDate(2007, 8, 2)}, {"border": "enter", "land": "yes", "election": "no"}),
        ({"birth": PartialDate(2007)}, {"border": "enter", "land": "yes", "election": "no"}),
        ({"birth": PartialDate(1960)}, {"border": "enter", "land": "yes", "election": "yes"}),
    ],
)
def test_who_the_holder_is(keys: Path, handed_over: None, change: Any, expected: dict[str, str]) -> None:
    public.put_people([replace(PERSON, **change)])
    assert {party: answer.outcome for party, answer in ask_all(cast.qr()).items()} == expected


def test_the_reasons_name_what_is_missing(keys: Path, handed_over: None) -> None:
    public.put_people([replace(PERSON, birth=PartialDate(2007), citizen_from=None)])
    answers = told(ask_all(cast.qr()))
    assert answers["land"] == ("no", ("verification.not_citizen",))
    assert answers["election"] == ("no", ("verification.not_citizen", "verification.age_open"))


def test_a_year_without_a_voter_list_has_no_reference_date(keys: Path, handed_over: None) -> None:
    answers = told(ask_all(cast.qr(), date(2026, 11, 23)))
    assert answers == {
        "border": ("enter", ()), "land": ("yes", ()), "election": ("no", ("verification.no_reference_date",)),
    }  # fmt: skip


def test_an_expired_card_counts_where_a_dated_rule_says_so(keys: Path, db: None) -> None:
    """VL-EXT: cards that expired in 2022 and 2023 counted from 20 June to 5 August 2023, for the list alone."""
    public.put_people([PERSON])
    public.put_card(replace(BOOKED, state="handed_over", on=date(2012, 2, 2), expires=date(2022, 2, 1)))
    reference = date(2023, 7, 23)
    question = Ask("election", "voter_registration", cast.qr(), reference_date=reference)
    inside = public.answer(question, ctx=cast.roll(date(2023, 7, 20)))
    assert (inside.outcome, inside.reasons) == ("yes", ("verification.expired_but_counts",))
    outside = public.answer(question, ctx=cast.roll(date(2023, 9, 1)))
    assert (outside.outcome, outside.reasons) == ("no", ("verification.expired",))
    border = public.answer(Ask("border", "entry", cast.qr()), ctx=cast.border(date(2023, 7, 20)))
    assert (border.outcome, border.reasons) == ("refer", ("verification.expired",))


def test_every_state_of_the_document_at_the_border(keys: Path, book: None) -> None:
    qr = cast.qr()
    seen = []
    for to in ("pending", "suspended", "handed_over", "revoked"):
        before = public.answer(Ask("border", "entry", qr), ctx=cast.border())
        seen.append((before.outcome, before.reasons))
        public.move_card(*KEY, to, DAY)
    seen.append((public.answer(Ask("border", "exit", qr), ctx=cast.border()).outcome, ()))
    late = public.answer(Ask("border", "entry", cast.forged(keys)), ctx=cast.border())
    assert seen == [
        ("refer", ("verification.not_handed_over",)), ("enter", ("verification.hand_over_unconfirmed",)),
        ("refer", ("verification.suspended",)), ("enter", ()), ("refer", ()),
    ]  # fmt: skip
    assert (late.outcome, late.reasons, late.pseudonym) == ("refer", ("credentials.bad_signature",), "")


def test_an_answer_is_signed_and_checks_with_the_published_key(keys: Path, handed_over: None) -> None:
    qr = cast.qr()
    answer = public.answer(Ask("land", "land_sale", qr), ctx=cast.land())
    signed = answer.signed
    assert credentials.answer_is_genuine(signed.statement, signed.kid, signed.signature)
    said = json.loads(signed.statement)
    assert said == {
        "v": 1, "act": "verification.answer", "receipt": answer.receipt, "party": "land", "purpose": "land_sale",
        "document": sha256_hex(qr.encode()), "asked_at": "2025-03-03T02:00:00Z", "on": "2025-05-12", "answer": "yes",
        "reasons": [], "pseudonym": answer.pseudonym,
    }  # fmt: skip
    assert not credentials.answer_is_genuine(signed.statement.replace(b"yes", b"no"), signed.kid, signed.signature)


def test_the_journal_learns_no_identity(keys: Path, handed_over: None) -> None:
    answer = public.answer(Ask("land", "land_sale", cast.qr()), ctx=cast.land())
    (fact,) = journal.facts_about(answer.receipt)
    assert fact.kind == "verification.answered"
    assert set(fact.facts) == {"party", "purpose", "answer", "reasons", "kid", "statement_sha256"}
    for secret in (str(SOPHEA), CARD.number, answer.pseudonym, "SOPHEA"):
        assert secret not in json.dumps(dict(fact.facts))


def test_a_receipt_holds_no_number_and_no_name(keys: Path, handed_over: None) -> None:
    public.answer(Ask("land", "land_sale", cast.qr()), ctx=cast.land())
    for row in Receipt.objects.all():
        text = " ".join(str(value) for value in row.__dict__.values()) + bytes(row.statement).decode()
        assert CARD.number not in text and "SOPHEA" not in text


def test_the_same_command_gives_the_same_answer(keys: Path, handed_over: None) -> None:
    ctx, question = cast.land(), Ask("land", "land_sale", cast.qr())
    first = public.answer(question, ctx=ctx)
    assert public.answer(question, ctx=ctx) == first
    assert Receipt.objects.count() == 1
    assert public.answer(question, ctx=cast.land()).receipt != first.receipt


def test_the_holder_sees_every_question(keys: Path, handed_over: None) -> None:
    ask_all(cast.qr())
    asked = public.who_asked(SOPHEA)
    assert {(row.party, row.purpose, row.office) for row in asked} == {
        ("border", "entry", "moi.border"), ("land", "land_purchase", "mlmupc.land"),
        ("election", "voter_registration", "nec.roll"),
    }  # fmt: skip
    assert public.who_asked(cast.RITH) == []


def test_a_receipt_is_for_the_office_that_asked(keys: Path, handed_over: None) -> None:
    given = public.answer(Ask("border", "entry", cast.qr()), ctx=cast.border())
    assert public.receipt(given.receipt.lower().replace("-", " "), cast.border()) == given
    with pytest.raises(Refusal) as refused:
        public.receipt(given.receipt, cast.land())
    assert refused.value.code == "verification.unknown_receipt"


@override_settings(SROK_QUESTIONS_PER_DAY=2)
def test_an_officer_asks_so_many_questions_a_day(keys: Path, handed_over: None) -> None:
    qr, last = cast.qr(), cast.border()
    public.answer(Ask("border", "entry", qr), ctx=cast.border())
    given = public.answer(Ask("border", "entry", qr), ctx=last)
    with pytest.raises(Refusal) as refused:
        public.answer(Ask("border", "exit", qr), ctx=cast.border())
    assert (refused.value.code, refused.value.facts) == ("verification.too_many_questions", {"most": 2})
    assert Receipt.objects.count() == 2
    assert public.answer(Ask("border", "entry", qr), ctx=last) == given
    assert public.answer(Ask("land", "land_sale", qr), ctx=cast.land())
    assert public.answer(Ask("border", "entry", qr), ctx=cast.border(DAY + timedelta(days=1)))


def test_nothing_is_kept_of_a_refused_question(keys: Path, handed_over: None) -> None:
    for question, ctx in [
        (Ask("border", "", cast.qr()), cast.border()),
        (Ask("border", "land_sale", cast.qr()), cast.border()),
        (Ask("land", "land_sale", cast.qr()), cast.border()),
        (Ask("border", "entry", "HELLO"), cast.border()),
    ]:
        with pytest.raises(Refusal):
            public.answer(question, ctx=ctx)
    assert not Receipt.objects.exists()


def test_dates_of_the_day_before_and_after(keys: Path, handed_over: None) -> None:
    qr = cast.qr()
    days = {HANDED_OVER - timedelta(days=1): "refer", HANDED_OVER: "enter", EXPIRES: "enter",
            EXPIRES + timedelta(days=1): "refer"}  # fmt: skip
    for day, expected in days.items():
        assert public.answer(Ask("border", "entry", qr), ctx=cast.border(day)).outcome == expected
