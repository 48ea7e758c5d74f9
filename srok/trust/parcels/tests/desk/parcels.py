"""What may arrive from a kit: a file opened, a page added to it. The desk's state is its facts in the journal."""

from collections.abc import Mapping
from typing import Any

from srok.ground.journal import public as journal
from srok.ground.kernel.context import Context
from srok.ground.kernel.refusal import Refusal
from srok.trust.parcels.terms import Arrived, Exposed, Later, Outcome, Warrant


def opened(given: Arrived) -> Outcome:
    """A file may be opened once; another one of the same holder is a conflict, and both are kept."""
    holder = str(given.body["holder"])
    if holder == "nobody":
        raise Refusal("parcels.no_such_gap")
    first = [row for row in journal.facts_about(f"holder:{holder}") if row.kind == "desk.held"]
    journal.record(given.ctx, "desk.opened", given.subject, {"holder": holder, "actor": given.ctx.actor})
    journal.record(given.ctx, "desk.held", f"holder:{holder}", {"file": given.subject})
    if first:
        return Outcome.conflict(given.subject, str(first[0].facts["file"]))
    return Outcome.opened(given.subject)


def added(given: Arrived) -> Outcome:
    """A page needs its file."""
    if not any(row.kind == "desk.opened" for row in journal.facts_about(given.subject)):
        raise Later("parcels.state_waiting")
    journal.record(given.ctx, "desk.added", given.subject, {"page": int(given.body["page"])})
    return Outcome.opened(given.subject)


def broken(given: Arrived) -> Outcome:
    """A fault of the program, after a write."""
    journal.record(given.ctx, "desk.broken", given.subject, {})
    raise ZeroDivisionError


HANDLERS = {"desk.open": opened, "desk.add": added, "desk.break": broken}


def EXPOSED() -> list[Exposed]:
    return [Exposed("parcels.exposed_officers", 3)]


def PACK(warrant: Warrant, ctx: Context) -> dict[str, object]:
    return {"post": warrant.post, "list": [1, 2]}


UNPACKED: list[Mapping[str, Any]] = []


def UNPACK(given: Mapping[str, Any], ctx: Context) -> None:
    UNPACKED.append(given)
