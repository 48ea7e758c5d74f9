"""Files that are whole or not there: what is said to be written lies on the disk."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO


@contextmanager
def in_place_of(path: Path) -> Iterator[BinaryIO]:
    """A file that takes the place of the old one in one step, and only when it is whole and on the disk."""
    beside = path.with_name(f".{path.name}.{secrets.token_hex(6)}")
    try:
        with beside.open("xb") as opened:
            yield opened
            opened.flush()
            os.fsync(opened.fileno())
        beside.replace(path)
        sync_folder(path.parent)
    finally:
        with suppress(FileNotFoundError):
            beside.unlink()


def sync_folder(folder: Path) -> None:
    """Have the names in this folder on the disk, and not only the bytes behind them."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
