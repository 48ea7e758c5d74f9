"""What may stand in a log: the fast writer is RFC 8785, and nothing but known, dated, plain entries passes."""

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from srok.ground.kernel.refusal import Refusal
from srok.trust.openlog.entries import check_entry, read_entry, write_entry

CARD = {"v": 1, "t": "card.issued", "at": "2025-05-12", "case": "0" * 32, "by": ["1" * 16], "c": "2" * 64}
FORM = {"v": 1, "t": "form.results", "at": "2025-05-12T08:30Z", "case": "0" * 32, "by": ["1" * 16, "3" * 16],
        "counts": {"A": 3, "B": 0}, "scan": {"sha256": "4" * 64, "bytes": 7, "mime": "image/png"}}  # fmt: skip
KEYS = st.text(st.characters(codec="ascii"), min_size=1, max_size=12)
VALUES = st.recursive(
    st.integers(-(2**53) + 1, 2**53 - 1) | st.text(st.characters(codec="utf-8"), max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
)


@given(st.dictionaries(KEYS, VALUES, max_size=8))
def test_the_fast_writer_is_rfc_8785(entry: dict[str, object]) -> None:
    data = write_entry(entry)
    assert data == rfc8785.dumps(entry)  # type: ignore[arg-type]
    assert read_entry(data) == entry


@given(st.binary(max_size=80))
def test_no_bytes_make_the_reader_stumble(data: bytes) -> None:
    try:
        entry = read_entry(data)
    except Refusal as told:
        assert told.code == "openlog.bad_entry"
    else:
        assert rfc8785.dumps(entry) == data


@pytest.mark.parametrize(("log", "entry"), [("register", CARD), ("election", FORM)])
def test_good_entries_pass(log: str, entry: dict[str, object]) -> None:
    assert check_entry(log, write_entry(entry)) == entry


@pytest.mark.parametrize(
    "data",
    [
        b"", b"[]", b"1", b"null", b'{"a":1.0}', b'{"a":1e3}', b'{"a":NaN}', b'{"b":1,"a":2}', b'{"a":1,"a":1}',
        b'{"a": 1}', b'{"a":1}\n', b'{"a":"\\u0041"}', b'{"a":-0}', b'{"a":01}', b"\xff", b'{"a":"\\ud800"}',
        b"[" * 5_000,
        b"{" + b" " * 9_000 + b"}",
    ],
)  # fmt: skip
def test_what_is_not_canonical_is_refused(data: bytes) -> None:
    with pytest.raises(Refusal, match=r"openlog\.(bad_entry|entry_too_long)"):
        read_entry(data)


@pytest.mark.parametrize(
    ("change", "part"),
    [
        ({"v": 2}, "v"), ({"v": True}, "v"), ({"t": "card.eaten"}, "t"), ({"t": 7}, "t"), ({"t": "form.results"}, "t"),
        ({"at": "2025-05-12T08:30Z"}, "at"), ({"at": "2025-02-30"}, "at"), ({"at": "20250512"}, "at"),
        ({"at": 1}, "at"),
        ({"case": "0" * 31}, "case"), ({"case": "G" * 32}, "case"), ({"by": "1" * 16}, "by"), ({"by": ["malis"]}, "by"),
        ({"c": "2" * 63}, "c"), ({"c": None}, "c"), ({"prev": -1}, "prev"), ({"prev": True}, "prev"),
        ({"org": "mfa.was"}, "members"), ({"commune": "070305"}, "members"),
    ],
)  # fmt: skip
def test_each_part_of_an_entry_about_a_person_is_checked(change: dict[str, object], part: str) -> None:
    with pytest.raises(Refusal, match=r"openlog\.bad_entry") as told:
        check_entry("register", write_entry({**CARD, **change}))
    assert told.value.facts["part"] == part


@pytest.mark.parametrize(
    ("change", "part"),
    [
        ({"at": "2025-05-12"}, "at"), ({"at": "2025-05-12T24:00Z"}, "at"), ({"at": "2025-05-12T08:30:00Z"}, "at"),
        ({"counts": {"A": None}}, "value"), ({"counts": {"A": True}}, "value"), ({"n": 2**53}, "number"),
        ({"ទំហំ": 1}, "key"), ({"a b": 1}, "key"), ({"a": [[[[1]]]]}, "value"),
    ],
)  # fmt: skip
def test_each_part_of_an_entry_about_nobody_is_checked(change: dict[str, object], part: str) -> None:
    with pytest.raises(Refusal, match=r"openlog\.bad_entry") as told:
        check_entry("election", write_entry({**FORM, **change}))
    assert told.value.facts["part"] == part


@pytest.mark.parametrize("missing", ["v", "t", "at", "case", "by", "c"])
def test_every_member_is_needed(missing: str) -> None:
    with pytest.raises(Refusal, match=r"openlog\.bad_entry"):
        check_entry("register", write_entry({key: value for key, value in CARD.items() if key != missing}))


def test_a_removal_names_reason_evidence_and_notice() -> None:
    row = {**CARD, "t": "row.remove", "commune": "070305", "reason": "death", "evid": "5" * 64, "notice": "2025-05-01"}
    assert check_entry("register", write_entry({**row, "prev": 3}))
    for missing in ("reason", "evid", "notice", "commune"):
        with pytest.raises(Refusal, match=r"openlog\.bad_entry"):
            check_entry("register", write_entry({key: value for key, value in row.items() if key != missing}))
