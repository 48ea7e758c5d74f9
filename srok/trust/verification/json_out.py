"""Results as JSON: the same keys on the command line and in the API."""

from base64 import b64encode

from srok.trust.credentials.terms import SignedClaims
from srok.trust.verification.terms import Answer, CheckResult


def check_json(result: CheckResult) -> dict[str, object]:
    """`valid`, `state`, `reasons` (codes) and `claims` (empty unless the QR is genuine)."""
    return {
        "valid": result.valid, "state": str(result.state), "reasons": list(result.reasons),
        "claims": claims_json(result.claims) if result.claims else {},
    }  # fmt: skip


def claims_json(claims: SignedClaims) -> dict[str, object]:
    """What the QR says; dates in ISO form with unknown parts left off, the portrait as WebP in base64 or null."""
    return {
        "number": claims.number, "generation": claims.generation, "name_km": claims.name_km,
        "name_latin": claims.name_latin, "birth_date": claims.birth.iso(), "sex": claims.sex,
        "address": claims.address, "nationality": claims.nationality, "issued": claims.issued.isoformat(),
        "expires": claims.expires.isoformat(), "status_index": claims.status_index, "kid": claims.kid,
        "portrait": b64encode(claims.portrait).decode() if claims.portrait else None,
    }  # fmt: skip


def answer_json(answer: Answer) -> dict[str, object]:
    """The answer with its receipt; `statement` is the canonical JSON that `signature` (hexadecimal) covers."""
    return {
        "receipt": answer.receipt, "party": str(answer.party), "purpose": answer.purpose, "answer": answer.outcome,
        "reasons": list(answer.reasons), "pseudonym": answer.pseudonym, "asked_at": answer.asked_at.isoformat(),
        "on": answer.on.isoformat(), "statement": answer.signed.statement.decode(), "kid": answer.signed.kid,
        "signature": answer.signed.signature.hex(),
    }  # fmt: skip
