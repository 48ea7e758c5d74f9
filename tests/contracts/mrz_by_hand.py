"""Doc 9303 once more, written apart from the program: what a TD1 text must be, in twenty lines."""

import re

ORDER = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def digit(text: str) -> str:
    """The check digit of part 3, 4.9."""
    total = 0
    for place, letter in enumerate(text):
        total += (0 if letter == "<" else ORDER.index(letter)) * (7, 3, 1)[place % 3]
    return str(total % 10)


def faults(lines: list[str]) -> list[str]:
    """Everything that is wrong with three lines of a Khmer card."""
    one, two, three = lines
    return [
        name
        for name, wrong in {
            "three lines of thirty": [len(line) for line in lines] != [30, 30, 30],
            "only A-Z, 0-9 and <": not all(re.fullmatch("[A-Z0-9<]{30}", line) for line in lines),
            "document and issuer": not one.startswith("IDKHM"),
            "number": digit(one[5:14]) != one[14],
            "nothing in the optional fields": one[15:] + two[18:29] != "<" * 26,
            "birth date": digit(two[0:6]) != two[6],
            "sex": two[7] not in "FM<",
            "expiry": digit(two[8:14]) != two[14],
            "nationality": two[15:18] != "KHM",
            "composite": digit(one[5:30] + two[0:7] + two[8:15] + two[18:29]) != two[29],
            "name": not re.fullmatch("[A-Z]+(<[A-Z]+)*(<<[A-Z]+(<[A-Z]+)*)?<*", three),
        }.items()
        if wrong
    ]


def is_shortened(printed: str, whole: str) -> bool:
    """Whether each component printed is the beginning of one of the whole name, in order (part 5, 4.2.3)."""
    names = iter(re.split("[ -]", whole))
    return all(any(name.startswith(part) for name in names) for part in printed.split("<"))
