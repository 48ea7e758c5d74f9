"""The answer as a slip of A6, in both languages."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from srok.ground.faces.public import wording
from srok.ground.paper import public as paper
from srok.ground.paper.terms import Receipt, ReceiptLine
from srok.trust.verification.terms import Answer
from srok.trust.verification.wording import OUTCOMES, PARTIES, PURPOSES

TITLE = _("Receipt of an answer")
LABELS = (_("Receipt"), _("Asked by"), _("Purpose"), _("Answer"), _("About the day"), _("Holder, for this office only"))
KEEP = _("Keep this slip with your file. Srok can show at any time that it gave this answer.")
SEEN = _("The holder of the card can see that you asked, and why.")


def slip_pdf(answer: Answer) -> bytes:
    """A slip with the answer, its reasons and its receipt number; no name stands on it."""
    receipt, party, purpose, outcome, day, holder = LABELS
    lines = [
        ReceiptLine(*_both(receipt), answer.receipt, mono=True),
        ReceiptLine(*_both(party), _joined(PARTIES[answer.party])),
        ReceiptLine(*_both(purpose), _joined(PURPOSES[answer.purpose])),
        ReceiptLine(*_both(outcome), _joined(OUTCOMES[answer.outcome])),
        ReceiptLine(*_both(day), answer.on.isoformat(), mono=True),
    ]
    if answer.pseudonym:
        lines.append(ReceiptLine(*_both(holder), answer.pseudonym, mono=True))
    km = [wording.sentence(code, language="km") for code in answer.reasons]
    en = [wording.sentence(code, language="en") for code in answer.reasons]
    title, keep, seen = _both(TITLE), _both(KEEP), _both(SEEN)
    return paper.receipt_pdf(
        Receipt(
            title_km=title[0], title_en=title[1], lines=tuple(lines), qr_text=answer.receipt,
            footer_km=(*km, keep[0], seen[0]), footer_en=(*en, keep[1], seen[1]), specimen=settings.SROK_DEMO,
        )
    )  # fmt: skip


def _both(text: object) -> tuple[str, str]:
    with override("km"):
        km = str(text)
    with override("en"):
        return km, str(text)


def _joined(text: object) -> str:
    return " · ".join(_both(text))
