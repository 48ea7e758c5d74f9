"""The one act of the matching: a search, whose report is kept."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from srok.ground.journal import public as journal
from srok.ground.kernel.context import Context
from srok.ground.kernel.ids import new_id
from srok.ground.kernel.refusal import Refusal
from srok.identity.matching import reads, rules, store
from srok.identity.matching.counts import Counts
from srok.identity.matching.rules import Asked, Scored
from srok.identity.matching.terms import MatchReport, SearchPerson
from srok.identity.matching.weights import MOST_SHOWN, SHOWN, WEIGHTS


@transaction.atomic
def search(command: SearchPerson, ctx: Context) -> MatchReport:
    """Look for one person on the list: the best candidates first, each with its confidence and its reasons.

    It proposes and explains, and decides nothing; an empty answer does not mean "not on the list". The report is
    stored with the snapshot and the weights it came from. Raises `matching.nothing_asked` without any name.
    """
    asked = rules.prepare(command)
    if not any(form.given.known or form.family.known for form in asked.forms) and not _by_parents(asked):
        raise Refusal("matching.nothing_asked", field="family_latin")
    now = reads.state()
    found, capped = reads.look_up(asked)
    best = _best(asked, found, reads.counts(now)) if found else []
    report = MatchReport(
        report_id=new_id(ctx.at), as_role=command.as_role, searched=now.people, snapshot=now.snapshot,
        weights=WEIGHTS, capped=capped, candidates=tuple(rules.candidate(asked, one) for one in best),
    )  # fmt: skip
    store.keep(report, command, ctx)
    facts: journal.Facts = {
        "role": str(report.as_role), "searched": report.searched, "snapshot": report.snapshot,
        "weights": WEIGHTS, "candidates": len(report.candidates),
    }  # fmt: skip
    journal.record(ctx, "matching.search_made", str(report.report_id), facts)
    return report


def _best(asked: Asked, found: list[rules.Listed], counts: Counts) -> list[Scored]:
    """The best name of each person, best person first; kin of the applicant are shown even when hardly likely."""
    by_subject: dict[UUID, Scored] = {}
    for listed in found:
        scored = rules.score(asked, listed, counts)
        known = by_subject.get(listed.subject)
        if known is None or scored.confidence > known.confidence:
            by_subject[listed.subject] = scored
    ordered = sorted(by_subject.values(), key=lambda one: (-one.confidence, one.listed.register_no))
    shown = [one for one in ordered if one.kin or 1 / (1 + 2 ** -min(one.confidence, 60)) >= SHOWN]
    return shown[:MOST_SHOWN]


def _by_parents(asked: Asked) -> bool:
    return asked.father_given.known and asked.mother_given.known
