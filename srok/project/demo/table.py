"""The closing table: person, outcome, reason, where the card is, voter list; and what to try next."""

from rich.table import Table

from srok.ground.accounts.terms import AppointOfficer
from srok.ground.faces import wording
from srok.project.demo.console import Console
from srok.project.demo.outcome import RowOutcome
from srok.project.demo.people import PASSWORD


def closing(console: Console, outcomes: list[RowOutcome]) -> None:
    """Print the table, a row an application."""
    table = Table(title="Srok ស្រុក", show_lines=False, header_style="bold")
    for heading in ("#", "ឈ្មោះ · Name", "Outcome", "Reason", "Card", "Where", "Voter list"):
        table.add_column(heading, overflow="fold")
    for row in outcomes:
        voter = row.voter
        table.add_row(
            str(row.row), f"{row.name.khmer}\n{row.name.latin}", row.outcome, _said(row.reasons),
            f"{row.card.number}\n{row.card_state}" if row.card else "", row.where,
            f"{voter.state}\n{_said(voter.reasons)}".strip() if voter else "",
        )  # fmt: skip
    console.terminal.print(table)


def sign_ins(console: Console, cast: list[AppointOfficer], address: str) -> None:
    """Print who can sign in, and where."""
    table = Table(title=f"{address}   ·   password for all: {PASSWORD}", header_style="bold")
    for heading in ("Sign in as", "Office", "Roles"):
        table.add_column(heading, overflow="fold")
    for officer in cast:
        table.add_row(officer.username, officer.office, ", ".join(officer.roles))
    console.terminal.print(table)


def _said(codes: tuple[str, ...]) -> str:
    return "\n".join(f"{code}: {wording.sentence(code, {}, 'en')}" for code in codes)
