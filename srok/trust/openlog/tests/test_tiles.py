"""Names and shapes of tiles, by the examples of c2sp.org/tlog-tiles."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from srok.ground.kernel.refusal import Refusal
from srok.trust.openlog import tiles
from srok.trust.openlog.tiles import ENTRIES, Tile


def test_the_examples_of_the_specification() -> None:
    assert tiles.index_path(1_234_067) == "x001/x234/067"
    assert Tile(0, 1_234_067, 12).path == "tile/0/x001/x234/067.p/12"
    assert Tile(ENTRIES, 7).path == "tile/entries/007"
    found = list(tiles.tiles_of(70_000))
    assert sum(tile.level == 0 and tile.full for tile in found) == 273
    assert [tile.width for tile in found if not tile.full] == [112, 112, 17, 1]
    assert [tile for tile in found if tile.level == 1] == [Tile(1, 0), Tile(1, 1, 17)]
    assert [tile for tile in found if tile.level == 2] == [Tile(2, 0, 1)]
    assert list(tiles.tiles_of(256)) == [Tile(ENTRIES, 0), Tile(0, 0), Tile(1, 0, 1)]
    assert list(tiles.tiles_of(0)) == []


@given(st.integers(-1, 3), st.integers(0, 10**9), st.integers(1, 256))
def test_a_path_has_one_spelling(level: int, index: int, width: int) -> None:
    tile = Tile(level, index, width)
    assert tiles.parse_path(tile.path) == tile


@pytest.mark.parametrize(
    "path",
    [
        "", "tile/0/1", "tile/0/0001", "tile/0/x000/001", "tile/0/001.p/0", "tile/0/001.p/256", "tile/0/001.p/01",
        "tile/8/000", "tile/00/000", "tile/0/001/002", "tile/0/x001/x002", "tile/0/001.p/1/", "tile/-1/000",
        "tile/0/../000", "tile/0/\u0660\u0660\u0661", "/tile/0/001", "tile/0/001\n", "checkpoint", "tile/Entries/000",
        "tile/7/x100/000", "tile/0/x999/x999/x999/x999/x999/x999/999",
    ],
)  # fmt: skip
def test_other_spellings_are_refused(path: str) -> None:
    with pytest.raises(Refusal, match="openlog.bad_tile"):
        tiles.parse_path(path)


@given(st.integers(0, 140_000), st.integers(0, 140_000))
def test_growth_is_what_the_new_tree_has_and_the_old_had_not(one: int, two: int) -> None:
    old, new = sorted((one, two))
    grown = list(tiles.growth(old, new))
    assert set(grown) == set(tiles.tiles_of(new)) - set(tiles.tiles_of(old))
    assert grown == sorted(grown)


@given(st.lists(st.binary(max_size=300), max_size=256))
def test_a_bundle_reads_back(entries: list[bytes]) -> None:
    data = tiles.bundle(entries)
    assert tiles.unbundle(data, len(entries)) == entries
    for torn in (data[:-1], data + b"\0", data[1:]):
        if torn != data and entries:
            with pytest.raises(Refusal, match="openlog.torn_tile"):
                assert tiles.unbundle(torn, len(entries)) != entries
                raise Refusal("openlog.torn_tile")


def test_an_entry_has_8_kib_at_most() -> None:
    assert tiles.unbundle(tiles.bundle([b"x" * 8192]), 1) == [b"x" * 8192]
    with pytest.raises(Refusal, match="openlog.entry_too_long"):
        tiles.bundle([b"x" * 8193])
    with pytest.raises(Refusal, match="openlog.torn_tile"):
        tiles.unbundle((8193).to_bytes(2) + b"x" * 8193, 1)


def test_a_tile_of_another_width_is_torn() -> None:
    for data in (b"", b"x" * 31, b"x" * 33, b"x" * 64):
        with pytest.raises(Refusal, match="openlog.torn_tile"):
            tiles.hashes_of(data, 1)
    with pytest.raises(Refusal, match="openlog.torn_tile"):
        tiles.reader(3, lambda tile: b"x" * 64)(0, 0)
