"""The chart of a day's hours as shapes for an SVG: drawn by the server, printable, with the table beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from srok.identity.missions.numbers import Hour

WIDTH: Final = 720
HEIGHT: Final = 260
LEFT, RIGHT, TOP, BOTTOM = 44, 8, 12, 34
SERIES: Final = (("planned", "#c9cdd8"), ("booked", "#032ea1"), ("arrived", "#b58a00"), ("served", "#17663f"))
LINES: Final = 4


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its series, place and size in the units of the drawing."""

    series: str
    fill: str
    x: float
    y: float
    width: float
    height: float
    people: int


@dataclass(frozen=True, slots=True)
class Mark:
    """A label of an axis: text at a place. `line` is drawn across for the vertical axis."""

    text: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Chart:
    """Everything that the template draws."""

    width: int
    height: int
    bars: tuple[Bar, ...]
    hours: tuple[Mark, ...]
    levels: tuple[Mark, ...]
    left: int
    right: int


def chart(hours: Sequence[Hour]) -> Chart | None:
    """The chart of these hours; None where there is nothing to draw."""
    most = max((getattr(hour, name) for hour in hours for name, _ in SERIES), default=0)
    if not most:
        return None
    top = _round_up(most)
    group = (WIDTH - LEFT - RIGHT) / len(hours)
    bar = group * 0.8 / len(SERIES)
    tall = HEIGHT - TOP - BOTTOM
    bars, labels = [], []
    for i, hour in enumerate(hours):
        start = LEFT + i * group + group * 0.1
        labels.append(Mark(str(hour.hour), round(start + group * 0.4, 1), HEIGHT - BOTTOM + 22))
        for n, (name, fill) in enumerate(SERIES):
            people = getattr(hour, name)
            high = round(tall * people / top, 1)
            bars.append(Bar(name, fill, round(start + n * bar, 1), TOP + tall - high, round(bar, 1), high, people))
    levels = tuple(Mark(str(top * k // LINES), LEFT - 8, TOP + tall - tall * k / LINES) for k in range(LINES + 1))
    return Chart(WIDTH, HEIGHT, tuple(bars), tuple(labels), levels, LEFT, WIDTH - RIGHT)


def _round_up(most: int) -> int:
    """The top of the vertical axis: a multiple of LINES that is a round number."""
    step = next(step for step in (1, 2, 5, 10, 20, 25, 50, 100, 250, 500, 1000) if step * LINES >= most)
    return step * LINES
