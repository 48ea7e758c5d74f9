"""What the pages of a capture show: the applicant's words said back, and what a second officer compares. No writes."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from srok.ground.accounts import public as accounts
from srok.ground.faces.public import wording
from srok.ground.kernel.context import Context
from srok.ground.law import public as law
from srok.identity.biometrics import public as biometrics
from srok.identity.cases import counter, printing, rows, shown, spelling
from srok.identity.cases.addresses import places_of
from srok.identity.cases.capture_terms import CaptureFacts, CaptureWhole, Taken
from srok.identity.cases.claims import Claim, Contact
from srok.identity.cases.filled import PAPERS, cells_for
from srok.identity.cases.in_words import date_of, label, language, name_of, place
from srok.identity.cases.rows import Row

Pair = tuple[Any, Any]


@dataclass(frozen=True, slots=True)
class Changed:
    """A field that stands otherwise than on the applicant's own page."""

    label: Any
    own_page: str
    counter: str


def row_of(whole: CaptureWhole, ctx: Context) -> Row | None:
    """The capture read as a row; None while something of it does not hold."""
    return rows.parse(cells_for(whole.cells, whole.capture.reference), places_of(ctx), today=ctx.on).row


def said_back(row: Row) -> list[Pair]:
    """Everything the applicant said, in the order in which it is read aloud."""
    claim = row.claim
    pairs: list[Pair] = [(_("Name"), name_of(claim.name)), *shown.person_rows(claim)]
    pairs += [(_("Which address"), label("option", claim.address.option))]
    if claim.address.code:
        pairs.append((_("Address of record"), place(claim.address.code)))
    pairs += _reached(row.contact)
    allowed = ", ".join(_asked(who) for who in claim.may_contact)
    pairs.append((_("Whom we may ask in Cambodia"), allowed or _("Nobody")))
    return pairs


def _asked(who: str) -> str:
    return label("role" if who in ("father", "mother") else "relation", who)


def _reached(contact: Contact) -> list[Pair]:
    reached = [contact.email, contact.phone, contact.postal]
    return [
        (_("Language"), label("language", contact.language)),
        (_("How we send word"), label("channel", contact.channel)),
        (_("How we may reach the applicant"), "; ".join(one for one in reached if one)),
        (_("Where the card is collected"), place(contact.pickup_post) or contact.pickup_post),
    ]


def printed(row: Row) -> list[Pair]:
    """Which name, birth date and address the card will bear, as far as the counter can know."""
    address = printing.address_of_record(row.claim, law.as_of(row.lodged_on))
    where = place(address.code) or place(row.contact.pickup_post) or row.contact.pickup_post if address else ""
    return [
        (_("Name"), name_of(printing.printed_name(row.claim.name, None))),
        (_("Birth date"), date_of(printing.printed_birth(row.claim.birth, None, proven=False).date)),
        (_("Address of record"), where),
    ]


def why_printed(claim: Claim) -> list[str]:
    """Why these: in sentences that can be read aloud."""
    codes = ["cases.why_name", "cases.why_birth"]
    if claim.birth.known != "day":
        codes.append("cases.why_partial")
    return [wording.sentence(code) for code in (*codes, "cases.why_address")]


def warnings(row: Row) -> list[str]:
    """Names whose two scripts do not sound alike: told, never decided."""
    claim = row.claim
    people = ((_("The applicant"), claim.name), (_("Father"), claim.father), (_("Mother"), claim.mother))
    return [
        wording.sentence("cases.scripts_differ", {"who": str(who), "km": name.khmer, "latin": name.latin})
        for who, name in people
        if name is not None and spelling.sounds_differ(name)
    ]


def papers(whole: CaptureWhole) -> list[dict[str, Any]]:
    """The papers with how each was seen, and the name of its picture (empty where two officers attested it)."""
    pictures = {one.name for one in whole.parts}
    found = []
    for number in range(PAPERS):
        kind = whole.cells.get(f"kind_{number}", "")
        if kind:
            name = f"paper_{number}"
            seen = whole.cells.get(f"seen_{number}", "")
            found.append({
                "kind": label("paper", kind), "seen": label("seen", seen), "part": name if name in pictures else "",
            })  # fmt: skip
    return found


def taken_rows(whole: CaptureWhole) -> list[Pair]:
    """How it was taken: place, fingers, what was accepted, who confirmed."""
    cells, extra = whole.cells, whole.extra
    pairs: list[Pair] = [(_("Where it was taken"), label("where", whole.capture.where))]
    if cells.get("place"):
        pairs.append((_("Which place, if elsewhere"), cells["place"]))
    if cells.get("as_is"):
        pairs.append((_("Take the portrait as it is?"), wording.sentence(cells["as_is"])))
    if cells.get("finger_waiver"):
        pairs.append((_("Why no fingerprint is taken"), wording.sentence(cells["finger_waiver"])))
    if not cells.get("finger_waiver"):
        found = Taken(fingers=biometrics.finger_record(whole.capture.id).found)
        pairs.append((_("Fingerprints"), shown.fingers_in_words(found)))
    witnesses = extra.get("witnesses")
    if isinstance(witnesses, list) and witnesses:
        pairs.append((_("Witnesses of the mark"), ", ".join(str(one) for one in witnesses)))
    if extra.get("guardian"):
        pairs.append((_("Guardian"), str(extra["guardian"])))
    return pairs


def changed(whole: CaptureWhole) -> list[Changed]:
    """Where the counter wrote something else than the applicant's own page said."""
    labels = _labels()
    return [
        Changed(labels.get(name, name), text, whole.cells.get(name, ""))
        for name, text in whole.prefill.items()
        if text.strip() and text.strip() != whole.cells.get(name, "").strip()
    ]


def _labels() -> dict[str, Any]:
    fields = {name: one.label for name, one in counter.CounterForm.base_fields.items()}
    return fields | {f"{who}_{part}": f"{whose}: {word}" for part, word in counter.NAMES.items()
                     for who, whose in counter.KIN.items()} | counter.NAMES  # fmt: skip


def listed(capture: CaptureFacts) -> dict[str, Any]:
    """One line of the list of what waits: reference, state, whose it is. No name."""
    return {
        "capture": capture, "state": label("stage_of", capture.state),
        "officer": accounts.officer_name(capture.captured_by, language()),
        "reasons": [wording.sentence(code) for code in capture.reasons],
    }  # fmt: skip
