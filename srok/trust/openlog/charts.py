"""Charts drawn by the server: SVG without script or style, printable; a table always stands below. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

_WIDTH: Final = 720
_HEIGHT: Final = 240
_LEFT: Final = 72
_BOTTOM: Final = 34
_TOP: Final = 14


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of a chart, in its own coordinates."""

    x: float
    y: float
    width: float
    height: float
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A line of the scale with its number."""

    y: float
    text: str


@dataclass(frozen=True, slots=True)
class Chart:
    """What a template draws: size, bars, scale, and labels below (x, text)."""

    width: float
    height: float
    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...] = ()
    labels: tuple[tuple[float, str], ...] = ()
    left: float = 0
    floor: float = 0


def columns(values: Sequence[tuple[str, int]]) -> Chart:
    """Upright bars in order, with a scale of round numbers; at most four labels below, so that none overlap."""
    top = scale_top(max((value for _, value in values), default=0))
    room, tall = _WIDTH - _LEFT, _HEIGHT - _BOTTOM - _TOP
    step = room / max(1, len(values))
    bars = [
        Bar(round(_LEFT + at * step + step * 0.12, 1), round(_TOP + tall - tall * value / top, 1),
            round(step * 0.76, 1), round(tall * value / top, 1), label, str(value))
        for at, (label, value) in enumerate(values)
    ]  # fmt: skip
    ticks = [Tick(round(_TOP + tall - tall * part / 2, 1), str(top * part // 2)) for part in range(3)]
    every = max(1, -(-len(values) // 4))
    labels = [(round(_LEFT + (at + 0.5) * step, 1), values[at][0]) for at in range(0, len(values), every)]
    return Chart(_WIDTH, _HEIGHT, tuple(bars), tuple(ticks), tuple(labels), _LEFT, _TOP + tall)


def shares(values: Sequence[int]) -> list[float]:
    """The length of a lying bar for each value, 0 to 100, the largest 100; for the bars within a table."""
    top = max(values, default=0) or 1
    return [round(100 * value / top, 1) for value in values]


def scale_top(most: int) -> int:
    """The round number at the top of a scale: 2, 4 or 10 times a power of ten, so that its half is whole too."""
    power = 1
    while True:
        for factor in (2, 4, 10):
            if most <= factor * power:
                return factor * power
        power *= 10
