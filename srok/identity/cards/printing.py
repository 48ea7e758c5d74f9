"""The card on paper: both sides as PDF and as pictures, made from the stored plan."""

from uuid import UUID

from django.conf import settings

from srok.ground.gazetteer import public as gazetteer
from srok.ground.kernel.canonical import sha256_hex
from srok.ground.kernel.refusal import Refusal
from srok.ground.paper import public as paper
from srok.identity.biometrics import public as biometrics
from srok.identity.cards import reads
from srok.identity.cards.terms import CardFacts, PrintPlan

# A QR of version 24 level M, the largest that a card has room for: an order is typeset with it before it is signed.
LARGEST_QR = "A" * 1_326


def card_pdf(card_id: UUID) -> bytes:
    """The two sides of an issued card as PDF. The caller has checked who may see it; raises `cards.not_issued`."""
    return paper.card_pdf(_face_of(reads.card(card_id)))


def card_png(card_id: UUID, side: int) -> bytes:
    """The front (0) or back (1) of an issued card as a picture for the screen; raises `cards.not_issued`."""
    return paper.png(_face_of(reads.card(card_id)), dpi=200)[side]


def check_printable(planned: PrintPlan, portrait_key: UUID, post: str) -> None:
    """Typeset the card before anything is signed: no card is ordered that could not be printed right.

    Raises `paper.unprintable` (naming field and character), `paper.does_not_fit`, `paper.bad_portrait`.
    """
    paper.card_pdf(_face(planned, portrait_key, post, LARGEST_QR))


def _face_of(card: CardFacts) -> paper.CardFace:
    if not card.qr_text:
        raise Refusal("cards.not_issued")
    return _face(card.plan, card.portrait_key, card.pickup_post, card.qr_text)


def portrait_of(card: CardFacts) -> bytes:
    """The portrait of a card; raises `cards.portrait_changed` where it is not the one that both ministries signed."""
    return _portrait(card.plan, card.portrait_key)


def check_portrait(card: CardFacts) -> None:
    """Nobody signs for one face and prints another; raises `cards.portrait_changed`."""
    portrait_of(card)


def _portrait(plan: PrintPlan, key: UUID) -> bytes:
    found = biometrics.portrait(key)
    if sha256_hex(found) != plan.portrait_sha256:
        raise Refusal("cards.portrait_changed")
    return found


def _face(plan: PrintPlan, portrait_key: UUID, post: str, qr_text: str) -> paper.CardFace:
    place = next((found for found in gazetteer.posts() if found.code == post), None)
    return paper.CardFace(
        number=plan.number, name=plan.name, sex=plan.sex, birth=plan.birth, birthplace_km=plan.birthplace_km,
        address_km=plan.address_lines_km, issued=plan.issued, expires=plan.expires, mrz=plan.mrz,
        portrait=_portrait(plan, portrait_key), qr_text=qr_text,
        issued_at_km=place.name_km if place else "", issued_at_en=place.name_en if place else "",
        specimen=settings.SROK_DEMO,
    )  # fmt: skip
