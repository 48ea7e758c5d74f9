"""Sophea and her card in the answer book, and the officers who ask."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from srok.ground.kernel.context import Context
from srok.ground.kernel.dates import PartialDate
from srok.ground.kernel.refusal import Refusal
from srok.trust.credentials import public as credentials
from srok.trust.credentials.tests.cast import CARD, chanthou, context, order, portrait, vuthy
from srok.trust.verification.terms import PutCard, PutPerson

SOPHEA = UUID("5b0b4c2e-7a11-4d0e-9c7e-0d6b54c0a001")
RITH = UUID("5b0b4c2e-7a11-4d0e-9c7e-0d6b54c0a002")
ORDERED, HANDED_OVER, EXPIRES = date(2025, 3, 3), date(2025, 4, 7), date(2035, 3, 2)
DAY = date(2025, 5, 12)
PERSON = PutPerson(SOPHEA, PartialDate(1960, 5, 3), citizen_from=date(1960, 5, 3))
BOOKED = PutCard(
    CARD.number, CARD.generation, SOPHEA, "issued", on=ORDERED, expires=EXPIRES, status_index=CARD.status_index
)
STATES = ["ordered", "issued", "pending", "handed_over", "suspended", "revoked", "destroyed"]


def qr(number: str = CARD.number, status_index: int = CARD.status_index) -> str:
    """The QR text of Sophea's card, signed by both ministries."""
    card = replace(CARD, number=number, status_index=status_index, portrait=portrait())
    tbs = credentials.card_claims(card)
    wanted = order(tbs, number)
    both = [
        credentials.sign_as_office("mfa", wanted, chanthou()),
        credentials.sign_as_office("moi", wanted, vuthy()),
    ]
    return credentials.sign_card(wanted, both, tbs).qr_text


def forged() -> str:
    """The QR of Sophea's card with another signature."""
    from srok.trust.credentials import cose
    from srok.trust.credentials import qr as codec

    sealed = cose.open_envelope(codec.unpack(qr()))
    return codec.pack(cose.envelope(sealed.protected, sealed.payload, bytes(64)))


def border(on: date = DAY) -> Context:
    """An officer at the border."""
    return replace(context("sokha", "moi.border", "border_officer"), on=on)


def land(on: date = DAY) -> Context:
    """An officer of the land registry."""
    return replace(context("phalla", "mlmupc.land", "land_officer"), on=on)


def roll(on: date = DAY) -> Context:
    """An officer of the voter list."""
    return replace(context("malis", "nec.roll", "roll_officer"), on=on)


def code_of(refusal: Refusal) -> str:
    """The code of a refusal."""
    return refusal.code
