"""The drawings that must agree with the code: `docs/flows/*.md` from each room's FLOW, `docs/rooms.md` from imports.

`python -m srok.project.diagrams` writes them, `--check` says which differ (exit status 1). Nothing here needs Django:
terms and rules are pure, and imports are read from the source.
"""

import ast
import importlib
import re
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parents[2]
PACKAGE = PROJECT / "srok"
WINGS = ("ground", "trust", "identity", "vote")
FLOW_NAME = re.compile(r"^((?:[A-Z]+_)*FLOW)\b", re.MULTILINE)
NOTE = "<!-- Written by `python -m srok.project.diagrams`; a test compares it with the code. Do not edit. -->"


def rooms() -> dict[str, str]:
    """Every room on disk, label to dotted path: the packages inside the wings, and `web`."""
    found = {
        folder.name: f"srok.{wing}.{folder.name}"
        for wing in WINGS
        for folder in sorted((PACKAGE / wing).iterdir())
        if (folder / "__init__.py").exists()
    }
    return found | ({"web": "srok.web"} if (PACKAGE / "web").exists() else {})


def flows() -> Iterator[tuple[str, Mapping[tuple[Any, Any], Any], Mapping[Any, Any]]]:
    """Every table of states and acts: its name, FLOW, and HANDS (empty where it has none).

    A room's own is named as the room; a second one (`BAG_FLOW`, with `BAG_HANDS`) as `cards-bag`. They stand in the
    pure drawers, whose names end in `terms` or `rules`.
    """
    for label, dotted in rooms().items():
        for path in sorted(PACKAGE.joinpath(*dotted.split(".")[1:]).glob("*.py")):
            if not path.stem.endswith(("terms", "rules")):
                continue
            for name in FLOW_NAME.findall(path.read_text("utf-8")):
                module = importlib.import_module(f"{dotted}.{path.stem}")
                hands = getattr(module, name.replace("FLOW", "HANDS"), {})
                second = name.removesuffix("FLOW").strip("_").lower().replace("_", "-")
                yield f"{label}-{second}" if second else label, getattr(module, name), hands


def imported_names(source: str, package: str) -> Iterator[tuple[str, int]]:
    """Every `srok` name that this source imports, whole (`srok.a.b.name`), with its line; inside functions too.

    `package` is the dotted package of the source, for relative imports.
    """
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            base = ".".join([*above, *([node.module] if node.module else [])])
            yield from ((f"{base}.{alias.name}", node.lineno) for alias in node.names)


def sources(dotted: str) -> Iterator[Path]:
    """The Python files of a room, without its tests and migrations."""
    folder = PACKAGE.joinpath(*dotted.split(".")[1:])
    for path in sorted(folder.rglob("*.py")):
        if not {"tests", "migrations"} & set(path.relative_to(folder).parts):
            yield path


def rooms_imported(dotted: str) -> list[str]:
    """The labels of the rooms whose code this room imports, in alphabetical order."""
    known = {path: label for label, path in rooms().items() if path != dotted}
    found = set()
    for path in sources(dotted):
        package = ".".join(path.relative_to(PROJECT).parent.parts)
        for name, _line in imported_names(path.read_text("utf-8"), package):
            found |= {label for room, label in known.items() if f"{name}.".startswith(f"{room}.")}
    return sorted(found)


def lines_of_rooms() -> list[list[str]]:
    """The rooms' dotted paths by line, the highest first, as the import contract in `pyproject.toml` has them."""
    settings = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in contracts if contract["type"] == "layers")
    return [[part.strip(" ()") for part in layer.replace(":", "|").split("|")] for layer in layers]


def drawn_flow(label: str, flow: Mapping[tuple[Any, Any], Any], hands: Mapping[Any, Any]) -> str:
    """The page of one room's states: a diagram, and the same as a table for those who cannot see it."""
    rows = [(_word(state), _word(act), _word(to), _hands(hands.get(act))) for (state, act), to in flow.items()]
    leaving = {state for state, _act, _to, _by in rows}
    ends = sorted({to for _state, _act, to, _by in rows} - leaving)
    arrows = [f"    {state or '[*]'} --> {to}: {act}" for state, act, to, _by in rows]
    arrows += [f"    {state} --> [*]" for state in ends]
    table = [f"| {state or '(none yet)'} | {act} | {to} | {by} |" for state, act, to, by in rows]
    return _page(
        f"# States and acts of `{label}`",
        "```mermaid\nstateDiagram-v2\n" + "\n".join(arrows) + "\n```",
        "| from | act | to | whose hands |\n|---|---|---|---|\n" + "\n".join(table),
    )


def drawn_rooms() -> str:
    """The page of the rooms: what each owns and which it imports, highest line first."""
    here = {path: label for label, path in rooms().items()}
    drawn_flows = [name for name, _flow, _hands_ in flows()]
    table = []
    for line in lines_of_rooms():
        for dotted in sorted(path for path in line if path in here):
            label, folder = here[dotted], dotted.replace(".", "/")
            own = [name for name in drawn_flows if name.partition("-")[0] == label]
            drawn = ", ".join(f"[{_kind(name)}](flows/{name}.md)" for name in own)
            uses = ", ".join(rooms_imported(dotted))
            table.append(f"| [{label}](../{folder}/__init__.py) | {_owns(dotted)} | {uses} | {drawn} |")
    return _page(
        "# The rooms of Srok",
        "A room imports only rooms on lines below its own (the import contracts in `pyproject.toml`); "
        "the highest stand first. Each name leads to what the room owns, promises and refuses.",
        "| room | what it is | imports | states |\n|---|---|---|---|\n" + "\n".join(table),
    )


def drawings() -> dict[Path, str]:
    """Every generated page: its path and its text."""
    pages = {PROJECT / "docs" / "flows" / f"{label}.md": drawn_flow(label, f, h) for label, f, h in flows()}
    return pages | {PROJECT / "docs" / "rooms.md": drawn_rooms()}


def out_of_step() -> list[Path]:
    """The generated pages that differ from the code, or that no room stands behind any more."""
    pages = drawings()
    stale = [path for path, text in pages.items() if not path.exists() or path.read_text("utf-8") != text]
    return stale + [path for path in sorted((PROJECT / "docs" / "flows").glob("*.md")) if path not in pages]


def write() -> int:
    """Write the pages that differ, remove those of rooms that are gone; return how many changed."""
    pages, stale = drawings(), out_of_step()
    for path in stale:
        if path not in pages:
            path.unlink()
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(pages[path], "utf-8")
    return len(stale)


def _kind(name: str) -> str:
    return name.partition("-")[2] or "states"


def _owns(dotted: str) -> str:
    folder = PACKAGE.joinpath(*dotted.split(".")[1:])
    docstring = ast.get_docstring(ast.parse((folder / "__init__.py").read_text("utf-8"))) or ""
    return " ".join(docstring.partition("\n\n")[0].split()).replace("|", "\\|")


def _word(state: object) -> str:
    return "" if state is None else str(getattr(state, "value", state))


def _hands(who: object) -> str:
    if not isinstance(who, Iterable) or isinstance(who, str):
        return _word(who)
    return ", ".join(sorted(_one(item) for item in who)) or "by itself"


def _one(item: object) -> str:
    return " of ".join(_word(part) for part in item) if isinstance(item, tuple) else _word(item)


def _page(*parts: str) -> str:
    return "\n\n".join([NOTE, *parts]) + "\n"


if __name__ == "__main__":
    if "--check" in sys.argv[1:]:
        differing = out_of_step()
        sys.stdout.writelines(f"out of step: {path.relative_to(PROJECT)}\n" for path in differing)
        sys.exit(1 if differing else 0)
    sys.stdout.write(f"pages written: {write()}\n")
