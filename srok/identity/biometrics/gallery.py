"""Exact search of the nearest faces: one float32 matrix in memory, numpy only, no files (templates lie sealed at rest).

The answer is that of brute force in double precision: a float32 product finds all that could be among the nearest,
with the bound of its rounding added, and those few are measured again in double.
"""

from typing import Any
from uuid import UUID

import numpy

from srok.identity.biometrics.terms import DIMENSIONS, Candidate

START = 1024
# Half the distance from 1 to the next float32.
UNIT = 2.0**-24


class Vectors:
    """Faces by key: added, removed and searched. Not for several threads at once."""

    def __init__(self) -> None:
        self._rows = numpy.zeros((START, DIMENSIONS), dtype=numpy.float32)
        self._squares = numpy.zeros(START, dtype=numpy.float32)
        self._largest = 0.0
        self._keys: list[UUID] = []
        self._where: dict[UUID, int] = {}

    def __len__(self) -> int:
        return len(self._keys)

    def __contains__(self, key: UUID) -> bool:
        return key in self._where

    def add(self, key: UUID, template: bytes) -> None:
        """Add or replace one face; raises ValueError unless `template` is 128 finite float32."""
        row = vector(template)
        at = self._where.get(key, len(self._keys))
        if at == len(self._keys):
            self._make_room(at + 1)
            self._keys.append(key)
            self._where[key] = at
        square = float(numpy.dot(row.astype(numpy.float64), row.astype(numpy.float64)))
        self._rows[at], self._squares[at] = row, square
        self._largest = max(self._largest, square)

    def remove(self, key: UUID) -> None:
        """Remove one face, its numbers too; an unknown one is gone already."""
        at = self._where.pop(key, None)
        if at is None:
            return
        last, moved = len(self._keys) - 1, self._keys.pop()
        if at != last:
            self._rows[at], self._squares[at] = self._rows[last], self._squares[last]
            self._keys[at], self._where[moved] = moved, at
        self._rows[last], self._squares[last] = 0.0, 0.0

    def nearest(self, template: bytes, most: int, without: UUID | None = None) -> list[Candidate]:
        """The `most` nearest faces by Euclidean distance, nearest first, those as near by key; `without` left out."""
        return self.nearest_of_each([template], most, without)[0]

    def nearest_of_each(self, templates: list[bytes], most: int, without: UUID | None = None) -> list[list[Candidate]]:
        """The same for several faces with one pass over the matrix."""
        count = len(self._keys)
        if count == 0 or most < 1:
            return [[] for _ in templates]
        asked = numpy.stack([vector(one) for one in templates])
        products = self._rows[:count] @ asked.T
        return [self._chosen(one, products[:, at], most, without) for at, one in enumerate(asked)]

    def _chosen(self, asked: Any, products: Any, most: int, without: UUID | None) -> list[Candidate]:
        count = len(self._keys)
        rough = self._squares[:count] - 2.0 * products
        wanted = most + (1 if without is not None else 0)
        if wanted < count:
            border = float(numpy.partition(rough, wanted - 1)[wanted - 1])
            places = numpy.flatnonzero(rough <= border + 2.0 * self._rounding(asked))
        else:
            places = numpy.arange(count)
        exact = distances(self._rows[places], asked)
        found = sorted(zip(exact.tolist(), (self._keys[at] for at in places), strict=True))
        return [Candidate(key, distance) for distance, key in found if key != without][:most]

    def _rounding(self, asked: Any) -> float:
        """The most by which a rough value can be wrong (any order of the sums of 128 products in float32)."""
        length = float(numpy.sqrt(numpy.dot(asked.astype(numpy.float64), asked.astype(numpy.float64))))
        return 4.0 * UNIT * (DIMENSIONS + 4) * (float(numpy.sqrt(self._largest)) * length + self._largest)

    def _make_room(self, wanted: int) -> None:
        if wanted <= len(self._rows):
            return
        rows = numpy.zeros((max(wanted, 2 * len(self._rows)), DIMENSIONS), dtype=numpy.float32)
        squares = numpy.zeros(len(rows), dtype=numpy.float32)
        rows[: len(self._rows)], squares[: len(self._rows)] = self._rows, self._squares
        self._rows, self._squares = rows, squares


def vector(template: bytes) -> Any:
    """The numbers of a template; raises ValueError unless they are 128 finite float32."""
    row = numpy.frombuffer(template, dtype="<f4").astype(numpy.float32)
    if row.shape != (DIMENSIONS,) or not bool(numpy.isfinite(row).all()):
        raise ValueError("a face template is 128 finite float32")
    return row


def distances(rows: Any, asked: Any) -> Any:
    """Euclidean distances in double precision."""
    apart = rows.astype(numpy.float64) - asked.astype(numpy.float64)
    return numpy.sqrt((apart * apart).sum(axis=1))


def distance(one: bytes, other: bytes) -> float:
    """The Euclidean distance of two templates."""
    return float(distances(vector(one)[None, :], vector(other))[0])
