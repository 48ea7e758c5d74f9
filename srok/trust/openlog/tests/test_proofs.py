"""`.tlog-proof` files and station lists: what verifies, and every change of one bit that does not."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from srok.ground.kernel.refusal import Refusal
from srok.trust.openlog import proofs, stations, tree
from srok.trust.openlog.notes import Note
from srok.trust.openlog.policy import read_policy
from srok.trust.openlog.proofs import Proof
from srok.trust.openlog.tests.logs import TinyLog, witnesses

LOG = TinyLog(leaves=21)
[WITNESS] = witnesses(1)
POLICY = read_policy(LOG.policy(f"witness w {WITNESS.key.text}", "quorum w"))


def proof(index: int = 5, extra: bytes | None = b'{"row":1}') -> Proof:
    note = LOG.note(None, WITNESS.line(LOG.checkpoint().text(), 99))
    return Proof(index, tuple(LOG.path(index)), note, extra)


@given(st.integers(0, 20), st.none() | st.binary(max_size=99))
def test_every_entry_has_a_proof(index: int, extra: bytes | None):
    data = proof(index, extra).data()
    found = proofs.parse(data)
    assert found.data() == data and (found.index, found.extra) == (index, extra)
    accepted = proofs.verify(found, tree.leaf_hash(LOG.entries[index]), POLICY)
    assert accepted.checkpoint.size == 21 and accepted.cosigned == {"w": 99}


def test_another_entry_and_another_index_are_refused():
    with pytest.raises(Refusal, match=r"openlog\.bad_proof"):
        proofs.verify(proof(5), tree.leaf_hash(LOG.entries[6]), POLICY)
    for index in (4, 6, 21, 2**40):
        moved = Proof(index, proof(5).path, proof(5).note)
        with pytest.raises(Refusal, match=r"openlog\.bad_proof"):
            proofs.verify(moved, tree.leaf_hash(LOG.entries[5]), POLICY)


def holds(data: bytes) -> bool:
    try:
        proofs.verify(proofs.parse(data), tree.leaf_hash(LOG.entries[5]), POLICY)
    except Refusal:
        return False
    return True


@pytest.mark.slow
def test_every_single_bit_counts():
    whole = proof(5, None)
    needed = tuple(line for line in whole.note.signatures if len(line.signature) < 100)
    data = Proof(5, whole.path, Note(whole.note.text, needed)).data()
    assert holds(data)
    for at in range(len(data)):
        for bit in range(8):
            assert not holds(data[:at] + bytes([data[at] ^ 1 << bit]) + data[at + 1 :]), (at, bit)


BAD = {
    "another header": lambda data: data.replace(b"proof@v1", b"proof@v2"),
    "no header": lambda data: data.split(b"\n", 1)[1],
    "extra behind the index": lambda data: data.replace(b"index 5\n", b"index 5\nextra AA==\n"),
    "no index": lambda data: data.replace(b"index 5\n", b""),
    "an index with a zero before": lambda data: data.replace(b"index 5", b"index 05"),
    "an index with a sign": lambda data: data.replace(b"index 5", b"index +5"),
    "an index beyond 2^63": lambda data: data.replace(b"index 5", b"index 9223372036854775808"),
    "a huge index": lambda data: data.replace(b"index 5", b"index " + b"9" * 4000),
    "a short hash": lambda data: data.replace(b"index 5\n", b"index 5\nAAAA\n"),
    "64 hashes": lambda data: data.replace(b"index 5\n", b"index 5\n" + (b"A" * 43 + b"=\n") * 64),
    "unpadded extra": lambda data: data.replace(b"extra ", b"extra A"),
    "carriage returns": lambda data: data.replace(b"\n", b"\r\n"),
    "no checkpoint": lambda data: data.split(b"\n\n")[0],
    "bytes behind": lambda data: data + b"x",
    "too long": lambda data: data + b"\n" * proofs.MAX_BYTES,
}


@pytest.mark.parametrize("case", list(BAD))
def test_files_that_are_no_proof(case: str):
    with pytest.raises(Refusal, match=r"openlog\.bad_(receipt|note)"):
        proofs.parse(BAD[case](proof().data()))


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data: bytes):
    try:
        proofs.parse(proofs.HEADER.encode() + b"\n" + data)
    except Refusal as refusal:
        assert refusal.code in ("openlog.bad_receipt", "openlog.bad_note")


def rows(count: int) -> list[bytes]:
    return [sha256(b"%d" % n).digest() for n in range(count)]


@pytest.mark.parametrize("count", [1, 2, 3, 255, 256, 257, 700, 1_000, 1_024])
def test_a_voter_finds_the_own_row_with_at_most_ten_hashes(count: int):
    leaves = rows(count)
    root = stations.root(leaves)
    assert root == stations.root(reversed(leaves))
    for own in (leaves[0], leaves[-1], leaves[count // 2]):
        index, path = stations.own_row(leaves, own)
        assert len(path) <= stations.MAX_PATH and stations.read_path(stations.path_text(path)) == path
        stations.verify_row(own, index, count, path, stations.read_printed(stations.printed(root)))
        with pytest.raises(Refusal, match=r"openlog\.bad_proof"):
            stations.verify_row(sha256(own).digest(), index, count, path, root)


def test_the_printed_root_is_sixteen_groups():
    found = stations.printed(stations.root(rows(3)))
    assert [len(group) for group in found.split(" ")] == [4] * 16
    assert stations.read_printed(found.lower().replace(" ", "\n")) == stations.root(rows(3))
    for bad in (found[:-1], found + "0", found.replace(found[0], "G"), "\u0660" * 64, ""):
        with pytest.raises(Refusal, match=r"openlog\.bad_station"):
            stations.read_printed(bad)


@pytest.mark.parametrize(
    ("leaves", "part"), [([*rows(3), rows(1)[0]], "twice"), (rows(1_025), "rows"), ([b"short"], "length")]
)
def test_lists_that_are_none(leaves: list[bytes], part: str):
    with pytest.raises(Refusal, match=r"openlog\.bad_station") as refused:
        stations.root(leaves)
    assert refused.value.facts["part"] == part


def test_who_is_not_on_the_list_has_no_path():
    with pytest.raises(Refusal, match=r"openlog\.bad_station"):
        stations.own_row(rows(3), sha256(b"nobody").digest())
    for bad in ("A", "AAAA", "é", stations.path_text(rows(11))):
        with pytest.raises(Refusal, match=r"openlog\.bad_station"):
            stations.read_path(bad)
    assert stations.root([]) == sha256().digest()
