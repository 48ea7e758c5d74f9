"""Commune desks: who turns up where, on which day and how, as `commune.csv` of the examples says."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from srok.ground.kernel.refusal import Refusal
from srok.identity.cards import public as cards
from srok.project.demo.chain import Walk
from srok.project.demo.people import acting
from srok.project.demo.stated import morning
from srok.vote.roll import public as roll


@dataclass(frozen=True, slots=True)
class Visit:
    """One person's try to get on a voter list."""

    reference: str
    commune: str
    channel: str
    on: date


@dataclass(frozen=True, slots=True)
class VoterOutcome:
    """What came of it: `entered` with a receipt, or `refused` with its reason."""

    commune: str
    state: str
    reasons: tuple[str, ...]
    receipt: roll.RollReceipt | None = None
    refusal: Refusal | None = None


def visits(folder: Path) -> list[Visit]:
    """The visits that the examples tell of, in their order."""
    with (folder / "commune.csv").open(encoding="utf-8-sig", newline="") as text:
        return [
            Visit(row["reference"], row["commune"], row["channel"], date.fromisoformat(row["on"]))
            for row in csv.DictReader(text)
        ]


def register(walk: Walk, planned: list[Visit], clerks: Mapping[str, str]) -> dict[str, VoterOutcome]:
    """Let everybody who holds a card try, on their day or on the day of `--on`; outcome by reference."""
    found: dict[str, VoterOutcome] = {}
    with_card = {visit.reference: cards.card_of_case(visit.reference) for visit in planned}
    for visit in walk.console.track("desk", [v for v in planned if with_card[v.reference] is not None]):
        card = with_card[visit.reference]
        assert card is not None
        ctx = acting(clerks[visit.commune], morning(walk.dates.desk or visit.on))
        command = roll.RegisterVoter(card.qr_text, visit.commune, visit.channel, present=visit.channel == "in_person")
        try:
            receipt = roll.register_voter(command, ctx=ctx)
            found[visit.reference] = VoterOutcome(visit.commune, str(receipt.state), (), receipt)
        except Refusal as refusal:
            found[visit.reference] = VoterOutcome(visit.commune, "refused", (refusal.code,), refusal=refusal)
    return found
