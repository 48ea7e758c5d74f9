"""The rules of the cards: every path, every pair of hands."""

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from srok.ground.kernel.context import Context
from srok.ground.kernel.dates import PartialDate
from srok.ground.kernel.names import PersonName
from srok.ground.kernel.refusal import Refusal
from srok.identity.cards import rules
from srok.identity.cards.terms import (
    FLOW,
    HANDS,
    CardAct,
    CardFacts,
    CardState,
    HandOverCard,
    OrderCard,
    PrintPlan,
    RevokeReason,
    SignatureFacts,
)

ID = UUID(int=1)
DAY = date(2025, 3, 1)
NAME = PersonName("សុខ", "សុភា", "SOK", "SOPHEA")
COMMAND = OrderCard(
    case_ref="AAAA-BBBB-CCCC", subject=ID, name=NAME, sex="F", birth=PartialDate(1972, 1, 1), birthplace="",
    address="", address_lines_km=("ភ្នំពេញ",), portrait_key=ID, approved_by="kunthea", pickup_post="WAS",
)  # fmt: skip
PLAN = rules.plan(COMMAND, number="900000017", generation="new_model", issued=DAY, expires=date(2035, 2, 28))
CARD = CardFacts(
    id=ID, plan=PLAN, case_ref="AAAA-BBBB-CCCC", subject=ID, state=CardState.ORDERED, version=1, portrait_key=ID,
    approved_by="kunthea", pickup_post="WAS", order_sha256="00", status_index=1, qr_text="", dispatched_on=None,
    received_on=None, handed_over_on=None, signatures=(),
)  # fmt: skip
# name -> office, roles, post: more roles than anyone really holds, so that only the rules keep hands apart.
OFFICERS = {
    "chanthou": ("mfa.consular", {"order_signer"}, ""),
    "second_mfa": ("mfa.consular", {"order_signer", "card_officer"}, ""),
    "dara": ("mfa.was", {"card_officer", "order_signer"}, "WAS"),
    "seoul": ("mfa.sel", {"card_officer"}, "SEL"),
    "vuthy": ("moi.gdi", {"order_signer", "card_officer"}, ""),
    "kunthea": ("moi.gdi", {"approver", "order_signer", "card_officer"}, ""),
    "rith": ("commune.120105", {"commune_clerk"}, ""),
}


def ctx(name: str, on: date = DAY) -> Context:
    office, roles, _ = OFFICERS[name]
    return Context(name, office, frozenset(roles), datetime(2025, 3, 1, 5, tzinfo=UTC), on, ID)


def signed(card: CardFacts, *names: str) -> CardFacts:
    rows = tuple(SignatureFacts(ctx(name).ministry, name, "k", DAY) for name in names)
    return replace(card, signatures=card.signatures + rows)


def code_of(check, *args, **kwargs) -> str:
    with pytest.raises(Refusal) as caught:
        check(*args, **kwargs)
    return caught.value.code


def apply(card: CardFacts, act: CardAct, name: str) -> CardFacts:
    """One accepted act on the pure facts; raises the rule's refusal otherwise."""
    who, post = ctx(name), OFFICERS[name][2]
    state = rules.next_state(card.state, act)
    if act is CardAct.SIGN_ORDER:
        rules.check_signer(card, who)
        return signed(card, name)
    if act is CardAct.ISSUE:
        rules.check_issue(card, who)
        return replace(card, state=state, qr_text=f"issued by {name}")
    if act is CardAct.DISPATCH:
        rules.check_dispatch(card, who)
        return replace(card, dispatched_on=DAY)
    if act is CardAct.RECEIVE:
        rules.check_receive(card, who, posts={post})
        return replace(card, received_on=DAY)
    if act is CardAct.HAND_OVER:
        rules.check_hand_over(card, HandOverCard(ID, "portrait", "holder"), who, posts={post}, colleague=False)
        return replace(card, state=state, handed_over_on=DAY)
    rules.check_revoke(card, RevokeReason.LOST, who, posts={post})
    return replace(card, state=state)


KHMER = st.characters(min_codepoint=0x1780, max_codepoint=0x17B3)
STEPS = st.lists(
    st.tuples(st.sampled_from(sorted(set(CardAct) - {CardAct.ORDER})), st.sampled_from(sorted(OFFICERS))), max_size=40
)


@given(STEPS)
def test_no_walk_lets_one_officer_or_one_ministry_issue(steps) -> None:
    card = CARD
    for act, name in steps:
        try:
            card = apply(card, act, name)
        except Refusal:
            continue
        if card.qr_text:
            assert {row.ministry for row in card.signatures} == {"mfa", "moi"}
            assert len({row.actor for row in card.signatures}) == 2
            assert "kunthea" not in {row.actor for row in card.signatures}
            assert card.qr_text != "issued by kunthea"
        if card.state is CardState.HANDED_OVER:
            assert card.dispatched_on and card.received_on and card.qr_text


def test_the_honest_way_reaches_the_holder() -> None:
    card = CARD
    for act, name in [
        (CardAct.SIGN_ORDER, "vuthy"), (CardAct.SIGN_ORDER, "chanthou"), (CardAct.ISSUE, "vuthy"),
        (CardAct.DISPATCH, "vuthy"), (CardAct.RECEIVE, "dara"), (CardAct.HAND_OVER, "dara"),
    ]:  # fmt: skip
        card = apply(card, act, name)
    assert card.state is CardState.HANDED_OVER


def test_every_state_and_act_of_the_table_is_decided() -> None:
    for state in [None, *CardState]:
        for act in CardAct:
            if (state, act) in FLOW:
                assert rules.next_state(state, act) is FLOW[(state, act)]
            else:
                assert code_of(rules.next_state, state, act) == "cards.wrong_state"
    assert set(HANDS) == set(CardAct)


def test_who_may_sign() -> None:
    assert rules.check_signer(CARD, ctx("chanthou")) == "mfa"
    assert rules.check_signer(CARD, ctx("vuthy")) == "moi"
    assert code_of(rules.check_signer, CARD, ctx("kunthea")) == "cards.approver_cannot_sign"
    assert code_of(rules.check_signer, CARD, ctx("rith")) == "cards.not_a_signer"
    assert code_of(rules.check_signer, signed(CARD, "chanthou"), ctx("second_mfa")) == "cards.already_signed"


def test_one_person_with_two_offices_signs_once() -> None:
    moved = replace(ctx("chanthou"), office="moi.gdi")
    assert code_of(rules.check_signer, signed(CARD, "chanthou"), moved) == "cards.two_people"


def test_issue_needs_both_ministries() -> None:
    assert code_of(rules.check_issue, CARD, ctx("vuthy")) == "cards.signature_missing"
    assert code_of(rules.check_issue, signed(CARD, "chanthou", "dara"), ctx("vuthy")) == "cards.signature_missing"
    both = signed(CARD, "chanthou", "vuthy")
    rules.check_issue(both, ctx("vuthy"))
    assert code_of(rules.check_issue, both, ctx("kunthea")) == "cards.approver_cannot_issue"
    assert code_of(rules.check_issue, both, ctx("dara")) == "cards.not_the_card_office"


ISSUED = replace(signed(CARD, "chanthou", "vuthy"), state=CardState.ISSUED, qr_text="Q")
AT_POST = replace(ISSUED, dispatched_on=DAY, received_on=DAY)


def hand_over(card: CardFacts, who: Context, post: str, checked="portrait", colleague=False, **more: str):
    command = HandOverCard(ID, checked, more.get("present", "holder"), more.get("second", ""))
    return rules.check_hand_over(card, command, who, posts={post}, colleague=colleague)


def test_hand_over_only_at_the_post_of_pick_up() -> None:
    hand_over(AT_POST, ctx("dara"), "WAS")
    assert code_of(hand_over, AT_POST, ctx("seoul"), "SEL") == "cards.wrong_post"
    assert code_of(hand_over, AT_POST, ctx("vuthy"), "") == "cards.not_the_card_office"
    assert code_of(hand_over, replace(AT_POST, received_on=None), ctx("dara"), "WAS") == "cards.not_received"
    twice = replace(AT_POST, state=CardState.HANDED_OVER, handed_over_on=DAY)
    assert code_of(hand_over, twice, ctx("dara"), "WAS") == "cards.already_handed_over"
    late = ctx("dara", on=date(2035, 3, 1))
    assert code_of(hand_over, AT_POST, late, "WAS") == "cards.expired_before_hand_over"


def test_hand_over_only_to_the_holder_compared() -> None:
    assert code_of(hand_over, AT_POST, ctx("dara"), "WAS", checked="") == "cards.holder_not_checked"
    assert code_of(hand_over, AT_POST, ctx("dara"), "WAS", present="cousin") == "cards.holder_not_present"
    two = {"checked": "two_officers"}
    assert code_of(hand_over, AT_POST, ctx("dara"), "WAS", **two) == "cards.second_officer_missing"
    assert code_of(hand_over, AT_POST, ctx("dara"), "WAS", **two, second="dara", colleague=True) == (
        "cards.second_officer_missing"
    )
    hand_over(AT_POST, ctx("dara"), "WAS", **two, second="bopha", colleague=True)


def test_ending_a_card() -> None:
    rules.check_revoke(ISSUED, RevokeReason.LOST, ctx("dara"), posts={"WAS", "WAS-SEA"})
    rules.check_revoke(ISSUED, RevokeReason.MISPRINTED, ctx("vuthy"), posts=set())
    for name, reason in [("dara", RevokeReason.MISPRINTED), ("seoul", RevokeReason.LOST), ("rith", RevokeReason.LOST)]:
        post = OFFICERS[name][2]
        assert code_of(rules.check_revoke, ISSUED, reason, ctx(name), posts={post}) == "cards.not_the_card_office"
    assert code_of(rules.check_revoke, ISSUED, RevokeReason.REPLACED, ctx("vuthy"), posts=set()) == (
        "cards.replaced_by_hand_over"
    )


def test_only_the_approver_orders() -> None:
    rules.check_order(COMMAND, ctx("kunthea"))
    assert code_of(rules.check_order, replace(COMMAND, approved_by="sokha"), ctx("kunthea")) == (
        "cards.only_after_approval"
    )
    assert code_of(rules.check_order, COMMAND, ctx("vuthy")) == "cards.only_after_approval"


@given(st.integers(0, 10**9 - 1), st.integers(1, 10**9), st.integers(0, 10**9))
def test_numbers_stay_in_the_block(first: int, size: int, at: int) -> None:
    end = min(first + size, 10**9)
    number = rules.draw_number((first, end), lambda n: at % n)
    assert len(number) == 9 and first <= int(number) < end


def test_a_wrong_block_is_refused() -> None:
    for block in [(5, 5), (0, 10**9 + 1), (-1, 5)]:
        assert code_of(rules.draw_number, block, lambda n: 0) == "cards.bad_number_block"


def test_plan_prints_the_standard_lines() -> None:
    expires = date(2034, 5, 31)
    planned = rules.plan(COMMAND, number="900000017", generation="new_model", issued=DAY, expires=expires)
    assert planned.mrz == (
        "IDKHM9000000173<<<<<<<<<<<<<<<", "7201013F3405318KHM<<<<<<<<<<<4", "SOK<<SOPHEA<<<<<<<<<<<<<<<<<<<",
    )  # fmt: skip
    for lines in [(), ("",), ("ក", "ខ", "គ")]:
        bad = replace(COMMAND, address_lines_km=lines)
        assert code_of(
            rules.plan, bad, number="900000017", generation="g", issued=DAY, expires=expires
        ) == "cards.no_address"  # fmt: skip


@given(
    st.builds(PartialDate, st.integers(1900, 2010), st.integers(1, 12)),
    st.sampled_from(["F", "M", "X"]),
    st.lists(st.text(KHMER, min_size=1, max_size=40), min_size=1, max_size=2),
)
def test_the_order_holds_the_whole_plan(birth: PartialDate, sex: str, lines: list[str]) -> None:
    command = replace(COMMAND, birth=birth, sex=sex, address_lines_km=tuple(lines))
    planned: PrintPlan = rules.plan(
        command, number="900000017", generation="new_model", issued=DAY, expires=date(2035, 2, 28)
    )
    body = rules.order_body(planned, command, tbs_sha256="00", status_index=7)
    assert rules.plan_of(body) == planned


def test_a_card_past_its_last_day_shows_as_expired() -> None:
    last = date(2035, 2, 28)
    assert rules.shown_state(CardState.HANDED_OVER, last, last) is CardState.HANDED_OVER
    assert rules.shown_state(CardState.HANDED_OVER, last, date(2035, 3, 1)) is CardState.EXPIRED
    assert rules.shown_state(CardState.REVOKED, last, date(2035, 3, 1)) is CardState.REVOKED


def test_every_card_says_what_it_waits_for() -> None:
    waits = [
        (CARD, "cards.next_both_sign"), (signed(CARD, "vuthy"), "cards.next_sign_mfa"),
        (signed(CARD, "chanthou"), "cards.next_sign_moi"), (signed(CARD, "chanthou", "vuthy"), "cards.next_issue"),
        (ISSUED, "cards.next_dispatch"), (replace(ISSUED, dispatched_on=DAY), "cards.next_receive"),
        (AT_POST, "cards.next_hand_over"), (replace(AT_POST, state=CardState.HANDED_OVER), "cards.next_none"),
        (replace(AT_POST, state=CardState.REVOKED), "cards.next_ended"),
    ]  # fmt: skip
    for card, code in waits:
        assert rules.awaited(card, DAY) == code
    assert rules.awaited(replace(AT_POST, state=CardState.HANDED_OVER), date(2036, 1, 1)) == "cards.next_renew"
