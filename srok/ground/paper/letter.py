"""A letter of an office, Khmer first, then English, from its values to what the template needs."""

from collections.abc import Iterator
from typing import Any

from srok.ground.kernel.text import format_date_km, to_khmer_digits
from srok.ground.paper import labels, qr
from srok.ground.paper.rules import date_en
from srok.ground.paper.shaping import refuse_unprintable
from srok.ground.paper.terms import Letter

QR_ROOM_DOTS = 300


def letter_data(letter: Letter) -> dict[str, Any]:
    """Values of both parts of the letter; raises `paper.unprintable` or `paper.qr_too_long`."""
    refuse_unprintable(_texts(letter))
    code = qr.draw(letter.qr_text or letter.reference, room_dots=QR_ROOM_DOTS, most=8)
    return {
        "labels": {**labels.STATE, **labels.LETTER},
        "reference": letter.reference,
        "addressee": letter.addressee,
        "qr": {"svg": code.svg, "side": code.side_dots},
        "specimen": letter.specimen,
        "km": _part(letter, "km"),
        "en": _part(letter, "en"),
    }


def _part(letter: Letter, lang: str) -> dict[str, Any]:
    numbers = [f"{index}." for index in range(1, len(letter.reasons) + 1)]
    in_words = format_date_km(letter.on) if lang == "km" else date_en(letter.on)
    return {
        "office": getattr(letter, f"office_{lang}"),
        "dated": (" " if lang == "km" else ", ").join(filter(None, (getattr(letter, f"place_{lang}"), in_words))),
        "subject": getattr(letter, f"subject_{lang}"),
        "paragraphs": getattr(letter, f"paragraphs_{lang}"),
        "numbers": [to_khmer_digits(number) for number in numbers] if lang == "km" else numbers,
        "reasons": [
            {
                "sentence": getattr(reason, f"sentence_{lang}"),
                "source": _source(getattr(reason, f"source_{lang}"), lang),
            }
            for reason in letter.reasons
        ],
        "appeal": getattr(letter, f"appeal_{lang}"),
        "signatory": getattr(letter, f"signatory_{lang}"),
    }


def _source(source: str | None, lang: str) -> str | None:
    return labels.LETTER[f"rule_{lang}"] if source == "" else source


def _texts(letter: Letter) -> Iterator[tuple[str, str]]:
    """Every text of the letter with the name of its field, for the shaping oracle."""
    yield "reference", letter.reference
    yield from (("addressee", line) for line in letter.addressee)
    for lang in ("km", "en"):
        for name in ("place", "subject", "signatory"):
            yield f"{name}_{lang}", getattr(letter, f"{name}_{lang}")
        for name in ("office", "paragraphs", "appeal"):
            yield from ((f"{name}_{lang}", text) for text in getattr(letter, f"{name}_{lang}"))
        for reason in letter.reasons:
            yield f"sentence_{lang}", getattr(reason, f"sentence_{lang}")
            yield f"source_{lang}", getattr(reason, f"source_{lang}") or ""
