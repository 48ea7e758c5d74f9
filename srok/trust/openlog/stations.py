"""The list of a polling station as a tree (transparency.md section 2). Pure; the roll builds and prints it.

Leaves are the commitments of all active rows of one station, each once, sorted bytewise, under an RFC 6962 tree.
"""

from base64 import b64decode, b64encode
from binascii import Error as Base64Error
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Final

from srok.ground.kernel.refusal import Refusal
from srok.trust.openlog import tree

MAX_ROWS: Final = 1_024
MAX_PATH: Final = 10
"""Hashes from a row to the root of up to 1,024 rows: they fit the voter's QR."""
_GROUPS: Final = 16


def sorted_list(commitments: Iterable[bytes]) -> list[bytes]:
    """The leaves in order. Raises `openlog.bad_station` for a commitment twice, not of 32 bytes, or more than 1,024."""
    leaves = sorted(commitments)
    if len(leaves) > MAX_ROWS:
        raise Refusal("openlog.bad_station", part="rows")
    if any(len(leaf) != tree.HASH_BYTES for leaf in leaves):
        raise Refusal("openlog.bad_station", part="length")
    if any(one == other for one, other in zip(leaves, leaves[1:], strict=False)):
        raise Refusal("openlog.bad_station", part="twice")
    return leaves


def root(commitments: Iterable[bytes]) -> bytes:
    """The root of a station's list; that of an empty list is SHA-256 of nothing. Raises `openlog.bad_station`."""
    leaves = sorted_list(commitments)
    return tree.root_at(len(leaves), _reader(leaves))


def own_row(commitments: Iterable[bytes], own: bytes) -> tuple[int, list[bytes]]:
    """The place of one row in the list and its path of at most 10 hashes.

    Raises `openlog.bad_station` (part `absent` where the row is not on the list).
    """
    leaves = sorted_list(commitments)
    if own not in leaves:
        raise Refusal("openlog.bad_station", part="absent")
    index = leaves.index(own)
    return index, tree.inclusion_proof(index, len(leaves), _reader(leaves))


def verify_row(own: bytes, index: int, rows: int, path: Sequence[bytes], printed_root: bytes) -> None:
    """Check that a row stands on the list of this root; raises `openlog.bad_station` or `openlog.bad_proof`."""
    if rows > MAX_ROWS or len(path) > MAX_PATH:
        raise Refusal("openlog.bad_station", part="rows")
    tree.verify_inclusion(index, rows, tree.leaf_hash(own), path, printed_root)


def printed(found: bytes) -> str:
    """A root as it stands on the posted list: 16 groups of 4 hexadecimal digits, in capitals."""
    digits = found.hex().upper()
    return " ".join(digits[at : at + 4] for at in range(0, len(digits), 4))


def read_printed(text: str) -> bytes:
    """The root of a printed line, in any case and spacing; raises `openlog.bad_station`."""
    digits = "".join(text.split())
    if len(digits) != 4 * _GROUPS or not digits.isascii() or not digits.isalnum():
        raise Refusal("openlog.bad_station", part="root")
    try:
        return bytes.fromhex(digits)
    except ValueError as error:
        raise Refusal("openlog.bad_station", part="root") from error


def path_text(path: Sequence[bytes]) -> str:
    """All hashes of a path in one base64 text, for the QR."""
    return b64encode(b"".join(path)).decode()


def read_path(text: str) -> list[bytes]:
    """The hashes of `path_text`; raises `openlog.bad_station`."""
    try:
        raw = b64decode(text.encode("ascii"), validate=True)
    except (Base64Error, ValueError) as error:
        raise Refusal("openlog.bad_station", part="path") from error
    if len(raw) % tree.HASH_BYTES or len(raw) > MAX_PATH * tree.HASH_BYTES or b64encode(raw).decode() != text:
        raise Refusal("openlog.bad_station", part="path")
    return [raw[at : at + tree.HASH_BYTES] for at in range(0, len(raw), tree.HASH_BYTES)]


def _reader(leaves: Sequence[bytes]) -> Callable[[int, int], bytes]:
    @cache
    def read(level: int, index: int) -> bytes:
        if level == 0:
            return tree.leaf_hash(leaves[index])
        return tree.node_hash(read(level - 1, 2 * index), read(level - 1, 2 * index + 1))

    return read
