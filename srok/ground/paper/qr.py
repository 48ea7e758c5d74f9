"""QR codes as vectors: the matrix is zxing-cpp's, each module a whole number of printer dots, never smoothed."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
import zxingcpp

from srok.ground.kernel.refusal import Refusal

DOTS_PER_INCH: Final = 300
QUIET_MODULES: Final = 4
LEVEL: Final = "M"


@dataclass(frozen=True, slots=True)
class Qr:
    """A drawn QR: `svg` with its quiet zone, `modules` a side with it, `dots` a module at 300 dpi."""

    svg: str
    modules: int
    dots: int

    @property
    def side_dots(self) -> int:
        """The side with its quiet zone, in dots at 300 dpi."""
        return self.modules * self.dots


def draw(text: str, *, room_dots: int, most: int = 3, least: int = 2) -> Qr:
    """The QR of `text` at level M in the largest module, `most` to `least` dots, that fits `room_dots`.

    Raises `paper.qr_too_long` when it does not fit even at `least` dots, or is no QR at all.
    """
    svg, modules = _svg(text)
    dots = min(most, room_dots // modules)
    if dots < least:
        raise Refusal("paper.qr_too_long", length=len(text))
    return Qr(svg, modules, dots)


def qr_svg(text: str) -> str:
    """The QR of `text` with its quiet zone as an SVG of one unit a module, for pages; raises `paper.qr_too_long`."""
    return _svg(text)[0]


@lru_cache(maxsize=512)
def _svg(text: str) -> tuple[str, int]:
    try:
        barcode = zxingcpp.create_barcode(text, zxingcpp.QRCode, ec_level=LEVEL)
    except ValueError as error:
        raise Refusal("paper.qr_too_long", length=len(text)) from error
    dark = np.array(barcode.to_image(scale=1, add_quiet_zones=False)) == 0
    side = len(dark) + 2 * QUIET_MODULES
    path = "".join(_row(line, y + QUIET_MODULES) for y, line in enumerate(dark.tolist()))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" shape-rendering="crispEdges">'
        f'<path fill="#fff" d="M0 0h{side}v{side}h-{side}z"/><path fill="#000" d="{path}"/></svg>'
    ), side


def _row(line: list[bool], y: int) -> str:
    """Dark runs of one row as closed rectangles of one path: no seams, no smoothing between modules."""
    path, x = "", 0
    while x < len(line):
        length = next((n for n, dark in enumerate(line[x:]) if dark != line[x]), len(line) - x)
        if line[x]:
            path += f"M{x + QUIET_MODULES} {y}h{length}v1h-{length}z"
        x += length
    return path
