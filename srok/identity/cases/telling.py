"""What the command line says: the report of an intake and a case, as JSON (docs/formats/cli.md) or as text."""

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from srok.ground.faces import wording
from srok.ground.kernel.names import PersonName
from srok.ground.kernel.refusal import Refusal
from srok.identity.cases.assess import Assessment
from srok.identity.cases.facts import CandidateFacts, CaseFacts, WholeCase
from srok.identity.cases.intake import IntakeReport, IntakeRow

Tick = Callable[[int, int], None]


@contextmanager
def bar(*, show: bool) -> Iterator[Tick | None]:
    """A progress bar on standard error, where somebody looks at it."""
    if not show:
        yield None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True)) as progress:
        task = progress.add_task("ទទួលពាក្យ · intake", total=None)
        yield lambda done, total: progress.update(task, completed=done, total=total)


def plain(report: IntakeReport) -> dict[str, Any]:
    """The stable form of an intake's report."""
    return {
        "accepted": [_row(row) for row in report.accepted],
        "already": [_row(row) for row in report.already],
        "rejected": [
            {"row": row.row, "reference": row.reference, **_fault(error)}
            for row in report.rejected_rows
            for error in row.errors
        ],
        "notes": [
            {"row": number, "field": note.field, "code": note.code, **_said(note.code, {})}
            for number, note in report.notes
        ],
        "unused_files": report.unused_files,
        "stopped": report.stopped,
        "counts": {
            "rows": report.rows, "accepted": len(report.accepted), "already": len(report.already),
            "rejected": len(report.rejected_rows), "notes": len(report.notes),
        },
    }  # fmt: skip


def _row(row: IntakeRow) -> dict[str, Any]:
    return {"row": row.row, "reference": row.reference}


def _fault(error: Refusal) -> dict[str, Any]:
    return {"field": error.field, "code": error.code, "reason": error.code, **_said(error.code, error.facts)}


def _said(code: str, facts: Mapping[str, object]) -> dict[str, str]:
    return {"message_km": wording.sentence(code, facts, "km"), "message_en": wording.sentence(code, facts, "en")}


def say(report: IntakeReport) -> None:
    """The report for a reader: what was rejected and why first, then the counts."""
    out = Console(highlight=False, soft_wrap=True)
    for row in report.rejected_rows:
        out.print(f"[bold]row {row.row}[/bold] {row.reference} {_name(row.name)}")
        for error in row.errors:
            said = _said(error.code, error.facts)
            out.print(f"  {error.field or '-'}: {said['message_en']}\n    {said['message_km']}\n    ({error.code})",
                      markup=False)  # fmt: skip
    for number, note in report.notes:
        out.print(f"row {number} {note.field}: {wording.sentence(note.code, {}, 'en')}", markup=False)
    for name in report.unused_files:
        out.print(f"not named by any row: {name}", markup=False)
    if report.stopped:
        out.print("Stopped. Nothing is half done: run the same command again to finish.")
    counts = plain(report)["counts"]
    out.print(", ".join(f"{name} {count}" for name, count in counts.items()))


def case(found: WholeCase, assessment: Assessment) -> dict[str, Any]:
    """A case as JSON: standing, path, what is missing, candidates, history. No contact and no papers' images."""
    return {
        **standing(found.case),
        "person": _person(found.claim.name) | {"birth_date": found.claim.birth.iso()},
        "assessment": {
            "path": assessment.path.value, "sufficient": assessment.sufficient, "route": assessment.route.value,
            "missing": [{"code": one.code, "where": one.where} for one in assessment.missing],
            "refusals": list(assessment.refusals), "arguable": list(assessment.arguable),
            "waits": list(assessment.waits), "notes": list(assessment.notes), "rules": list(assessment.rules),
        },
        "similar": [{"reference": one.reference, "state": one.state.value} for one in found.similar],
        "papers": [{"kind": one.kind.value, "seen": one.seen.value, "sha256": one.sha256} for one in found.papers],
        "candidates": [candidate(one) for one in found.candidates],
        "steps": [
            {"act": one.act.value, "state": one.state.value, "actor": one.actor, "office": one.office,
             "on": one.on.isoformat(), "reasons": list(one.reasons)}
            for one in found.steps
        ],
    }  # fmt: skip


def standing(facts: CaseFacts) -> dict[str, Any]:
    """Where a case stands."""
    return {
        "reference": facts.reference, "state": facts.state.value, "version": facts.version,
        "opinion": facts.opinion and facts.opinion.value, "outcome": facts.outcome and facts.outcome.value,
        "reasons": list(facts.reasons), "missing_asked": list(facts.missing), "office": facts.office,
        "lodged_on": facts.lodged_on.isoformat(), "due_on": facts.due_on.isoformat(),
    }  # fmt: skip


def candidate(one: CandidateFacts) -> dict[str, Any]:
    """A candidate, without the person behind the number."""
    return {
        "id": str(one.id), "role": one.role.value, "register_no": one.register_no, "permille": one.permille,
        "hint": one.hint, "settled_as": one.settled_as and one.settled_as.value,
        "reasons": [reason.code for reason in one.reasons],
    }  # fmt: skip


def say_case(found: Mapping[str, Any]) -> None:
    """A case for a reader."""
    say_standing(found)
    assessment = found["assessment"]
    print(f"path: {assessment['path']}, sufficient: {assessment['sufficient']}, route: {assessment['route']}")
    said = [*assessment["refusals"], *assessment["waits"], *assessment["notes"]]
    for code in [*said, *(one["code"] for one in assessment["missing"])]:
        print(f"- {wording.sentence(code, None, 'en')} ({code})")
    say_candidates(found["candidates"])


def say_standing(found: Mapping[str, Any]) -> None:
    """One line: reference, state, decision."""
    parts = [found["reference"], found["state"], found["outcome"] or found["opinion"] or "", *found["reasons"]]
    print(" ".join(part for part in parts if part))


def say_candidates(rows: list[dict[str, Any]]) -> None:
    """Candidates as a table."""
    table = Table("role", "register no", "confidence", "hint", "settled as", "id")
    for row in rows:
        table.add_row(row["role"], row["register_no"], f"{row['permille'] / 10:.1f} %", row["hint"],
                      row["settled_as"] or "", row["id"])  # fmt: skip
    Console(file=sys.stdout).print(table)


def _person(name: PersonName) -> dict[str, str]:
    return {
        "family_km": name.family_km, "given_km": name.given_km, "family_latin": name.family_latin,
        "given_latin": name.given_latin,
    }  # fmt: skip


def _name(name: PersonName | None) -> str:
    return f"{name.khmer} {name.latin}".strip() if name else ""
