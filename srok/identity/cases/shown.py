"""What the pages of the desks show: the queue, the case in one screen, candidates side by side. No writes."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from srok.ground.accounts import public as accounts
from srok.ground.accounts.terms import Role
from srok.ground.faces.dates_in_words import date_in_words, digits
from srok.ground.faces.public import wording
from srok.ground.kernel.context import Context
from srok.ground.law import public as law
from srok.ground.law.terms import Source
from srok.identity.cards import public as cards
from srok.identity.cases import printing, rules
from srok.identity.cases.assess import Assessment
from srok.identity.cases.capture_terms import Taken
from srok.identity.cases.claims import Claim
from srok.identity.cases.facts import CaseFacts, StepFacts, WholeCase
from srok.identity.cases.in_words import birthplace, date_of, label, language, name_of, office_name, place
from srok.identity.cases.printing import PrintedBirth
from srok.identity.cases.terms import OPEN, State
from srok.identity.register.terms import PersonFacts

Pair = tuple[Any, Any]


@dataclass(frozen=True, slots=True)
class Reasoned:
    """A code in words with the words of its source."""

    code: str
    said: str
    source: str


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


def card_rows(found: WholeCase, listed: PersonFacts | None, birth: PrintedBirth) -> list[Pair]:
    """What the card would say: shown before anything is decided (ID-BIRTHDATE-PRINTED)."""
    name = printing.printed_name(found.claim.name, listed.name if listed else None)
    address = printing.address_of_record(found.claim, law.as_of(found.case.lodged_on))
    where = place(address.code) or place(found.case.pickup_post) if address else ""
    rows: list[Pair] = [
        (_("Name"), name_of(name)), (_("Birth date"), date_of(birth.date)), (_("Address of record"), where),
    ]  # fmt: skip
    if address and address.note:
        rows.append((_("Note"), wording.sentence(address.note)))
    return rows


def taken_rows(found: WholeCase) -> list[Pair]:
    """How it was taken at the counter: hands, place, confirmation, fingers, what was accepted; and the face search."""
    face = label("face", found.case.face_search)
    if found.case.face_waiver:
        face = f"{face}: {wording.sentence(found.case.face_waiver)}"
    rows: list[Pair] = [(_("Search among all faces"), face)]
    taken = found.taken
    if taken is None:
        return rows
    hands = [(_("Taken by"), taken.captured_by), (_("Approved at the counter by"), taken.approved_by)]
    rows += [(words, _officer(name)) for words, name in hands if name]
    rows += [(_("Where it was taken"), label("where", taken.where)), (_("Which place, if elsewhere"), taken.place),
             (_("Why it was taken elsewhere"), taken.statement)]  # fmt: skip
    rows.append((_("Fingerprints"), fingers_in_words(taken)))
    if taken.confirmed:
        rows.append((_("How the applicant confirms it"), label("confirmed", taken.confirmed)))
    rows += [(_("Witnesses of the mark"), ", ".join(taken.witnesses)), (_("Guardian"), taken.guardian)]
    if taken.as_is:
        codes = (*taken.problems, *taken.as_is)
        rows.append((_("Portrait taken as it is"), " ".join(wording.sentence(code) for code in codes)))
    if found.happened_at:
        rows.append((_("Taken without a network"), date_in_words(found.happened_at.date(), language())))
    if taken.kit:
        rows.append((_("Kit and event"), f"{taken.kit} {digits(str(taken.event), language())}"))
    return [(words, value) for words, value in rows if value]


def fingers_in_words(taken: Taken) -> str:
    """How many prints there are, and why others are not."""
    if taken.finger_waiver:
        return wording.sentence(taken.finger_waiver)
    counted = Counter(taken.fingers.values())
    if not counted:
        return wording.sentence("cases.fingers_none")
    return "; ".join(f"{label('finger', how)}: {digits(str(n), language())}" for how, n in sorted(counted.items()))


def card_url(case: CaseFacts, ctx: Context) -> str:
    """The address of the card, for an officer whose desk it is on."""
    card = cards.card_of_case(case.reference)
    if card is None or not (ctx.has(Role.CARD_OFFICER) or ctx.has(Role.ORDER_SIGNER)):
        return ""
    return reverse("cards:card", args=[card.id])


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


def days_left(case: CaseFacts, ctx: Context) -> str:
    """How many days are left to the legal deadline, in words; nothing for a case that is decided for good."""
    if case.state not in OPEN or case.state is State.APPROVED:
        return ""
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
LISTS: tuple[tuple[str, Promise], ...] = (
    ("mine", _("Waiting for you")), ("open", _("All open ones of this office")), ("finished", _("Finished")),
)  # fmt: skip


def desk(ctx: Context, which: str) -> tuple[Promise, Promise]:
    """The heading of a list of this officer, and the words of its empty state."""
    title, empty = next((found[1:] for found in DESKS if ctx.has(found[0])), DESKS[0][1:])
    return (title if which == "mine" else dict(LISTS)[which]), empty


def next_words(found: WholeCase, assessment: Assessment, *, judging: bool) -> str:
    """What has to be done next in this case; `judging` says that this officer is one of those who may do it."""
    state = found.case.state
    if state in (State.LODGED, State.APPEALED) and not judging:
        return wording.sentence(f"cases.do_wait_{state}")
    if state in (State.LODGED, State.APPEALED):
        if found.case.searched_on is None:
            return wording.sentence("cases.do_search")
        if rules.to_settle(found.candidates):
            left = digits(str(len(rules.to_settle(found.candidates))), language())
            return wording.sentence("cases.do_settle", {"count": left})
        if state is State.APPEALED:
            return wording.sentence("cases.do_appealed")
        ready = assessment.sufficient or assessment.refusals or assessment.route == "central"
        return wording.sentence("cases.do_examine" if ready else "cases.do_ask")
    return wording.sentence(f"cases.do_{state}")
