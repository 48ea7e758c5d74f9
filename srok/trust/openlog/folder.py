"""Where a published log lies: a folder of plain files; an object store would be another `Store`.

A file appears whole or not at all (written beside, synced, renamed), and has reached the disk when the call returns.
"""

import ctypes
import errno
import fcntl
import os
import secrets
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Any, Final, Protocol

from srok.ground.kernel.refusal import Refusal
from srok.trust.openlog.tiles import Tile
from srok.trust.openlog.tree import HASH_BYTES

# From so many files on, the disk is synced once for all of them.
MANY: Final = 48
_STAGING: Final = ".staging"
_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


class Store(Protocol):
    """What publishing needs of the place where a log lies; paths are relative, with slashes."""

    def get(self, path: str) -> bytes | None:
        """The bytes of a file, or None where there is none."""

    def put(self, files: Sequence[tuple[str, bytes]]) -> None:
        """Write files, each whole or not at all; durable on return. Raises `openlog.disk_full`."""

    def partials(self) -> Iterator[tuple[str, float]]:
        """Folders of partial tiles (`....p`) whose full tile is there, and for how many seconds it has been."""

    def remove(self, paths: Iterable[str]) -> int:
        """Take away files or folders of partial tiles; return how many."""

    def alone(self) -> AbstractContextManager[None]:
        """One publisher in this place at a time; raises `openlog.busy`. The lock ends with its holder."""


class Folder:
    """A folder on this machine."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def get(self, path: str) -> bytes | None:
        """The bytes of a file, or None where there is none."""
        try:
            return (self.root / path).read_bytes()
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
            return None

    def put(self, files: Sequence[tuple[str, bytes]]) -> None:
        """Write files, each whole or not at all; durable on return. Raises `openlog.disk_full`."""
        if not files:
            return
        staging = self.root / _STAGING
        try:
            staging.mkdir(parents=True, exist_ok=True)
            staged = [(self._staged(staging, data, alone=len(files) < MANY), self.root / path) for path, data in files]
            self._settle(staging, many=len(files) >= MANY)
            folders = {path.parent for _, path in staged}
            for folder in folders:
                folder.mkdir(parents=True, exist_ok=True)
            for beside, path in staged:
                os.replace(beside, path)
            self._settle(staging, many=len(files) >= MANY)
            if len(files) < MANY:
                self._sync_folders(folders)
        except OSError as error:
            shutil.rmtree(staging, ignore_errors=True)
            if error.errno in _FULL:
                raise Refusal("openlog.disk_full") from error
            raise

    def partials(self) -> Iterator[tuple[str, float]]:
        """Folders of partial tiles whose full tile is there, and for how many seconds before the last checkpoint."""
        try:
            now = (self.root / "checkpoint").stat().st_mtime
        except FileNotFoundError:
            return
        for here, folders, _ in os.walk(self.root / "tile"):
            for name in list(folders):
                if name.endswith(".p"):
                    folders.remove(name)
                    full = Path(here) / name.removesuffix(".p")
                    with suppress(FileNotFoundError):
                        yield str((Path(here) / name).relative_to(self.root)), now - full.stat().st_mtime

    def remove(self, paths: Iterable[str]) -> int:
        """Take away files or folders of partial tiles; return how many."""
        count = 0
        for path in paths:
            found = self.root / path
            if found.is_dir():
                shutil.rmtree(found)
            else:
                found.unlink(missing_ok=True)
            count += 1
        return count

    @contextmanager
    def alone(self) -> Iterator[None]:
        """One publisher in this folder at a time; raises `openlog.busy`. The lock ends with its holder."""
        self.root.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(self.root, os.O_RDONLY)
        try:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                raise Refusal("openlog.busy") from error
            shutil.rmtree(self.root / _STAGING, ignore_errors=True)
            yield
        finally:
            os.close(descriptor)

    def _staged(self, staging: Path, data: bytes, *, alone: bool) -> Path:
        beside = staging / secrets.token_hex(12)
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644)
        try:
            _write_all(descriptor, data)
            if alone:
                os.fsync(descriptor)
        finally:
            os.close(descriptor)
        return beside

    def _settle(self, staging: Path, *, many: bool) -> None:
        if many:
            _sync_disk(staging)

    def _sync_folders(self, folders: Iterable[Path]) -> None:
        """Make the names durable: each folder, and those above it, which may be new too."""
        wanted = {
            above for folder in folders for above in (folder, *folder.parents) if self.root in (above, *above.parents)
        }
        for folder in sorted({*wanted, self.root.parent}):
            _sync(folder)


def fetcher(store: Store) -> Callable[[Tile], bytes]:
    """Reads tiles of a published folder, a full one where the partial one is gone; raises `openlog.torn_tile`."""

    def fetch(tile: Tile) -> bytes:
        found = store.get(tile.path)
        if found is None and not tile.full:
            whole = store.get(tile.whole().path)
            found = whole[: tile.width * HASH_BYTES] if whole is not None and tile.level >= 0 else None
        if found is None:
            raise Refusal("openlog.torn_tile")
        return found

    return fetch


def _write_all(descriptor: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _sync_disk(path: Path) -> None:
    """Write everything of this path's file system to the disk: one call for thousands of files."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        if _libc().syncfs(descriptor) != 0:
            raise OSError(ctypes.get_errno(), "syncfs")
    finally:
        os.close(descriptor)


@cache
def _libc() -> Any:
    return ctypes.CDLL(None, use_errno=True)
