"""The library's verifier: a published log against its checkpoint, every tile and every entry. Needs no database."""

import json
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path
from typing import Final

from srok.ground.kernel.refusal import Refusal
from srok.trust.openlog import building, notes, tiles
from srok.trust.openlog.checkpoints import Checkpoint, parse_checkpoint
from srok.trust.openlog.entries import check_entry
from srok.trust.openlog.folder import Folder
from srok.trust.openlog.notes import Note, VerifierKey
from srok.trust.openlog.terms import ORIGINS, Checked, Problem
from srok.trust.openlog.tiles import ENTRIES, WIDTH, Tile
from srok.trust.openlog.tree import EMPTY_ROOT, CompactRange

# So many bundles are one piece of work for a process: 131,072 entries.
PIECE: Final = 512
MAX_PROBLEMS: Final = 100
_LOG_OF: Final = {origin: str(log) for log, origin in ORIGINS.items()}

Progress = Callable[[int, int], None]
"""Called with entries checked so far and the size."""


def log_folders(root: Path) -> list[Path]:
    """The published logs in a folder: itself, or those right under it; raises `openlog.no_log`."""
    if (root / "checkpoint").is_file():
        return [root]
    found = sorted(path.parent for path in root.glob("*/checkpoint"))
    if not found:
        raise Refusal("openlog.no_log")
    return found


def keys_in_index(folder: Path) -> tuple[VerifierKey, ...]:
    """The keys that `index.json` in or above this folder names for it: only as good as where the folder is from."""
    for path in (folder / "index.json", folder.parent / "index.json"):
        try:
            read = json.loads(path.read_bytes())
            rows = [row for row in read["logs"] if row["folder"] == folder.name or path.parent == folder]
            return tuple(notes.parse_key(text) for row in rows for text in row["keys"])
        except (OSError, ValueError, KeyError, TypeError, Refusal):
            continue
    return ()


def read_checkpoint(folder: Folder) -> tuple[Note, Checkpoint]:
    """The folder's note and checkpoint; raises `openlog.no_log`, `openlog.bad_note`, `openlog.bad_checkpoint`."""
    data = folder.get("checkpoint")
    if data is None:
        raise Refusal("openlog.no_log")
    note = notes.parse(data)
    return note, parse_checkpoint(note.text)


def verify_log(
    root: Path, keys: Sequence[VerifierKey], *, processes: int = 2, progress: Progress | None = None
) -> Checked:
    """Check one published log: signature, every tile, every bundle, every entry of a log of ours, the root."""
    folder = Folder(root)
    try:
        note, checkpoint = read_checkpoint(folder)
    except Refusal as refusal:
        return Checked("", problems=(Problem(refusal.code, "checkpoint"),))
    found = Checked(checkpoint.origin, checkpoint.size, checkpoint.root)
    problems: list[Problem] = []
    try:
        signed = notes.verify(note, keys)
        found = replace(found, signed_by=tuple(f"{one.key.name} {one.key.type.name}" for one in signed))
    except Refusal as refusal:
        problems.append(Problem(refusal.code, "checkpoint"))
    problems += _check_tiles(folder, checkpoint, processes, progress)
    return replace(found, problems=tuple(problems[:MAX_PROBLEMS]))


def _check_tiles(folder: Folder, checkpoint: Checkpoint, processes: int, progress: Progress | None) -> list[Problem]:
    """Bundles and level 0 in pieces side by side, then the levels above from what those gave."""
    size = checkpoint.size
    if size == 0:
        return [] if checkpoint.root == EMPTY_ROOT else [Problem("openlog.root_differs")]
    log = _LOG_OF.get(checkpoint.origin, "")
    count = -(-size // WIDTH)
    pieces = [(folder.root, log, size, at, min(at + PIECE, count)) for at in range(0, count, PIECE)]
    problems: list[Problem] = []
    row: list[bytes] = []
    rest: list[bytes] = []
    for number, (roots, last, wrong) in enumerate(_worked(pieces, processes), start=1):
        row += roots
        rest = last
        problems += wrong
        if progress is not None:
            progress(min(number * PIECE * WIDTH, size), size)
    if problems:
        return problems
    return _check_above(folder, checkpoint, row, rest)


Piece = tuple[Path, str, int, int, int]
Work = tuple[list[bytes], list[bytes], list[Problem]]


def _worked(pieces: Sequence[Piece], processes: int) -> Iterator[Work]:
    if processes < 2 or len(pieces) < 2:
        yield from map(check_piece, pieces)
        return
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        yield from pool.map(check_piece, pieces)


def check_piece(piece: Piece) -> Work:
    """Check the bundles `[start, end)` with their tiles of level 0.

    Returns the root of each full tile, the hashes of a last partial one, and what is wrong.
    """
    root, log, size, start, end = piece
    folder, roots, rest = Folder(root), list[bytes](), list[bytes]()
    problems: list[Problem] = []
    for index in range(start, end):
        width = min(WIDTH, size - index * WIDTH)
        try:
            hashes = _checked_bundle(folder, log, index, width)
        except _Wrong as wrong:
            problems.append(wrong.problem)
            if len(problems) >= MAX_PROBLEMS:
                break
            continue
        if width == WIDTH:
            roots.append(building.full_root(hashes))
        else:
            rest = hashes
    return roots, rest, problems


class _Wrong(Exception):
    def __init__(self, code: str, where: str) -> None:
        super().__init__(code)
        self.problem = Problem(code, where)


def _checked_bundle(folder: Folder, log: str, index: int, width: int) -> list[bytes]:
    bundle = Tile(ENTRIES, index, width)
    data = folder.get(bundle.path)
    try:
        entries = tiles.unbundle(data if data is not None else b"", width)
    except Refusal as refusal:
        raise _Wrong(refusal.code, bundle.path) from refusal
    hashes = building.leaf_hashes(entries)
    _compare(folder, Tile(0, index, width), hashes)
    if log:
        for at, entry in enumerate(entries):
            try:
                check_entry(log, entry)
            except Refusal as refusal:
                where = f"{index * WIDTH + at} {refusal.facts.get('part', '')}".strip()
                raise _Wrong(refusal.code, where) from refusal
    return hashes


def _compare(folder: Folder, tile: Tile, hashes: Sequence[bytes]) -> None:
    found = folder.get(tile.path)
    if found is None or len(found) != len(hashes) * 32:
        raise _Wrong("openlog.torn_tile", tile.path)
    if found != b"".join(hashes):
        raise _Wrong("openlog.tile_differs", tile.path)


def _check_above(folder: Folder, checkpoint: Checkpoint, row: list[bytes], rest: list[bytes]) -> list[Problem]:
    """Check the levels above the first from the roots below, and the root of the whole."""
    level, parts = 1, [rest]
    while row:
        above: list[bytes] = []
        for at in range(0, len(row), WIDTH):
            part = row[at : at + WIDTH]
            try:
                _compare(folder, Tile(level, at // WIDTH, len(part)), part)
            except _Wrong as wrong:
                return [wrong.problem]
            if len(part) == WIDTH:
                above.append(building.full_root(part))
        parts.append(row[len(row) // WIDTH * WIDTH :])
        row, level = above, level + 1
    hashes = [tiles.subtree(piece) for part in reversed(parts) for piece in building.powers(part)]
    grown = CompactRange(checkpoint.size, hashes)
    return [] if grown.root() == checkpoint.root else [Problem("openlog.root_differs")]
