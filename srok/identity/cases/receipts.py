"""The receipt on the spot: shown, and printed as a slip of A6 with check character and QR. No name stands on it."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from srok.ground.accounts import public as accounts
from srok.ground.faces.dates_in_words import date_in_words
from srok.ground.kernel.context import Context
from srok.ground.kernel.refusal import Refusal
from srok.ground.paper import public as paper
from srok.identity.cases import capture_store
from srok.identity.cases.capture_terms import Stage

RECEIVED = _("Receipt for an application")
KEEP = _("Keep this slip: its number is the only key to your application.")
NEXT = {
    False: _("Your application is received. The Ministry of Foreign Affairs examines it next, then Interior decides."),
    True: _("Your application is received. It will be entered when the mission's parcel reaches the capital."),
}
TRACK = {
    False: _("Look up the number on the tracking page, or ask at any embassy. The last character checks the others."),
    True: _("Until then tracking does not know the number. The last character checks the others."),
}
CARD = _("We write to you when something is missing, when it is decided, and when the card is ready.")


@dataclass(frozen=True, slots=True)
class CaptureReceipt:
    """What a receipt says: the number, the day, the office, and whether it still has to travel in a parcel."""

    reference: str
    on: date
    office: str
    travels: bool
    kit: str
    event: int

    @property
    def lines(self) -> tuple[Promise, ...]:
        """What happens next, in the order in which it is said."""
        return (NEXT[self.travels], TRACK[self.travels], CARD, KEEP)


def receipt_of(capture: UUID, ctx: Context) -> CaptureReceipt:
    """The receipt of an approved capture; raises `cases.unknown_capture` for any other."""
    row = capture_store.load(capture, ctx)
    if row.state != Stage.APPROVED or not row.reference:
        raise Refusal("cases.unknown_capture")
    return CaptureReceipt(row.reference, row.on, row.office, bool(row.kit), row.kit, row.event)


def slip_pdf(receipt: CaptureReceipt, ctx: Context) -> bytes:
    """The slip as a PDF in both languages."""
    office = accounts.office(ctx.office)
    lines = [
        paper.ReceiptLine(*_both(_("Reference")), receipt.reference, mono=True),
        paper.ReceiptLine(*_both(_("Received on")), _dates(receipt.on)),
    ]
    if receipt.travels:
        lines.append(paper.ReceiptLine(*_both(_("Kit and event")), f"{receipt.kit} {receipt.event}", mono=True))
    said = [_both(text) for text in receipt.lines]
    title = _both(RECEIVED)
    return paper.receipt_pdf(
        paper.Receipt(
            title_km=title[0], title_en=title[1], lines=tuple(lines), qr_text=receipt.reference,
            office_km=office.name_km, office_en=office.name_en, footer_km=tuple(km for km, _en in said),
            footer_en=tuple(en for _km, en in said), specimen=settings.SROK_DEMO,
        )
    )  # fmt: skip


def _dates(on: date) -> str:
    return f"{date_in_words(on, 'km')} · {date_in_words(on, 'en')}"


def _both(text: object) -> tuple[str, str]:
    with override("km"):
        km = str(text)
    with override("en"):
        return km, str(text)
