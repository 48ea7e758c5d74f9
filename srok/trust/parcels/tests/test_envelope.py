"""The envelope alone, without a database: one form, one meaning; a single changed byte is no event of that kit."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

import pytest
from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from srok.ground.kernel.refusal import Refusal
from srok.trust.credentials.terms import SEALING_SUITE
from srok.trust.parcels import encoding, envelope, framing
from srok.trust.parcels.terms import Content, Event, Header
from srok.trust.parcels.tests import world

KEM, DH, KIT = MLKEM768PrivateKey.generate(), X25519PrivateKey.generate(), Ed25519PrivateKey.generate()
PUBLIC = KEM.public_key().public_bytes_raw() + DH.public_key().public_bytes_raw()
KIT_PUBLIC = KIT.public_key().public_bytes_raw()
AT = datetime(2025, 3, 8, 15, 4, 5, 678_901, tzinfo=UTC)
CONTENT = Content("desk.open", world.command_id(5), "dara", AT, date(2025, 3, 8), "ABCD-EFGH-JKLM", {"a": 1}, None, AT)
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63) + 1, 2**63 - 1) | st.text(max_size=8) | st.binary(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


def opener(kid: str, sealed: bytes, info: bytes) -> bytes:
    """The centre's own key, in memory."""
    from cryptography.exceptions import InvalidTag

    suite = hpke.Suite(hpke.KEM.MLKEM768_X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_256_GCM)
    try:
        return suite.decrypt(sealed, hpke.MLKEM768X25519PrivateKey(KEM, DH), info)
    except InvalidTag as error:
        raise Refusal("credentials.unopenable", kid=kid) from error


def sealed(content: Content = CONTENT, **changes: Any) -> Event:
    given: dict[str, Any] = {
        "kit": "WAS-2025-1",
        "seq": 1,
        "prev": bytes(32),
        "suite": SEALING_SUITE,
        "seal_kid": "k-1",
    }
    return envelope.seal(Header(**{**given, **changes}), content, PUBLIC, KIT.sign)


def test_what_was_sealed_is_read_and_nothing_shows_outside() -> None:
    event = sealed()
    assert envelope.genuine(event, KIT_PUBLIC)
    assert envelope.open_event(event, opener) == CONTENT
    for hidden in (b"dara", b"ABCD-EFGH-JKLM", b"desk.open"):
        assert hidden not in event.raw
    assert framing.one(event.raw) == event


@given(body=st.dictionaries(st.text(max_size=8), PLAIN, max_size=6))
def test_every_plain_body_comes_back_as_it_was(body: dict[str, Any]) -> None:
    assert envelope.open_event(sealed(replace(CONTENT, body=body)), opener).body == body


@given(value=PLAIN)
def test_a_value_has_one_form(value: object) -> None:
    data = encoding.encode(value)
    assert encoding.decode(data) == value and encoding.encode(encoding.decode(data)) == data


@pytest.mark.parametrize(
    "value", [1.5, {1: 2}, {"a": 2**63}, date(2025, 1, 1), AT, {"a": {1, 2}}, object(), {b"a": 1}, [[[[[1.0]]]]]]
)
def test_what_has_no_one_form_does_not_travel(value: object) -> None:
    with pytest.raises(encoding.NotPlain):
        encoding.encode(value)


@pytest.mark.parametrize(
    "data",
    [
        "", "1801", "a2616101", "bf616101ff", "9f01ff", "f90000", "c11a514b67b0", "a2616101616102", "5f4101ff",
        "0000", "a10102", "d81c00", "3bffffffffffffffff", "1bffffffffffffffff", "f7",
    ],
)  # fmt: skip
def test_bytes_in_another_form_are_not_read(data: str) -> None:
    with pytest.raises(encoding.NotPlain):
        encoding.decode(bytes.fromhex(data))


@pytest.mark.slow
def test_every_single_changed_byte_is_refused() -> None:
    """Nowhere in an event can one byte change so that it is still an event of this kit that can be opened."""
    event = sealed()
    for at in range(len(event.raw)):
        for flip in (0x01, 0x80):
            changed = event.raw[:at] + bytes([event.raw[at] ^ flip]) + event.raw[at + 1 :]
            assert not accepted(changed), at


def accepted(data: bytes) -> bool:
    try:
        event = framing.one(data)
    except ValueError:
        return False
    return envelope.genuine(event, KIT_PUBLIC) and event.header.kit == "WAS-2025-1"


def test_the_seal_is_bound_to_the_header() -> None:
    """A kit that puts a sealed part under another number, and signs it again, is not believed."""
    event = sealed()
    for changes in ({"seq": 2}, {"kit": "WAS-2025-2"}, {"prev": b"x" * 32}, {"seal_kid": "k-2"}):
        header = replace(event.header, **changes)
        moved = replace(event, header=header, sig=KIT.sign(envelope.signed_bytes(header, event.sealed)))
        assert envelope.genuine(moved, KIT_PUBLIC)
        with pytest.raises(Refusal) as told:
            envelope.open_event(moved, opener)
        assert told.value.code == "parcels.unreadable_seal"


def test_another_suite_is_not_opened() -> None:
    with pytest.raises(Refusal):
        envelope.open_event(sealed(suite="null"), opener)


@given(length=st.integers(1, 30_000_000))
def test_padding_hides_the_length_and_costs_little(length: int) -> None:
    padded = envelope.padded_length(length)
    assert padded >= length and envelope.padded_length(padded) == padded
    assert padded <= max(4_096, length * 1.12)
    assert (
        padded.bit_length() < 13
        or padded % (1 << (padded.bit_length() - 1 - (padded.bit_length() - 1).bit_length())) == 0
    )


def test_small_acts_all_look_alike() -> None:
    sizes = {len(sealed(replace(CONTENT, body={"x": bytes(size)})).raw) for size in (0, 1, 100, 1_000, 3_000)}
    assert len(sizes) == 1


def test_an_event_that_is_too_large_is_refused_before_it_is_sealed() -> None:
    with pytest.raises(Refusal) as told:
        sealed(replace(CONTENT, body={"x": bytes(25 * 1024 * 1024)}))
    assert told.value.code == "parcels.too_large"


@given(
    noise=st.lists(st.binary(max_size=40), min_size=3, max_size=3),
    cut=st.integers(0, 6_000),
    tear=st.booleans(),
)
def test_whole_events_are_found_between_anything(noise: list[bytes], cut: int, tear: bool) -> None:
    first, second = sealed(), sealed(seq=2, prev=b"p" * 32)
    torn = first.raw[: min(cut, len(first.raw) - 1)] if tear else b""
    content = noise[0] + first.raw + noise[1] + torn + second.raw + noise[2]
    found = [one for one in framing.frames(BytesIO(content)) if isinstance(one, Event)]
    assert [one.raw for one in found if envelope.genuine(one, KIT_PUBLIC)] == [first.raw, second.raw]


@given(data=st.binary(max_size=400))
def test_any_bytes_are_read_to_their_end(data: bytes) -> None:
    lengths = [
        len(one.raw) if isinstance(one, Event) else one.length for one in framing.frames(BytesIO(framing.START + data))
    ]
    assert sum(lengths) == len(framing.START + data)


class Slow(BytesIO):
    """Gives a byte or a few at a time, as a bad stick does."""

    def read(self, size: int | None = -1, /) -> bytes:
        return super().read(min(size or 1, 977) if size is not None and size > 0 else 977)


@pytest.mark.parametrize("reader", [BytesIO, Slow])
def test_in_pieces_of_any_size(reader: Callable[[bytes], BytesIO]) -> None:
    events = [
        sealed(),
        sealed(seq=2, prev=b"p" * 32),
        sealed(seq=300, prev=b"q" * 32),
        sealed(seq=2**40, prev=b"r" * 32),
    ]
    found = list(framing.frames(reader(b"".join(one.raw for one in events))))
    assert found == events


def test_a_long_file_of_noise_is_stepped_over_in_bounded_pieces() -> None:
    content = bytes(7_000_000) + sealed().raw
    found = list(framing.frames(BytesIO(content)))
    assert isinstance(found[-1], Event) and found[-1] == framing.one(content[7_000_000:])
    assert sum(one.length for one in found[:-1] if isinstance(one, framing.Damaged)) == 7_000_000
