"""The claims of a card as a CBOR Web Token (RFC 8392) with identity data under claim 169 (MOSIP, 1.2).

Unknown parts of a birth date are written 00, as ICAO 9303-10 has it for DG11. Civil dates are days of
Cambodia: a card is valid from the start of its first day to the end of its last one at UTC+7.
"""

from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Any, Final

import cbor2

from srok.ground.kernel.dates import PartialDate
from srok.ground.kernel.refusal import Refusal
from srok.trust.credentials import strict_cbor
from srok.trust.credentials.terms import (
    COUNTRY,
    ISSUER,
    MAX_PORTRAIT_BYTES,
    MAX_STATUS_INDEX,
    STATUS_LIST,
    CardToSign,
    SignedClaims,
)

CAMBODIA: Final = timezone(timedelta(hours=7))
_ISS, _EXP, _NBF, _IAT, _IDENTITY, _STATUS = 1, 4, 5, 6, 169, 65_535
_ID, _VERSION, _LANGUAGE, _FULL_NAME, _BIRTH, _GENDER, _ADDRESS, _NATIONALITY = 1, 2, 3, 4, 8, 9, 10, 13
_IMAGE, _IMAGE_FORMAT, _SECOND_NAME, _SECOND_LANGUAGE, _COUNTRY_OF_ISSUE = 16, 17, 19, 20, 23
_WEBP: Final = 4
_GENDERS: Final = {"M": 1, "F": 2, "X": 3}
_SEXES: Final = {number: sex for sex, number in _GENDERS.items()}
_CLAIMS: Final = {_ISS, _EXP, _NBF, _IAT, _IDENTITY, _STATUS}
_MEMBERS: Final = {
    _ID, _VERSION, _LANGUAGE, _FULL_NAME, _BIRTH, _GENDER, _ADDRESS, _NATIONALITY, _IMAGE, _IMAGE_FORMAT,
    _SECOND_NAME, _SECOND_LANGUAGE, _COUNTRY_OF_ISSUE,
}  # fmt: skip


def write(card: CardToSign) -> bytes:
    """The claims as CBOR, always the same bytes for the same card. Raises `credentials.bad_claims`."""
    if card.sex not in _GENDERS:
        raise Refusal("credentials.bad_claims", field="sex")
    if not 0 <= card.status_index <= MAX_STATUS_INDEX:
        raise Refusal("credentials.bad_claims", field="status_index")
    if card.expires < card.issued:
        raise Refusal("credentials.bad_claims", field="expires")
    start = _midnight(card.issued)
    token = {
        _ISS: ISSUER,
        _EXP: _midnight(card.expires + timedelta(days=1)),
        _NBF: start,
        _IAT: start,
        _IDENTITY: _identity(card),
        _STATUS: {"status_list": {"idx": card.status_index, "uri": STATUS_LIST}},
    }
    return cbor2.dumps(token, canonical=True)


def _identity(card: CardToSign) -> dict[int, object]:
    found: dict[int, object] = {
        _ID: card.number, _VERSION: card.generation, _BIRTH: _birth_text(card.birth),
        _GENDER: _GENDERS[card.sex], _NATIONALITY: COUNTRY, _COUNTRY_OF_ISSUE: COUNTRY,
    }  # fmt: skip
    if card.name.khmer:
        found |= {_LANGUAGE: "khm", _FULL_NAME: card.name.khmer}
    if card.name.latin:
        found |= {_SECOND_NAME: card.name.latin, _SECOND_LANGUAGE: "eng"}
    if card.address:
        found[_ADDRESS] = card.address
    if card.portrait is not None:
        found |= {_IMAGE: card.portrait, _IMAGE_FORMAT: _WEBP}
    return found


def read(payload: bytes, kid: str) -> SignedClaims:
    """What the signed bytes say. Raises `credentials.unreadable` for bytes that `write` cannot have made."""
    try:
        return _read(strict_cbor.read(payload), kid)
    except (strict_cbor.NotStrict, KeyError, TypeError, ValueError, OverflowError) as error:
        raise Refusal("credentials.unreadable", part="claims") from error


def _read(token: Any, kid: str) -> SignedClaims:
    identity, status = token[_IDENTITY], token[_STATUS]["status_list"]
    if set(token) != _CLAIMS or token[_ISS] != ISSUER or not set(identity) <= _MEMBERS:
        raise ValueError("claims")
    if status["uri"] != STATUS_LIST or not 0 <= status["idx"] <= MAX_STATUS_INDEX:
        raise ValueError("status")
    portrait = identity.get(_IMAGE)
    if portrait is not None and (identity[_IMAGE_FORMAT] != _WEBP or len(portrait) > MAX_PORTRAIT_BYTES):
        raise ValueError("portrait")
    return SignedClaims(
        number=_text(identity[_ID]), generation=_text(identity[_VERSION]),
        name_km=_text(identity.get(_FULL_NAME, "")), name_latin=_text(identity.get(_SECOND_NAME, "")),
        birth=_birth(_text(identity[_BIRTH])), sex=_SEXES[identity[_GENDER]],
        address=_text(identity.get(_ADDRESS, "")), nationality=_text(identity[_NATIONALITY]),
        issued=_day(token[_NBF]), expires=_day(token[_EXP]) - timedelta(days=1),
        status_index=int(status["idx"]), portrait=portrait, kid=kid,
    )  # fmt: skip


def _birth_text(birth: PartialDate) -> str:
    return f"{birth.year:04d}{birth.month or 0:02d}{birth.day or 0:02d}"


def _birth(text: str) -> PartialDate:
    if len(text) != 8 or not (text.isascii() and text.isdigit()):
        raise ValueError("birth")
    try:
        return PartialDate(int(text[:4]), int(text[4:6]) or None, int(text[6:]) or None)
    except Refusal as error:
        raise ValueError("birth") from error


def _midnight(day: date) -> int:
    return int(datetime.combine(day, time(), CAMBODIA).timestamp())


def _day(second: int) -> date:
    moment = datetime.fromtimestamp(second, UTC).astimezone(CAMBODIA)
    if moment.time() != time():
        raise ValueError("not the start of a day in Cambodia")
    return moment.date()


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("text")
    return value
