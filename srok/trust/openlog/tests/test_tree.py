"""The tree against RFC 6962 written out word by word, and each single-bit change of a proof refused."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from srok.ground.kernel.refusal import Refusal
from srok.trust.openlog import tiles, tree
from srok.trust.openlog.tests import naive

LEAVES = st.integers(1, 70).map(lambda count: [bytes([n % 256]) * (n % 5) for n in range(count)])


def read_of(entries: list[bytes]) -> tree.Reader:
    def read(level: int, index: int) -> bytes:
        part = entries[index << level : (index + 1) << level]
        assert len(part) == 1 << level
        return naive.mth(part)

    return read


@given(LEAVES, st.data())
def test_roots_and_proofs_are_those_of_the_rfc(entries: list[bytes], data: st.DataObject) -> None:
    size = len(entries)
    index = data.draw(st.integers(0, size - 1))
    old = data.draw(st.integers(1, size))
    read, root = read_of(entries), naive.mth(entries)
    grown = tree.CompactRange()
    grown.extend(tree.leaf_hash(entry) for entry in entries)
    assert grown.root() == tree.root_at(size, read) == root
    path = tree.inclusion_proof(index, size, read)
    assert path == naive.path(index, entries)
    tree.verify_inclusion(index, size, tree.leaf_hash(entries[index]), path, root)
    grew = tree.consistency_proof(old, size, read)
    assert grew == naive.subproof(old, entries)
    tree.verify_consistency((old, size), (naive.mth(entries[:old]), root), grew)


@given(LEAVES, st.data())
def test_a_changed_proof_is_refused(entries: list[bytes], data: st.DataObject) -> None:
    size = len(entries)
    index, old = data.draw(st.integers(0, size - 1)), data.draw(st.integers(1, size))
    read, root, leaf = read_of(entries), naive.mth(entries), tree.leaf_hash(entries[index])
    path = tree.inclusion_proof(index, size, read)
    grew = tree.consistency_proof(old, size, read)
    before = naive.mth(entries[:old])
    bit = data.draw(st.integers(0, 255))
    for at in range(len(path)):
        wrong = [*path[:at], flipped(path[at], bit), *path[at + 1 :]]
        refused(tree.verify_inclusion, index, size, leaf, wrong, root)
    refused(tree.verify_inclusion, index, size, flipped(leaf, bit), path, root)
    refused(tree.verify_inclusion, index, size, leaf, path, flipped(root, bit))
    refused(tree.verify_inclusion, index, size, leaf, [*path, root], root)
    refused(tree.verify_inclusion, index, size, leaf, path[:-1] if path else [leaf], root)
    refused(tree.verify_inclusion, size, size, leaf, path, root)
    refused(tree.verify_inclusion, -1, size, leaf, path, root)
    for at in range(len(grew)):
        wrong = [*grew[:at], flipped(grew[at], bit), *grew[at + 1 :]]
        refused(tree.verify_consistency, (old, size), (before, root), wrong)
    refused(tree.verify_consistency, (old, size), (flipped(before, bit), root), grew)
    refused(tree.verify_consistency, (old, size), (before, flipped(root, bit)), grew)
    refused(tree.verify_consistency, (old, size), (before, root), [*grew, root])
    if grew:
        refused(tree.verify_consistency, (old, size), (before, root), grew[:-1])
        refused(tree.verify_consistency, (size, old), (root, before), grew)


@pytest.mark.parametrize("wrong", [b"", b"x" * 31, b"x" * 33, b"x" * 64])
def test_a_hash_is_32_bytes(wrong: bytes) -> None:
    entries = [b"a", b"b", b"c"]
    root = naive.mth(entries)
    path = naive.path(0, entries)
    refused(tree.verify_inclusion, 0, 3, tree.leaf_hash(b"a"), [wrong, *path[1:]], root)
    refused(tree.verify_inclusion, 0, 1, wrong, [], wrong)
    refused(tree.verify_consistency, (3, 3), (wrong, wrong), [])
    refused(tree.verify_growth, (0, 1), (tree.EMPTY_ROOT, wrong), [])


def test_from_nothing_only_a_witness_accepts() -> None:
    root = naive.mth([b"a"])
    refused(tree.verify_consistency, (0, 1), (tree.EMPTY_ROOT, root), [])
    tree.verify_growth((0, 1), (tree.EMPTY_ROOT, root), [])
    tree.verify_growth((0, 0), (tree.EMPTY_ROOT, tree.EMPTY_ROOT), [])
    tree.verify_growth((1, 1), (root, root), [])
    refused(tree.verify_growth, (0, 1), (tree.EMPTY_ROOT, root), [root])
    refused(tree.verify_growth, (0, 1), (root, root), [])
    refused(tree.verify_growth, (0, 0), (tree.EMPTY_ROOT, root), [])


def test_sizes_end_below_two_to_the_63rd() -> None:
    leaf = tree.leaf_hash(b"")
    refused(tree.verify_inclusion, 2**63, 2**63 + 1, leaf, [], leaf)
    refused(tree.verify_consistency, (2**63, 2**63), (leaf, leaf), [])
    refused(tree.verify_growth, (0, 2**63), (tree.EMPTY_ROOT, leaf), [])
    refused(tree.inclusion_proof, 0, 2**63, lambda level, index: leaf)
    refused(tree.consistency_proof, 0, 4, lambda level, index: leaf)
    refused(tree.consistency_proof, 5, 4, lambda level, index: leaf)


@pytest.mark.parametrize(("size", "hashes"), [(1, []), (2, [b"x" * 31]), (3, [b"x" * 32]), (-1, []), (0, [b"x" * 32])])
def test_a_range_that_cannot_be_is_refused(size: int, hashes: list[bytes]) -> None:
    with pytest.raises(ValueError, match="compact range"):
        tree.CompactRange(size, hashes)


@settings(max_examples=25, deadline=None)
@given(st.integers(1, 70_000), st.data())
def test_proofs_from_tiles(size: int, data: st.DataObject) -> None:
    leaves = [tree.leaf_hash(n.to_bytes(4)) for n in range(size)]
    fetched = folder(leaves)
    read = tiles.reader(size, lambda tile: fetched[tile.path])
    grown = tree.CompactRange()
    grown.extend(leaves)
    assert tree.root_at(size, read) == grown.root()
    index, old = data.draw(st.integers(0, size - 1)), data.draw(st.integers(1, size))
    tree.verify_inclusion(index, size, leaves[index], tree.inclusion_proof(index, size, read), grown.root())
    before = tree.CompactRange()
    before.extend(leaves[:old])
    proof = tree.consistency_proof(old, size, read)
    tree.verify_consistency((old, size), (before.root(), grown.root()), proof)


def folder(leaves: list[bytes]) -> dict[str, bytes]:
    """All tiles of these leaves, made the slow way."""
    found, row, level = {}, leaves, 0
    while row:
        for at in range(0, len(row), 256):
            part = row[at : at + 256]
            found[tiles.Tile(level, at // 256, len(part)).path] = b"".join(part)
        row = [tiles.subtree(row[at : at + 256]) for at in range(0, len(row) // 256 * 256, 256)]
        level += 1
    return found


def flipped(data: bytes, bit: int) -> bytes:
    return (int.from_bytes(data) ^ 1 << bit).to_bytes(len(data))


def refused(function, *arguments) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(Refusal) as told:
        function(*arguments)
    assert told.value.code == "openlog.bad_proof"
