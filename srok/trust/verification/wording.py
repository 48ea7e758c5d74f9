"""Sentences of the verification, by code, and the words of parties, purposes and outcomes."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from srok.trust.verification.terms import CheckState, Party

SENTENCES: dict[str, Promise] = {
    "verification.hand_over_unconfirmed": _(
        "The card was handed over where there was no network; the confirmation is on its way. It counts meanwhile."
    ),
    "verification.not_handed_over": _(
        "The card is not active on this day: it has not been handed over to its holder in person."
    ),
    "verification.suspended": _("The card is suspended on this day."),
    "verification.revoked": _("The card was ended. It no longer counts, even if it looks whole."),
    "verification.expired": _("The last day of the card has passed."),
    "verification.unknown_card": _("No card like this stands in the answer book."),
    "verification.expired_but_counts": _(
        "The card has expired, but by a dated decision it counts for the voter list until the official results."
    ),
    "verification.holder_died": _("The holder of this card has died."),
    "verification.not_citizen": _("The holder is not a Khmer national on this day."),
    "verification.under_age": _("The holder does not reach the voting age by the reference date of the list."),
    "verification.age_open": _(
        "The birth date is known only in part, and the unknown part decides. Ask for a paper with the full date."
    ),
    "verification.no_reference_date": _("No reference date of a voter list is announced for this year."),
    "verification.unknown_party": _("Only the border, the land registry and the election committee may ask."),
    "verification.not_your_party": _("Your office may not ask in this party's name."),
    "verification.purpose_missing": _("Say for which purpose you ask. There is no answer without one."),
    "verification.purpose_not_yours": _("This is not one of the purposes of your office."),
    "verification.nothing_asked": _("Give the text of the card's QR, or a picture of it."),
    "verification.too_many_questions": _(
        "You have asked {most} questions today, the most an officer may ask in a day. Nothing was asked. "
        "Go on tomorrow, or let a colleague ask; if your office needs more, tell the operator."
    ),
    "verification.not_in_log": _("This card has no receipt from the public log, and the log was demanded."),
    "verification.receipt_of_other_card": _("This receipt is for another card, or no longer for its present state."),
    "verification.promise_broken": _(
        "The log promised to hold this card by now, and does not hold it. Keep the promise: it is evidence."
    ),
    "verification.unknown_receipt": _("Your office has no receipt with this number."),
    "verification.unknown_subject": _("A card was written for a person who does not stand in the answer book."),
    "verification.card_of_another": _("The card number {number} stands in the answer book for somebody else."),
    "verification.no_such_move": _("A card cannot go from {state} to {to}."),
    "verification.move_before_state": _("The change is dated {on}, before the last change of this card."),
    "verification.picture_too_large": _("The picture is too large. Up to 10 MB and 40 million points can be read."),
    "verification.picture_unreadable": _("The file cannot be read as a picture. Use a JPEG or PNG file."),
    "verification.no_qr_in_picture": _("No QR was found in the picture. Take it from straight above, in good light."),
    "verification.many_qr_in_picture": _("There is more than one QR in the picture. Show one card only."),
}

# What the public check says first, big.
VERDICTS: dict[CheckState, Promise] = {
    CheckState.VALID: _("The card is in force"),
    CheckState.PENDING: _("The card is in force; its confirmation is on the way"),
    CheckState.NOT_ACTIVE: _("The card is not active yet"),
    CheckState.SUSPENDED: _("The card is suspended"),
    CheckState.REVOKED: _("The card was ended"),
    CheckState.EXPIRED: _("The card has expired"),
    CheckState.UNKNOWN: _("This card is not known"),
}
PARTIES: dict[Party, Promise] = {
    Party.BORDER: _("Border"),
    Party.LAND: _("Land registry"),
    Party.ELECTION: _("Election committee"),
}
QUESTIONS: dict[Party, Promise] = {
    Party.BORDER: _("Is this document in force?"),
    Party.LAND: _("Does a Khmer national show a card in force?"),
    Party.ELECTION: _("Does a citizen of voting age show a card in force?"),
}
PURPOSES: dict[str, Promise] = {
    "entry": _("Entry into Cambodia"),
    "exit": _("Departure from Cambodia"),
    "land_purchase": _("Purchase of land"),
    "land_sale": _("Sale of land"),
    "land_inheritance": _("Inheritance of land"),
    "land_first_title": _("First registration of a title"),
    "voter_registration": _("Registration on the voter list"),
    "voter_list_claim": _("Claim or objection about the voter list"),
}
OUTCOMES: dict[str, Promise] = {
    "enter": _("Enter: the document is in force"),
    "refer": _("Refer: look at the document more closely"),
    "yes": _("Yes"),
    "no": _("No"),
}
