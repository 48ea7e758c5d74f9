"""The papers as printed: size, fonts, sameness, fitting, refusals, speed."""

from dataclasses import replace
from io import BytesIO
from time import process_time

import numpy as np
import pytest
from PIL import Image
from pypdf import PdfReader

from srok.ground.kernel.names import PersonName
from srok.ground.kernel.refusal import Refusal
from srok.ground.paper import fonts
from srok.ground.paper.public import (
    APPROVED_FONTS,
    LetterReason,
    ReceiptLine,
    card_pdf,
    letter_pdf,
    pdf_fonts,
    png,
    receipt_pdf,
    reference_sheets_pdf,
)  # fmt: skip
from srok.ground.paper.tests.samples import FACE, LETTER, RECEIPT, face

# Typeset pages and long walks: the inner loop leaves them out.
pytestmark = pytest.mark.slow

LONG_KM = PersonName("ក្រុមព្រះសិរីសុវត្ថិ", "មង្គលវណ្ណារិទ្ធិរាស្មីសុវណ្ណារិទ្ធិបញ្ញាវុឌ្ឍិចន្ទ្រាវត្តីឥន្ទ្រទេវី", "SOK", "SOPHEA")
LONG_LATIN = PersonName("សុខ", "សុភា", "N" * 40, "SOVANNARITHIREAKSMEYPANHAVUTTHICHANTREAV")


def text_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)


def pixels(page: bytes) -> np.ndarray:
    return np.asarray(Image.open(BytesIO(page)).convert("L"))


def test_card_is_two_pages_of_id_1_in_exactly_the_approved_fonts():
    pdf = card_pdf(FACE)
    sizes = [(float(page.mediabox.width), float(page.mediabox.height)) for page in PdfReader(BytesIO(pdf)).pages]
    assert [(round(w * 25.4 / 72, 2), round(h * 25.4 / 72, 2)) for w, h in sizes] == [(85.6, 53.98)] * 2
    assert pdf_fonts(pdf) == APPROVED_FONTS


def test_same_values_same_bytes():
    assert card_pdf(FACE) == card_pdf(face())
    assert letter_pdf(LETTER) == letter_pdf(LETTER)


def test_machine_readable_zone_is_on_the_back():
    back = PdfReader(BytesIO(card_pdf(FACE))).pages[1].extract_text()
    assert all(line in back for line in FACE.mrz)


def test_specimen_mark_only_where_said():
    assert "SPECIMEN" not in text_of(card_pdf(FACE))
    assert text_of(card_pdf(face(specimen=True))).count("SPECIMEN") == 2


@pytest.mark.parametrize("name", [LONG_KM, LONG_LATIN, PersonName("ក" * 40, "ក្ស" * 13, "A" * 79, "B")])
def test_long_names_are_whole_and_leave_their_neighbours_alone(name):
    """Name rows end at 23.6 mm from the top and begin at 28 mm from the left: nothing outside them may change."""
    plain, long = (pixels(png(made)[0]) for made in (FACE, face(name=name)))
    dots = 300 / 25.4
    below, left = slice(int(23.8 * dots), None), slice(0, int(27.8 * dots))
    assert (plain[below] == long[below]).all()
    assert (plain[:, left] == long[:, left]).all()
    printed = text_of(card_pdf(face(name=name))).replace("\n", "").replace("\u200b", "")
    assert name.given_latin in printed
    assert name.family_latin in printed


def test_long_address_wraps_in_its_own_lines():
    address = ("ផ្ទះលេខ ១២៣ ក្រុមទី៤ ផ្លូវលេខ ៥៦៧ ភូមិកណ្ដាល ឃុំត្រពាំងឈូក មណ្ឌលសុវណ្ណភូមិ", "ឃុំកំពង់ត្រឡាច " * 6)
    plain, long = (pixels(png(made)[0]) for made in (FACE, face(address_km=address)))
    assert (plain[int(41.9 * 300 / 25.4) :] == long[int(41.9 * 300 / 25.4) :]).all()


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"birthplace_km": "ហុ៊ន"}, "paper.unprintable"),
        ({"name": PersonName("សុខ", "សុភា", "SOK", "中")}, "paper.unprintable"),
        ({"birthplace_km": "ក" * 600}, "paper.does_not_fit"),
        ({"qr_text": "A" * 5000}, "paper.qr_too_long"),
        ({"portrait": b"GIF89a"}, "paper.bad_portrait"),
    ],
)
def test_card_is_refused_before_printing(changed, code):
    with pytest.raises(Refusal) as refused:
        card_pdf(face(**changed))
    assert refused.value.code == code
    assert refused.value.field or code == "paper.qr_too_long"


def test_markup_in_a_value_is_only_text():
    assert "#panic" in text_of(card_pdf(face(issued_at_en='#panic("x") *b* $1$'))).replace("\n", "")


def test_letter_speaks_both_languages_and_names_every_source():
    pdf = letter_pdf(LETTER)
    pages = [page.extract_text() for page in PdfReader(BytesIO(pdf)).pages]
    assert len(pages) == 2
    assert "Sub-decree 60, article 2" in pages[1]
    assert "rule of the service" in pages[1]
    assert "12 March 2025" in pages[1]
    assert pdf_fonts(pdf) == APPROVED_FONTS
    with pytest.raises(Refusal, match=r"paper\.unprintable"):
        letter_pdf(replace(LETTER, paragraphs_km=("ក្",)))


def test_receipt_fits_one_slip():
    pdf = receipt_pdf(RECEIPT)
    assert len(PdfReader(BytesIO(pdf)).pages) == 1
    assert "7K3M-Q2ZX-9PBT" in text_of(pdf)
    assert pdf_fonts(pdf) == APPROVED_FONTS


def test_a_crowded_receipt_still_fits_one_slip():
    line = ReceiptLine("អាសយដ្ឋាន", "Address", "ឃុំកំពង់ត្រឡាចក្រោម ស្រុកកំពង់ត្រឡាច ខេត្តកំពង់ឆ្នាំង")
    digest = ReceiptLine("ស្លឹក", "Leaf", "4f5e6a0b" * 8, mono=True)
    foot = ("សូមរក្សាបង្កាន់ដៃនេះទុក។ វាបញ្ជាក់ថាលោកអ្នកបានចុះឈ្មោះ។",) * 3
    pdf = receipt_pdf(replace(RECEIPT, lines=(line,) * 6 + (digest,), footer_km=foot, footer_en=("Keep it.",) * 3))
    assert len(PdfReader(BytesIO(pdf)).pages) == 1
    assert digest.value in text_of(pdf).replace("\u200b", "").replace("\n", "")


def test_what_is_asked_for_needs_no_source():
    asked = LetterReason("ខ្វះឯកសារ។", "A paper is missing.", None, None)
    assert "rule of the service" not in text_of(letter_pdf(replace(LETTER, reasons=(asked,))))


@pytest.mark.slow
def test_three_hundred_receipts_are_quick_and_numbered():
    """Five seconds of processor time: what else the machine does meanwhile does not count."""
    refs = [f"7K3M-Q2ZX-{number:04}" for number in range(300)]
    start = process_time()
    pdf = reference_sheets_pdf(refs, "ស្ថានទូតកម្ពុជា", "the Embassy of Cambodia")
    assert process_time() - start < 5
    pages = PdfReader(BytesIO(pdf)).pages
    assert len(pages) == 60
    last = pages[-1].extract_text()
    assert last.count(refs[-1]) == 2
    assert "No. 300" in last


def test_no_receipts_is_refused():
    with pytest.raises(Refusal, match=r"paper\.nothing_to_print"):
        reference_sheets_pdf([], "x", "x")


def test_fonts_are_the_listed_ones():
    assert {entry["postscript"] for entry in fonts.manifest().values()} == APPROVED_FONTS
    fonts._check_hashes()
