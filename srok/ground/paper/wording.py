"""The paper's sentences: refusals to print, and what a counter receipt tells its holder."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, Promise] = {
    "paper.unprintable": _(
        "This text cannot be printed correctly: {character} stands where it does not belong."
        " Correct the spelling of: {text_at}."
    ),
    "paper.does_not_fit": _("The text is too long for its place on the paper: {text_at}."),
    "paper.qr_too_long": _("The content of the QR code is too long for its place ({length} characters)."),
    "paper.bad_portrait": _("The portrait for printing must be a JPEG picture."),
    "paper.nothing_to_print": _("There is nothing to print."),
    "paper.font_changed": _("The font file {name} is not the approved one. Nothing was printed."),
    "paper.not_typeset": _("The paper could not be typeset. Nothing was printed; tell the operator: {message}"),
    "paper.sheet_keep": _("Keep this receipt. The reference above is the number of your file."),
    "paper.sheet_follow": _("With the reference or the QR code you can follow your application, or ask at {post}."),
    "paper.sheet_collect": _(
        "Bring this receipt when you come for the card. It is handed only to the holder in person."
    ),
}
