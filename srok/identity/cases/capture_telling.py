"""What the command line says of captures: JSON (docs/formats/cli.md) or one line each. No name."""

from typing import Any

from srok.identity.cases.capture_terms import CaptureFacts


def plain(one: CaptureFacts) -> dict[str, Any]:
    """The stable form of a capture."""
    return {
        "id": str(one.id), "reference": one.reference, "state": one.state.value, "version": one.version,
        "office": one.office, "captured_by": one.captured_by, "approved_by": one.approved_by,
        "started_at": one.started_at.isoformat(), "where": one.where, "reasons": list(one.reasons),
        "kit": one.kit, "event": one.event,
    }  # fmt: skip


def say(rows: list[dict[str, Any]]) -> None:
    """One line a capture: reference, state, officers."""
    for row in rows:
        parts = [row["reference"] or row["id"], row["state"], row["captured_by"], row["approved_by"], *row["reasons"]]
        print(" ".join(part for part in parts if part))
