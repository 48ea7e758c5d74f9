"""The strict reader against cbor2: it accepts exactly the deterministic form of what it knows."""

from typing import Any

import cbor2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from srok.trust.credentials.strict_cbor import NotStrict, read

LEAVES = st.one_of(st.integers(-(2**64), 2**64 - 1), st.binary(max_size=300), st.text(max_size=80))
KEYS = st.one_of(st.integers(-70_000, 70_000), st.text(max_size=20))


def nested(depth: int) -> st.SearchStrategy[Any]:
    if depth == 1:
        return LEAVES
    inner = nested(depth - 1)
    return st.one_of(LEAVES, st.lists(inner, max_size=4), st.dictionaries(KEYS, inner, max_size=4))


def ascending(value: Any) -> Any:
    """The value with map keys in the bytewise order of RFC 8949 section 4.2.1, as cbor2 then writes it."""
    if isinstance(value, dict):
        items = sorted(value.items(), key=lambda item: cbor2.dumps(item[0]))
        return {key: ascending(item) for key, item in items}
    return [ascending(item) for item in value] if isinstance(value, list) else value


@given(nested(4))
@settings(max_examples=200, deadline=None)
def test_it_reads_what_cbor2_writes_in_order(value: Any) -> None:
    assert read(cbor2.dumps(ascending(value))) == value


@given(st.binary(max_size=60))
@settings(max_examples=500, deadline=None)
def test_what_it_accepts_has_this_one_form(data: bytes) -> None:
    try:
        value = read(data)
    except NotStrict:
        return
    assert cbor2.dumps(ascending(value)) == data


@pytest.mark.parametrize(
    "text",
    ["", "18", "1817", "190017", "1a0000ffff", "1b00000000ffffffff", "1c", "1f", "ff", "5f4101ff", "9f01ff", "bf0101ff",
     "c101", "d2", "f4", "f6", "f93c00", "fb3ff0000000000000", "0000", "61ff", "a2020101 01", "a201010101", "a1800101",
     "a1f601", "9b7fffffffffffffff", "bb7fffffffffffffff", "5b7fffffffffffffff", "8181818101", "818181818101"],
)  # fmt: skip
def test_it_refuses(text: str) -> None:
    with pytest.raises(NotStrict):
        read(bytes.fromhex(text))


def test_it_refuses_every_cut() -> None:
    whole = cbor2.dumps({1: "a", 4: [b"xy", {5: -3}], 169: {1: "z"}})
    for at in range(len(whole)):
        with pytest.raises(NotStrict):
            read(whole[:at])
