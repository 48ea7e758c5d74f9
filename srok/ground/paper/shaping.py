"""The shaping oracle: would this text print as written? (law.md TX-DOTTED, section 9)

Every string is shaped with HarfBuzz in the approved fonts. A dotted circle (a mark without its base), a visible
coeng (a subscript that never came) or an empty box (a letter no approved font has) is a defect of the text, not
of the printer, and the paper is refused before it is printed, naming the character.
"""

import unicodedata
from collections.abc import Iterable, Iterator
from itertools import groupby

import uharfbuzz as hb

from srok.ground.kernel.refusal import Refusal
from srok.ground.paper import fonts

COENG, DOTTED_CIRCLE, NOTDEF = 0x17D2, 0x25CC, 0
# A break opportunity that prints nothing; all other invisible characters are refused.
ZERO_WIDTH_SPACE = "\u200b"


def shaping_problem(text: str) -> str | None:
    """What would print wrong in `text`, as the character's code and name (`U+17CA KHMER SIGN TRIISAP`), or None."""
    for start, part in _invisible_first(text):
        return _named(part, start)
    for weight in fonts.FAMILIES:
        for file, start, run in _runs(text, weight):
            found = _problem_at(run, file)
            if found is not None:
                return _named(text, start + found)
    return None


def refuse_unprintable(texts: Iterable[tuple[str, str]]) -> None:
    """Raise `paper.unprintable` for the first of `(where, text)` that would print wrong; `where` is a field name."""
    for where, text in texts:
        problem = shaping_problem(text)
        if problem is not None:
            raise Refusal("paper.unprintable", field=where, text_at=where, character=problem)


def _invisible_first(text: str) -> Iterator[tuple[int, str]]:
    """Control and format characters, and a dotted circle typed as such: never printed on purpose."""
    for index, character in enumerate(text):
        hidden = unicodedata.category(character) in ("Cc", "Cf") and character != ZERO_WIDTH_SPACE
        if hidden or ord(character) == DOTTED_CIRCLE:
            yield index, text


def _runs(text: str, weight: str) -> Iterator[tuple[str, int, str]]:
    """The text cut where the font changes: file, place of the first character, characters."""
    latin, khmer = fonts.FAMILIES[weight]
    start = 0
    for is_latin, group in groupby(text, key=lambda c: _has(latin, c) and not "\u1780" <= c <= "\u17ff"):
        run = "".join(group)
        yield (latin if is_latin else khmer), start, run
        start += len(run)


def _has(file: str, character: str) -> bool:
    return fonts.shaper(file).get_nominal_glyph(ord(character)) is not None


def _problem_at(run: str, file: str) -> int | None:
    """Index in `run` of the first character whose glyph is a defect, or None."""
    font = fonts.shaper(file)
    buffer = hb.Buffer()
    buffer.add_str(run)
    buffer.guess_segment_properties()
    buffer.cluster_level = hb.BufferClusterLevel.MONOTONE_CHARACTERS
    hb.shape(font, buffer)
    defects = {NOTDEF, font.get_nominal_glyph(COENG), font.get_nominal_glyph(DOTTED_CIRCLE)} - {None}
    return min((info.cluster for info in buffer.glyph_infos if info.codepoint in defects), default=None)


def _named(text: str, index: int) -> str:
    character = text[index]
    return f"U+{ord(character):04X} {unicodedata.name(character, 'UNNAMED')}"
