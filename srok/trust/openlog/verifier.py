"""The browser's verifier: a page of plain static files that lies beside the published logs (`DIR/verify/`)."""

from functools import cache
from pathlib import Path
from typing import Final

_FILES: Final = ("index.html", "page.css", "page.js", "verify.js")
_SOURCE: Final = Path(__file__).parent / "static" / "openlog" / "verify"
# A machine without Khmer letters must still show them: the application's own font lies beside the page.
_FONT: Final = "noto-sans-khmer-khmer-400-normal.woff2"
_FONTS: Final = Path(__file__).parents[2] / "ground" / "faces" / "static" / "faces" / "vendor"


@cache
def verifier_files() -> tuple[tuple[str, bytes], ...]:
    """Path in the published folder and bytes of each file of the page."""
    page = tuple((f"verify/{name}", (_SOURCE / name).read_bytes()) for name in _FILES)
    font = (("khmer.woff2", _FONT), ("khmer.LICENSE.txt", "noto-sans-khmer.LICENSE.txt"))
    return (*page, *((f"verify/{name}", (_FONTS / source).read_bytes()) for name, source in font))
