"""The voter's receipt on paper, in both languages on one slip."""

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from srok.ground.accounts import public as accounts
from srok.ground.faces.dates_in_words import date_in_words
from srok.ground.gazetteer import public as gazetteer
from srok.ground.kernel.context import Context
from srok.ground.kernel.text import to_khmer_digits
from srok.ground.paper import public as paper
from srok.identity.register import for_roll
from srok.vote.roll import reads
from srok.vote.roll.terms import RollReceipt

FOOTER = (
    _("Keep this slip. It proves that you were entered on the voter list; it does not say how anyone votes."),
    _("The provisional list is posted in the commune. Look for your name, and object in time if it is missing."),
    _(
        "This mark enters the public log together with those of others, at the latest when the list is posted. "
        "The desk gives a receipt of it at any time."
    ),
)


def receipt_pdf(receipt: RollReceipt, ctx: Context) -> bytes:
    """The slip of an entry: who, where, since when, for which list, and what was stored for the public log."""
    office = accounts.office(ctx.office)
    row = reads.row(receipt.row_id, ctx)
    line = for_roll.list_line(row.handle)
    values: list[tuple[Promise, str, bool]] = [
        (_("Receipt number"), receipt.reference, True),
        (_("Name"), line.name.khmer, False),
        (_("Name in Latin letters"), line.name.latin, False),
        (_("Commune"), _commune(receipt.commune), False),
        (_("Entered on"), date_in_words(receipt.entered_on, "km"), False),
        (_("Voter list of the year"), to_khmer_digits(str(receipt.list_year)), False),
        (_("Public leaf"), receipt.commitment, True),
    ]
    return paper.receipt_pdf(
        paper.Receipt(
            title_km=_said(_("Entry on the voter list"), "km"),
            title_en=_said(_("Entry on the voter list"), "en"),
            lines=tuple(
                paper.ReceiptLine(_said(label, "km"), _said(label, "en"), value, mono) for label, value, mono in values
            ),
            qr_text=receipt.reference,
            office_km=office.name_km,
            office_en=office.name_en,
            footer_km=tuple(_said(text, "km") for text in FOOTER),
            footer_en=tuple(_said(text, "en") for text in FOOTER),
            specimen=settings.SROK_DEMO,
        )
    )


def _commune(code: str) -> str:
    """The commune with its district and province in Khmer; the code where the gazetteer does not know it."""
    return gazetteer.describe(code, "km") if gazetteer.exists(code) else code


def _said(text: Promise, language: str) -> str:
    with override(language):
        return str(text)
