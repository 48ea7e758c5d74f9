"""Sophea's papers: one face, one letter, one receipt, with parts to replace."""

import base64
from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any

from PIL import Image, ImageDraw

from srok.ground.kernel.dates import PartialDate
from srok.ground.kernel.names import PersonName
from srok.ground.paper.public import CardFace, Letter, LetterReason, Receipt, ReceiptLine

# As long as a signed claim with a small portrait: version 24 at level M.
QR_TEXT = base64.b32encode(bytes(i * i % 251 for i in range(740))).decode().replace("=", "")


def portrait() -> bytes:
    """A drawn head and shoulders as JPEG."""
    picture = Image.new("RGB", (240, 300), "#dfe7ee")
    draw = ImageDraw.Draw(picture)
    draw.ellipse((24, 220, 216, 400), fill="#35506b")
    draw.ellipse((76, 60, 164, 190), fill="#c99a77")
    out = BytesIO()
    picture.save(out, "JPEG", quality=85)
    return out.getvalue()


FACE = CardFace(
    number="900000017",
    name=PersonName("សុខ", "សុភា", "SOK", "SOPHEA"),
    sex="F",
    birth=PartialDate(1972, 1, 1),
    birthplace_km="ឃុំកំពង់ត្របែក ស្រុកកំពង់ត្របែក ខេត្តព្រៃវែង",
    address_km=("ភូមិស្វាយដង្គំ សង្កាត់ស្វាយដង្គំ", "ក្រុងសៀមរាប ខេត្តសៀមរាប"),
    issued=date(2025, 3, 3),
    expires=date(2035, 3, 2),
    mrz=("IDKHM9000000173<<<<<<<<<<<<<<<", "7201013F3405318KHM<<<<<<<<<<<4", "SOK<<SOPHEA<<<<<<<<<<<<<<<<<<<"),
    portrait=portrait(),
    qr_text=QR_TEXT,
    issued_at_km="ស្ថានទូតកម្ពុជា ទីក្រុងវ៉ាស៊ីនតោន",
    issued_at_en="Royal Embassy of Cambodia, Washington",
)
LETTER = Letter(
    reference="7K3M-Q2ZX-9PBT",
    on=date(2025, 3, 12),
    place_km="រាជធានីភ្នំពេញ",
    place_en="Phnom Penh",
    office_km=("ក្រសួងមហាផ្ទៃ", "អគ្គនាយកដ្ឋានអត្តសញ្ញាណកម្ម"),
    office_en=("Ministry of Interior", "General Department of Identification"),
    addressee=("លោកស្រី សុខ សុភា", "12 Rue Saint-Étienne, Montréal QC, Canada"),
    subject_km="ការសម្រេចលើពាក្យសុំអត្តសញ្ញាណប័ណ្ណសញ្ជាតិខ្មែរ",
    subject_en="Decision on an application for a Khmer nationality identity card",
    paragraphs_km=("ពាក្យសុំរបស់លោកអ្នកមិនអាចអនុញ្ញាតបានទេ ដោយហេតុផលដូចខាងក្រោម។",),
    paragraphs_en=("Your application cannot be granted, for the reasons below.",),
    reasons=(
        LetterReason(
            "សាមីខ្លួនមិនទាន់គ្រប់អាយុ ១៥ ឆ្នាំ។",
            "You were not yet 15 years old.",
            "អនុក្រឹត្យលេខ ៦០ មាត្រា ២",
            "Sub-decree 60, article 2",
        ),
        LetterReason("ខ្វះឯកសារ។", "A paper is missing."),
    ),
    appeal_km=("លោកអ្នកមានសិទ្ធិតវ៉ាក្នុងរយៈពេល ៣០ ថ្ងៃ។",),
    appeal_en=("You may object within 30 days.",),
    signatory_km="អគ្គនាយក",
    signatory_en="The Director General",
)
RECEIPT = Receipt(
    title_km="បង្កាន់ដៃចុះឈ្មោះក្នុងបញ្ជីបោះឆ្នោត",
    title_en="Voter list registration receipt",
    lines=(
        ReceiptLine("គោត្តនាម និងនាម", "Name", "សុខ សុភា"),
        ReceiptLine("លេខយោង", "Reference", "7K3M-Q2ZX-9PBT", mono=True),
    ),
    qr_text="7K3M-Q2ZX-9PBT",
    footer_km=("សូមរក្សាបង្កាន់ដៃនេះទុក។",),
    footer_en=("Keep this receipt.",),
)


def face(**changed: Any) -> CardFace:
    """Sophea's card with some fields changed."""
    return replace(FACE, **changed)
