"""Tiles and entry bundles of c2sp.org/tlog-tiles: names, widths and shapes. Pure; nothing is read or written here.

A tile of level L holds up to 256 hashes, each over a full tile of the level below; an entry bundle holds the 256
entries beside a tile of level 0. The last of each level may be partial; a full one never changes again.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from srok.ground.kernel.refusal import Refusal
from srok.trust.openlog.tree import HASH_BYTES, MAX_SIZE, Reader, node_hash

WIDTH: Final = 256
HEIGHT: Final = 8
MAX_ENTRY_BYTES: Final = 8 * 1024
"""Our bound (transparency.md section 1); the format itself could carry 65,535 bytes."""
ENTRIES: Final = -1
"""The level of an entry bundle, written `entries` in paths."""
MAX_LEVEL: Final = 7
_PATH: Final = re.compile(
    r"tile/(?P<level>entries|[0-7])/(?P<index>(?:x[0-9]{3}/)*[0-9]{3})(?:\.p/(?P<width>[1-9][0-9]{0,2}))?", re.ASCII
)


@dataclass(frozen=True, slots=True, order=True)
class Tile:
    """One tile or bundle: level (-1 for entries), index within the level, number of hashes or entries (1 to 256)."""

    level: int
    index: int
    width: int = WIDTH

    @property
    def full(self) -> bool:
        """Whether it will never change again."""
        return self.width == WIDTH

    @property
    def path(self) -> str:
        """Its path under the log's prefix, such as `tile/0/x001/x234/067.p/12`."""
        level = "entries" if self.level == ENTRIES else str(self.level)
        return f"tile/{level}/{index_path(self.index)}{'' if self.full else f'.p/{self.width}'}"

    def whole(self) -> "Tile":
        """The full tile that stands here later."""
        return Tile(self.level, self.index)


def index_path(index: int) -> str:
    """An index in groups of three digits, all but the last with an x: 1234067 is `x001/x234/067`."""
    digits = str(index)
    digits = digits.zfill(-(-len(digits) // 3) * 3)
    groups = [digits[at : at + 3] for at in range(0, len(digits), 3)]
    return "".join(f"x{group}/" for group in groups[:-1]) + groups[-1]


def parse_path(path: str) -> Tile:
    """The tile of a path in its only spelling; raises `openlog.bad_tile`."""
    found = _PATH.fullmatch(path)
    if found is None:
        raise Refusal("openlog.bad_tile", tile=path[:80])
    level = ENTRIES if found["level"] == "entries" else int(found["level"])
    tile = Tile(level, int(found["index"].replace("x", "").replace("/", "")), int(found["width"] or WIDTH))
    if tile.path != path or tile.index * WIDTH ** (max(level, 0) + 1) >= MAX_SIZE:
        raise Refusal("openlog.bad_tile", tile=path[:80])
    return tile


def tiles_of(size: int) -> Iterator[Tile]:
    """Every tile and bundle of a tree of this size, lowest level first (bundles before all)."""
    return growth(0, size)


def growth(old: int, new: int) -> Iterator[Tile]:
    """The tiles and bundles of the tree of `new` leaves that the tree of `old` ones had not, or had smaller.

    In the order in which they can be made: bundles, then level 0 upwards, by index within each.
    """
    for level in (ENTRIES, *range(MAX_LEVEL + 1)):
        yield from _level_growth(level, old, new)


def _level_growth(level: int, old: int, new: int) -> Iterator[Tile]:
    had, has = hashes_at(level, old), hashes_at(level, new)
    for index in range(had // WIDTH, -(-has // WIDTH)):
        width = min(WIDTH, has - index * WIDTH)
        if index * WIDTH + width > had:
            yield Tile(level, index, width)


def hashes_at(level: int, size: int) -> int:
    """How many hashes (or entries) all tiles of this level hold together in a tree of this size."""
    return size >> (HEIGHT * max(level, 0))


def holding(level: int, position: int, size: int) -> Tile:
    """The tile that holds the hash at `position` of its level in a tree of this size, in its width at that size."""
    index = position // WIDTH
    return Tile(level, index, min(WIDTH, hashes_at(level, size) - index * WIDTH))


def bundle(entries: Iterable[bytes]) -> bytes:
    """Entries with their lengths (big-endian uint16) before them; raises `openlog.entry_too_long`."""
    parts: list[bytes] = []
    for entry in entries:
        if len(entry) > MAX_ENTRY_BYTES:
            raise Refusal("openlog.entry_too_long", bytes=len(entry))
        parts += (len(entry).to_bytes(2), entry)
    return b"".join(parts)


def unbundle(data: bytes, width: int) -> list[bytes]:
    """The entries of a bundle, exactly `width` of them and nothing behind; raises `openlog.torn_tile`."""
    entries = []
    at = 0
    for _ in range(width):
        end = at + 2 + int.from_bytes(data[at : at + 2])
        if at + 2 > len(data) or end > len(data) or end - at - 2 > MAX_ENTRY_BYTES:
            raise Refusal("openlog.torn_tile")
        entries.append(data[at + 2 : end])
        at = end
    if at != len(data):
        raise Refusal("openlog.torn_tile")
    return entries


def hashes_of(data: bytes, width: int) -> list[bytes]:
    """The hashes of a tile; raises `openlog.torn_tile` unless there are exactly `width`."""
    if len(data) != width * HASH_BYTES:
        raise Refusal("openlog.torn_tile")
    return [data[at : at + HASH_BYTES] for at in range(0, len(data), HASH_BYTES)]


def subtree(hashes: Sequence[bytes]) -> bytes:
    """The root over a power of two of hashes: what stands for a full tile in the level above."""
    row = list(hashes)
    while len(row) > 1:
        row = [node_hash(row[at], row[at + 1]) for at in range(0, len(row), 2)]
    return row[0]


def reader(size: int, fetch: Callable[[Tile], bytes]) -> Reader:
    """A reader of complete subtrees over the tiles of a tree of `size` leaves; `fetch` gives a tile's bytes.

    Each tile is fetched once for a reader. It raises `openlog.torn_tile` for bytes of the wrong length, and what
    `fetch` raises.
    """
    kept: dict[Tile, list[bytes]] = {}

    def read(level: int, index: int) -> bytes:
        tile_level, inner = divmod(level, HEIGHT)
        first, count = index << inner, 1 << inner
        tile = holding(tile_level, first, size)
        if tile not in kept:
            kept[tile] = hashes_of(fetch(tile), tile.width)
        start = first % WIDTH
        return subtree(kept[tile][start : start + count])

    return read
