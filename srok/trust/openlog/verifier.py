"""The browser's verifier: a page of plain static files that lies beside the published logs (`DIR/verify/`)."""

from functools import cache
from pathlib import Path
from typing import Final

_FILES: Final = ("index.html", "page.css", "page.js", "verify.js")
_SOURCE: Final = Path(__file__).parent / "static" / "openlog" / "verify"


@cache
def verifier_files() -> tuple[tuple[str, bytes], ...]:
    """Path in the published folder and bytes of each file of the page."""
    return tuple((f"verify/{name}", (_SOURCE / name).read_bytes()) for name in _FILES)
