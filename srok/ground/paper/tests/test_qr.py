"""The QR read back from the printed page at 300 dpi, by two readers; and how it is drawn."""

import shutil
import subprocess
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
import zxingcpp
from PIL import Image

from srok.ground.kernel.refusal import Refusal
from srok.ground.paper import qr
from srok.ground.paper.public import card_pdf, letter_pdf, png, qr_svg, receipt_pdf, reference_sheets_pdf
from srok.ground.paper.tests.samples import FACE, LETTER, QR_TEXT, RECEIPT, face

# Typeset pages and long walks: the inner loop leaves them out.
pytestmark = pytest.mark.slow

needs_poppler = pytest.mark.skipif(shutil.which("pdftoppm") is None, reason="pdftoppm is not installed")


def rendered(pdf: bytes, folder: Path, page: int) -> Image.Image:
    """One page at 300 dpi, drawn by poppler: not the program that made it."""
    (folder / "page.pdf").write_bytes(pdf)
    how = ["pdftoppm", "-r", "300", "-f", str(page), "-l", str(page), "-png", "-singlefile", "page.pdf", "page"]
    subprocess.run(how, cwd=folder, check=True)
    return Image.open(folder / "page.png").convert("L")


def zxing(image: Image.Image) -> set[str]:
    return {code.text for code in zxingcpp.read_barcodes(image)}


def zbar(image: Image.Image) -> set[str]:
    decode = pytest.importorskip("pyzbar.pyzbar", reason="libzbar0 is not installed", exc_type=ImportError).decode
    symbols = [pytest.importorskip("pyzbar.pyzbar").ZBarSymbol.QRCODE]
    return {code.data.decode() for code in decode(image, symbols)}


@needs_poppler
@pytest.mark.parametrize("text", [QR_TEXT, QR_TEXT[:600], QR_TEXT + QR_TEXT[:700]], ids=["v24", "small", "large"])
def test_card_qr_reads_back(tmp_path, text):
    page = rendered(card_pdf(face(qr_text=text)), tmp_path, 2)
    assert zxing(page) == {text}
    assert zbar(page) == {text}


@pytest.mark.slow
@needs_poppler
def test_papers_read_back(tmp_path):
    letter = rendered(letter_pdf(LETTER), tmp_path, 1)
    assert zxing(letter) == zbar(letter) == {LETTER.reference}
    slip = rendered(receipt_pdf(RECEIPT), tmp_path, 1)
    assert zxing(slip) == zbar(slip) == {RECEIPT.qr_text}
    refs = [f"7K3M-Q2ZX-000{number}" for number in range(5)]
    sheet = rendered(reference_sheets_pdf(refs, "ស្ថានទូត", "the Embassy"), tmp_path, 1)
    assert zxing(sheet) == zbar(sheet) == set(refs)


def test_card_modules_are_whole_dots_without_grey():
    """At 300 dpi every pixel of the QR is black or white: nothing was smoothed."""
    back = Image.open(BytesIO(png(FACE)[1])).convert("L")
    code = qr.draw(QR_TEXT, room_dots=363)
    assert code.dots == 3
    left = 1011 - 9 - code.side_dots
    top = (363 - code.side_dots) // 2
    square = back.crop((left, top, left + code.side_dots, top + code.side_dots))
    shades = np.asarray(square)
    assert ((shades < 8) | (shades > 247)).all()


def test_module_size_gives_way_before_the_code_does():
    assert qr.draw("7K3M", room_dots=1000, most=8).dots == 8
    assert qr.draw(QR_TEXT, room_dots=300).dots == 2
    with pytest.raises(Refusal, match=r"paper\.qr_too_long"):
        qr.draw(QR_TEXT, room_dots=200)


def test_svg_for_pages_has_a_quiet_zone():
    svg = qr_svg("7K3M-Q2ZX-9PBT")
    assert 'viewBox="0 0 29 29"' in svg
    assert "<script" not in svg
