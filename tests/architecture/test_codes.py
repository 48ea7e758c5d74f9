"""Codes inside, words outside (house rule 11): no code without a sentence, no sentence with a missing fact."""

import ast
import re
from collections.abc import Iterator
from string import Formatter

import pytest

from srok.ground.faces.public import wording
from srok.ground.kernel.refusal import CODES
from srok.project.diagrams import PACKAGE, rooms
from tests.architecture.exceptions import NOT_CODES
from tests.architecture.tree import Module, called, line_of, modules, report

CODE = re.compile(rf"(?:{'|'.join(rooms())})\.[a-z][a-z0-9_]*")
# Names of facts, of events that travel in parcels, and of the purposes under which something is sealed.
KEPT_APART = frozenset({"COVERED", "REACTIONS", "KINDS", "HANDLERS", "SEALED_FOR"})
PLACED = {"field", "row"}  # where a refusal stands, not facts of its sentence


def test_every_refusal_has_its_sentence() -> None:
    known = wording.sentences()
    report(
        [f"{one.shown}:{line} {code}" for one, code, line in refusals() if code not in known],
        "refusals without a sentence in a wording.py",
    )


def test_every_code_the_kernel_raises_has_its_sentence() -> None:
    assert set(CODES) <= set(wording.sentences())


def test_every_other_code_has_its_sentence() -> None:
    """Reasons that are returned and shown, not raised: whatever looks like a code and is no kind of fact."""
    known, others = wording.sentences(), fact_kinds() | law_keys() | set(NOT_CODES)
    report(
        [
            f"{one.shown}:{node.lineno} {node.value}"
            for one in modules()
            if one.room and one.drawer not in ("wording", "ledger")
            for node in ast.walk(one.tree)
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and CODE.fullmatch(node.value)
            if not _said(node.value, {*known, *others})
        ],
        "codes without a sentence in a wording.py (or facts that nobody records)",
    )


def test_codes_are_named_for_their_room() -> None:
    """Its own, or one that it stands on and whose word it passes on."""
    problems = []
    for one, code, line in refusals():
        named = code.partition(".")[0]
        fits = named in rooms() and (not one.room or named == one.room or line_of(named) > line_of(one.room))
        problems += [] if fits and CODE.fullmatch(code) else [f"{one.shown}:{line} {code}"]
    report(problems, "refusals named for a room above, beside, or for none")


def test_a_refusal_brings_the_facts_of_its_sentence() -> None:
    known, problems = wording.sentences(), []
    for one in modules():
        for call in one.calls():
            code = next(_first_constants(call), None) if called(call).endswith("Refusal") else None
            if code is None or code not in known or any(k.arg is None for k in call.keywords):
                continue
            given = {k.arg for k in call.keywords} - PLACED
            missing = placeholders(str(known[code])) - given
            problems += [f"{one.shown}:{call.lineno} {code} lacks {', '.join(sorted(missing))}"] if missing else []
    report(problems, "refusals whose sentence would show a bare {fact}")


def test_sentences_are_named_for_their_room() -> None:
    report(
        [
            f"{one.shown}: {key.value}"
            for one in modules()
            if one.drawer == "wording" and one.room
            for node in ast.walk(one.tree)
            if isinstance(node, ast.Dict)
            for key in node.keys
            if isinstance(key, ast.Constant) and isinstance(key.value, str) and CODE.fullmatch(key.value)
            if key.value.partition(".")[0] not in (one.room, "kernel")
        ],
        "a wording.py speaks for its own room",
    )


@pytest.mark.parametrize("language", ["km", "en"])
def test_every_sentence_can_be_said(language: str) -> None:
    silent = [code for code in wording.sentences() if not wording.sentence(code, {}, language).strip()]
    assert not silent


def refusals() -> Iterator[tuple[Module, str, int]]:
    """Every code that is raised: the constants in the first place of `Refusal(...)`."""
    for one in modules():
        for call in one.calls():
            if called(call).rpartition(".")[2] in ("Refusal", "RowRejection"):
                yield from ((one, code, call.lineno) for code in _first_constants(call))


def law_keys() -> set[str]:
    """The keys of the law's parameters, which are named like codes."""
    data = PACKAGE / "ground" / "law" / "data"
    return {key for path in data.glob("*.toml") for key in re.findall(r"[a-z_]+\.[a-z0-9_]+", path.read_text("utf-8"))}


def fact_kinds() -> set[str]:
    """Every kind of journal fact that the code records, covers or reacts to, and the labels of leaves."""
    kinds: set[str] = set()
    for one in modules():
        for call in one.calls():
            if called(call).rpartition(".")[2] in ("record", "Leaf", "append"):
                given = [*call.args, *(k.value for k in call.keywords)]
                kinds |= {a.value for a in given if isinstance(a, ast.Constant) and isinstance(a.value, str)}
        for node in ast.walk(one.tree):
            named = getattr(getattr(node, "target", None), "id", "") or getattr(
                next(iter(getattr(node, "targets", [])), None), "id", ""
            )
            if named in KEPT_APART or named.endswith(("_KIND", "_EVENT")):
                kinds |= {n.value for n in ast.walk(node) if isinstance(n, ast.Constant) and isinstance(n.value, str)}
    return kinds


def placeholders(sentence: str) -> set[str]:
    """The names of the facts that a sentence shows."""
    return {name for _text, name, _spec, _how in Formatter().parse(sentence) if name}


def _said(code: str, known: set[str]) -> bool:
    """A known code or fact, or the beginning of one that is completed when it is used (`cards.state_`)."""
    return code in known or (code.endswith("_") and any(one.startswith(code) for one in known))


def _first_constants(call: ast.Call) -> Iterator[str]:
    first = call.args[0] if call.args else next((k.value for k in call.keywords if k.arg == "code"), None)
    if first is not None and not isinstance(first, ast.Name | ast.Attribute | ast.Call | ast.JoinedStr):
        for node in ast.walk(first):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and "." in node.value:
                yield node.value
