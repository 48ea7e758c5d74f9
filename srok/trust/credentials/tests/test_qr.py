"""The QR of a card: what is written is read, others read it too, and every single-byte change is refused."""

import zlib
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import base45
import cbor2
import cwt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pycose.keys.okp import OKPKey
from pycose.messages.sign1message import Sign1Message

from srok.ground.kernel.dates import PartialDate
from srok.ground.kernel.names import PersonName
from srok.ground.kernel.refusal import Refusal
from srok.trust.credentials import claims, cose, fitting, keyring, public, qr
from srok.trust.credentials.terms import MAX_QR_CHARACTERS, CardToSign, Purpose
from srok.trust.credentials.tests import cast
from srok.trust.credentials.tests.cast import CARD
from srok.trust.credentials.tests.test_rules import signatures


def issued(card: CardToSign = CARD) -> str:
    tbs = public.card_claims(card)
    order = cast.order(tbs, card.number)
    return public.sign_card(order, signatures(order), tbs).qr_text


def refused(text: str) -> str:
    with pytest.raises(Refusal) as found:
        public.read_qr(text)
    return found.value.code


def test_what_is_written_is_read(keys: Path) -> None:
    card = cast.with_portrait()
    read = public.read_qr(issued(card))
    assert (read.number, read.generation, read.sex, read.nationality) == ("123456789", "2", "F", "KHM")
    assert (read.name_km, read.name_latin) == (card.name.khmer, card.name.latin)
    assert (read.birth, read.issued, read.expires) == (card.birth, card.issued, card.expires)
    assert (read.address, read.status_index, read.kid) == (card.address, 4711, "card-2025-1")
    assert read.portrait == card.portrait


def test_blanks_around_the_text_do_not_count(keys: Path) -> None:
    text = issued()
    assert public.read_qr(f"  {text}\r\n") == public.read_qr(text)


def test_every_changed_character_is_refused(keys: Path) -> None:
    text = issued()
    for at in range(len(text)):
        for other in "0K:" if text[at] not in "0K:" else "1Z/":
            changed = text[:at] + other + text[at + 1 :]
            assert refused(changed).startswith("credentials.")


def test_every_changed_byte_of_the_packed_card_is_refused(keys: Path) -> None:
    packed = base45.b45decode(issued())
    for at in range(len(packed)):
        for flip in (1, 0x80, 0xFF):
            changed = packed[:at] + bytes([packed[at] ^ flip]) + packed[at + 1 :]
            refused(base45.b45encode(changed).decode())


@pytest.mark.slow
def test_every_changed_byte_of_the_message_is_refused(keys: Path) -> None:
    message = qr.unpack(issued())
    for at in range(len(message)):
        for flip in (1, 0x20, 0x80, 0xFF):
            refused(qr.pack(message[:at] + bytes([message[at] ^ flip]) + message[at + 1 :]))


def test_every_cut_and_every_addition_is_refused(keys: Path) -> None:
    text = issued()
    message = qr.unpack(text)
    for at in range(len(text)):
        refused(text[:at])
    for at in range(len(message)):
        refused(qr.pack(message[:at]))
    for tail in ("0", "00", "000", text):
        refused(text + tail)
    refused(qr.pack(message + b"\x00"))
    refused(base45.b45encode(base45.b45decode(text) + b"\x00").decode())


def test_other_forms_of_the_same_content_are_refused(keys: Path) -> None:
    message = qr.unpack(issued())
    tag, inner = message[:1], cbor2.loads(message).value
    for level in (0, 1, 6):
        refused(base45.b45encode(zlib.compress(message, level)).decode())
    refused(qr.pack(b"\xd8\x3d" + message))  # the CWT tag 61
    refused(qr.pack(message[1:]))  # no tag
    refused(qr.pack(b"\xd8\x12" + message[1:]))  # tag 18 in a longer form
    refused(qr.pack(tag + cbor2.dumps([inner[0], {4: b"card-2025-1"}, inner[2], inner[3]])))
    refused(qr.pack(tag + b"\x9f" + message[2:] + b"\xff"))  # indefinite length


@pytest.mark.parametrize(
    "header", [{}, {1: -8}, {4: b"card-2025-1"}, {1: -7, 4: b"card-2025-1"}, {1: -8, 4: b"card-2025-1", 16: 61},
               {1: -8, 4: b""}, {1: -8, 4: b"\xff"}, {1: -8, 4: "card-2025-1"}, {1: -8, 4: b"x" * 33}],
)  # fmt: skip
def test_any_other_header_is_refused_before_its_signature_is_looked_at(keys: Path, header: dict[int, object]) -> None:
    protected, payload = cbor2.dumps(header, canonical=True), public.card_claims(CARD)
    assert refused(qr.pack(cose.envelope(protected, payload, bytes(64)))) == "credentials.unreadable"


def test_a_key_of_another_purpose_makes_no_card(keys: Path) -> None:
    from srok.trust.credentials import keys as seam

    for purpose in Purpose:
        kid = seam.newest(purpose)
        protected, payload = cose.protected_header(kid), public.card_claims(CARD)
        signature = seam.sign(purpose, kid, cose.signed_bytes(protected, payload))
        text = qr.pack(cose.envelope(protected, payload, signature))
        if purpose is Purpose.CARD:
            assert public.read_qr(text).number == CARD.number
        else:
            assert refused(text) == "credentials.unknown_kid"


def test_a_bomb_is_refused_unread(keys: Path) -> None:
    bomb = base45.b45encode(zlib.compress(bytes(1_500_000), 9)).decode()
    assert len(bomb) <= qr.MAX_TEXT
    assert refused(bomb) == "credentials.unreadable"
    assert refused("0" * 5_000) == "credentials.unreadable"
    assert refused(qr.pack(b"\xd2" + b"\x81" * 3_000 + b"\x00")) == "credentials.unreadable"


@pytest.mark.parametrize("text", ["", " ", "abc", "ភ្នំពេញ", "HELLO WORLD", "::::::", "NCF", "\x00"])
def test_what_is_no_card_is_unreadable(keys: Path, text: str) -> None:
    assert refused(text) == "credentials.unreadable"


def published(purpose: Purpose, kid: str) -> bytes:
    found = keyring.find(purpose, kid)
    assert found is not None
    return found.raw


@pytest.mark.oracle
def test_cwt_verifies_ours_and_refuses_another_key(keys: Path) -> None:
    message = zlib.decompress(base45.b45decode(issued(cast.with_portrait())))
    raw = {1: 1, 2: b"card-2025-1", 3: -8, -1: 6}
    # `no_verify` leaves out the comparison with today's date only; the signature is checked.
    card_key = cwt.COSEKey.new({**raw, -2: published(Purpose.CARD, "card-2025-1")})
    read = cwt.CWT.new().decode(message, card_key, no_verify=True)
    assert (read[1], read[169][1], read[169][4]) == ("https://srok.example", CARD.number, CARD.name.khmer)
    assert read[65535] == {"status_list": {"idx": 4711, "uri": "https://srok.example/s/1"}}
    other = published(Purpose.ANSWER, "answer-2025-1")
    with pytest.raises(cwt.VerifyError):
        cwt.CWT.new().decode(message, cwt.COSEKey.new({**raw, -2: other}), no_verify=True)


@pytest.mark.oracle
def test_pycose_verifies_ours_and_reads_the_kid_from_the_protected_header(keys: Path) -> None:
    message = Sign1Message.decode(zlib.decompress(base45.b45decode(issued(cast.with_portrait()))))
    message.key = OKPKey(crv="ED25519", x=published(Purpose.CARD, "card-2025-1"))
    assert message.verify_signature()
    assert {str(name.identifier): value for name, value in message.phdr.items()}["4"] == b"card-2025-1"
    assert message.uhdr == {}
    message.payload = (message.payload or b"").replace(b"SOPHEA", b"SOPHEB")
    assert not message.verify_signature()


@pytest.mark.oracle
def test_a_scanner_reads_the_drawn_code_back(keys: Path) -> None:
    import zxingcpp

    text = issued(cast.with_portrait())
    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    drawn = code.to_image(scale=3)
    assert drawn.shape[0] <= 3 * (17 + 4 * 24 + 8)
    (found,) = zxingcpp.read_barcodes(drawn)
    assert found.text == text


LETTERS = st.text(st.sampled_from("កខគឃងចឆជឈញដឋឌឍណតថទធនបផពភមយរលវសហឡអាិីឹឺុូួើៀេែៃោះំ"), min_size=1, max_size=60)
LATIN = st.text(st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZ '-É"), min_size=1, max_size=60)
BIRTHS = st.one_of(
    st.builds(PartialDate, st.integers(1900, 2025)),
    st.builds(PartialDate, st.integers(1900, 2025), st.integers(1, 12)),
    st.dates(date(1900, 1, 1), date(2025, 1, 1)).map(PartialDate.of),
)
CARDS = st.builds(
    CardToSign,
    number=st.from_regex(r"[0-9]{9}", fullmatch=True),
    generation=st.sampled_from(["1", "2", "legacy"]),
    name=st.builds(PersonName, LETTERS, LETTERS, LATIN, LATIN),
    birth=BIRTHS,
    sex=st.sampled_from("FMX"),
    address=st.text(max_size=120).filter(lambda text: text.isprintable()),
    issued=st.dates(date(1996, 1, 1), date(2090, 1, 1)),
    expires=st.just(date.max),
    status_index=st.integers(0, 2**31 - 1),
    portrait=st.sampled_from([None, cast.portrait(), cast.portrait(seed=2)]),
).map(lambda card: replace(card, expires=card.issued + timedelta(days=3651)))


@given(CARDS)
@settings(max_examples=100, deadline=None)
def test_every_card_fits_and_keeps_its_name(card: CardToSign) -> None:
    payload = public.card_claims(card)
    assert fitting.characters(payload) <= MAX_QR_CHARACTERS
    read = claims.read(payload, "card-2025-1")
    assert (read.name_km, read.name_latin) == (card.name.khmer, card.name.latin)
    assert (read.number, read.birth, read.issued, read.expires) == (card.number, card.birth, card.issued, card.expires)
    assert read.address in {card.address, ""}
    assert read.portrait is None or len(read.portrait) <= 500
    assert payload == public.card_claims(card)
    assert payload == cbor2.dumps(cbor2.loads(payload), canonical=True)


def letters(count: int) -> str:
    """Khmer consonants that no compression shortens much, always the same."""
    stream = cast.noise(7)
    return "".join(chr(0x1780 + next(stream) % 34) for _ in range(count))


def test_a_long_name_makes_the_portrait_smaller_then_drops_it() -> None:
    plain = cast.with_portrait()
    sizes = []
    for length in range(4, 180, 8):
        name = PersonName(letters(length), "សុភា", "SOK", "SOPHEA")
        read = claims.read(public.card_claims(replace(plain, name=name)), "k")
        assert read.name_km == name.khmer
        sizes.append(len(read.portrait or b""))
    assert sizes[0] == len(plain.portrait or b"")
    assert sizes == sorted(sizes, reverse=True) and sizes[-1] == 0 and len(set(sizes)) > 2


def test_a_name_that_cannot_fit_is_refused_whole() -> None:
    endless = letters(640)
    with pytest.raises(Refusal) as found:
        public.card_claims(replace(CARD, name=PersonName(endless, endless[::-1], "SOK", "SOPHEA")))
    assert found.value.code == "credentials.too_long"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"portrait": b"\xff\xd8\xff\xe0 a JPEG"}, "credentials.portrait_not_webp"),
        ({"portrait": b"RIFF\x00\x00\x00\x00WEBP" + bytes(489)}, "credentials.portrait_too_large"),
        ({"sex": "Z"}, "credentials.bad_claims"),
        ({"status_index": -1}, "credentials.bad_claims"),
        ({"status_index": 2**31}, "credentials.bad_claims"),
        ({"expires": date(2020, 1, 1)}, "credentials.bad_claims"),
    ],
)
def test_what_no_card_can_say(change: dict[str, Any], code: str) -> None:
    with pytest.raises(Refusal) as found:
        public.card_claims(replace(CARD, **change))
    assert found.value.code == code


def test_this_machine_packs_as_cards_are_packed() -> None:
    assert qr.same_deflate()
