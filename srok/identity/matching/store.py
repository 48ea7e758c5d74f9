"""Writes of the matching: the report of a search, as it was shown."""

from __future__ import annotations

from django.conf import settings

from srok.ground.kernel.canonical import canonical_bytes
from srok.ground.kernel.context import Context
from srok.ground.kernel.names import PersonName
from srok.ground.kernel.sealing import seal
from srok.identity.matching.models import StoredCandidate, StoredReport
from srok.identity.matching.terms import MatchReport, SearchPerson

PURPOSE = "matching.asked"


def keep(report: MatchReport, query: SearchPerson, ctx: Context) -> None:
    """Store a report; what was asked is sealed to it, since it holds names and dates."""
    row = StoredReport(
        id=report.report_id, as_role=report.as_role, searched=report.searched, snapshot=report.snapshot,
        weights=report.weights, capped=report.capped, actor=ctx.actor, office=ctx.office, at=ctx.at, on=ctx.on,
        asked=seal(settings.SROK_DATA_KEY, PURPOSE, canonical_bytes(asked_json(query)), aad=report.report_id.bytes),
    )  # fmt: skip
    row.save(force_insert=True)
    StoredCandidate.objects.bulk_create(
        StoredCandidate(
            report=row, rank=rank, subject=one.subject, register_no=one.register_no,
            score10000=round(one.score * 10_000), hint=one.hint,
            reasons=[[r.field, r.level, r.code, r.bits10, r.one_in] for r in one.reasons],
        )
        for rank, one in enumerate(report.candidates, start=1)
    )  # fmt: skip


def asked_json(query: SearchPerson) -> dict[str, object]:
    """A search as plain values, in the form that `srok matching search` reads."""
    return {
        **_name(query.name), "birth_date": query.birth.iso() if query.birth else "", "sex": query.sex,
        "birthplace": query.birthplace, "father": _name(query.father), "mother": _name(query.mother),
        "as_role": str(query.as_role), "child_birth": query.child_birth.iso() if query.child_birth else "",
        "other_names": [_name(name) for name in query.other_names],
    }  # fmt: skip


def _name(name: PersonName | None) -> dict[str, str]:
    if name is None:
        return {}
    return {
        "family_km": name.family_km, "given_km": name.given_km, "family_latin": name.family_latin,
        "given_latin": name.given_latin,
    }  # fmt: skip
