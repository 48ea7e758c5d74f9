"""The rules of registration: every channel, desk, day and birthday around the limits."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from srok.ground.kernel.context import Context
from srok.ground.kernel.dates import PartialDate
from srok.ground.kernel.refusal import Refusal
from srok.ground.law import public as law
from srok.vote.roll import reads, rules
from srok.vote.roll.terms import FLOW, Applicant, Channel, RegisterVoter, RowAct, RowState, WindowState

COMMUNE = "120105"
COMMAND = RegisterVoter("QR", COMMUNE, "in_person", present=True)
MALIS = Context(
    "malis", f"commune.{COMMUNE}", frozenset({"commune_clerk"}), datetime(2025, 5, 12, 2, tzinfo=UTC),
    date(2025, 5, 12), UUID(int=1),
)  # fmt: skip
FIT = Applicant(citizen=True, alive=True, of_age=True, born_by=date(2007, 8, 1), listed_in="", listed_on=None)


def code_of(check, *args) -> str:
    with pytest.raises(Refusal) as caught:
        check(*args)
    return caught.value.code


def facts_of(check, *args) -> dict[str, str | int]:
    with pytest.raises(Refusal) as caught:
        check(*args)
    return dict(caught.value.facts)


@given(st.sampled_from([*Channel, "fax", ""]), st.booleans())
def test_only_in_person(channel: str, present: bool) -> None:
    command = replace(COMMAND, channel=channel, present=present)
    if channel == "in_person" and present:
        rules.check_channel(command, ("in_person",))
    else:
        assert code_of(rules.check_channel, command, ("in_person",)) == "roll.not_in_person"


def test_only_a_clerk_of_this_commune() -> None:
    rules.check_desk(COMMAND, MALIS)
    for other in [
        replace(MALIS, office="commune.120106"),
        replace(MALIS, roles=frozenset({"roll_officer"})),
        replace(MALIS, office="mfa.was", roles=frozenset({"consular_officer", "commune_clerk"})),
    ]:
        assert code_of(rules.check_desk, COMMAND, other) == "roll.other_commune_desk"


@pytest.mark.parametrize(
    ("on", "code"),
    [
        ("2025-04-30", "roll.window_closed"), ("2025-05-01", ""), ("2025-05-26", ""),
        ("2025-05-27", "roll.window_closed"), ("2016-09-01", ""), ("2016-11-30", ""),
        ("2016-12-01", "roll.window_closed"), ("2022-10-19", "roll.window_closed"), ("2022-10-20", ""),
        ("2022-12-08", ""), ("2022-12-09", "roll.window_closed"), ("2024-09-16", ""),
        ("2024-09-17", "roll.window_closed"), ("2026-11-23", "roll.window_not_announced"),
        ("2018-10-01", "roll.window_not_announced"), ("2021-10-20", "roll.window_not_announced"),
        ("2016-01-01", "roll.window_not_announced"),
    ],
)  # fmt: skip
def test_windows_of_the_known_years(on: str, code: str) -> None:
    window = reads.window(date.fromisoformat(on))
    if code:
        assert code_of(rules.check_window, window) == code
    else:
        rules.check_window(window)


def test_a_closed_window_says_when_it_is_possible() -> None:
    before = facts_of(rules.check_window, reads.window(date(2025, 4, 30)))
    assert before == {"from_": "2025-05-01", "until": "2025-05-26", "next": "2025-05-01"}
    after = facts_of(rules.check_window, reads.window(date(2025, 5, 27)))
    assert after["next"] == rules.NOT_ANNOUNCED


@given(st.dates(date(2016, 9, 1), date(2035, 12, 31)))
def test_no_day_without_a_source_is_ever_open(on: date) -> None:
    window = reads.window(on)
    known = {found.year for found in law.roll_windows(law.as_of(on))}
    if window.state is WindowState.OPEN:
        assert on.year in known and window.from_ <= on <= window.last
    if on.year not in known:
        assert window.state is WindowState.NOT_ANNOUNCED


@given(st.sampled_from([2016, 2017, 2022, 2024, 2025]), st.integers(-800, 800))
def test_every_birthday_around_the_limit(year: int, days: int) -> None:
    on = next(w.from_ for w in law.roll_windows(law.as_of(date(year, 12, 1))) if w.year == year)
    window = reads.window(on)
    in_force = law.as_of(on)
    limit = law.last_voting_birthday(window.reference, in_force)
    birth = limit + timedelta(days=days)
    # 18 years counted as complete on the eve of the birthday (NEC 2022 and 2024).
    eve = window.reference + timedelta(days=1)
    by_hand = (eve.year - birth.year - ((eve.month, eve.day) < (birth.month, birth.day))) >= 18
    answer = law.voter_of_age(PartialDate.of(birth), window.reference, in_force)
    assert (answer is law.Answer.YES) == (days <= 0) == by_hand


@pytest.mark.parametrize(
    ("reference", "birth", "answer"),
    [
        ("2023-07-23", "2005-07-24", True), ("2023-07-23", "2005-07-25", False),
        ("2024-11-30", "2006-12-01", True), ("2024-11-30", "2006-12-02", False),
    ],
)  # fmt: skip
def test_the_two_known_cut_offs(reference: str, birth: str, answer: bool) -> None:
    day = date.fromisoformat(reference)
    said = law.voter_of_age(PartialDate.parse(birth), day, law.as_of(day))
    assert (said is law.Answer.YES) == answer


def test_the_person() -> None:
    rules.check_applicant(FIT)
    assert code_of(rules.check_applicant, replace(FIT, of_age=False)) == "roll.under_age"
    assert code_of(rules.check_applicant, replace(FIT, alive=False)) == "roll.card_not_valid"
    assert code_of(rules.check_applicant, replace(FIT, citizen=False)) == "roll.not_citizen"
    listed = replace(FIT, listed_in="120106", listed_on=date(2024, 9, 2))
    assert code_of(rules.check_applicant, listed) == "roll.already_listed"


def test_the_table() -> None:
    assert rules.next_state(None, RowAct.ENTER) is RowState.ENTERED
    assert code_of(rules.next_state, RowState.ENTERED, RowAct.ENTER) == "roll.wrong_state"
    assert set(FLOW.values()) == {RowState.ENTERED}
