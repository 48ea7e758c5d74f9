"""What an applicant wrote at home, in a QR: `SROK1:` and base45 of UTF-8 JSON (docs/formats/prefill.md). Pure.

It is a help for typing and nothing more: unsigned, unsent, checked at the counter like everything that is typed.
"""

import json
from collections.abc import Mapping
from typing import Any, Final

import base45

from srok.ground.kernel.refusal import Refusal
from srok.identity.cases.rows import NAME

PREFIX: Final = "SROK1:"
# A QR holds at most 4,296 alphanumeric characters; ours of version 25 at level M at most 1,451.
LONGEST_TEXT, LONGEST_VALUE, MOST_TICKED = 4296, 300, 12
HIGHEST_VERSION: Final = 25

# Where a field of the form stands in the JSON: its key, and its place where the value is a list.
KEYS: Final[Mapping[str, tuple[str, int | None]]] = {
    **{part: ("n", place) for place, part in enumerate(NAME)},
    "name_order": ("o", None), "other_names": ("x", None), "sex": ("s", None), "birth_date": ("b", None),
    "birthplace": ("p", None), "birthplace_text": ("q", None), "basis": ("k", None), "previous_card": ("c", None),
    **{f"father_{part}": ("f", place) for place, part in enumerate(NAME)},
    **{f"mother_{part}": ("m", place) for place, part in enumerate(NAME)},
    **{f"relative_{part}": ("r", place) for place, part in enumerate(NAME)},
    "relative_relation": ("r", 4), "relative_birth_date": ("r", 5),
    "address_option": ("a", None), "address_code": ("d", None), "language": ("l", None), "channel": ("h", None),
    "email": ("e", None), "phone": ("t", None), "postal": ("w", None), "may_contact": ("y", None),
}  # fmt: skip
# What is left out first where everything does not fit; names, birth and parents never are.
DISPENSABLE: Final = (
    "postal", "other_names", "may_contact", "relative", "birthplace_text", "address_code", "email", "phone",
)  # fmt: skip


def encode(cells: Mapping[str, str]) -> str:
    """The text of the QR for these fields; empty ones are left out."""
    packed = json.dumps(packed_cells(cells), ensure_ascii=False, separators=(",", ":"))
    return PREFIX + str(base45.b45encode(packed.encode()).decode())


def packed_cells(cells: Mapping[str, str]) -> dict[str, Any]:
    """The fields under their short keys."""
    found: dict[str, Any] = {}
    for name, (key, place) in KEYS.items():
        text = cells.get(name, "").strip()
        if not text:
            continue
        if place is None:
            found[key] = text.split(";") if name == "may_contact" else text
            continue
        held = found.setdefault(key, [])
        held.extend([""] * (place + 1 - len(held)))
        held[place] = text
    return found


def decode(text: str) -> dict[str, str]:
    """The fields of an applicant's QR.

    Raises `cases.prefill_not_ours` (some other QR), `cases.prefill_version` (a newer page than this program),
    `cases.prefill_unreadable` (cut or changed), `cases.prefill_too_long`.
    """
    given = text.strip()
    if len(given) > LONGEST_TEXT:
        raise Refusal("cases.prefill_too_long", field="own_page", most=LONGEST_TEXT)
    if not given.startswith(PREFIX):
        newer = given[:4] == "SROK" and given[4:6].rstrip(":").isdigit() and ":" in given[:7]
        raise Refusal("cases.prefill_version" if newer else "cases.prefill_not_ours", field="own_page")
    try:
        plain = json.loads(base45.b45decode(given.removeprefix(PREFIX)).decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise Refusal("cases.prefill_unreadable", field="own_page") from error
    return _cells(plain)


def _cells(plain: object) -> dict[str, str]:
    if not isinstance(plain, dict) or set(plain) - {key for key, _place in KEYS.values()}:
        raise Refusal("cases.prefill_unreadable", field="own_page")
    found = {}
    for name, (key, place) in KEYS.items():
        value = plain.get(key)
        if value is None:
            continue
        text = _ticked(value) if name == "may_contact" else _text(value) if place is None else _item(value, place)
        if text:
            found[name] = text
    return found


def _ticked(value: object) -> str:
    if not isinstance(value, list) or len(value) > MOST_TICKED:
        raise Refusal("cases.prefill_unreadable", field="own_page")
    return ";".join(_text(one) for one in value)


def _item(value: object, place: int) -> str:
    if not isinstance(value, list) or len(value) > len(NAME) + 2:
        raise Refusal("cases.prefill_unreadable", field="own_page")
    return _text(value[place]) if place < len(value) else ""


def _text(value: object) -> str:
    if not isinstance(value, str) or len(value) > LONGEST_VALUE or "\0" in value:
        raise Refusal("cases.prefill_unreadable", field="own_page")
    return value.strip()
