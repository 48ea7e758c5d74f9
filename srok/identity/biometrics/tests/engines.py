"""Small real engines and systems for tests: a face engine that works without models, a system that is dead."""

import hashlib
from uuid import UUID

import numpy
from PIL import Image

from srok.identity.biometrics.engine import FoundFace
from srok.identity.biometrics.terms import Candidate


class ColourEngine:
    """Takes the middle colour of a picture for a face: the same colour is the same person, near ones are near."""

    name, version = "colour", "1"

    def faces(self, picture: Image.Image) -> list[FoundFace]:
        """One face in every picture."""
        width, height = picture.size
        box = (width * 0.2, height * 0.2, width * 0.8, height * 0.8)
        return [FoundFace(box, ((width * 0.35, height * 0.4), (width * 0.65, height * 0.4)), 1.0)]

    def template(self, picture: Image.Image, face: FoundFace) -> bytes:
        """The colour as the first three of 128 numbers."""
        row = numpy.zeros(128, dtype="<f4")
        row[:3] = numpy.asarray(picture.resize((3, 3)))[1, 1] / 255.0
        return row.tobytes()


class DeadAbis:
    """A system that never answers."""

    name = "dead"

    def insert(self, key: UUID, jpeg: bytes) -> None:
        """Nothing comes back."""
        raise ConnectionError("no answer")

    def identify(self, key: UUID, jpeg: bytes, most: int) -> list[Candidate]:
        """Nothing comes back."""
        raise TimeoutError("no answer")

    def delete(self, key: UUID) -> None:
        """Nothing comes back."""
        raise OSError("no answer")

    def ping(self) -> bool:
        """Nothing comes back."""
        raise ConnectionError("no answer")

    def count(self) -> int:
        """Nothing comes back."""
        raise ConnectionError("no answer")


def template(number: int, near: int | None = None, by: float = 0.0) -> bytes:
    """A face that never was: 128 numbers of a hash, of length 1 like an engine's; or one at a distance of another."""
    row = _row(number)
    if near is not None:
        side = _row(number)
        row = _row(near) + side * by
    return row.astype("<f4").tobytes()


def _row(number: int) -> numpy.ndarray:
    whole = b"".join(hashlib.blake2b(f"{number}/{part}".encode()).digest() for part in range(8))
    row = numpy.frombuffer(whole, dtype="<u4").astype(numpy.float64) / 2**32 - 0.5
    return row / numpy.sqrt((row * row).sum())
