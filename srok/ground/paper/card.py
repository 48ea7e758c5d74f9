"""The two sides of a card, from its values to what the template needs."""

from typing import Any

from srok.ground.kernel.refusal import Refusal
from srok.ground.paper import guilloche, labels, qr, rules
from srok.ground.paper.shaping import refuse_unprintable
from srok.ground.paper.terms import CardFace

# Above the machine-readable zone (23.2 of 53.98 mm) stand 363 dots at 300 dpi: version 24 at three dots a module.
QR_ROOM_DOTS = 363


def card_data(face: CardFace) -> dict[str, Any]:
    """Values of both sides of the card.

    Raises `paper.unprintable`, `paper.qr_too_long` or `paper.bad_portrait`.
    """
    texts = rules.card_texts(face)
    refuse_unprintable([*texts.items(), *(("mrz", line) for line in face.mrz)])
    if not face.portrait.startswith(b"\xff\xd8\xff"):
        raise Refusal("paper.bad_portrait", field="portrait")
    code = qr.draw(face.qr_text, room_dots=QR_ROOM_DOTS)
    return {
        "labels": {**labels.STATE, **labels.CARD},
        "texts": texts,
        "soft": {name: rules.breakable(text) for name, text in texts.items()},
        "front": guilloche.background_svg("front"),
        "back": guilloche.background_svg("back"),
        "portrait": list(face.portrait),
        "qr": {"svg": code.svg, "side": code.side_dots},
        "mrz": face.mrz,
        "specimen": face.specimen,
    }
