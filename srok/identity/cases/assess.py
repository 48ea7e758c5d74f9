"""The path to proof of nationality: which one leads, what is missing and where to get it, what stands against it.

Pure, and the same for pages, decisions and command line. A card never confers nationality (ID-NAT-FIRST); the paths
only prove what is. No rule here refuses anyone for lack of papers: that is `missing`, and waits.
"""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from srok.ground.kernel.dates import PartialDate
from srok.ground.law import rules as legal
from srok.ground.law.rules import Answer
from srok.ground.law.terms import LawAsOf
from srok.identity.cases import evidence
from srok.identity.cases.claims import Claim
from srok.identity.cases.evidence import PaperSeen
from srok.identity.cases.printing import address_of_record, printed_birth
from srok.identity.cases.terms import Basis, PaperKind, Path, PersonStatus, Route, SettledAs


@dataclass(frozen=True, slots=True)
class SettledPerson:
    """A person of the resident list whom an officer recognised, as the register holds them on that day."""

    as_: SettledAs
    subject: UUID
    citizen: bool
    birth: PartialDate | None = None
    alive: bool = True


@dataclass(frozen=True, slots=True)
class CardHeld:
    """A card of the applicant in the answer book. `ended` is true for revoked and replaced ones."""

    number: str
    generation: str
    expires: date
    ended: bool


@dataclass(frozen=True, slots=True)
class CaseEvidence:
    """Everything `assess` looks at. `born_in_cambodia`: the birthplace is a code of the gazetteer; `similar`: another
    open case may be of the same person.
    """

    claim: Claim
    lodged_on: date
    papers: tuple[PaperSeen, ...] = ()
    settled: tuple[SettledPerson, ...] = ()
    cards: tuple[CardHeld, ...] = ()
    born_in_cambodia: bool = False
    similar: bool = False


@dataclass(frozen=True, slots=True)
class Missing:
    """Something the applicant can still bring: a code, and the code of where it is to be had."""

    code: str
    where: str


@dataclass(frozen=True, slots=True)
class Assessment:
    """The way to proof. `refusals` follow from the facts; `arguable` ones need an officer's judgment.

    `waits` says in reason codes why the next act is an office's or the applicant's. `subject` is the person of the
    list that the applicant is, `rules` the keys of the law on which the path stands, `replaces` the card it renews.
    """

    path: Path
    sufficient: bool
    missing: tuple[Missing, ...] = ()
    refusals: tuple[str, ...] = ()
    arguable: tuple[str, ...] = ()
    waits: tuple[str, ...] = ()
    route: Route = Route.NORMAL
    notes: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    subject: UUID | None = None
    replaces: CardHeld | None = None


@dataclass(slots=True)
class _Way:
    """The path being worked out."""

    path: Path
    missing: list[Missing] = field(default_factory=list)
    rules: list[str] = field(default_factory=list)


def assess(case: CaseEvidence, law: LawAsOf) -> Assessment:
    """Say which path proves this person's nationality under the law of a day, and what is still missing."""
    me = _settled(case, SettledAs.SAME_PERSON)
    way = _way(case, law, me)
    lacks_proof = bool(way.missing)
    if _age(case, law) is Answer.DEPENDS:
        way.missing.append(Missing("cases.need_birth_date", "cases.where_birth_date"))
    if address_of_record(case.claim, law) is None:
        way.missing.append(Missing("cases.need_address", "cases.where_address"))
    if me is not None and not me.alive:
        way.missing.append(Missing("cases.need_death_undone", "cases.where_death_undone"))
    return Assessment(
        path=way.path, sufficient=not way.missing, missing=tuple(way.missing),
        refusals=tuple(_refusals(case, law, way)), arguable=_arguable(way, me), rules=tuple(way.rules),
        waits=_waits(case, law, way, lacks_proof=lacks_proof), notes=_notes(case, law, me),
        route=Route.CENTRAL if way.path is Path.ROYAL_DECREE else Route.NORMAL,
        subject=me.subject if me else None, replaces=_last_card(case) if way.path is Path.RENEWAL else None,
    )  # fmt: skip


def _way(case: CaseEvidence, law: LawAsOf, me: SettledPerson | None) -> _Way:
    """The strongest path that the facts open, in the order of the law: decree, list, paper, parent, kin, soil."""
    paper = evidence.primary(case.papers, law, born_in_cambodia=case.born_in_cambodia)
    if case.claim.basis is Basis.ROYAL_DECREE and me is None:
        return _decree(case)
    if me is not None and me.citizen:
        return _listed(case, law)
    if paper is not None:
        return _Way(Path.DOCUMENT, rules=["evidence.primary"])
    if _settled(case, SettledAs.MOTHER, SettledAs.FATHER):
        return _filiation(case, law, Path.PARENT, ["nationality.by_descent"])
    if _settled(case, SettledAs.SIBLING):
        return _filiation(case, law, Path.SIBLING, ["nationality.by_descent", "evidence.filiation"])
    if case.claim.basis is Basis.SOIL:
        return _soil(case, law)
    return _none(case, law)


def _decree(case: CaseEvidence) -> _Way:
    way = _Way(Path.ROYAL_DECREE, rules=["nationality.naturalised_route"])
    if not evidence.has(case.papers, PaperKind.ROYAL_DECREE):
        way.missing.append(Missing("cases.need_decree", "cases.where_decree"))
    return way


def _listed(case: CaseEvidence, law: LawAsOf) -> _Way:
    if _last_card(case) is not None:
        return _Way(Path.RENEWAL, rules=["card.renewal_window_days"])
    way = _Way(Path.LISTED, rules=["nationality.lost_by_absence"])
    if not evidence.proves_identity(case.papers, law):
        way.missing.append(Missing("cases.need_identity_paper", "cases.where_identity_paper"))
    return way


def _filiation(case: CaseEvidence, law: LawAsOf, path: Path, rules: list[str]) -> _Way:
    way = _Way(path, rules=rules)
    if not evidence.proves_filiation(case.papers, law):
        way.missing.append(Missing("cases.need_filiation", "cases.where_filiation"))
    return way


def _soil(case: CaseEvidence, law: LawAsOf) -> _Way:
    """Both parents born and living lawfully in Cambodia, or unknown parents: a judgment or a registered birth."""
    known = case.claim.father is not None or case.claim.mother is not None
    way = _Way(Path.SOIL, rules=["nationality.by_soil" if known else "nationality.foundling"])
    way.missing.append(Missing("cases.need_judgment", "cases.where_judgment"))
    return way


def _none(case: CaseEvidence, law: LawAsOf) -> _Way:
    way = _Way(Path.NONE, rules=["evidence.primary", "nationality.by_descent"])
    way.missing.append(Missing("cases.need_primary_paper", "cases.where_primary_paper"))
    way.missing.append(Missing("cases.need_listed_kin", "cases.where_listed_kin"))
    if not evidence.proves_filiation(case.papers, law):
        way.missing.append(Missing("cases.need_filiation", "cases.where_filiation"))
    return way


def _refusals(case: CaseEvidence, law: LawAsOf, way: _Way) -> list[str]:
    found = ["cases.under_age"] if _age(case, law) is Answer.NO else []
    if _excluded(case, law) and not _for_a_person(case, law):
        found.append(f"cases.{case.claim.status}")
    card = _last_card(case)
    if way.path is Path.RENEWAL and card is not None and not may_renew(card, case.lodged_on, law):
        found.append("cases.card_in_force")
    if way.path is Path.SOIL and way.missing and case.claim.father and case.claim.mother:
        found += ["cases.no_khmer_parent", "cases.soil_not_met"]
    return found


def _arguable(way: _Way, me: SettledPerson | None) -> tuple[str, ...]:
    """Reasons that only a person may weigh: descent that nobody could prove, a death that the list holds."""
    found = ["cases.no_khmer_parent"] if way.path in (Path.NONE, Path.SOIL) and way.missing else []
    return (*found, "cases.deceased") if me is not None and not me.alive else tuple(found)


def _waits(case: CaseEvidence, law: LawAsOf, way: _Way, *, lacks_proof: bool) -> tuple[str, ...]:
    """Why the case is not ready to be decided, in the reason codes of the law."""
    found = {
        "cases.naturalised_central": way.path is Path.ROYAL_DECREE,
        "cases.no_primary_evidence": lacks_proof and way.path is not Path.ROYAL_DECREE,
        "cases.age_unproven": _age(case, law) is Answer.DEPENDS,
        "cases.no_address": address_of_record(case.claim, law) is None,
        "cases.mental_health": _for_a_person(case, law),
    }
    return tuple(code for code, holds in found.items() if holds)


def _notes(case: CaseEvidence, law: LawAsOf, me: SettledPerson | None) -> tuple[str, ...]:
    found = []
    if _for_a_person(case, law):
        found.append("cases.status_needs_person")
    if me is not None and not me.citizen:
        found.append("cases.listed_not_citizen")
    if me is not None and not me.alive:
        found.append("cases.listed_as_deceased")
    if case.claim.basis is Basis.LISTED and me is None:
        found.append("cases.not_found_is_not_unlisted")
    if case.similar:
        found.append("cases.similar_open_case")
    return tuple(found)


def may_renew(card: CardHeld, on: date, law: LawAsOf) -> bool:
    """True when the card has ended, expired, or has fewer days left than the window (ID-RENEW)."""
    return card.ended or legal.renewal_open(card.expires, on, law)


def _last_card(case: CaseEvidence) -> CardHeld | None:
    """The card that counts: the one in force, else the one that expired last."""
    in_force = [card for card in case.cards if not card.ended]
    return max(in_force or case.cards, key=lambda card: card.expires, default=None)


def _age(case: CaseEvidence, law: LawAsOf) -> Answer:
    """Whether the applicant had the least age on the day of application; a partial date may leave it open (ID-AGE)."""
    me = _settled(case, SettledAs.SAME_PERSON)
    born = printed_birth(case.claim.birth, me.birth if me else None, proven=_proven(case, law)).date
    return legal.of_age(born, case.lodged_on, law.number("card.min_age"))


def _proven(case: CaseEvidence, law: LawAsOf) -> bool:
    return evidence.primary(case.papers, law, born_in_cambodia=case.born_in_cambodia) is not None


def _excluded(case: CaseEvidence, law: LawAsOf) -> bool:
    return case.claim.status is not PersonStatus.NONE and case.claim.status in law.words("card.excluded_statuses")


def _for_a_person(case: CaseEvidence, law: LawAsOf) -> bool:
    return case.claim.status in law.words("card.human_review_statuses")


def _settled(case: CaseEvidence, *as_: SettledAs) -> SettledPerson | None:
    """The first person settled as one of these who is Khmer; for the applicant also one who is not."""
    for person in case.settled:
        if person.as_ in as_ and (person.citizen or person.as_ is SettledAs.SAME_PERSON):
            return person
    return None
