"""What the pages of the card desk show: queues, progress, the proof sheet, the life line. No writes."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from srok.ground.accounts import public as accounts
from srok.ground.accounts.terms import Ministry
from srok.ground.faces.dates_in_words import date_in_words, partial_in_words
from srok.ground.faces.public import wording
from srok.ground.gazetteer import public as gazetteer
from srok.ground.kernel.context import Context
from srok.ground.kernel.refusal import Refusal
from srok.identity.cards import reads, rules
from srok.identity.cards.terms import CardAct, CardFacts, CardState, LifeEvent, RevokeReason


@dataclass(frozen=True, slots=True)
class Queue:
    """One heap of cards on the desk."""

    title: Promise
    empty: Promise
    cards: list[CardFacts]

    @property
    def full(self) -> bool:
        """Whether more cards wait than the page shows."""
        return len(self.cards) == reads.LISTED


def queues(ctx: Context) -> list[Queue]:
    """The heaps of this officer, in the order of a card's way; only those whose act is theirs."""
    found = []
    if rules.may(CardAct.SIGN_ORDER, ctx):
        found.append(
            Queue(
                _("To sign"),
                _("No order waits for your ministry's signature. An order comes here when a case is approved."),
                reads.cards_awaiting_signature(ctx),
            )
        )
    if rules.may(CardAct.ISSUE, ctx):
        found += [
            Queue(
                _("To issue"),
                _("No card can be issued now. A card comes here when both ministries have signed its order."),
                reads.cards_awaiting_personalisation(ctx),
            ),
            Queue(
                _("To send"),
                _("No card waits for the bag. A card comes here when it has been issued."),
                reads.cards_awaiting_dispatch(ctx),
            ),
        ]
    if rules.may(CardAct.RECEIVE, ctx):
        found += [
            Queue(
                _("To count in"),
                _("No card is on its way to this post."),
                reads.cards_awaiting_receipt(ctx),
            ),
            Queue(
                _("To hand over"),
                _("No card waits here for its holder. A card comes here when it has been counted in."),
                reads.cards_awaiting_pickup(ctx),
            ),
        ]
    return found


def colleagues(ctx: Context) -> list[tuple[str, str]]:
    """The other officers of this office, by user name and name: who may be the second at a hand-over."""
    others = [officer for officer in accounts.officers_of(ctx.office) if officer.username != ctx.actor]
    return [(one.username, one.name_km if _language() == "km" else one.name_latin) for one in others]


def my_act(card: CardFacts, ctx: Context) -> str:
    """The act that this officer can do on this card now, or empty. The same rules as the acts decide."""
    posts = reads.posts_of(ctx)
    if card.state is CardState.ISSUED and card.received_on is not None:
        return "hand_over" if rules.may(CardAct.HAND_OVER, ctx) and card.pickup_post in posts else ""
    tries: dict[str, Callable[[], object]] = {
        "sign_order": lambda: rules.check_signer(card, ctx),
        "issue": lambda: rules.check_issue(card, ctx),
        "dispatch": lambda: rules.check_dispatch(card, ctx),
        "receive": lambda: rules.check_receive(card, ctx, posts=posts),
    }
    for act, check in tries.items():
        try:
            check()
        except Refusal:
            continue
        return act
    return ""


def may_end(card: CardFacts, ctx: Context) -> bool:
    """Whether this officer could end the card for a loss."""
    try:
        rules.check_revoke(card, RevokeReason.LOST, ctx, posts=reads.posts_of(ctx))
    except Refusal:
        return False
    return True


def proof_rows(card: CardFacts) -> list[dict[str, object]]:
    """Every field that will be printed, read out of the stored order that the ministries sign."""
    plan = card.plan
    return [
        {"label": _t("Card number"), "value": plan.number, "lang": ""},
        {"label": _t("Name in Khmer"), "value": plan.name.khmer, "lang": "km"},
        {"label": _t("Name in Latin letters"), "value": plan.name.latin, "lang": "km-Latn"},
        {"label": _t("Date of birth"), "value": partial_in_words(plan.birth.iso(), _language())},
        {"label": _t("Sex"), "value": wording.sentence(f"cards.sex_{plan.sex.lower()}")},
        {"label": _t("Place of birth"), "value": plan.birthplace_km, "lang": "km"},
        {"label": _t("Address on the card"), "value": " ".join(plan.address_lines_km), "lang": "km"},
        {"label": _t("Valid from"), "value": date_in_words(plan.issued, _language())},
        {"label": _t("Last day of validity"), "value": date_in_words(plan.expires, _language())},
        {"label": _t("Place of pick-up"), "value": _post(card.pickup_post)},
    ]


def steps(card: CardFacts) -> list[dict[str, object]]:
    """The way of the card, with who did what and when."""
    lines = reads.life_line(card.id)
    done = {(line.act, line.detail if line.act is CardAct.SIGN_ORDER else ""): line for line in lines}
    way = [
        (CardAct.ORDER, "", _t("Ordered after approval")),
        (CardAct.SIGN_ORDER, Ministry.FOREIGN_AFFAIRS, _t("Signed by Foreign Affairs")),
        (CardAct.SIGN_ORDER, Ministry.INTERIOR, _t("Signed by Interior")),
        (CardAct.ISSUE, "", _t("Issued")),
        (CardAct.DISPATCH, "", _t("Sent to the post")),
        (CardAct.RECEIVE, "", _t("Counted in at the post")),
        (CardAct.HAND_OVER, "", _t("Handed over")),
    ]
    ended = card.state is CardState.REVOKED
    listed = [_step(label, done.get((act, str(which)))) for act, which, label in way]
    first_open = next((step for step in listed if step["state"] == "todo"), None)
    if first_open is not None:
        first_open["state"] = "stopped" if ended else "current"
    return listed


def life(card: CardFacts) -> list[dict[str, object]]:
    """The life line in words."""
    return [
        {
            "what": wording.sentence(f"cards.act_{line.act}"), "detail": _detail(line),
            "who": _officer(line.actor), "at": line.at, "on": line.on,
        }
        for line in reads.life_line(card.id)
    ]  # fmt: skip


def _step(label: str, line: LifeEvent | None) -> dict[str, object]:
    if line is None:
        return {"label": label, "state": "todo"}
    return {"label": label, "state": "done", "who": _officer(line.actor), "on": line.on}


def _detail(line: LifeEvent) -> str:
    """What a line of life adds in words: the ministry, the way of checking, the reason; a post's name."""
    codes = {
        CardAct.SIGN_ORDER: f"cards.ministry_{line.detail}",
        CardAct.HAND_OVER: f"cards.checked_{line.detail}",
        CardAct.REVOKE: line.detail,
    }
    if line.act in codes:
        return wording.sentence(codes[line.act])
    return _post(line.detail) if line.act in {CardAct.DISPATCH, CardAct.RECEIVE} else ""


def _officer(username: str) -> str:
    return accounts.officer_name(username, _language())


def _post(code: str) -> str:
    try:
        return gazetteer.describe(code, _language())
    except Refusal:
        return code


def _language() -> str:
    return (get_language() or "km")[:2]
