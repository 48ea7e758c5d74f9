"""Decisions about cards: who may act, in which state, and what is printed. Pure: facts are handed in."""

from collections.abc import Callable, Collection, Mapping
from datetime import date
from typing import Any

from srok.ground.accounts.terms import Ministry, ministry_of
from srok.ground.kernel.context import Context
from srok.ground.kernel.dates import PartialDate
from srok.ground.kernel.mrz import td1
from srok.ground.kernel.names import PersonName
from srok.ground.kernel.refusal import Refusal
from srok.identity.cards.terms import (
    FLOW,
    HANDS,
    MINISTRIES,
    OPEN,
    CardAct,
    CardFacts,
    CardState,
    Checked,
    HandOverCard,
    OrderCard,
    Present,
    PrintPlan,
    Purpose,
    RevokeReason,
)


def next_state(state: CardState | None, act: CardAct) -> CardState:
    """Where this act leads; raises `cards.wrong_state` where the table has no such row."""
    found = FLOW.get((state, act))
    if found is None:
        raise Refusal("cards.wrong_state", state=str(state or ""), act=str(act))
    return found


def shown_state(state: CardState, expires: date, on: date) -> CardState:
    """The state a reader sees: a card past its last day is expired unless it ended before."""
    return CardState.EXPIRED if state in OPEN and on > expires else state


def draw_number(block: tuple[int, int], below: Callable[[int], int]) -> str:
    """A number of nine digits from the block's first up to, not including, its end; `below(n)` draws from 0 to n-1.

    Rule ID-NUM (law.md): exactly nine digits. The block is reserved in the law data, so that a drawn number never
    meets one of an earlier generation.
    """
    first, end = block
    if not 0 <= first < end <= 1_000_000_000:
        raise Refusal("cards.bad_number_block", first=first, end=end)
    return f"{first + below(end - first):09d}"


def check_order(command: OrderCard, ctx: Context) -> None:
    """A card is ordered by the approving officer of Interior, in the act of approval and in their own name."""
    next_state(None, CardAct.ORDER)
    if not may(CardAct.ORDER, ctx) or command.approved_by != ctx.actor:
        raise Refusal("cards.only_after_approval", office=ctx.office)


def plan(command: OrderCard, *, number: str, generation: str, issued: date, expires: date) -> PrintPlan:
    """Everything that will be printed: ICAO TD1 lines from the Latin name the person confirmed."""
    lines = [line for line in command.address_lines_km if line.strip()]
    if not 1 <= len(lines) <= 2:
        raise Refusal("cards.no_address", field="address_lines_km")
    if not command.name.family_latin.strip() and not command.name.given_latin.strip():
        raise Refusal("cards.no_latin_name", field="given_latin")
    mrz = td1(number, command.name.family_latin, command.name.given_latin, command.birth, command.sex, expires)
    return PrintPlan(
        number=number, generation=generation, name=command.name, sex=command.sex, birth=command.birth,
        birthplace_km=command.birthplace_km, address_lines_km=tuple(lines), issued=issued, expires=expires,
        mrz=mrz,
    )  # fmt: skip


def order_body(planned: PrintPlan, command: OrderCard, *, tbs_sha256: str, status_index: int) -> dict[str, object]:
    """The order that both ministries sign: the printed content, the case, and the digest of what the card signs."""
    return {
        "v": 1,
        "number": planned.number,
        "generation": planned.generation,
        "family_km": planned.name.family_km,
        "given_km": planned.name.given_km,
        "family_latin": planned.name.family_latin,
        "given_latin": planned.name.given_latin,
        "sex": planned.sex,
        "birth": planned.birth.iso(),
        "birthplace_km": planned.birthplace_km,
        "address_km": list(planned.address_lines_km),
        "issued": planned.issued.isoformat(),
        "expires": planned.expires.isoformat(),
        "mrz": list(planned.mrz),
        "portrait_sha256": planned.portrait_sha256,
        "case": command.case_ref,
        "approved_by": command.approved_by,
        "pickup_post": command.pickup_post,
        "status_index": status_index,
        "tbs_sha256": tbs_sha256,
    }


def plan_of(body: Mapping[str, Any]) -> PrintPlan:
    """The printing plan inside an order: what is shown, signed and printed is one and the same text."""
    first, second, third = body["mrz"]
    return PrintPlan(
        number=body["number"], generation=body["generation"],
        name=PersonName(body["family_km"], body["given_km"], body["family_latin"], body["given_latin"]),
        sex=body["sex"], birth=PartialDate.parse(body["birth"]), birthplace_km=body["birthplace_km"],
        address_lines_km=tuple(body["address_km"]), issued=date.fromisoformat(body["issued"]),
        expires=date.fromisoformat(body["expires"]), mrz=(first, second, third),
        portrait_sha256=body["portrait_sha256"],
    )  # fmt: skip


def check_signer(card: CardFacts, ctx: Context) -> str:
    """The ministry for which this officer may sign now.

    Raises `cards.not_a_signer`, `cards.approver_cannot_sign`, `cards.already_signed` (one officer of each ministry)
    and `cards.two_people` (house rule 6).
    """
    next_state(card.state, CardAct.SIGN_ORDER)
    if not may(CardAct.SIGN_ORDER, ctx):
        raise Refusal("cards.not_a_signer", office=ctx.office)
    ministry = str(ministry_of(ctx.office))
    if ctx.actor == card.approved_by:
        raise Refusal("cards.approver_cannot_sign")
    if ministry in card.signed_by:
        raise Refusal("cards.already_signed", ministry=ministry)
    if any(row.actor == ctx.actor for row in card.signatures):
        raise Refusal("cards.two_people")
    return ministry


def check_issue(card: CardFacts, ctx: Context) -> None:
    """Only Interior's card officer personalises, never the approver, and only with both signatures stored."""
    next_state(card.state, CardAct.ISSUE)
    _need_hands(CardAct.ISSUE, ctx)
    if ctx.actor == card.approved_by:
        raise Refusal("cards.approver_cannot_issue")
    missing = [str(ministry) for ministry in MINISTRIES if ministry not in card.signed_by]
    if missing:
        raise Refusal("cards.signature_missing", ministry=missing[0])


def check_dispatch(card: CardFacts, ctx: Context) -> None:
    """An issued card goes into the bag once, from Interior."""
    next_state(card.state, CardAct.DISPATCH)
    _need_hands(CardAct.DISPATCH, ctx)
    if card.dispatched_on is not None:
        raise Refusal("cards.already_dispatched", on=card.dispatched_on.isoformat())


def check_receive(card: CardFacts, ctx: Context, *, posts: Collection[str]) -> None:
    """A dispatched card is counted in once, where it was sent. `posts`: the places that the actor's office serves."""
    next_state(card.state, CardAct.RECEIVE)
    _need_post(CardAct.RECEIVE, card, ctx, posts)
    if card.dispatched_on is None:
        raise Refusal("cards.not_dispatched")
    if card.received_on is not None:
        raise Refusal("cards.already_received", on=card.received_on.isoformat())


def check_hand_over(
    card: CardFacts, command: HandOverCard, ctx: Context, *, posts: Collection[str], colleague: bool
) -> None:
    """Only where the holder chose to pick it up, to the holder in person, with the comparison that was made.

    `colleague` says whether `command.second_officer` is another officer of the same office.
    """
    if card.state is CardState.HANDED_OVER:
        raise Refusal("cards.already_handed_over", on=str(card.handed_over_on))
    next_state(card.state, CardAct.HAND_OVER)
    _need_post(CardAct.HAND_OVER, card, ctx, posts)
    if card.received_on is None:
        raise Refusal("cards.not_received")
    if ctx.on > card.plan.expires:
        raise Refusal("cards.expired_before_hand_over", on=card.plan.expires.isoformat())
    check_holder(command, ctx, colleague=colleague)


def check_holder(command: HandOverCard, ctx: Context, *, colleague: bool) -> None:
    """The holder in person, and how the officer made sure; the same at the counter and from a mission's bag."""
    if command.checked not in set(Checked):
        raise Refusal("cards.holder_not_checked", field="checked")
    if command.present not in set(Present):
        raise Refusal("cards.holder_not_present", field="present")
    if command.checked == Checked.TWO_OFFICERS and (not colleague or command.second_officer == ctx.actor):
        raise Refusal("cards.second_officer_missing", field="second_officer")


def check_revoke(card: CardFacts, reason: RevokeReason, ctx: Context, *, posts: Collection[str]) -> None:
    """Ends a card before its date. Interior for any reason; the card's post for a card lost there or in the bag.

    A card in its holder's hand is ended by its loss alone: nobody can call it misprinted or lost on its way any more.
    """
    next_state(card.state, CardAct.REVOKE)
    _need_hands(CardAct.REVOKE, ctx)
    if reason is RevokeReason.REPLACED:
        raise Refusal("cards.replaced_by_hand_over", field="reason")
    if card.state is CardState.HANDED_OVER and reason is not RevokeReason.LOST:
        raise Refusal("cards.already_handed_over", field="reason", on=str(card.handed_over_on))
    at_post = card.pickup_post in posts and reason in {RevokeReason.LOST, RevokeReason.LOST_IN_BAG}
    if not at_post and ministry_of(ctx.office) is not Ministry.INTERIOR:
        raise Refusal("cards.not_the_card_office", office=ctx.office)


def check_reported(reason: RevokeReason, *, reported: bool) -> None:
    """Nobody's word but the holder's makes a card a lost one: the officer states that the holder reported it."""
    if reason is RevokeReason.LOST and not reported:
        raise Refusal("cards.holder_not_reported", field="reported")


def awaited(card: CardFacts, on: date) -> str:
    """The code of what this card waits for; every page of a card says it."""
    if card.state is CardState.ORDERED:
        missing = [str(ministry) for ministry in MINISTRIES if ministry not in card.signed_by]
        if not missing:
            return "cards.next_issue"
        return "cards.next_both_sign" if len(missing) == len(MINISTRIES) else f"cards.next_sign_{missing[0]}"
    if card.state is CardState.ISSUED:
        if card.dispatched_on is None:
            return "cards.next_dispatch"
        return "cards.next_receive" if card.received_on is None else "cards.next_hand_over"
    if card.state is CardState.HANDED_OVER:
        return "cards.next_renew" if on > card.plan.expires else "cards.next_none"
    return "cards.next_ended"


def purpose(card: CardFacts, ctx: Context) -> Purpose:
    """For what this officer opens the card: to sign its order while that is open, to make it, or at the counter."""
    if card.state is CardState.ORDERED and may(CardAct.SIGN_ORDER, ctx):
        return Purpose.SIGNING
    if may(CardAct.ISSUE, ctx):
        return Purpose.PRODUCTION
    return Purpose.COUNTER if may(CardAct.HAND_OVER, ctx) else Purpose.SIGNING


def may(act: CardAct, ctx: Context) -> bool:
    """Whether the actor holds, in their ministry, a role that does this act (`terms.HANDS`)."""
    return any(ctx.has(role) and ctx.ministry == ministry for role, ministry in HANDS[act])


def _need_hands(act: CardAct, ctx: Context) -> None:
    if not may(act, ctx):
        raise Refusal("cards.not_the_card_office", office=ctx.office)


def _need_post(act: CardAct, card: CardFacts, ctx: Context, posts: Collection[str]) -> None:
    _need_hands(act, ctx)
    if card.pickup_post not in posts:
        raise Refusal("cards.wrong_post", post=card.pickup_post)
