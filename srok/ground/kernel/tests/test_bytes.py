"""Canonical bytes, commitments, seals."""

import hashlib
import hmac
import json
from datetime import UTC, date, datetime, timedelta, timezone
from enum import StrEnum
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from srok.ground.kernel.canonical import canonical_bytes, commitment, sha256_hex
from srok.ground.kernel.dates import PartialDate
from srok.ground.kernel.refusal import Refusal
from srok.ground.kernel.sealing import seal, unseal

NAIVE = datetime(2025, 1, 1, tzinfo=UTC).replace(tzinfo=None)
KEY, OPENING = bytes(range(32)), bytes(range(32, 64))
LEAVES = st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text()
VALUES = st.recursive(LEAVES, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=12)


class Colour(StrEnum):
    RED = "red"


@given(VALUES)
def test_canonical_bytes_read_back_and_are_a_fixed_point(value) -> None:
    data = canonical_bytes(value)
    assert json.loads(data) == value
    assert canonical_bytes(json.loads(data)) == data


@given(st.dictionaries(st.text(max_size=3), st.integers(0, 9), min_size=2))
def test_the_order_of_keys_does_not_matter(row: dict[str, int]) -> None:
    assert canonical_bytes(row) == canonical_bytes(dict(reversed(row.items())))


def test_dates_instants_ids_and_enums_are_text() -> None:
    noon = datetime(2025, 1, 1, 12, tzinfo=timezone(timedelta(hours=7)))
    value = {
        "a": date(2025, 1, 2),
        "b": noon,
        "c": UUID(int=1),
        "d": PartialDate(1960),
        "e": Colour.RED,
        "f": (1,),
    }
    assert canonical_bytes(value) == (
        b'{"a":"2025-01-02","b":"2025-01-01T05:00:00Z","c":"00000000-0000-0000-0000-000000000001",'
        b'"d":"1960","e":"red","f":[1]}'
    )
    assert canonical_bytes("កណ្ដាល") == '"កណ្ដាល"'.encode()


@pytest.mark.parametrize(
    "value",
    [
        1.5,
        2**53,
        -(2**53),
        b"x",
        {1: "a"},
        {"a": {1.0}},
        object(),
        NAIVE,
        float("nan"),
        "\ud800",
    ],
)
def test_what_another_reader_could_not_hold_is_refused(value: object) -> None:
    with pytest.raises(Refusal) as caught:
        canonical_bytes({"value": value})
    assert caught.value.code == "kernel.not_canonical"


def test_sha256() -> None:
    assert sha256_hex(b"abc").startswith("ba7816bf8f01cfea414140de5dae2223")


def test_a_commitment_is_the_formula_of_the_public_log() -> None:
    row = {"b": 1, "a": "ក"}
    body = '{"a":"ក","b":1}'.encode()
    message = OPENING + b"\x04card" + (3).to_bytes(4, "big") + len(body).to_bytes(4, "big") + body
    assert commitment(KEY, OPENING, "card", 3, row) == hmac.new(KEY, message, hashlib.sha256).digest()


@given(
    st.binary(min_size=32, max_size=32),
    st.sampled_from(["card", "row"]),
    st.integers(0, 3),
    st.integers(0, 3),
)
def test_every_part_of_a_commitment_counts(opening: bytes, label: str, version: int, value: int) -> None:
    same = (opening, label, version, value) == (OPENING, "card", 1, 1)
    made = commitment(KEY, opening, label, version, {"v": value})
    assert (made == commitment(KEY, OPENING, "card", 1, {"v": 1})) == same


@pytest.mark.parametrize(
    ("opening", "label", "version"),
    [
        (b"short", "card", 1),
        (OPENING, "", 1),
        (OPENING, "x" * 256, 1),
        (OPENING, "card", -1),
        (OPENING, "card", 2**32),
    ],
)
def test_parts_that_do_not_fit_their_length_fields(opening: bytes, label: str, version: int) -> None:
    with pytest.raises(ValueError, match="opening of 32"):
        commitment(KEY, opening, label, version, {})


@given(st.binary(max_size=200), st.text(max_size=10), st.binary(max_size=20))
def test_a_seal_opens_with_the_same_key_purpose_and_row(plain: bytes, purpose: str, aad: bytes) -> None:
    assert unseal(KEY, purpose, seal(KEY, purpose, plain, aad), aad) == plain


def test_sealing_twice_gives_different_bytes() -> None:
    assert seal(KEY, "papers", b"x") != seal(KEY, "papers", b"x")


@given(st.integers(0, 28 + 8), st.integers(0, 7))
def test_no_changed_bit_opens(place: int, bit: int) -> None:
    sealed = bytearray(seal(KEY, "papers", b"12345678"))
    sealed[place] ^= 1 << bit
    with pytest.raises(Refusal) as caught:
        unseal(KEY, "papers", bytes(sealed))
    assert caught.value.code == "kernel.unsealable"


def test_another_key_purpose_row_or_length_does_not_open() -> None:
    sealed = seal(KEY, "papers", b"secret", b"row 1")
    for key, purpose, data, aad in [
        (OPENING, "papers", sealed, b"row 1"),
        (KEY, "contacts", sealed, b"row 1"),
        (KEY, "papers", sealed, b"row 2"),
        (KEY, "papers", sealed[:-1], b"row 1"),
        (KEY, "papers", sealed[:10], b"row 1"),
        (KEY, "papers", b"", b"row 1"),
    ]:
        with pytest.raises(Refusal):
            unseal(key, purpose, data, aad)


def test_a_short_key_is_a_programming_error() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        seal(b"short", "papers", b"x")


def test_an_instant_is_written_in_utc() -> None:
    assert canonical_bytes(datetime(2025, 1, 1, tzinfo=UTC)) == b'"2025-01-01T00:00:00Z"'
