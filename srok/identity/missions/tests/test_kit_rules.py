"""Who may make a kit, for how long, with whom, under which seals."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from srok.ground.accounts.terms import OfficerFacts
from srok.ground.kernel.context import Context
from srok.ground.kernel.ids import new_id
from srok.ground.kernel.refusal import Refusal
from srok.identity.missions import kit_rules
from srok.identity.missions.kit_rules import LONGEST_MISSION, Period

AT = datetime(2025, 5, 10, 14, tzinfo=UTC)
TODAY = AT.date()
DARA = OfficerFacts("dara", "ដារ៉ា", "Dara", ("consular_officer", "card_officer"))
SREYMOM = OfficerFacts("sreymom", "ស្រីមុំ", "Sreymom", ("consular_officer", "card_officer", "mission_head"))
RITH = OfficerFacts("rith", "រិទ្ធ", "Rith", ("card_officer",))


def acting(actor: str, office: str, *roles: str) -> Context:
    return Context(actor, office, frozenset(roles), AT, TODAY, new_id(AT))


def test_the_head_of_the_posts_missions_and_the_program_may() -> None:
    kit_rules.check_head(acting("sreymom", "mfa.was", "mission_head"), "mfa.was")
    kit_rules.check_head(acting("service:missions", "mfa.consular"), "mfa.was")
    for ctx in (
        acting("dara", "mfa.was", "consular_officer"),
        acting("sreymom", "mfa.ott", "mission_head"),
        acting("public", ""),
    ):
        with pytest.raises(Refusal, match=r"missions\.not_mission_head"):
            kit_rules.check_head(ctx, "mfa.was")


@given(st.integers(-40, 40), st.integers(-40, 80))
def test_a_mission_is_neither_over_nor_backwards_nor_longer_than_a_month(start: int, length: int) -> None:
    period = Period(TODAY + timedelta(days=start), TODAY + timedelta(days=start + length))
    allowed = length >= 0 and start + length >= 0 and length < LONGEST_MISSION
    try:
        kit_rules.check_period(period, TODAY)
    except Refusal as refusal:
        assert not allowed, refusal
        assert refusal.field == "until"
    else:
        assert allowed
        assert 1 <= period.days <= LONGEST_MISSION


def test_one_officer_is_not_enough_since_another_must_approve() -> None:
    assert kit_rules.chosen([DARA, SREYMOM, RITH], []) == [DARA, SREYMOM]
    assert kit_rules.chosen([DARA, SREYMOM], ["sreymom", "dara", "sreymom"]) == [SREYMOM, DARA]
    for wanted, code in (
        (["dara"], "missions.kit_needs_two"),
        (["dara", "dara"], "missions.kit_needs_two"),
        (["dara", "rith"], "missions.kit_unknown_officer"),
        (["dara", "nobody"], "missions.kit_unknown_officer"),
    ):
        with pytest.raises(Refusal, match=code):
            kit_rules.chosen([DARA, SREYMOM, RITH], wanted)


def test_an_officer_takes_no_other_role_into_the_kit() -> None:
    both = OfficerFacts("x", "x", "X", ("consular_officer", "examiner", "card_officer", "order_signer"))
    assert kit_rules.roles_in_kit(both) == ("consular_officer", "card_officer")
    assert kit_rules.roles_in_kit(SREYMOM) == ("consular_officer", "card_officer", "mission_head")


def test_seals_are_numbers_each_given_once() -> None:
    assert kit_rules.seal_numbers([" b-2 ", "A1"]) == ("A1", "B-2")
    with pytest.raises(Refusal, match=r"missions\.kit_no_seals"):
        kit_rules.seal_numbers([" "])
    for bad in (["A1", "a1"], ["A 1"], ["-"], ["x" * 31], ["ក"]):
        with pytest.raises(Refusal, match=r"missions\.kit_seal_form"):
            kit_rules.seal_numbers(bad)


def test_nobody_says_that_a_kit_could_not_be_made() -> None:
    assert kit_rules.reason("stolen") is kit_rules.Reason.STOLEN
    for text in ("not_built", "because", ""):
        with pytest.raises(Refusal, match=r"missions\.kit_unknown_reason"):
            kit_rules.reason(text)


def test_dates_read_as_text_are_whole_days() -> None:
    assert Period(date(2025, 5, 17), date(2025, 5, 17)).days == 1
