"""Scoring one candidate: bits of evidence field by field, the sibling as a third class, a confidence, a hint. Pure.

conf = -log2(2^-A + 2^-core): A is all evidence less log2 N (one person in N is meant), core the evidence that tells
a person from their brother or sister: given name, birth date and another sex, less one bit (matching.md section 3).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from math import log2
from uuid import UUID

from srok.ground.kernel.dates import PartialDate
from srok.ground.kernel.names import PersonName
from srok.identity.matching import weights as w
from srok.identity.matching.counts import Counts, LevelShares, borrowed
from srok.identity.matching.names import STRONG, NameForm, NameKey, NameLevel, forms_of, name_key
from srok.identity.matching.terms import Candidate, FieldReason, Hint, SearchedAs, SearchPerson
from srok.identity.matching.weights import DateLevel, PlaceLevel

NOBODY = name_key("", "")
HIGHEST = 0.9999  # nobody is certain
WORST = -60.0  # bits; keeps a hopeless candidate's confidence a number


@dataclass(frozen=True, slots=True)
class Listed:
    """One name of one person on the list, as the index holds it."""

    subject: UUID
    register_no: str
    family: NameKey
    given: NameKey
    father_family: NameKey
    father_given: NameKey
    mother_family: NameKey
    mother_given: NameKey
    sex: str
    birth: PartialDate
    birthplace: str
    alive: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """A search ready for scoring: the readings of its names, and the parents' names apart."""

    query: SearchPerson
    forms: tuple[NameForm, ...]
    father_family: NameKey
    father_given: NameKey
    mother_family: NameKey
    mother_given: NameKey


@dataclass(frozen=True, slots=True)
class Scored:
    """A candidate with the evidence; `given` is the level of the given name, None when it could not be compared."""

    listed: Listed
    confidence: float
    evidence: float
    given: NameLevel | None
    kin: str
    reasons: tuple[FieldReason, ...]


def prepare(query: SearchPerson) -> Asked:
    """The readings of everything that was asked."""
    forms: dict[tuple[NameKey, NameKey], NameForm] = {}
    for name in (query.name, *query.other_names):
        for form in forms_of(name):
            known = forms.get((form.family, form.given))
            if known is None or form.cost10 < known.cost10:
                forms[form.family, form.given] = form
    return Asked(query, tuple(forms.values()), *_part_keys(query.father), *_part_keys(query.mother))


def _part_keys(name: PersonName | None) -> tuple[NameKey, NameKey]:
    if name is None:
        return NOBODY, NOBODY
    return name_key(name.family_latin, name.family_km), name_key(name.given_latin, name.given_km)


def score(asked: Asked, listed: Listed, counts: Counts) -> Scored:
    """The best reading of what was asked against this person."""
    name = max((_name(asked, form, listed, counts) for form in asked.forms), key=lambda found: found.bits)
    reasons = [reason for reason in name.reasons if reason]
    date, sex = _date(asked, listed, counts), _sex(asked, listed, counts)
    rest = [date, sex, _place(asked, listed, counts), *_parents(asked, listed, counts)]
    rest.append(_gap(asked, listed, counts))
    reasons += [reason for reason in rest if reason]
    evidence = sum(reason.bits for reason in reasons) - log2(counts.people)
    core = name.given_bits + (date.bits if date else 0.0) + min(sex.bits if sex else 0.0, 0.0) - 1
    confidence = evidence if _nameless_sibling(asked) else -_log_sum(-evidence, -core)
    kin = _kin(asked, reasons, name.given, date)
    reasons += [_remark("kin", kin)] if kin else []
    reasons += [] if listed.alive else [_remark("alive", "no")]
    return Scored(listed, max(confidence, WORST), evidence, name.given, kin, tuple(reasons))


def candidate(asked: Asked, scored: Scored) -> Candidate:
    """What an officer sees of it: a confidence from 0 to 1, and what to make of it."""
    probability = 1 / (1 + 2 ** -min(scored.confidence, -WORST))
    return Candidate(
        subject=scored.listed.subject, register_no=scored.listed.register_no, score=min(round(probability, 4), HIGHEST),
        hint=hint(asked, scored, probability), reasons=scored.reasons,
    )  # fmt: skip


def hint(asked: Asked, scored: Scored, probability: float) -> Hint:
    """Likely, to be looked at, or unlikely. Nobody is likely oneself unless the given name agrees strongly."""
    if probability < w.REVIEW:
        return Hint.UNLIKELY
    role = asked.query.as_role
    nameless = role is SearchedAs.SIBLING and scored.given is None
    strong = scored.given in STRONG or (scored.given is NameLevel.NEAR and not _khmer_compared(asked, scored.listed))
    return Hint.LIKELY if probability >= w.LIKELY and (strong or nameless) and not scored.kin else Hint.REVIEW


@dataclass(frozen=True, slots=True)
class _NameFound:
    bits: float
    given_bits: float
    given: NameLevel | None
    reasons: tuple[FieldReason | None, ...]


def _name(asked: Asked, form: NameForm, listed: Listed, counts: Counts) -> _NameFound:
    given, level = _name_part("given", form.given, listed.given, counts)
    family, _ = _name_part("family", form.family, listed.family, counts)
    if family is None or family.level in ("else", "far"):
        family = _patronymic(asked, form, listed, counts) or family
    read = ("swapped" if form.swapped else "part") if form.cost10 else ""
    reasons = (given, family, replace(_remark("order", read), bits10=-form.cost10) if read else None)
    bits = sum(reason.bits for reason in reasons if reason)
    own = (given.bits if given else 0.0) - form.cost10 / 10
    return _NameFound(bits, own, level, reasons)


def _name_part(
    role: str, asked: NameKey, other: NameKey, counts: Counts
) -> tuple[FieldReason | None, NameLevel | None]:
    if not asked.known or not other.known:
        return None, None
    shares = counts.name_shares(role, asked)
    level = shares.level(asked, other)
    if other not in shares.weighed:
        shares.weighed[other] = None if level is None else _weigh(role, level, asked, other, shares)
    return shares.weighed[other], level


def _weigh(role: str, level: NameLevel, asked: NameKey, other: NameKey, shares: LevelShares) -> FieldReason:
    table = w.NAME_M_KHMER if asked.khmer and other.khmer else w.NAME_M_LATIN
    # A parent's name is remembered and written down by someone else.
    parents = level is NameLevel.ELSE and role not in ("given", "family")
    return _reason(role, "name", level.name.lower(), w.PARENT_ELSE_M if parents else table[level], shares.shares[level])


def _patronymic(asked: Asked, form: NameForm, listed: Listed, counts: Counts) -> FieldReason | None:
    """A family name taken from the father's given name, on either side; or from his family name: no conflict."""
    for ours, theirs in ((form.family, listed.father_given), (asked.father_given, listed.family)):
        if ours.known and theirs.known:
            shares = counts.name_shares("father_given", ours)
            level = shares.level(ours, theirs)
            if level in STRONG:
                return _reason("family", "name", "patronymic", w.PATRONYMIC_M, shares.shares[level])
    for ours, theirs in ((form.family, listed.father_family), (asked.father_family, listed.family)):
        if ours.known and theirs.known and counts.name_shares("family", ours).level(ours, theirs) in STRONG:
            return FieldReason("family", "fathers", "matching.name_fathers", 0, 0)
    return None


def _date(asked: Asked, listed: Listed, counts: Counts) -> FieldReason | None:
    birth = asked.query.birth
    if birth is None:
        return None
    level = date_level(birth, listed.birth)
    table = w.DATE_M_PLACEHOLDER if borrowed(birth) else w.DATE_M
    return _reason("birth", "birth", level.value, table[level], counts.date_share(birth, level))


def date_level(left: PartialDate, right: PartialDate) -> DateLevel:
    """How closely two birth dates agree; a borrowed day or a missing one is never a conflict within the year."""
    gap = abs(left.year - right.year)
    if left == right:
        return DateLevel.EXACT
    if gap == 0:
        if left.whole and right.whole and (left.month, left.day) == (right.day, right.month):
            return DateLevel.SWAPPED
        if borrowed(left) or borrowed(right):
            return DateLevel.PLACEHOLDER
        same_part = left.month == right.month or left.day == right.day
        return DateLevel.YEAR_PART if same_part else DateLevel.YEAR
    if left.whole and right.whole and (left.month, left.day) == (right.month, right.day) and not borrowed(left):
        return DateLevel.DAY_MONTH
    for reach, level in ((1, DateLevel.NEAR_1), (3, DateLevel.NEAR_3), (8, DateLevel.NEAR_8)):
        if gap <= reach:
            return level
    return DateLevel.ELSE


def _sex(asked: Asked, listed: Listed, counts: Counts) -> FieldReason | None:
    ours, theirs = asked.query.sex, listed.sex
    if ours not in ("F", "M") or theirs not in ("F", "M"):
        return None
    if ours == theirs:
        return _reason("sex", "sex", "same", w.SEX_M, counts.sex_share(ours))
    return _reason("sex", "sex", "else", 1 - w.SEX_M, 1 - counts.sex_share(ours))


def _place(asked: Asked, listed: Listed, counts: Counts) -> FieldReason | None:
    ours, theirs = asked.query.birthplace, listed.birthplace
    if not ours or not theirs:
        return None
    level = place_level(ours, theirs)
    return _reason("birthplace", "place", level.value, w.PLACE_M[level], counts.place_share(ours, level))


def place_level(left: str, right: str) -> PlaceLevel:
    """The smallest unit that two places share, as far as both are known; a country is one like a province."""
    if left.isdigit() and right.isdigit():
        if len(left) >= 6 and left[:6] == right[:6]:
            return PlaceLevel.COMMUNE
        if len(left) >= 4 and left[:4] == right[:4]:
            return PlaceLevel.DISTRICT
    return PlaceLevel.PROVINCE if left[:2] == right[:2] else PlaceLevel.ELSE


def _parents(asked: Asked, listed: Listed, counts: Counts) -> list[FieldReason | None]:
    """The parents' given names, and the mother's family name; the father's goes with the child's own."""
    pairs = [
        ("father_given", asked.father_given, listed.father_given),
        ("mother_given", asked.mother_given, listed.mother_given),
        ("mother_family", asked.mother_family, listed.mother_family),
    ]
    if not any(form.family.known for form in asked.forms):
        pairs.append(("father_family", asked.father_family, listed.father_family))
    return [_name_part(role, ours, theirs, counts)[0] for role, ours, theirs in pairs]


def _gap(asked: Asked, listed: Listed, counts: Counts) -> FieldReason | None:
    """Whether a parent was of an age to have this child, a sibling of an age to share the parents."""
    query = asked.query
    gaps = {
        SearchedAs.MOTHER: w.MOTHER_GAP, SearchedAs.FATHER: w.FATHER_GAP, SearchedAs.SIBLING: w.SIBLING_GAP,
    }  # fmt: skip
    if query.child_birth is None or query.as_role not in gaps:
        return None
    least, most = gaps[query.as_role]
    child = query.child_birth.year
    share = counts.years_share(child - most, child - least)
    if least <= child - listed.birth.year <= most:
        return _reason("gap", "gap", "plausible", w.GAP_M, share)
    return _reason("gap", "gap", "else", 1 - w.GAP_M, 1 - share)


def _nameless_sibling(asked: Asked) -> bool:
    """Any brother or sister is meant: nothing then needs to tell one from the other."""
    return asked.query.as_role is SearchedAs.SIBLING and not any(form.given.known for form in asked.forms)


def _kin(asked: Asked, reasons: list[FieldReason], given: NameLevel | None, date: FieldReason | None) -> str:
    """`sibling` or `twin` when both parents agree and the given name does not; only for the applicant's own search."""
    if asked.query.as_role is not SearchedAs.SELF or given not in (NameLevel.ELSE, NameLevel.FAR):
        return ""
    agreeing = {reason.field for reason in reasons if reason.bits10 > 0}
    if not {"father_given", "mother_given"} <= agreeing:
        return ""
    return "twin" if date is not None and date.level in ("exact", "swapped") else "sibling"


def _khmer_compared(asked: Asked, listed: Listed) -> bool:
    return bool(listed.given.khmer) and any(form.given.khmer for form in asked.forms)


@lru_cache(maxsize=65_536)
def _reason(field: str, kind: str, level: str, m: float, share: float) -> FieldReason:
    bits10 = round(10 * log2(m / share))
    return FieldReason(field, level, f"matching.{kind}_{level}", bits10, max(round(1 / share), 1))


def _remark(field: str, level: str) -> FieldReason:
    return FieldReason(field, level, f"matching.{field}_{level}", 0, 0)


def _log_sum(left: float, right: float) -> float:
    """log2(2^left + 2^right), without overflow."""
    high, low = max(left, right), min(left, right)
    return high + log2(1 + 2 ** max(low - high, -200))
