"""One way down, two doors a room, no rings: the import contracts, and what they leave open."""

import ast
import importlib
import tomllib

import grimp
import pytest
from importlinter.cli import lint_imports

from srok.project.diagrams import PROJECT, lines_of_rooms, rooms
from tests.architecture.exceptions import PURE_DOORS
from tests.architecture.tree import Module, doors, line_of, module, modules, report

NEVER_LOOKS_AT_PEOPLE = {"verification", "polling", "results"}
PEOPLE = {"register", "biometrics", "matching", "cases"}


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    return grimp.build_graph("srok", cache_dir=None)


def test_the_import_contracts_hold(capsys: pytest.CaptureFixture[str]) -> None:
    status = lint_imports(config_filename=str(PROJECT / "pyproject.toml"), no_cache=True)
    assert status == 0, capsys.readouterr().out


def test_every_room_stands_on_a_line_and_has_its_doors_guarded() -> None:
    settings = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    guarded = {name for one in contracts if one["type"] == "protected" for name in one["protected_modules"]}
    placed = {name for line in lines_of_rooms() for name in line}
    missing = [f"{room}: not on a line" for room in rooms().values() if room not in placed]
    inner = [room for label, room in rooms().items() if label not in ("kernel", "web")]
    missing += [f"{room}: no `protected` contract" for room in inner if room not in guarded]
    report(missing, "pyproject.toml [tool.importlinter] does not know these rooms")


def test_only_doors_are_opened_from_outside_a_room() -> None:
    """Tests may share their props (`tests` of a lower room); for everything else they knock like all others."""
    report(
        [
            f"{one.shown}:{line} imports {name}"
            for one in modules(tests=True)
            for name, line in one.imports()
            for target in [module(name)]
            if target
            and target.room not in (None, one.room, "kernel", "web")
            and target.drawer not in doors(target.room)
            and not (one.is_test and target.is_test)
        ],
        "inner drawers opened from outside their room",
    )


def test_terms_and_rules_use_only_the_terms_of_lower_rooms() -> None:
    report(
        [
            f"{one.shown}:{line} imports {name}"
            for one in modules()
            if one.drawer in ("terms", "rules")
            for name, line in one.imports()
            if _other_room(one, name) and not _is_terms(name)
        ],
        "a rule never fetches: terms and rules open only `terms` and the kernel",
    )


def test_no_room_names_a_module_of_another_in_a_string() -> None:
    report(
        [
            f"{one.shown}:{node.lineno} {node.value!r}"
            for one in modules()
            if one.room
            for node in ast.walk(one.tree)
            if isinstance(node, ast.Constant) and isinstance(node.value, str)
            if (target := module(node.value)) and target.room not in (None, one.room)
        ],
        "a module of another room named in a string escapes the import contracts",
    )


def test_no_room_looks_up() -> None:
    """The same as the layers contract, told by room; it also catches a room that no contract lists."""
    problems = []
    for one in modules(tests=True):
        for name, line in one.imports():
            target = module(name)
            if one.room and target and target.room and target.room != one.room:
                if line_of(target.room) <= line_of(one.room):
                    problems.append(f"{one.shown}:{line} imports {name}")
            elif one.room and target and not target.room and name.startswith("srok.project"):
                problems.append(f"{one.shown}:{line} imports {name}")
    report(problems, "a room imports only rooms on lines below its own")


def test_the_contracts_and_this_list_name_the_same_doors() -> None:
    settings = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))
    contracts = [one for one in settings["tool"]["importlinter"]["contracts"] if one["type"] == "protected"]
    named = {dotted: label for label, dotted in rooms().items()}
    problems = []
    for one in contracts:
        for dotted in one["protected_modules"]:
            opened = {ignored.rpartition(".")[2] for ignored in one["ignore_imports"]} - {"*"}
            if dotted in named and opened != doors(named[dotted]):
                problems.append(f"{dotted}: {sorted(opened ^ doors(named[dotted]))}")
    report(problems, "doors that only one of pyproject.toml and exceptions.py names")


def test_answers_never_reach_people(graph: grimp.ImportGraph) -> None:
    known = rooms()
    problems = [
        " -> ".join(chain)
        for one in sorted(NEVER_LOOKS_AT_PEOPLE & set(known))
        for people in sorted(PEOPLE & set(known))
        if (chain := graph.find_shortest_chain(known[one], known[people], as_packages=True))
    ]
    report(problems, "verification, polling and results never reach the people's rooms")


def test_a_station_installs_no_room_of_people() -> None:
    """The laptop of a polling station never holds the register, faces, matching, cases or the roll."""
    if not (PROJECT / "srok" / "project" / "settings" / "station.py").exists():
        return  # the station comes with polling day; until then nothing can install the wrong room
    installed = importlib.import_module("srok.project.settings.station").INSTALLED_APPS
    assert not {name for name in installed if name.rpartition(".")[2] in PEOPLE | {"roll"}}


def test_no_ring_of_modules(graph: grimp.ImportGraph) -> None:
    names = {one.name for one in modules()}
    upward = {name: sorted(graph.find_modules_directly_imported_by(name) & names) for name in names}
    report([" <-> ".join(ring) for ring in _rings(upward)], "modules that import each other, directly or in a ring")


def _other_room(one: Module, name: str) -> bool:
    target = module(name)
    return bool(target and target.room not in (None, one.room))


def _is_terms(name: str) -> bool:
    target = module(name)
    pure = bool(target and (target.drawer == "terms" or target.room == "kernel"))
    return pure or name in PURE_DOORS


def _rings(edges: dict[str, list[str]]) -> list[list[str]]:
    """The strongly connected components of more than one module (Tarjan)."""
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    rings: list[list[str]] = []

    def visit(node: str) -> None:
        index[node] = low[node] = len(index)
        stack.append(node)
        for other in edges[node]:
            if other not in index:
                visit(other)
                low[node] = min(low[node], low[other])
            elif other in stack:
                low[node] = min(low[node], index[other])
        if low[node] == index[node]:
            ring = stack[stack.index(node) :]
            del stack[stack.index(node) :]
            if len(ring) > 1:
                rings.append(sorted(ring))

    for node in sorted(edges):
        if node not in index:
            visit(node)
    return rings
