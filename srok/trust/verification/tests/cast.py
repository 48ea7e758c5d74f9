"""Sophea and her card in the answer book, and the officers who ask."""

import io
from dataclasses import replace
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from uuid import UUID

from django.test.utils import override_settings
from PIL import Image

from srok.ground.kernel.canonical import canonical_bytes, sha256_hex
from srok.ground.kernel.context import Context
from srok.ground.kernel.dates import PartialDate
from srok.ground.kernel.ids import new_id
from srok.ground.kernel.names import PersonName
from srok.trust.credentials import public as credentials
from srok.trust.verification.terms import PutCard, PutPerson

AT = datetime(2025, 3, 3, 2, tzinfo=UTC)
SOPHEA = UUID("5b0b4c2e-7a11-4d0e-9c7e-0d6b54c0a001")
RITH = UUID("5b0b4c2e-7a11-4d0e-9c7e-0d6b54c0a002")
ORDERED, HANDED_OVER, EXPIRES = date(2025, 3, 3), date(2025, 4, 7), date(2035, 3, 2)
DAY = date(2025, 5, 12)
CARD = credentials.CardToSign(
    number="123456789", generation="2", name=PersonName("សុខ", "សុភា", "SOK", "SOPHEA"), birth=PartialDate(1960, 5, 3),
    sex="F", address="ឃុំសំរោង ស្រុកសំរោងទង ខេត្តកំពង់ស្ពឺ", issued=ORDERED, expires=EXPIRES, status_index=4711,
)  # fmt: skip
PERSON = PutPerson(SOPHEA, CARD.birth, citizen_from=date(1960, 5, 3))
BOOKED = PutCard(CARD.number, CARD.generation, SOPHEA, "issued", on=ORDERED, expires=EXPIRES, status_index=4711)


def context(actor: str, office: str, *roles: str, on: date = DAY) -> Context:
    """A context of its own command, on a day."""
    return Context(actor, office, frozenset(roles), AT, on, new_id(AT))


def border(on: date = DAY) -> Context:
    """An officer at the border."""
    return context("sokha", "moi.border", "border_officer", on=on)


def land(on: date = DAY) -> Context:
    """An officer of the land registry."""
    return context("phalla", "mlmupc.land", "land_officer", on=on)


def roll(on: date = DAY) -> Context:
    """An officer of the voter list."""
    return context("malis", "nec.roll", "roll_officer", on=on)


def qr(number: str = CARD.number, status_index: int = 4711) -> str:
    """The QR text of Sophea's card, signed by both ministries."""
    tbs = credentials.card_claims(replace(CARD, number=number, status_index=status_index, portrait=portrait()))
    order = canonical_bytes({"number": number, "tbs_sha256": sha256_hex(tbs)})
    signers = {"mfa": ("chanthou", "mfa.consular"), "moi": ("vuthy", "moi.gdi")}
    both = [
        credentials.sign_as_office(ministry, order, context(actor, office, "order_signer"))
        for ministry, (actor, office) in signers.items()
    ]
    return credentials.sign_card(order, both, tbs).qr_text


def forged(folder: Path) -> str:
    """Sophea's card as somebody makes it who has keys of his own under the same names."""
    with override_settings(SROK_KEYS=folder):
        credentials.create_keys(context("rith", "moi.gdi"))
        return qr()


def portrait() -> bytes:
    """A grey WebP of 60 by 75 under 500 bytes."""
    grey = Image.frombytes("L", (12, 15), b"".join(sha256(bytes([n])).digest() for n in range(6))[:180])
    written = io.BytesIO()
    grey.resize((60, 75), Image.Resampling.BICUBIC).save(written, "WEBP", quality=8, method=6)
    return written.getvalue()


def picture_of(text: str, kind: str = "PNG") -> bytes:
    """A picture of this QR, as a telephone would send it."""
    import zxingcpp

    drawn = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M").to_image(scale=5)
    written = io.BytesIO()
    Image.fromarray(drawn).convert("RGB").save(written, kind)
    return written.getvalue()


def open_offices() -> None:
    """The offices that ask, with one officer each, and an examiner who may not."""
    from srok.ground.accounts import public as accounts
    from srok.ground.accounts.terms import AppointOfficer, OpenOffice

    seats = {
        "sokha": ("moi.border", "border_officer"), "phalla": ("mlmupc.land", "land_officer"),
        "malis": ("nec.roll", "roll_officer"), "chanthou": ("mfa.consular", "examiner"),
    }  # fmt: skip
    for username, (office, role) in seats.items():
        accounts.open_office(OpenOffice(office, "ការិយាល័យ", "Office"), ctx=context("service:seed", "moi.gdi"))
        accounts.appoint(
            AppointOfficer(username, "មន្ត្រី", "OFFICER", office, (role,)), ctx=context("service:seed", "moi.gdi")
        )
