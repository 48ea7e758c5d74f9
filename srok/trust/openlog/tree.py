"""The Merkle tree of RFC 6962 section 2.1 (SHA-256): hashes, compact ranges, proofs and their strict checks. Pure.

A proof is made from any reader of complete subtrees: `read(level, index)` is the hash over the leaves
`[index * 2**level, (index + 1) * 2**level)`. Nothing here knows tiles, files or tables.
"""

from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256
from typing import Final

from srok.ground.kernel.refusal import Refusal

HASH_BYTES: Final = 32
MAX_SIZE: Final = 2**63
EMPTY_ROOT: Final = sha256().digest()
"""The root of a tree without leaves (RFC 6962 section 2.1)."""

Reader = Callable[[int, int], bytes]


def leaf_hash(entry: bytes) -> bytes:
    """The hash of a leaf: SHA-256(0x00 || entry)."""
    return sha256(b"\0" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of a node: SHA-256(0x01 || left || right)."""
    return sha256(b"\1" + left + right).digest()


class CompactRange:
    """The complete subtrees that cover `[0, size)`, largest first: all that an append and a root need."""

    def __init__(self, size: int = 0, hashes: Iterable[bytes] = ()) -> None:
        """Take up a range kept before; raises ValueError where `hashes` are not those of `size`."""
        self.size = size
        self.hashes = list(hashes)
        if not 0 <= size < MAX_SIZE or len(self.hashes) != size.bit_count() or not _whole(self.hashes):
            raise ValueError("a compact range has one hash of 32 bytes for each bit of its size")

    def append(self, leaf: bytes) -> None:
        """Add one leaf hash."""
        self.hashes.append(leaf)
        rest = self.size
        while rest & 1:
            right = self.hashes.pop()
            self.hashes[-1] = node_hash(self.hashes[-1], right)
            rest >>= 1
        self.size += 1

    def extend(self, leaves: Iterable[bytes]) -> None:
        """Add leaf hashes in order."""
        for leaf in leaves:
            self.append(leaf)

    def root(self) -> bytes:
        """The Merkle tree hash of all leaves so far."""
        return _folded(self.hashes) if self.hashes else EMPTY_ROOT


def range_at(size: int, read: Reader) -> CompactRange:
    """The compact range of the first `size` leaves."""
    return CompactRange(size, [read(level, index) for level, index in _subtrees(0, size)])


def root_at(size: int, read: Reader) -> bytes:
    """The root of the first `size` leaves."""
    return range_at(size, read).root()


def inclusion_proof(index: int, size: int, read: Reader) -> list[bytes]:
    """The audit path of leaf `index` in the tree of `size` leaves (RFC 6962 section 2.1.1).

    Raises `openlog.bad_proof` unless `0 <= index < size`.
    """
    _require(0 <= index < size < MAX_SIZE, "index")
    start, end = 0, size
    path: list[bytes] = []
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            path.append(_span(middle, end, read))
            end = middle
        else:
            path.append(_span(start, middle, read))
            start = middle
    return path[::-1]


def consistency_proof(old: int, new: int, read: Reader) -> list[bytes]:
    """The proof that the tree of `new` leaves begins with the tree of `old` ones (RFC 6962 section 2.1.2).

    Empty where both sizes are equal. Raises `openlog.bad_proof` unless `0 < old <= new`.
    """
    _require(0 < old <= new < MAX_SIZE, "size")
    start, end = 0, new
    path: list[bytes] = []
    while old != end:
        middle = start + _split(end - start)
        if old <= middle:
            path.append(_span(middle, end, read))
            end = middle
        else:
            path.append(_span(start, middle, read))
            start = middle
    if start:
        path.append(_span(start, end, read))
    return path[::-1]


def verify_inclusion(index: int, size: int, leaf: bytes, path: Sequence[bytes], root: bytes) -> None:
    """Check that `leaf` (a leaf hash) stands at `index` under `root` (RFC 9162 section 2.1.3.2).

    Raises `openlog.bad_proof` for anything else: an index outside, a hash not of 32 bytes, a path too short or long.
    """
    _require(0 <= index < size < MAX_SIZE, "index")
    _require(_whole([leaf, root, *path]), "hash")
    at, last, found = index, size - 1, leaf
    for part in path:
        _require(last > 0, "length")
        if at & 1 or at == last:
            found = node_hash(part, found)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            found = node_hash(found, part)
        at, last = at >> 1, last >> 1
    _require(last == 0, "length")
    _require(found == root, "root")


def verify_consistency(sizes: tuple[int, int], roots: tuple[bytes, bytes], path: Sequence[bytes]) -> None:
    """Check that the tree `sizes[1], roots[1]` grew from `sizes[0], roots[0]` (RFC 9162 section 2.1.4.2).

    Raises `openlog.bad_proof`, also where the old size is 0: every tree grows from nothing, so such a proof says
    nothing; a witness that meets a log for the first time uses `verify_growth`.
    """
    old, new = sizes
    _require(0 < old <= new < MAX_SIZE, "size")
    _require(_whole([*roots, *path]), "hash")
    if old == new:
        _require(not path, "length")
        _require(roots[0] == roots[1], "root")
        return
    parts = [roots[0], *path] if old & (old - 1) == 0 else list(path)
    _require(len(parts) > 0, "length")
    shift = (old ^ (old - 1)).bit_length() - 1
    at, last = (old - 1) >> shift, (new - 1) >> shift
    first = second = parts[0]
    for part in parts[1:]:
        _require(last > 0, "length")
        if at & 1 or at == last:
            first, second = node_hash(part, first), node_hash(part, second)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            second = node_hash(second, part)
        at, last = at >> 1, last >> 1
    _require(last == 0, "length")
    _require(first == roots[0] and second == roots[1], "root")


def verify_growth(sizes: tuple[int, int], roots: tuple[bytes, bytes], path: Sequence[bytes]) -> None:
    """`verify_consistency` with the rule of c2sp.org/tlog-witness: from size 0 the proof is empty.

    Raises `openlog.bad_proof`.
    """
    if sizes[0] == 0:
        _require(0 <= sizes[1] < MAX_SIZE, "size")
        _require(not path, "length")
        _require(roots[0] == EMPTY_ROOT and _whole(roots), "root")
        _require(sizes[1] > 0 or roots[1] == EMPTY_ROOT, "root")
        return
    verify_consistency(sizes, roots, path)


def _require(holds: bool, part: str) -> None:
    if not holds:
        raise Refusal("openlog.bad_proof", part=part)


def _whole(hashes: Iterable[bytes]) -> bool:
    return all(isinstance(found, bytes) and len(found) == HASH_BYTES for found in hashes)


def _split(count: int) -> int:
    """The largest power of two smaller than `count` (RFC 6962: k)."""
    return 1 << ((count - 1).bit_length() - 1)


def _folded(hashes: Sequence[bytes]) -> bytes:
    """The root over complete subtrees that stand side by side, largest first."""
    found = hashes[-1]
    for left in reversed(hashes[:-1]):
        found = node_hash(left, found)
    return found


def _subtrees(start: int, end: int) -> list[tuple[int, int]]:
    """The complete subtrees that cover `[start, end)`, largest first, as (level, index)."""
    found = []
    while start < end:
        level = (end - start).bit_length() - 1
        found.append((level, start >> level))
        start += 1 << level
    return found


def _span(start: int, end: int, read: Reader) -> bytes:
    return _folded([read(level, index) for level, index in _subtrees(start, end)])
