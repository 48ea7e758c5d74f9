"""Pseudo-random draws from a hash: the same path gives the same draws everywhere (no `random`, no clock)."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b
from itertools import accumulate
from struct import unpack
from typing import TypeVar

T = TypeVar("T")


class Draws:
    """A stream of draws named by its path, for example `Draws(seed, "village", 12)`."""

    def __init__(self, *path: str | int) -> None:
        self._key = blake2b("\0".join(map(str, path)).encode(), digest_size=32).digest()
        self._block = 0
        self._words: list[int] = []

    def below(self, bound: int) -> int:
        """A whole number from 0 up to, not including, `bound` (at most 2**32)."""
        if not self._words:
            digest = blake2b(self._block.to_bytes(8), key=self._key).digest()
            self._words = list(unpack(">16I", digest))
            self._block += 1
        return self._words.pop() * bound >> 32

    def between(self, first: int, last: int) -> int:
        """A whole number from `first` to `last`, both included."""
        return first + self.below(last - first + 1)

    def chance(self, per_mille: int) -> bool:
        """True in so many of a thousand draws."""
        return self.below(1000) < per_mille

    def pick(self, choices: Sequence[T]) -> T:
        """One of the choices, each as likely."""
        return choices[self.below(len(choices))]


class Ranked:
    """Draws places 0..n-1 with weights falling as 1/(place + 6): a few common names, many rare ones."""

    def __init__(self, length: int) -> None:
        self._sums = list(accumulate(10_000 // (place + 6) + 1 for place in range(length)))

    def draw(self, draws: Draws) -> int:
        """A place; the first ones come most often."""
        from bisect import bisect_right

        return bisect_right(self._sums, draws.below(self._sums[-1]))
