"""The JSON API of the verification: the public check, the parties' questions, the published keys."""

from datetime import date, datetime
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Field, Router, Schema

from srok.ground.faces.public import OfficerAuth, clock, context
from srok.trust.credentials import public as credentials
from srok.trust.verification import public
from srok.trust.verification.json_out import answer_json, check_json
from srok.trust.verification.terms import ASKERS, Ask, CheckState, Party

router = Router(tags=["verification"])
QrText = Annotated[str, Field(max_length=6_000, description="The text of the QR on the card.")]
PUBLIC = {"x-srok-needs": "public"}
OFFICERS = tuple(sorted({role for roles in ASKERS.values() for role in roles}))


class CheckIn(Schema, extra="forbid"):
    """A card's QR. The answer is about today: days gone by would tell when a card was ended."""

    qr_text: QrText


class CheckOut(Schema):
    """Whether the card is in force; `claims` is empty unless the QR is genuine."""

    valid: bool
    state: CheckState
    reasons: list[str]
    claims: dict[str, Any]


class AskIn(Schema, extra="forbid"):
    """A question about the card whose QR was read, as it stands today."""

    party: Party
    purpose: Annotated[str, Field(max_length=40)]
    qr_text: QrText


class AnswerOut(Schema):
    """The answer and its signed receipt; `statement` is the canonical JSON that `signature` (hexadecimal) covers."""

    receipt: str
    party: Party
    purpose: str
    answer: str
    reasons: list[str]
    pseudonym: str
    asked_at: datetime
    on: date
    statement: str
    kid: str
    signature: str


@router.post("/check", response=CheckOut, auth=None, openapi_extra=PUBLIC)
def check(request: HttpRequest, body: CheckIn) -> dict[str, object]:
    """Check a card by its QR text. Public; nothing is kept. 422 when the text is no card's."""
    return check_json(public.check(body.qr_text, clock.civil_date()))


@router.post(
    "/answers", response=AnswerOut, auth=OfficerAuth(*OFFICERS), openapi_extra={"x-srok-needs": list(OFFICERS)}
)
def answers(request: HttpRequest, body: AskIn) -> dict[str, object]:
    """Ask about a card for one purpose of one's own party. The answer is signed, kept, and seen by the holder."""
    question = Ask(body.party, body.purpose, body.qr_text)
    given = public.answer(question, ctx=context(request))
    return answer_json(given)


@router.get("/keys", response=dict[str, Any], auth=None, openapi_extra=PUBLIC)
def keys(request: HttpRequest) -> dict[str, object]:
    """The published keys: a JWKS (RFC 7517), with the COSE_KeySet (CBOR in hexadecimal) beside it."""
    found = credentials.published_keys()
    return {**found.jwks, "cose_key_set": found.cose_key_set.hex()}
