"""Words of the paper room: what is printed, as frozen values. Pure."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from srok.ground.kernel.dates import PartialDate
from srok.ground.kernel.names import PersonName

CARD_WIDTH_MM: Final = 85.6
CARD_HEIGHT_MM: Final = 53.98
APPROVED_FONTS: Final = frozenset(
    {"NotoSans-Regular", "NotoSans-Bold", "NotoSansKhmer-Regular", "NotoSansKhmer-Bold", "OCRB-Regular"}
)
"""PostScript names of the only fonts a printed page may embed (fonts/MANIFEST.json)."""


@dataclass(frozen=True, slots=True)
class CardFace:
    """All that the two sides of a card show (law.md 1.3; ICAO TD1).

    `birthplace_km` is one line, `address_km` one or two; `mrz` three lines of 30; `portrait` a JPEG;
    `qr_text` the signed claim; `issued_at_*` the post or office that hands the card over. `specimen`
    prints a small mark that the card is none.
    """

    number: str
    name: PersonName
    sex: str
    birth: PartialDate
    birthplace_km: str
    address_km: tuple[str, ...]
    issued: date
    expires: date
    mrz: tuple[str, str, str]
    portrait: bytes
    qr_text: str
    issued_at_km: str = ""
    issued_at_en: str = ""
    height_cm: int | None = None
    mark_km: str = ""
    specimen: bool = False


@dataclass(frozen=True, slots=True)
class LetterReason:
    """One numbered reason and its source.

    An empty source prints as "rule of the service", without an article; None prints no line of source (a thing
    asked for, not a reason against).
    """

    sentence_km: str
    sentence_en: str
    source_km: str | None = ""
    source_en: str | None = ""


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter of an office to one person, Khmer first, then English: each a page with its own head and signature.

    `office_*` are the lines of the letterhead, largest body first; `appeal_*` how to object and until when
    (empty: no such section); `qr_text` is what the QR beside the reference says (empty: the reference).
    """

    reference: str
    on: date
    place_km: str
    place_en: str
    office_km: tuple[str, ...]
    office_en: tuple[str, ...]
    addressee: tuple[str, ...]
    subject_km: str
    subject_en: str
    paragraphs_km: tuple[str, ...]
    paragraphs_en: tuple[str, ...]
    reasons: tuple[LetterReason, ...] = ()
    appeal_km: tuple[str, ...] = ()
    appeal_en: tuple[str, ...] = ()
    signatory_km: str = ""
    signatory_en: str = ""
    qr_text: str = ""
    specimen: bool = False


@dataclass(frozen=True, slots=True)
class ReceiptLine:
    """A labelled value of a slip; `mono` prints it in the machine-readable letters (numbers, references)."""

    label_km: str
    label_en: str
    value: str
    mono: bool = False


@dataclass(frozen=True, slots=True)
class Receipt:
    """A slip of A6: a title, labelled values, a QR (empty: none), and what to do next."""

    title_km: str
    title_en: str
    lines: tuple[ReceiptLine, ...]
    qr_text: str = ""
    office_km: str = ""
    office_en: str = ""
    footer_km: tuple[str, ...] = ()
    footer_en: tuple[str, ...] = ()
    specimen: bool = False
