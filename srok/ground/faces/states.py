"""The colour and the words of each state that a page can show (cases, cards, answers, voter list)."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# Colour names of the tag component; red is kept for what stops a person, yellow for what waits.
STATES: Mapping[str, tuple[str, Promise]] = {
    "lodged": ("blue", _("Received")),
    "examined": ("blue", _("Examined")),
    "decided": ("blue", _("Decided, awaiting approval")),
    "approved": ("green", _("Approved")),
    "refused": ("red", _("Refused")),
    "closed": ("grey", _("Closed")),
    "waiting_papers": ("yellow", _("Waiting for papers")),
    "waiting_central": ("yellow", _("With the central office")),
    "appealed": ("purple", _("Under appeal")),
    "withdrawn": ("grey", _("Withdrawn")),
    "ordered": ("blue", _("Ordered")),
    "issued": ("teal", _("Issued")),
    "handed_over": ("green", _("Handed over")),
    "suspended": ("yellow", _("Suspended")),
    "revoked": ("red", _("Revoked")),
    "expired": ("red", _("Expired")),
    "destroyed": ("grey", _("Destroyed")),
    "valid": ("green", _("Valid")),
    "pending": ("yellow", _("Handed over, not yet confirmed")),
    "not_active": ("yellow", _("Not active yet")),
    "unknown": ("grey", _("Unknown")),
    "entered": ("green", _("On the voter list")),
    "not_tried": ("grey", _("Not asked")),
    "yes": ("green", _("Yes")),
    "no": ("red", _("No")),
    "open": ("yellow", _("Open")),
    "settled": ("green", _("Settled")),
}

# The words of each role (`accounts.terms.Role`), for the page that says whose desk something is.
ROLES: Mapping[str, Promise] = {
    "consular_officer": _("consular officer"),
    "mission_head": _("head of a mobile mission"),
    "examiner": _("examiner"),
    "identification_officer": _("identification officer"),
    "approver": _("approver"),
    "order_signer": _("signer of orders"),
    "card_officer": _("card officer"),
    "commune_clerk": _("commune clerk"),
    "border_officer": _("border officer"),
    "land_officer": _("land registry officer"),
    "roll_officer": _("officer of the voter list"),
}
