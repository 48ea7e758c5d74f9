"""A reader of the little CBOR that a card needs, and of nothing else.

It runs on bytes that nobody has vouched for yet, so it knows no tags, floats, simple values or indefinite
lengths, accepts each value in one form only (shortest heads, ascending map keys: RFC 8949 section 4.2.1),
goes at most four levels deep and refuses trailing bytes. What it accepts therefore has exactly one encoding.
"""

from typing import Final

Value = int | bytes | str | list["Value"] | dict["int | str", "Value"]

MAX_DEPTH: Final = 4
_LONG_HEADS: Final = {24: 1, 25: 2, 26: 4, 27: 8}


class NotStrict(ValueError):
    """These bytes are not the one form of a value this reader knows."""


def read(data: bytes) -> Value:
    """The value of these bytes; raises `NotStrict`."""
    cursor = _Cursor(data)
    value = cursor.value(MAX_DEPTH)
    if cursor.at != len(data):
        raise NotStrict("trailing bytes")
    return value


class _Cursor:
    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0

    def take(self, count: int) -> bytes:
        end = self.at + count
        if end > len(self.data):
            raise NotStrict("cut short")
        found = self.data[self.at : end]
        self.at = end
        return found

    def head(self) -> tuple[int, int]:
        """Major type and argument, in the shortest form."""
        first = self.take(1)[0]
        major, info = first >> 5, first & 31
        if info < 24:
            return major, info
        if info not in _LONG_HEADS:
            raise NotStrict("indefinite or reserved length")
        size = _LONG_HEADS[info]
        number = int.from_bytes(self.take(size), "big")
        if number < (24 if size == 1 else 1 << (4 * size)):
            raise NotStrict("longer than needed")
        return major, number

    def value(self, depth: int) -> Value:
        if depth == 0:
            raise NotStrict("too deep")
        major, number = self.head()
        match major:
            case 0:
                return number
            case 1:
                return -1 - number
            case 2:
                return self.take(number)
            case 3:
                return self.text(number)
            case 4:
                return [self.value(depth - 1) for _ in range(self.fits(number))]
            case 5:
                return self.entries(self.fits(number), depth)
        raise NotStrict("a type this reader does not know")

    def fits(self, count: int) -> int:
        """A count of items, each at least one byte long, cannot exceed what is left."""
        if count > len(self.data) - self.at:
            raise NotStrict("cut short")
        return count

    def text(self, count: int) -> str:
        try:
            return self.take(count).decode("utf-8", "strict")
        except UnicodeDecodeError as error:
            raise NotStrict("not UTF-8") from error

    def entries(self, count: int, depth: int) -> dict[int | str, Value]:
        found: dict[int | str, Value] = {}
        before = b""
        for _ in range(count):
            start = self.at
            key = self.value(1)
            encoded = self.data[start : self.at]
            if not isinstance(key, int | str) or encoded <= before:
                raise NotStrict("keys are not ascending numbers or texts")
            before = encoded
            found[key] = self.value(depth - 1)
        return found
