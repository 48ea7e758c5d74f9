"""The quiet background of the card: woven waves and a rosette, drawn as vectors from plain trigonometry."""

from functools import cache
from math import cos, pi, sin

from srok.ground.paper.terms import CARD_HEIGHT_MM, CARD_WIDTH_MM

Point = tuple[float, float]


@cache
def background_svg(side: str) -> str:
    """The background of the `front` or the `back` as an SVG of card size, one unit a millimetre."""
    phase, centre = (0.0, (64.0, 37.5)) if side == "front" else (0.9, (24.0, 15.5))
    waves = "".join(_wave(index, 34, phase) for index in range(34))
    woven = "".join(_wave(index, 22, phase + 2.1) for index in range(22))
    petals = "".join(_rosette(centre, 17.5 - 1.7 * ring, ring / 2) for ring in range(6))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {CARD_WIDTH_MM} {CARD_HEIGHT_MM}">'
        '<defs><linearGradient id="g" x1="0" y1="0" x2="1" y2="1">'
        '<stop offset="0" stop-color="#ecf4fb"/><stop offset="0.55" stop-color="#fbfaf3"/>'
        '<stop offset="1" stop-color="#fbece3"/></linearGradient></defs>'
        f'<rect width="{CARD_WIDTH_MM}" height="{CARD_HEIGHT_MM}" fill="url(#g)"/>'
        f'<path d="{waves}" fill="none" stroke="#d5e3f0" stroke-width="0.08"/>'
        f'<path d="{woven}" fill="none" stroke="#efe0d6" stroke-width="0.08"/>'
        f'<path d="{petals}" fill="none" stroke="#ebd2c3" stroke-width="0.08"/></svg>'
    )


def _wave(index: int, count: int, phase: float) -> str:
    """One of `count` waves across the card whose height swells and narrows, as on banknotes."""
    base = CARD_HEIGHT_MM * (index + 0.5) / count
    turn = 2 * pi * index / count + phase

    def at(t: float) -> Point:
        swell = 2.4 * sin(pi * 3 * t + turn) * cos(pi * 2 * t - turn / 2)
        return (-2 + t * (CARD_WIDTH_MM + 4), base + swell + 1.3 * sin(pi * 9 * t + turn * 2))

    return _smooth([at(step / 40) for step in range(41)])


def _rosette(centre: Point, radius: float, turn: float) -> str:
    """A closed flower of many petals around `centre`, each ring turned against the one outside it."""

    def at(t: float) -> Point:
        reach = radius * (0.85 + 0.15 * cos(24 * t + turn * pi))
        return (centre[0] + reach * cos(t), centre[1] + reach * sin(t))

    return _smooth([at(2 * pi * step / 288) for step in range(289)])


def _smooth(points: list[Point]) -> str:
    """A curve through all points (Catmull-Rom as cubic Béziers), two decimals of a millimetre."""
    path = [f"M{points[0][0]:.2f} {points[0][1]:.2f}"]
    for i in range(len(points) - 1):
        before, here = points[max(i - 1, 0)], points[i]
        there, after = points[i + 1], points[min(i + 2, len(points) - 1)]
        first = (here[0] + (there[0] - before[0]) / 6, here[1] + (there[1] - before[1]) / 6)
        second = (there[0] - (after[0] - here[0]) / 6, there[1] - (after[1] - here[1]) / 6)
        path.append("C" + " ".join(f"{x:.2f} {y:.2f}" for x, y in (first, second, there)))
    return "".join(path)
