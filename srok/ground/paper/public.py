"""The door of the paper room: papers in, PDF, PNG or SVG out."""

from collections.abc import Sequence

from srok.ground.paper import typesetting
from srok.ground.paper.card import card_data
from srok.ground.paper.letter import letter_data
from srok.ground.paper.qr import qr_svg
from srok.ground.paper.shaping import shaping_problem
from srok.ground.paper.slips import receipt_data, sheets_data
from srok.ground.paper.terms import APPROVED_FONTS, CardFace, Letter, LetterReason, Receipt, ReceiptLine
from srok.ground.paper.typesetting import pdf_fonts

__all__ = [
    "APPROVED_FONTS", "CardFace", "Letter", "LetterReason", "Receipt", "ReceiptLine",
    "card_pdf", "letter_pdf", "pdf_fonts", "png", "qr_svg", "receipt_pdf", "reference_sheets_pdf", "shaping_problem",
]  # fmt: skip


def card_pdf(face: CardFace) -> bytes:
    """The card as a PDF of two pages of 85.6 x 53.98 mm, front and back; the same face gives the same bytes.

    Raises `paper.unprintable` (a text that would print a dotted circle, a bare coeng or an empty box),
    `paper.does_not_fit` (too long even at the smallest legible size), `paper.qr_too_long`, `paper.bad_portrait`.
    """
    return typesetting.pdf("card", card_data(face))


def letter_pdf(letter: Letter) -> bytes:
    """The letter on A4: a Khmer and an English part, each with letterhead, reference and QR, numbered reasons with
    their sources, how to object and until when, and a place to sign; the same letter gives the same bytes.

    Raises `paper.unprintable`, naming the field and the character, or `paper.qr_too_long`.
    """
    return typesetting.pdf("letter", letter_data(letter))


def reference_sheets_pdf(refs: Sequence[str], post_km: str, post_en: str, first: int = 1) -> bytes:
    """A4 sheets of five tear-off receipts each: reference, QR, running number from `first`, what to do next, and a
    stub for the office. `post_*` is where the holder may ask. 300 receipts take well under five seconds.

    Raises `paper.nothing_to_print` for no references, `paper.unprintable`.
    """
    return typesetting.pdf("sheets", sheets_data(refs, post_km, post_en, first))


def receipt_pdf(receipt: Receipt) -> bytes:
    """The slip on A6; raises `paper.unprintable` or `paper.qr_too_long`."""
    return typesetting.pdf("receipt", receipt_data(receipt))


def png(paper: CardFace | Letter | Receipt, dpi: float = 300) -> list[bytes]:
    """Each page of a paper as a PNG of `dpi` dots an inch, for screens; raises as its PDF would."""
    if isinstance(paper, CardFace):
        return typesetting.png("card", card_data(paper), dpi)
    if isinstance(paper, Letter):
        return typesetting.png("letter", letter_data(paper), dpi)
    return typesetting.png("receipt", receipt_data(paper), dpi)
