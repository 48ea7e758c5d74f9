"""Growing the tiles of a log from its entries, front to back, with little memory. Pure."""

from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256

from srok.trust.openlog import tiles, tree
from srok.trust.openlog.tiles import ENTRIES, HEIGHT, MAX_LEVEL, WIDTH, Tile

File = tuple[Tile, bytes]


class Builder:
    """The unfinished tile of each level of a log of `size` entries; what is finished comes out as files."""

    def __init__(self) -> None:
        """An empty log."""
        self.size = 0
        self.entries: list[bytes] = []
        self.rows: list[list[bytes]] = [[] for _ in range(MAX_LEVEL + 1)]

    def add(self, leaves: Sequence[bytes], entries: Sequence[bytes]) -> Iterator[File]:
        """Take entries with their leaf hashes; give every tile and bundle that became full."""
        at = 0
        while at < len(leaves):
            room = WIDTH - self.size % WIDTH
            part = slice(at, at + room)
            self.entries += entries[part]
            self.rows[0] += leaves[part]
            count = len(leaves[part])
            at += count
            self.size += count
            if self.size % WIDTH == 0:
                yield from self._finish()

    def unfinished(self) -> Iterator[File]:
        """The partial tiles and the partial bundle at this size."""
        if self.entries:
            yield Tile(ENTRIES, self.size // WIDTH, len(self.entries)), tiles.bundle(self.entries)
        for level, row in enumerate(self.rows):
            if row:
                yield Tile(level, tiles.hashes_at(level, self.size) // WIDTH, len(row)), b"".join(row)

    def root(self) -> bytes:
        """The root over everything so far."""
        hashes = [tiles.subtree(part) for row in reversed(self.rows) for part in powers(row)]
        return tree.CompactRange(self.size, hashes).root()

    def _finish(self) -> Iterator[File]:
        index = self.size // WIDTH - 1
        yield Tile(ENTRIES, index), tiles.bundle(self.entries)
        self.entries = []
        for level, row in enumerate(self.rows):
            if len(row) < WIDTH:
                return
            yield Tile(level, index >> (HEIGHT * level)), b"".join(row)
            if level < MAX_LEVEL:
                self.rows[level + 1].append(full_root(row))
            self.rows[level] = []


def resumed(size: int, fetch: Callable[[Tile], bytes]) -> Builder:
    """The builder of a log of `size` entries, from its partial tiles.

    Raises `openlog.torn_tile` for a tile or bundle of the wrong length, and what `fetch` raises.
    """
    found = Builder()
    found.size = size
    if width := size % WIDTH:
        found.entries = tiles.unbundle(fetch(Tile(ENTRIES, size // WIDTH, width)), width)
    for level in range(MAX_LEVEL + 1):
        position, width = divmod(tiles.hashes_at(level, size), WIDTH)
        if width:
            found.rows[level] = tiles.hashes_of(fetch(Tile(level, position, width)), width)
    return found


def full_root(row: Sequence[bytes]) -> bytes:
    """The root over the 256 hashes of a full tile; the tight loop of a large log."""
    hashes = list(row)
    while len(hashes) > 1:
        pairs = iter(hashes)
        hashes = [sha256(b"\1" + left + right).digest() for left, right in zip(pairs, pairs, strict=True)]
    return hashes[0]


def leaf_hashes(entries: Sequence[bytes]) -> list[bytes]:
    """The leaf hash of each entry; the tight loop of a large log."""
    return [sha256(b"\0" + entry).digest() for entry in entries]


def powers(row: Sequence[bytes]) -> Iterator[Sequence[bytes]]:
    """A row cut into parts of decreasing powers of two, as its length is written in binary."""
    at = 0
    for bit in reversed(range(HEIGHT + 1)):
        if len(row) >> bit & 1:
            yield row[at : at + (1 << bit)]
            at += 1 << bit
