"""Candidates of the resident list beside what the applicant says, line by line. No writes."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from srok.ground.faces.dates_in_words import digits
from srok.ground.faces.public import clock, wording
from srok.ground.kernel.ids import new_id
from srok.ground.kernel.names import PersonName
from srok.identity.cases import printing, rules
from srok.identity.cases.claims import Claim
from srok.identity.cases.contradictions import contradictions
from srok.identity.cases.facts import CandidateFacts, WholeCase
from srok.identity.cases.in_words import birthplace, date_of, label, language, name_of, place
from srok.identity.cases.printing import same_name
from srok.identity.cases.terms import MAY_SETTLE, SearchRole, SettledAs
from srok.identity.register import public as register
from srok.identity.register.terms import PersonFacts


@dataclass(frozen=True, slots=True)
class Compared:
    """One line of a comparison: what the applicant says, what the list says, and whether they agree (None: open)."""

    label: Promise
    claimed: str
    listed: str
    agrees: bool | None


@dataclass(frozen=True, slots=True)
class CandidateShown:
    """A candidate beside the claim, with the ways in which it may be settled."""

    candidate: CandidateFacts
    name: PersonName
    percent: str
    lines: tuple[Compared, ...]
    against: tuple[str, ...]
    why: tuple[str, ...]
    buttons: tuple[tuple[str, str], ...]
    command_id: UUID


def sorted_out(found: WholeCase) -> dict[str, Any]:
    """The candidates that matter now as `shown`, those found unlikely or someone else as `aside`, the open ids."""
    to_settle = {one.id for one in rules.to_settle(found.candidates)}
    shown: list[CandidateShown] = []
    aside: list[CandidateShown] = []
    for one in found.candidates:
        kin = one.settled_as is not None and one.settled_as is not SettledAs.SOMEONE_ELSE
        (shown if kin or one.id in to_settle else aside).append(_candidate(found.claim, one))
    return {"shown": shown, "aside": aside, "to_settle": to_settle}


def _candidate(claim: Claim, candidate: CandidateFacts) -> CandidateShown:
    person = register.person(candidate.subject)
    own = candidate.role is SearchRole.SELF
    against = contradictions(claim, person) if own else () if person.alive else ("cases.listed_as_deceased",)
    ways = [one for one in SettledAs if one in MAY_SETTLE[candidate.role]]
    return CandidateShown(
        candidate, person.name, digits(str(candidate.permille // 10), language()),
        tuple(_lines(claim, candidate.role, person)), against, tuple(_why(candidate)),
        tuple((one.value, label("as", one)) for one in ways), command_id(),
    )  # fmt: skip


def command_id() -> UUID:
    """A fresh id for a small form of a page that holds several: each becomes a command of its own."""
    return new_id(clock.instant())


def _why(candidate: CandidateFacts) -> list[str]:
    """Why matching proposes this person, in its own words: the field, then how it agrees."""
    return [
        f"{wording.sentence(f'matching.field_{reason.field}')}: "
        + wording.sentence(reason.code, {"one_in": digits(str(reason.one_in), language())})
        for reason in candidate.reasons
    ]


def _lines(claim: Claim, role: SearchRole, person: PersonFacts) -> list[Compared]:
    """Name, dates and kin in the order in which an officer compares them."""
    said = _said(claim, role)
    lines = [_names(_("Name"), said, person.name)]
    if role is SearchRole.SELF:
        agreement = printing.birth_agreement(claim.birth, person.birth)
        agrees = {"cases.birth_same": True, "cases.birth_different": False}.get(agreement.value)
        lines.append(Compared(_("Birth date"), date_of(claim.birth), date_of(person.birth), agrees))
        lines.append(Compared(_("Birthplace"), birthplace(claim), place(person.birthplace), None))
    else:
        born = claim.relative.birth if claim.relative and role is SearchRole.SIBLING else None
        lines.append(Compared(_("Birth date"), date_of(born), date_of(person.birth), None))
    if role in (SearchRole.SELF, SearchRole.SIBLING):
        lines += [
            _names(_("Father"), claim.father, person.father),
            _names(_("Mother"), claim.mother, person.mother),
        ]
    return lines


def _said(claim: Claim, role: SearchRole) -> PersonName | None:
    relative = claim.relative.name if claim.relative else None
    return {
        SearchRole.SELF: claim.name, SearchRole.MOTHER: claim.mother, SearchRole.FATHER: claim.father,
        SearchRole.SIBLING: relative,
    }[role]  # fmt: skip


def _names(words: Promise, one: PersonName | None, other: PersonName | None) -> Compared:
    agrees = same_name(one, other) if one and other else None
    return Compared(words, name_of(one), name_of(other), agrees)
