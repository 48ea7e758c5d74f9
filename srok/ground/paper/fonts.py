"""The approved fonts: vendored, listed with their hashes, and loaded only when every hash agrees."""

import hashlib
import json
from functools import cache
from pathlib import Path

import typst
import uharfbuzz as hb

from srok.ground.kernel.refusal import Refusal

FOLDER = Path(__file__).parent / "fonts"
# The order in which a character looks for its font, as in typ/common.typ: Noto Sans Khmer has Latin letters
# of its own but no digits, comma or space, so the Latin face comes first.
FAMILIES = {"regular": ("NotoSans-Regular.ttf", "NotoSansKhmer-Regular.ttf"),
            "bold": ("NotoSans-Bold.ttf", "NotoSansKhmer-Bold.ttf")}  # fmt: skip


def manifest() -> dict[str, dict[str, str]]:
    """File name to PostScript name, licence, origin and SHA-256 of each approved font."""
    listed: dict[str, dict[str, str]] = json.loads((FOLDER / "MANIFEST.json").read_text(encoding="utf-8"))
    return listed


@cache
def collection() -> typst.Fonts:
    """The approved fonts for typst and no others; raises `paper.font_changed` when a file is not as listed."""
    _check_hashes()
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FOLDER)])


@cache
def shaper(name: str) -> hb.Font:
    """A HarfBuzz font of the file `name`, for the shaping oracle."""
    return hb.Font(hb.Face(hb.Blob.from_file_path(str(FOLDER / name))))


def _check_hashes() -> None:
    listed = manifest()
    present = {path.name for path in FOLDER.iterdir() if path.suffix in (".ttf", ".otf")}
    for name in sorted(present | listed.keys()):
        path = FOLDER / name
        known = listed.get(name, {}).get("sha256")
        if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != known:
            raise Refusal("paper.font_changed", name=name)
