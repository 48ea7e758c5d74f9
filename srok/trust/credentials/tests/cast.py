"""The usual people, their offices' keys and an order, as small real things for the tests of credentials."""

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

from PIL import Image

from srok.ground.kernel.canonical import canonical_bytes, sha256_hex
from srok.ground.kernel.context import Context
from srok.ground.kernel.dates import PartialDate
from srok.ground.kernel.ids import new_id
from srok.ground.kernel.names import PersonName
from srok.trust.credentials.terms import CardToSign

AT = datetime(2025, 3, 3, 2, tzinfo=UTC)
SOPHEA = PersonName("សុខ", "សុភា", "SOK", "SOPHEA")
LONG = PersonName("ស្រីពៅរតនៈវិជ្ជា" * 3, "សុវណ្ណរតនាកុសល្យា" * 3, "SREYPOVROTANAKVICHHEA", "SOVANNAROTANAKOSALYA")


def context(actor: str, office: str, *roles: str, trace: UUID | None = None) -> Context:
    """A context on 3 March 2025."""
    return Context(actor, office, frozenset(roles), AT, AT.date(), trace or new_id(AT))


def chanthou() -> Context:
    """Chanthou, order signer of Foreign Affairs."""
    return context("chanthou", "mfa.consular", "order_signer", "examiner")


def vuthy() -> Context:
    """Vuthy, order signer of Interior."""
    return context("vuthy", "moi.gdi", "order_signer", "card_officer")


def noise(seed: int) -> Iterator[int]:
    """Bytes that look random and are always the same."""
    from hashlib import sha256

    for block in range(10_000):
        yield from sha256(f"{seed}/{block}".encode()).digest()


def portrait(quality: int = 8, seed: int = 1) -> bytes:
    """A grey WebP of 60 by 75 with texture, under 500 bytes at quality 8."""
    stream = noise(seed)
    small = Image.new("L", (12, 15))
    small.putdata([next(stream) for _ in range(12 * 15)])
    written = io.BytesIO()
    small.resize((60, 75), Image.Resampling.BICUBIC).save(written, "WEBP", quality=quality, method=6)
    return written.getvalue()


CARD = CardToSign(
    number="123456789", generation="2", name=SOPHEA, birth=PartialDate(1960, 5, 3), sex="F",
    address="ឃុំសំរោង ស្រុកសំរោងទង ខេត្តកំពង់ស្ពឺ", issued=date(2025, 3, 3), expires=date(2035, 3, 2), status_index=4711,
)  # fmt: skip


def with_portrait(card: CardToSign = CARD) -> CardToSign:
    """The card with a portrait."""
    return replace(card, portrait=portrait())


def order(tbs: bytes, number: str = CARD.number) -> bytes:
    """The canonical order of a card whose bytes are `tbs`."""
    return canonical_bytes({"v": 1, "number": number, "tbs_sha256": sha256_hex(tbs), "case": "K7QM-3XBD-9TFA"})
