"""What the pages of the desks show: the queue, the case in one screen, candidates side by side. No writes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from srok.ground.accounts import public as accounts
from srok.ground.accounts.terms import Role
from srok.ground.faces.dates_in_words import digits, partial_in_words
from srok.ground.faces.public import clock, wording
from srok.ground.gazetteer import public as gazetteer
from srok.ground.kernel.context import Context
from srok.ground.kernel.ids import new_id
from srok.ground.kernel.names import PersonName
from srok.ground.kernel.refusal import Refusal
from srok.ground.law import public as law
from srok.ground.law.terms import Source
from srok.identity.cases import printing, rules
from srok.identity.cases.assess import Assessment
from srok.identity.cases.claims import Claim
from srok.identity.cases.contradictions import contradictions
from srok.identity.cases.facts import CandidateFacts, CaseFacts, StepFacts, WholeCase
from srok.identity.cases.printing import same_name
from srok.identity.cases.terms import MAY_SETTLE, SearchRole, SettledAs, State
from srok.identity.register import public as register
from srok.identity.register.terms import PersonFacts

Pair = tuple[Any, Any]


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


@dataclass(frozen=True, slots=True)
class Reasoned:
    """A code in words with the words of its source."""

    code: str
    said: str
    source: str


def language() -> str:
    """`km` or `en`: the page's language."""
    return (get_language() or "km")[:2]


def place(code: str) -> str:
    """A place in the page's language; the bare code where the gazetteer does not know it."""
    try:
        return gazetteer.describe(code, language()) if code else ""
    except Refusal:
        return code


def name_of(name: PersonName | None) -> SafeString:
    """A name in both scripts, each marked as what it is."""
    if name is None:
        return SafeString("")
    parts = [format_html('<span lang="km">{}</span>', name.khmer)] if name.khmer else []
    parts += [format_html('<span lang="km-Latn" class="srok-latin">{}</span>', name.latin)] if name.latin else []
    return format_html_join(" ", "{}", ((part,) for part in parts))


def foreign(text: str) -> str:
    """What a person wrote in their own way: marked where it is in Latin letters."""
    latin = any("a" <= letter.lower() <= "z" for letter in text)
    return format_html('<span lang="km-Latn" translate="no">{}</span>', text) if latin else text


def birthplace(claim: Claim) -> str:
    """Where the applicant says they were born."""
    return place(claim.birthplace) or foreign(claim.birthplace_text)


def date_of(value: Any) -> str:
    """A birth date in words, or nothing."""
    return partial_in_words(value.iso(), language()) if value else ""


def label(kind: str, value: object) -> str:
    """The label of a word of a closed list."""
    return wording.sentence(f"cases.{kind}_{value}")


def person_rows(claim: Claim) -> list[Pair]:
    """The person as they say they are."""
    relative = claim.relative
    rows: list[Pair] = [
        (_("Birth date"), date_of(claim.birth)),
        (_("Sex"), label("sex", claim.sex)),
        (_("Birthplace"), birthplace(claim)),
        (_("Father"), name_of(claim.father)),
        (_("Mother"), name_of(claim.mother)),
        (_("The claim rests on"), label("basis", claim.basis)),
    ]
    if claim.other_names:
        others = format_html_join("; ", "{}", ((name_of(one),) for one in claim.other_names))
        rows.insert(0, (_("Other names used"), others))
    if relative:
        said = format_html("{} {}", name_of(relative.name), date_of(relative.birth))
        rows.append((label("relation", relative.relation), said))
    if claim.status != "none":
        rows.append((_("Status"), label("status", claim.status)))
    if claim.previous_card:
        rows.append((_("Number of an earlier card"), claim.previous_card))
    return rows


def card_rows(found: WholeCase, assessment: Assessment) -> list[Pair]:
    """What the card would say: shown before anything is decided (ID-BIRTHDATE-PRINTED)."""
    listed = register.person(assessment.subject) if assessment.subject else None
    name = printing.printed_name(found.claim.name, listed.name if listed else None)
    address = printing.address_of_record(found.claim, law.as_of(found.case.lodged_on))
    where = place(address.code) or place(found.case.pickup_post) if address else ""
    rows: list[Pair] = [(_("Name"), name_of(name)), (_("Address of record"), where)]
    if address and address.note:
        rows.append((_("Note"), wording.sentence(address.note)))
    return rows


def reasoned(codes: Sequence[str], case: CaseFacts) -> list[Reasoned]:
    """Reason codes with their sources under the law of the day of application."""
    as_of = law.as_of(case.lodged_on)
    found = []
    for code in codes:
        source = as_of.reason(code).source if code in as_of.reasons else None
        found.append(Reasoned(code, wording.sentence(code), cited(source) if source else ""))
    return found


def cited(source: Source) -> str:
    """A source in the page's language; what no source gives is called a rule of the service, without an article."""
    return wording.sentence("cases.rule_of_service") if source.rule_of_service else source.cite(language())


def sources(assessment: Assessment, case: CaseFacts) -> list[str]:
    """The instruments and articles on which the path stands."""
    as_of = law.as_of(case.lodged_on)
    return list(dict.fromkeys(cited(as_of.source(key)) for key in assessment.rules if as_of.has(key)))


def candidates(found: WholeCase) -> list[CandidateShown]:
    """Every candidate beside what the applicant says of that person."""
    return [_candidate(found.claim, one) for one in found.candidates]


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
    """Why matching proposes this person, in its own words."""
    return [
        wording.sentence(reason.code, {"one_in": digits(str(reason.one_in), language())})
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


def history(steps: Sequence[StepFacts]) -> list[dict[str, Any]]:
    """The steps of the case with the officers' names, newest last."""
    return [
        {
            "label": label("act", step.act), "state": "done", "on": step.on,
            "who": f"{_officer(step.actor)} · {office_name(step.office)}",
            "detail": "; ".join(_details(step)),
        }
        for step in steps
    ]  # fmt: skip


def _officer(actor: str) -> str:
    """The officer's name in the page's script; the program itself for what it did on its own."""
    if actor.startswith("service:"):
        return wording.sentence("cases.by_the_program")
    return accounts.officer_name(actor, language())


def _details(step: StepFacts) -> list[str]:
    said = [label("opinion", step.opinion)] if step.opinion else []
    said += [label("outcome", step.outcome)] if step.outcome else []
    return [*said, *(wording.sentence(code) for code in step.reasons)]


def office_name(code: str) -> str:
    """The name of an office in the page's language."""
    try:
        office = accounts.office(code)
    except Refusal:
        return code
    return office.name_km if language() == "km" else office.name_en


def days_left(case: CaseFacts, ctx: Context) -> str:
    """How many days are left to the legal deadline, in words."""
    left = (case.due_on - ctx.on).days
    code = "cases.days_left" if left >= 0 else "cases.days_over"
    return wording.sentence(code, {"days": digits(str(abs(left)), language())})


# The heading of the queue, and why it is empty, by role; the first role that fits speaks.
DESKS: tuple[tuple[str, Promise, Promise], ...] = (
    (Role.EXAMINER, _("Applications to examine"), _("No application waits for an examiner.")),
    (Role.IDENTIFICATION_OFFICER, _("Applications to decide"),
     _("No application waits for a decision. One comes here when Foreign Affairs has examined it.")),
    (Role.APPROVER, _("Decisions to approve"),
     _("No decision waits for a second officer. One comes here when a colleague has decided it.")),
    (Role.CONSULAR_OFFICER, _("Applicants to remind"),
     _("Nobody of this post is awaited with papers.")),
)  # fmt: skip


def desk(ctx: Context) -> tuple[Promise, Promise]:
    """The heading of this officer's queue, and the words of its empty state."""
    for role, title, empty in DESKS:
        if ctx.has(role):
            return title, empty
    return DESKS[0][1:]


def next_words(found: WholeCase, assessment: Assessment) -> str:
    """What has to be done next in this case, for the officer who looks at it."""
    state = found.case.state
    if state in (State.LODGED, State.APPEALED):
        if found.case.searched_on is None:
            return wording.sentence("cases.do_search")
        if rules.to_settle(found.candidates):
            return wording.sentence("cases.do_settle", {"count": len(rules.to_settle(found.candidates))})
        ready = assessment.sufficient or assessment.refusals or assessment.route == "central"
        return wording.sentence("cases.do_examine" if ready else "cases.do_ask")
    return wording.sentence(f"cases.do_{state}")
