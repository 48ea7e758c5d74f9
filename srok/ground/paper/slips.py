"""Slips: numbered counter receipts on A4 sheets, and the A6 receipt of an act or an answer."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from django.utils.translation import override

from srok.ground.kernel.refusal import Refusal
from srok.ground.kernel.text import to_khmer_digits
from srok.ground.paper import labels, qr
from srok.ground.paper.rules import breakable
from srok.ground.paper.shaping import refuse_unprintable
from srok.ground.paper.terms import Receipt
from srok.ground.paper.wording import SENTENCES

STEPS = ("paper.sheet_keep", "paper.sheet_follow", "paper.sheet_collect")
# The QR of an A6 slip: at most 40 mm a side, ten dots a module.
RECEIPT_QR_DOTS = 472


def sheets_data(refs: Sequence[str], post_km: str, post_en: str, first: int = 1) -> dict[str, Any]:
    """Values of the sheets of tear-off receipts numbered from `first`; raises `paper.nothing_to_print` for none."""
    if not refs:
        raise Refusal("paper.nothing_to_print")
    refuse_unprintable([("post_km", post_km), ("post_en", post_en), *(("reference", ref) for ref in refs)])
    codes = [qr.draw(ref, room_dots=400, most=8) for ref in refs]
    return {
        "labels": labels.SHEET,
        "side": codes[0].modules,
        "steps": [_step(index, code, post_km, post_en) for index, code in enumerate(STEPS, start=1)],
        "receipts": [
            {"reference": ref, "qr": code.svg, "number": f"{number:03}", "number_km": to_khmer_digits(f"{number:03}")}
            for number, (ref, code) in enumerate(zip(refs, codes, strict=True), start=first)
        ],
    }


def receipt_data(receipt: Receipt) -> dict[str, Any]:
    """Values of an A6 slip; raises `paper.unprintable` or `paper.qr_too_long`."""
    values = asdict(receipt)
    refuse_unprintable(_texts(values))
    code = qr.draw(receipt.qr_text, room_dots=RECEIPT_QR_DOTS, most=10) if receipt.qr_text else None
    values["lines"] = [{**asdict(line), "value": breakable(line.value)} for line in receipt.lines]
    return {
        "labels": labels.STATE,
        "receipt": values,
        "qr": {"svg": code.svg, "modules": code.modules, "dots": code.dots} if code else None,
        "specimen": receipt.specimen,
    }


def _step(index: int, code: str, post_km: str, post_en: str) -> dict[str, str]:
    with override("km"):
        km = str(SENTENCES[code]).format(post=post_km)
    with override("en"):
        en = str(SENTENCES[code]).format(post=post_en)
    refuse_unprintable([("steps", km)])
    return {"number": to_khmer_digits(f"{index}."), "km": km, "en": en}


def _texts(values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name, value in values.items():
        if isinstance(value, str) and name != "qr_text":
            yield name, value
        elif isinstance(value, tuple):
            for item in value:
                yield from _texts(item) if isinstance(item, dict) else [(name, item)]
