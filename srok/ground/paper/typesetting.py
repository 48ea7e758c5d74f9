"""Typst behind one door: values in as JSON, PDF or PNG out, and no warning tolerated.

Text never becomes markup: templates in typ/ read everything from `sys.inputs.data`. System fonts and typst's
own are switched off, `fallback: false` stands in every template, so nothing but the approved fonts can appear.
"""

import json
import re
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

import typst
from pypdf import PdfReader

from srok.ground.kernel.refusal import Refusal
from srok.ground.paper import fonts

TEMPLATES = Path(__file__).parent / "typ"


def pdf(template: str, data: Mapping[str, Any]) -> bytes:
    """The PDF of `typ/<template>.typ` filled with `data`; the same data give the same bytes.

    Raises `paper.does_not_fit` when a text is too long for its place at the smallest legible size, and
    `paper.not_typeset` for any other failure or warning of the typesetter.
    """
    return _compiled(template, data, format="pdf", timestamp=0)[0]


def png(template: str, data: Mapping[str, Any], dpi: float) -> list[bytes]:
    """Each page as a PNG of `dpi` dots an inch, drawn straight from the values; raises as `pdf` does."""
    return _compiled(template, data, format="png", ppi=dpi)


def _compiled(template: str, data: Mapping[str, Any], **how: Any) -> list[bytes]:
    try:
        made, warnings = typst.compile_with_warnings(
            str(TEMPLATES / f"{template}.typ"),
            root=str(TEMPLATES),
            font_paths=fonts.collection(),
            ignore_system_fonts=True,
            sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
            **how,
        )
    except typst.TypstError as error:
        raise _refusal(error.message) from error
    if warnings:
        raise Refusal("paper.not_typeset", message=warnings[0].message)
    return made if isinstance(made, list) else [made]


def pdf_fonts(pdf: bytes) -> set[str]:
    """PostScript names of all fonts embedded in a PDF, without their subset prefix."""
    found: set[str] = set()
    for page in PdfReader(BytesIO(pdf)).pages:
        for font in page["/Resources"].get_object().get("/Font", {}).values():  # type: ignore[union-attr]
            name = str(font.get_object()["/BaseFont"]).lstrip("/")
            found.add(re.sub(r"^[A-Z]{6}\+|-Identity-H$", "", name))
    return found


def _refusal(message: str) -> Refusal:
    """A template's own `panic("paper.code|where")` as its refusal; anything else as `paper.not_typeset`."""
    own = re.search(r"(paper\.[a-z_]+)\|([a-z_]+)", message)
    if own:
        return Refusal(own[1], field=own[2], text_at=own[2])
    return Refusal("paper.not_typeset", message=message[:200])
