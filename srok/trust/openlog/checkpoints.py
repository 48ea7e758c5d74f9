"""The text of a checkpoint (c2sp.org/tlog-checkpoint): origin, size, root. Pure."""

import re
from base64 import b64decode, b64encode
from binascii import Error as Base64Error
from dataclasses import dataclass
from typing import Final

from srok.ground.kernel.refusal import Refusal
from srok.trust.openlog.tree import EMPTY_ROOT, HASH_BYTES, MAX_SIZE

_NUMBER: Final = re.compile(r"0|[1-9][0-9]{0,18}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The state of a log: its identity, the number of leaves (below 2**63) and the root over them."""

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()

    def text(self) -> str:
        """The note text, ending in a newline."""
        lines = (self.origin, str(self.size), b64encode(self.root).decode(), *self.extensions)
        return "".join(f"{line}\n" for line in lines)


def parse_checkpoint(text: str) -> Checkpoint:
    """The checkpoint of a note text in its one spelling; raises `openlog.bad_checkpoint`.

    Extension lines are kept for whoever must sign them; our own logs write none.
    """
    lines = text.split("\n")
    if len(lines) < 4 or lines[-1] or not all(lines[:-1]):
        raise Refusal("openlog.bad_checkpoint", part="lines")
    if not _NUMBER.fullmatch(lines[1]) or int(lines[1]) >= MAX_SIZE:
        raise Refusal("openlog.bad_checkpoint", part="size")
    found = Checkpoint(lines[0], int(lines[1]), exact_base64(lines[2], HASH_BYTES), tuple(lines[3:-1]))
    if found.size == 0 and found.root != EMPTY_ROOT:
        raise Refusal("openlog.bad_checkpoint", part="root")
    return found


def exact_base64(text: str, length: int | None = None) -> bytes:
    """The bytes of standard base64 in its one spelling; raises `openlog.bad_checkpoint`."""
    try:
        raw = b64decode(text.encode("ascii"), validate=True)
    except (Base64Error, ValueError) as error:
        raise Refusal("openlog.bad_checkpoint", part="base64") from error
    if b64encode(raw).decode() != text or length not in (None, len(raw)):
        raise Refusal("openlog.bad_checkpoint", part="base64")
    return raw
