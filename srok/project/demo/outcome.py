"""What became of each row of the folder, in the stable form of `summary.json` (docs/formats/summary.md)."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from srok.ground.kernel.names import PersonName
from srok.identity.cards import public as cards
from srok.identity.cases import public as cases
from srok.project.demo.chain import MISSION, Walk
from srok.project.demo.desk import VoterOutcome
from srok.project.demo.people import acting
from srok.project.demo.stated import noon

REFUSED = frozenset({cases.State.REFUSED, cases.State.APPEALED, cases.State.WITHDRAWN})
NOT_TRIED = "not_tried"


@dataclass(frozen=True, slots=True)
class RowOutcome:
    """One row of the folder at the end of the walk."""

    row: int
    reference: str
    outcome: str
    reasons: tuple[str, ...]
    name: PersonName
    birth: str
    card: cards.CardFacts | None
    card_state: str
    voter: VoterOutcome | None
    where: str


def rows(walk: Walk, voters: Mapping[str, VoterOutcome]) -> list[RowOutcome]:
    """Every row, lodged or not, in the order of the file."""
    assert walk.report is not None
    found = [_lodged(walk, row, voters) for row in walk.report.accepted]
    found += [_rejected(row) for row in walk.report.rejected_rows]
    return sorted(found, key=lambda row: row.row)


def _lodged(walk: Walk, row: cases.IntakeRow, voters: Mapping[str, VoterOutcome]) -> RowOutcome:
    ctx = acting(MISSION, noon(walk.dates.handed_over))
    facts = cases.case(row.reference, ctx)
    card = cards.card_of_case(row.reference)
    state = str(cards.shown_state(card.state, card.plan.expires, walk.dates.desk or ctx.on)) if card else ""
    voter = voters.get(row.reference)
    if card is not None and voter is None:
        voter = VoterOutcome("", NOT_TRIED, ())
    return RowOutcome(
        row=row.row, reference=row.reference, outcome=_outcome(facts, card), reasons=_reasons(walk, facts, card),
        name=card.plan.name if card else facts.name, birth=card.plan.birth.iso() if card else row.birth.iso(),
        card=card, card_state=state,
        voter=voter, where=_where(facts, card),
    )  # fmt: skip


def _rejected(row: cases.RejectedRow) -> RowOutcome:
    name = row.name or PersonName("", "", "", "")
    return RowOutcome(row.row, row.reference, "rejected_input", row.codes, name, row.birth, None, "", None, "consulate")


def _outcome(facts: cases.CaseFacts, card: cards.CardFacts | None) -> str:
    if facts.state in REFUSED:
        return "refused"
    return "issued" if card is not None and card.qr_text else "waiting"


def _reasons(walk: Walk, facts: cases.CaseFacts, card: cards.CardFacts | None) -> tuple[str, ...]:
    """Why it was refused, or why it waits: in codes that have a source."""
    if card is not None:
        return ()
    if facts.reasons:
        return facts.reasons
    ctx = acting(MISSION, noon(walk.dates.handed_over))
    return cases.assessment(facts.reference, ctx).waits


def _where(facts: cases.CaseFacts, card: cards.CardFacts | None) -> str:
    """Where the card is, or on whose desk the application lies."""
    if card is not None:
        return "holder" if card.handed_over_on else f"post {card.pickup_post}"
    return {cases.State.WAITING_CENTRAL: "central", cases.State.WAITING_PAPERS: "applicant"}.get(facts.state, "-")


def summary(outcomes: list[RowOutcome], paths: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
    """The stable summary. `paths`: reference -> {"pdf", "qr"}, relative to the folder of the summary."""
    counts = Counter(row.outcome for row in outcomes)
    voters = Counter(row.voter.state for row in outcomes if row.voter)
    return {
        "applications": [_application(row, paths.get(row.reference, {})) for row in outcomes],
        "counts": {
            "applications": len(outcomes),
            **{name: counts[name] for name in ("issued", "refused", "waiting", "rejected_input")},
            **{f"voter_{name}": voters[name] for name in ("entered", "refused", NOT_TRIED)},
        },
    }


def _application(row: RowOutcome, paths: Mapping[str, str]) -> dict[str, Any]:
    return {
        "reference": row.reference, "row": row.row, "outcome": row.outcome, "reasons": list(row.reasons),
        "person": {
            "family_km": row.name.family_km, "given_km": row.name.given_km,
            "family_latin": row.name.family_latin, "given_latin": row.name.given_latin, "birth_date": row.birth,
        },
        "card": row.card and {
            "number": row.card.number, "pdf": paths.get("pdf", ""), "qr": paths.get("qr", ""),
            "mrz": list(row.card.plan.mrz), "state": row.card_state,
        },
        "voter": row.voter and {
            "commune": row.voter.commune, "state": row.voter.state, "reasons": list(row.voter.reasons),
        },
    }  # fmt: skip
