"""The closing table: person, outcome, reason, where the card is, voter list; and what to try next."""

from django.conf import settings
from rich.table import Table

from srok.ground.accounts.terms import AppointOfficer
from srok.ground.faces.public import wording
from srok.project.demo.console import Console
from srok.project.demo.outcome import RowOutcome


def closing(console: Console, outcomes: list[RowOutcome]) -> None:
    """Print the table, a row an application, and below it what its codes say."""
    table = Table(title="Srok ស្រុក", header_style="bold")
    for heading in ("#", "ឈ្មោះ", "Name", "Outcome", "Reason", "Card", "Where", "Voter list"):
        table.add_column(heading, overflow="fold")
    for row in outcomes:
        voter = row.voter
        table.add_row(
            str(row.row), row.name.khmer, row.name.latin, row.outcome, "\n".join(row.reasons),
            f"{row.card.number} {row.card_state}" if row.card else "", row.where,
            " ".join([voter.state, *voter.reasons]) if voter else "",
        )  # fmt: skip
    console.terminal.print(table)
    for code, (khmer, english) in _said(outcomes).items():
        console.say(f"{code}: {english}\n   {khmer}")


def sign_ins(console: Console, cast: list[AppointOfficer], address: str) -> None:
    """Print who can sign in, and where."""
    table = Table(title=f"{address}   ·   password for all: {settings.SROK_DEMO_PASSWORD}", header_style="bold")
    for heading in ("Sign in as", "Office", "Roles"):
        table.add_column(heading, overflow="fold")
    for officer in cast:
        table.add_row(officer.username, officer.office, ", ".join(officer.roles))
    console.terminal.print(table)


def _said(outcomes: list[RowOutcome]) -> dict[str, tuple[str, str]]:
    """Every code of the table with its sentence in Khmer and English, in the order of the table."""
    found: dict[str, tuple[str, str]] = {}
    for row in outcomes:
        refusal = row.voter.refusal if row.voter else None
        if refusal is not None:
            found.setdefault(refusal.code, (wording.of(refusal, "km"), wording.of(refusal, "en")))
        for code in row.reasons:
            found.setdefault(code, (wording.sentence(code, {}, "km"), wording.sentence(code, {}, "en")))
    return found
