"""Finds Latin text that a Khmer page should not show."""

import re
from html.parser import HTMLParser

LATIN = re.compile(r"[A-Za-z]{2,}")
# Formats that Khmer names by their Latin letters, and references, which are letters and digits in every language.
SAME_EVERYWHERE = re.compile(r"\b(?:CSV|JPEG|JSON|PDF|PNG|QR)\b|\b[0-9A-Z]{4}(?:-[0-9A-Z]{4}){2}\b")
SPOKEN_ATTRIBUTES = ("alt", "title", "placeholder", "aria-label", "data-label")
VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})


class _Reader(HTMLParser):
    """Collects the Latin words that stand outside elements marked as another language or not to be translated."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, bool]] = []
        self.found: list[str] = []

    @property
    def excused(self) -> bool:
        return any(excuse for _, excuse in self.open)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        excuse = (
            tag in ("script", "style", "code", "kbd", "samp", "textarea")
            or given.get("translate") == "no"
            or "srok-code" in (given.get("class") or "").split()
            or (given.get("lang") or "km") != "km"
        )
        if not (excuse or self.excused):
            said = [given.get(name) or "" for name in SPOKEN_ATTRIBUTES]
            if tag == "input" and given.get("type") in ("submit", "button"):
                said.append(given.get("value") or "")
            for text in said:
                self._note(text)
        if tag not in VOID:
            self.open.append((tag, excuse))

    def handle_endtag(self, tag: str) -> None:
        while self.open:
            name, _ = self.open.pop()
            if name == tag:
                break

    def handle_data(self, data: str) -> None:
        if not self.excused:
            self._note(data)

    def _note(self, text: str) -> None:
        if LATIN.search(SAME_EVERYWHERE.sub(" ", text)):
            self.found.append(" ".join(text.split()))


def latin_in(html: str) -> list[str]:
    """The pieces of text of a Khmer page that hold Latin words without an excuse, in their order."""
    reader = _Reader()
    reader.feed(html)
    return reader.found
