"""Sentences and words of witnesses, receipts, openings and the pages of the log; `wording` takes the sentences in."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from srok.trust.openlog.openings import DestroyReason
from srok.trust.openlog.promises import Kept
from srok.trust.openlog.witnessing import Standing

SENTENCES: dict[str, Promise] = {
    "openlog.bad_policy": _("Line {line} of the policy file is not as it must be ({part})."),
    "openlog.quorum_missing": _("Too few witnesses of the policy have cosigned: {cosigned}."),
    "openlog.bad_receipt": _("This is not a receipt or a promise of the public log, or a part of it is changed."),
    "openlog.bad_station": _("This does not belong to the list of a station ({part})."),
    "openlog.opening_differs": _("The row and its opening do not give what stands in the log."),
    "openlog.slip_too_long": _("The row is too long for the QR of a slip: {bytes} bytes, and 700 fit."),
    "openlog.witness_rubbish": _("The witness answered something that is no cosignature."),
    "openlog.no_witness": _("There is no witness in the folder {name}."),
    "openlog.witness_exists": _("There is a witness in the folder {name} already. Its keys are never overwritten."),
    "openlog.witness_busy": _("Another process serves the witness in the folder {name}."),
    "openlog.witness_state_lost": _(
        "What this witness cosigned last of {name} is lost or damaged. It signs nothing more: make a new witness under "
        "a new name."
    ),
    "openlog.key_open": _("The file of the key {name} can be read by others. It is not used until that is mended."),
    "openlog.unknown_leaf": _("No entry for the public log is known under this reference."),
    "openlog.not_a_desk": _("Only an officer at a desk that serves holders can give a receipt."),
    "openlog.not_your_desk": _("Your office had nothing to do with this. The holder asks at the office that acted."),
    "openlog.opening_gone": _("The opening of this entry was destroyed. No receipt can be made of it any more."),
    "openlog.no_row_kept": _("This entry was made before rows were kept for receipts. No receipt can be made of it."),
    "openlog.not_your_duty": _("Destroying an opening is the duty of other officers."),
    "openlog.asked_already": _("It was asked already that this opening be destroyed."),
    "openlog.not_asked": _("Nobody has asked that this opening be destroyed."),
    "openlog.same_hands": _("Who asked that an opening be destroyed cannot destroy it. Another officer does."),
    "openlog.promise_broken": _("The log promised this entry by that day, and does not hold it."),
    "openlog.unknown_reason": _("There is no such reason: {reason}."),
    "openlog.nothing_given": _("Choose the file of a receipt, or put the text of its QR here."),
    "openlog.file_too_large": _("The file is too large for a receipt."),
    "openlog.not_in_this_log": _("The log of this server has another entry at this place, or none yet."),
    "openlog.other_history": _(
        "The receipt's checkpoint and this server's log are not one history. This is evidence of a fork: keep the "
        "receipt, and show it to a party or an observer."
    ),
}
STANDINGS: dict[str, Promise] = {
    Standing.COSIGNED: _("has cosigned"),
    Standing.NOT_ASKED: _("has no address here"),
    Standing.SILENT: _("did not answer in time"),
    Standing.UNREACHABLE: _("cannot be reached"),
    Standing.RUBBISH: _("answered something that is no cosignature"),
    Standing.BAD_SIGNATURE: _("sent a wrong signature"),
    Standing.REFUSED: _("has refused"),
    Standing.AHEAD: _("has seen a larger log than this one"),
    Standing.DISAGREES: _("has seen another history"),
}
STANDING_COLOURS: dict[str, str] = {
    Standing.COSIGNED: "green", Standing.NOT_ASKED: "grey", Standing.AHEAD: "red", Standing.DISAGREES: "red",
    Standing.BAD_SIGNATURE: "red",
}  # fmt: skip
KEPT: dict[str, Promise] = {
    Kept.KEPT: _("The promise was kept"),
    Kept.OPEN: _("The promise stands; its day has not passed"),
    Kept.BROKEN: _("The promise was broken"),
}
REASONS: dict[str, Promise] = {
    DestroyReason.RETENTION_OVER: _("The time of keeping is over"),
    DestroyReason.COURT_ORDER: _("Order of a court"),
    DestroyReason.WITHDRAWN: _("The applicant withdrew before the card was handed over"),
    DestroyReason.BY_MISTAKE: _("Entered by mistake"),
}
TYPES: dict[str, Promise] = {
    "card.ordered": _("Card ordered"), "card.issued": _("Card issued"),
    "card.handed_over": _("Card handed over"), "card.revoked": _("Card ended"),
    "card.destroyed": _("Card destroyed"), "person.add": _("Person entered on the resident list"),
    "person.correct": _("Entry of the resident list corrected"),
    "person.remove": _("Person taken off the resident list"), "row.add": _("Entered on the voter list"),
    "row.move": _("Moved on the voter list"), "row.correct": _("Voter list entry corrected"),
    "row.remove": _("Taken off the voter list"), "claim.filed": _("Claim filed"),
    "claim.decided": _("Claim decided"), "objection.filed": _("Objection filed"),
    "objection.decided": _("Objection decided"), "period.open": _("Registration period opened"),
    "period.close": _("Registration period closed"), "person.import": _("Resident list imported"),
    "list.provisional": _("Provisional list posted"), "list.final": _("Final list posted"),
    "dedup.run": _("Search for duplicates"), "law.changed": _("Change of the law"),
    "batch": _("Change of many rows at once"), "alarm": _("Alarm"), "key.rotate": _("Change of a key"),
    "calendar": _("Election calendar"), "manifest.station": _("Manifest of a station"),
    "station.open": _("Station opened"), "station.turnout": _("Turnout of a station"),
    "station.close": _("Station closed"), "form.results": _("Form of results"),
    "form.tabulation": _("Form of tabulation"), "incident": _("Incident"), "complaint": _("Complaint"),
    "decision": _("Decision"), "recount": _("Recount"), "audit.seed": _("Seed of an audit"),
    "audit.draw": _("Draw of an audit"), "audit.result": _("Result of an audit"),
    "allocation": _("Allocation of seats"), "release": _("Release of the software"),
    "role.grant": _("Duty given"), "role.revoke": _("Duty taken"),
}  # fmt: skip
# The members of rows that the rooms commit to, for people who read a receipt.
MEMBERS: dict[str, Promise] = {
    "commune": _("Commune, by its code"), "on": _("Date"), "row": _("Identifier of the row"), "state": _("State"),
    "year": _("Year of the list"), "card": _("Identifier of the card"), "number": _("Card number"),
    "generation": _("Generation of the card"), "order_sha256": _("Digest of the order"),
    "handle": _("Identifier of the person"), "subject": _("Identifier of the person"), "version": _("Version"),
    "name_km": _("Name in Khmer letters"), "name_latin": _("Name in Latin letters"), "birth": _("Born"),
    "address": _("Address of record, by its code"),
}  # fmt: skip
