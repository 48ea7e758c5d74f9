"""The slip of a receipt or a promise, A6, in both languages: what to keep, and how to check it anywhere."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.utils.functional import Promise as Words
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from srok.ground.paper import public as paper
from srok.ground.paper.terms import Receipt, ReceiptLine
from srok.trust.openlog import receipts
from srok.trust.openlog.desk import Given
from srok.trust.openlog.wording_receipts import MEMBERS, TYPES

TITLE_RECEIPT = _("Receipt of the public log")
TITLE_PROMISE = _("Promise of the public log")
LABELS = (_("Log"), _("Kind of entry"), _("Number in the log"), _("In the log at the latest on"), _("Opening"))
COMMITMENT = _("Public commitment")
ROW = _("What stands behind the entry")
KEEP = _("Keep this slip, and show it only to whom you choose: who has it can see what it says about you.")
CHECK = _("With it anybody can check that the entry stands in the public log and says exactly this.")
PROMISED = _("If the log does not hold the entry by that day, this slip proves that a promise was broken.")
NO_VOTE = _("It proves what was entered about you, never how anyone votes.")


def slip_pdf(given: Given) -> bytes:
    """The slip; raises `paper.unprintable`, `openlog.slip_too_long`."""
    log, kind, number, latest, opening = LABELS
    lines = [ReceiptLine(*both(log), given.log, mono=True), ReceiptLine(*both(kind), _joined(TYPES[given.type]))]
    if given.promise is not None:
        lines.append(ReceiptLine(*both(latest), given.promise.latest.isoformat(), mono=True))
    else:
        lines.append(ReceiptLine(*both(number), str(given.index), mono=True))
    said = "; ".join(f"{name}: {value}" for name, value in row_lines(given.opened.row))
    lines.append(ReceiptLine(*both(ROW), said, mono=True))
    lines.append(ReceiptLine(*both(COMMITMENT), grouped(given.commitment), mono=True))
    lines.append(ReceiptLine(*both(opening), receipts.opening_text(given.opened.opening), mono=True))
    title = both(TITLE_PROMISE if given.promise else TITLE_RECEIPT)
    notes = [both(text) for text in ((PROMISED, KEEP) if given.promise else (CHECK, KEEP, NO_VOTE))]
    return paper.receipt_pdf(
        Receipt(
            title_km=title[0], title_en=title[1], lines=tuple(lines), qr_text=given.qr_text,
            footer_km=tuple(km for km, _en in notes), footer_en=tuple(en for _km, en in notes),
            specimen=settings.SROK_DEMO,
        )
    )  # fmt: skip


def row_lines(row: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The members of a row as name and value, as they are committed to."""
    return [(str(name), _value(value)) for name, value in row.items()]


def row_words(row: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The members of a row with their names in words, for a page; an unknown name stays as it is."""
    return [(str(MEMBERS.get(name, name)), value) for name, value in row_lines(row)]


def grouped(digits: str) -> str:
    """Long hexadecimal digits in groups of four."""
    return " ".join(digits[at : at + 4] for at in range(0, len(digits), 4))


def both(text: Words) -> tuple[str, str]:
    """A sentence in Khmer and in English."""
    with override("km"):
        km = str(text)
    with override("en"):
        return km, str(text)


def _joined(text: Words) -> str:
    return " · ".join(both(text))


def _value(value: object) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{name}: {_value(item)}" for name, item in value.items())
    return ", ".join(map(_value, value)) if isinstance(value, list) else "" if value is None else str(value)
