"""Reading a search as plain values: what `srok matching search` takes on standard input. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from srok.ground.kernel.dates import PartialDate
from srok.ground.kernel.names import PersonName, canonical_khmer, canonical_latin
from srok.ground.kernel.refusal import Refusal
from srok.identity.matching.terms import MatchReport, SearchedAs, SearchPerson

NAME_KEYS = ("family_km", "given_km", "family_latin", "given_latin")
KEYS = {*NAME_KEYS, "birth_date", "sex", "birthplace", "father", "mother", "as_role", "child_birth", "other_names"}


def read_asked(value: object) -> SearchPerson:
    """A search from plain values; every key may be missing.

    Raises `matching.unreadable` for anything else, `kernel.bad_date`, `kernel.name_not_khmer`,
    `kernel.name_not_latin`.
    """
    if not isinstance(value, Mapping):
        raise Refusal("matching.unreadable", what="{}")
    unknown = sorted(str(key) for key in value if key not in KEYS)
    if unknown:
        raise Refusal("matching.unreadable", what=", ".join(unknown))
    role = _text(value, "as_role") or SearchedAs.SELF
    if role not in list(SearchedAs):
        raise Refusal("matching.unreadable", field="as_role", what="as_role")
    others = value.get("other_names") or []
    if not isinstance(others, list):
        raise Refusal("matching.unreadable", field="other_names", what="other_names")
    return SearchPerson(
        name=_name(value, ""), birth=_date(value, "birth_date"), sex=_text(value, "sex").upper(),
        birthplace=_text(value, "birthplace"), father=_parent(value, "father"), mother=_parent(value, "mother"),
        as_role=SearchedAs(role), child_birth=_date(value, "child_birth"),
        other_names=tuple(_name(other, "other_names.") for other in others),
    )  # fmt: skip


def report_json(report: MatchReport) -> dict[str, object]:
    """A report as plain values; the subject never leaves the program."""
    return {
        "report": str(report.report_id), "as_role": str(report.as_role), "searched": report.searched,
        "snapshot": report.snapshot, "weights": report.weights, "capped": report.capped,
        "candidates": [
            {
                "register_no": one.register_no, "score": one.score, "hint": str(one.hint),
                "reasons": [
                    {"field": r.field, "level": r.level, "code": r.code, "bits": r.bits, "one_in": r.one_in}
                    for r in one.reasons
                ],
            }
            for one in report.candidates
        ],
    }  # fmt: skip


def _parent(value: Mapping[str, object], key: str) -> PersonName | None:
    parent = value.get(key)
    return _name(parent, f"{key}.") if parent else None


def _name(value: object, where: str) -> PersonName:
    if not isinstance(value, Mapping):
        raise Refusal("matching.unreadable", field=where.rstrip(".") or None, what=where.rstrip(".") or "name")
    parts = [_text(value, key) for key in NAME_KEYS]
    return PersonName(
        canonical_khmer(parts[0], field=f"{where}family_km"), canonical_khmer(parts[1], field=f"{where}given_km"),
        canonical_latin(parts[2], field=f"{where}family_latin"),
        canonical_latin(parts[3], field=f"{where}given_latin"),
    )  # fmt: skip


def _date(value: Mapping[str, object], key: str) -> PartialDate | None:
    text = _text(value, key)
    try:
        return PartialDate.parse(text) if text else None
    except Refusal as refusal:
        raise refusal.at(field=key) from refusal


def _text(value: Mapping[str, object], key: str) -> str:
    text = value.get(key) or ""
    if not isinstance(text, str):
        raise Refusal("matching.unreadable", field=key, what=key)
    return text.strip()
