"""Chance from a hash: the same seed gives the same world on every machine."""

import hashlib
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


class Chance:
    """A stream of numbers that follows from a seed alone."""

    def __init__(self, *seed: object):
        self._seed = "\0".join(str(one) for one in seed).encode()
        self._count = 0
        self._pool = b""

    def bytes(self, length: int) -> bytes:
        """The next bytes of the stream."""
        while len(self._pool) < length:
            self._pool += hashlib.sha256(self._seed + self._count.to_bytes(8, "big")).digest()
            self._count += 1
        out, self._pool = self._pool[:length], self._pool[length:]
        return out

    def below(self, n: int) -> int:
        """A whole number from 0 to n - 1."""
        return int.from_bytes(self.bytes(8), "big") % n

    def happens(self, share: float) -> bool:
        """True in that share of cases."""
        return self.below(1 << 32) < share * (1 << 32)

    def choice(self, things: Sequence[T]) -> T:
        """One of them."""
        return things[self.below(len(things))]

    def shuffled(self, things: Sequence[T]) -> list[T]:
        """All of them in another order."""
        return [thing for _, thing in sorted(((self.bytes(8), one) for one in things), key=lambda pair: pair[0])]

    def sample(self, things: Sequence[T], n: int) -> list[T]:
        """So many different ones."""
        return self.shuffled(things)[:n]
