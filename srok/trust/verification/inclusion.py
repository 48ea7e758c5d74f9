"""A verifier may demand that a card stands in the public log before it accepts it: the holder's receipt answers."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from srok.ground.kernel.refusal import Refusal
from srok.trust.credentials.terms import SignedClaims
from srok.trust.openlog import public as openlog

# What a card's entry must say of it: on its way, or in its holder's hand.
LIVING = frozenset({"issued", "handed_over"})


@dataclass(frozen=True, slots=True)
class Inclusion:
    """What the log says of a card: how its paper stands, where, and why it does not count (codes; none: it counts)."""

    state: str
    reasons: tuple[str, ...]
    index: int | None = None


def in_log(claims: SignedClaims, folder: Path, receipt: bytes | None, on: date, policy: bytes | None) -> Inclusion:
    """Whether the receipt (or the promise, up to its latest day) proves this card in the published log.

    `policy` is the file of the keys and witnesses to believe; without it the folder's own, which is as good as where
    the folder is from. Never raises for a bad paper: its code is the reason.
    """
    if receipt is None:
        return Inclusion("missing", ("verification.not_in_log",))
    try:
        judged = openlog.judge(folder, receipt, openlog.read_policy(policy) if policy is not None else None)
    except Refusal as refusal:
        return Inclusion("refused", (refusal.code,))
    row, label = judged.opened.row, judged.opened.label
    same = (row.get("number"), row.get("generation")) == (claims.number, claims.generation)
    if label != "card" or not same or row.get("state") not in LIVING:
        return Inclusion("other", ("verification.receipt_of_other_card",), judged.index)
    late = judged.promise is not None and judged.index is None and on > judged.promise.latest
    if not judged.valid or late:
        return Inclusion("broken", ("verification.promise_broken",), judged.index)
    return Inclusion(judged.state, (), judged.index)
