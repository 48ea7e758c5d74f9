"""Khmer and English (house rule 11): every sentence has its Khmer, in the right order of signs, with the same facts."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from string import Formatter

import polib  # type: ignore[import-untyped]

from srok.ground.kernel.text import order_problem
from srok.project.diagrams import PACKAGE, PROJECT, rooms
from tests.architecture.tree import called, modules, report

GETTEXT = {"gettext", "gettext_lazy", "gettext_noop", "pgettext", "pgettext_lazy"}
PLURALS = {"ngettext", "ngettext_lazy", "npgettext", "npgettext_lazy"}
WORDS_OF_ITS_OWN = {"Srok", "English", "QR", "PDF", "JSON", "JPEG", "PNG", "CSV", "WAS"}
SAID_ATTRIBUTES = {"alt", "title", "placeholder", "aria-label"}
KHMER = re.compile("[\u1780-\u17ff]")
PATTERN = re.compile(r"^.{1,2}$|\[[^]]*-[^]]*\]|\(\?")  # a sign or two, or a regular expression: no text

BLOCK = re.compile(r"{%\s*blocktrans(?:late)?\b(.*?)%}(.*?){%\s*endblocktrans(?:late)?\s*%}", re.DOTALL)
SINGLE = re.compile(r"{%\s*trans(?:late)?\s+(\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*')")
INLINE = re.compile(r"_\((\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*')\)")
COMMENT = re.compile(r"{%\s*comment.*?endcomment\s*%}|{#.*?#}|<!--.*?-->", re.DOTALL)
TAG = re.compile(r"{%.*?%}|{{.*?}}", re.DOTALL)
VARIABLE = re.compile(r"{{\s*(\w+)[^}]*}}")


def test_every_sentence_has_its_khmer() -> None:
    missing = []
    for room, message, where in sentences():
        entry = _entry(room, message)
        if entry is None:
            missing.append(f"{where} {message!r}: not in the catalogue of {room or 'any room'}")
        elif entry.fuzzy or not entry.msgstr.strip():
            missing.append(f"{where} {message!r}: fuzzy or empty")
    report(missing, "sentences without Khmer")


def test_khmer_is_khmer() -> None:
    report(
        [
            f"{_at(path, entry)} {entry.msgstr!r}"
            for path, entry in entries()
            if not KHMER.search(entry.msgstr) and _latin_words(_bare(entry.msgid)) - WORDS_OF_ITS_OWN
        ],
        "translations without a Khmer letter",
    )


def test_both_languages_show_the_same_facts() -> None:
    report(
        [
            f"{_at(path, entry)} {sorted(_facts(entry.msgid))} / {sorted(_facts(entry.msgstr))}"
            for path, entry in entries()
            if _facts(entry.msgid) != _facts(entry.msgstr)
        ],
        "placeholders or tags that differ between the languages",
    )


def test_one_sentence_has_one_khmer() -> None:
    said: dict[tuple[str, str], set[str]] = defaultdict(set)
    where: dict[tuple[str, str], list[str]] = defaultdict(list)
    for path, entry in entries():
        key = (entry.msgid, entry.msgctxt or "")
        said[key].add(entry.msgstr)
        where[key].append(str(path.relative_to(PACKAGE).parents[3]))
    report(
        [
            f"{key[0]!r} in {', '.join(where[key])}: {' / '.join(sorted(said[key]))}"
            for key in said
            if len(said[key]) > 1
        ],
        "the same English with different Khmer",
    )


def test_nothing_is_fuzzy_or_twice() -> None:
    problems = []
    for path in catalogues():
        seen: set[tuple[str, str]] = set()
        for entry in polib.pofile(str(path)):
            if entry.obsolete:
                continue
            key = (entry.msgid, entry.msgctxt or "")
            problems += [f"{_at(path, entry)} fuzzy"] if entry.fuzzy else []
            problems += [f"{_at(path, entry)} twice: {entry.msgid!r}"] if key in seen else []
            seen.add(key)
    report(problems, "catalogues")


def test_khmer_stands_in_canonical_order() -> None:
    """Catalogues and the Khmer in the code: what is printed wrong is often typed in the wrong order."""
    problems = [
        f"{_at(path, entry)} {problem}: {entry.msgstr!r}"
        for path, entry in entries()
        if (problem := order_problem(_without_breaks(entry.msgstr)))
    ]
    for one in modules():
        if one.name == "srok.ground.kernel.text":
            continue
        problems += [
            f"{one.shown}:{node.lineno} {problem}: {node.value!r}"
            for node in ast.walk(one.tree)
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and KHMER.search(node.value)
            if not PATTERN.search(node.value) and (problem := order_problem(_without_breaks(node.value)))
        ]
    report(problems, "Khmer out of order")


def test_sentences_are_whole_and_have_no_plural() -> None:
    problems = []
    for one in modules():
        names = _names_of_gettext(one.tree, PLURALS)
        problems += [f"{one.shown}:{c.lineno} plural" for c in one.calls() if called(c) in names]
        names = _names_of_gettext(one.tree, GETTEXT)
        problems += [
            f"{one.shown}:{c.lineno} not a plain string"
            for c in one.calls()
            if called(c) in names and not all(isinstance(a, ast.Constant) for a in c.args)
        ]
    for path in templates():
        if re.search(r"{%\s*plural\s*%}", path.read_text("utf-8")):
            problems.append(f"{path.relative_to(PROJECT)}: plural")
    report(problems, "Khmer has no plural; a sentence is one plain string")


def test_templates_say_nothing_untranslated() -> None:
    problems = []
    for path in templates():
        reader = _Said()
        reader.feed(TAG.sub(" ", BLOCK.sub(" ", COMMENT.sub(" ", path.read_text("utf-8")))))
        words = {word for said in reader.said for word in _latin_words(said)} - WORDS_OF_ITS_OWN
        problems += [f"{path.relative_to(PROJECT)}: {' '.join(sorted(words))}"] if words else []
    report(problems, "text in templates outside `translate`")


def sentences() -> Iterator[tuple[str | None, str, str]]:
    """Every msgid with its room and where it stands."""
    for one in modules():
        names = _names_of_gettext(one.tree, GETTEXT)
        for call in one.calls():
            if called(call) in names and call.args and isinstance(call.args[-1], ast.Constant):
                yield one.room, str(call.args[-1].value), f"{one.shown}:{call.lineno}"
    for path in templates():
        for message in _messages(path.read_text("utf-8")):
            yield _room_of(path), message, str(path.relative_to(PROJECT))


@cache
def templates() -> tuple[Path, ...]:
    return tuple(sorted(p for p in PACKAGE.rglob("*") if p.suffix in (".html", ".txt") and "templates" in p.parts))


def catalogues() -> list[Path]:
    return sorted(PACKAGE.rglob("locale/km/LC_MESSAGES/django.po"))


@cache
def _catalogue(path: Path) -> dict[str, polib.POEntry]:
    return {entry.msgid: entry for entry in polib.pofile(str(path)) if not entry.obsolete}


def entries() -> Iterator[tuple[Path, polib.POEntry]]:
    for path in catalogues():
        for entry in _catalogue(path).values():
            yield path, entry


def _at(path: Path, entry: polib.POEntry) -> str:
    return f"{path.relative_to(PROJECT)}:{entry.linenum}"


def _entry(room: str | None, message: str) -> polib.POEntry | None:
    """The entry in the room's own catalogue; for code outside rooms, in any."""
    paths = catalogues() if room is None else [_catalogue_of(room)]
    return next((_catalogue(path)[message] for path in paths if path.exists() and message in _catalogue(path)), None)


def _catalogue_of(room: str) -> Path:
    return PROJECT.joinpath(*rooms()[room].split("."), "locale", "km", "LC_MESSAGES", "django.po")


def _room_of(path: Path) -> str | None:
    dotted = ".".join(path.relative_to(PROJECT).parts)
    return next((label for label, room in rooms().items() if dotted.startswith(f"{room}.")), None)


def _messages(source: str) -> Iterator[str]:
    """The msgids of a template, as Django would ask for them."""
    plain = COMMENT.sub(" ", source)
    for options, body in BLOCK.findall(plain):
        text = VARIABLE.sub(r"%(\1)s", body.replace("%", "%%"))
        if "trimmed" in options.split():
            text = " ".join(line.strip() for line in text.strip().splitlines() if line.strip())
        yield text
    without_blocks = BLOCK.sub(" ", plain)
    for found in (*SINGLE.findall(without_blocks), *INLINE.findall(without_blocks)):
        yield found[1:-1].replace('\\"', '"').replace("\\'", "'").replace("%", "%%")


def _names_of_gettext(tree: ast.Module, wanted: set[str]) -> set[str]:
    """What this module calls gettext: `_`, `gettext`, `translation.gettext` ..."""
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation":
            names |= {alias.asname or alias.name for alias in node.names if alias.name in wanted}
        elif isinstance(node, ast.ImportFrom) and node.module == "django.utils":
            names |= {
                f"{alias.asname or alias.name}.{one}"
                for alias in node.names
                if alias.name == "translation"
                for one in wanted
            }
    return names


def _facts(message: str) -> set[str]:
    """Placeholders and tags: what must stand in both languages."""
    try:
        braces = {f"{{{name}}}" for _text, name, _spec, _how in Formatter().parse(message) if name is not None}
    except ValueError:
        braces = set()
    return braces | set(re.findall(r"%\(\w+\)s|%s|%d|</?[a-z][^>]*>", message))


def _bare(message: str) -> str:
    return re.sub(r"%\(\w+\)s|{\w*}|<[^>]*>", " ", message)


def _latin_words(text: str) -> set[str]:
    return set(re.findall(r"[A-Za-z]{2,}", re.sub(r"&\w+;|https?://\S+", " ", text)))


def _without_breaks(text: str) -> str:
    """Zero-width spaces are welcome in running text (they let lines break), never in names."""
    return text.replace("\u200b", "")


class _Said(HTMLParser):
    """Collects what a page says: text outside script, style and English, and the attributes that are read aloud."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self.silent: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        if tag in ("script", "style", "code", "svg", "kbd") or named.get("lang") == "en":
            self.silent.append(tag)
        self.said += [str(value) for name, value in attrs if name in SAID_ATTRIBUTES and not self.silent]

    def handle_endtag(self, tag: str) -> None:
        if self.silent and self.silent[-1] == tag:
            self.silent.pop()

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.said.append(data)
