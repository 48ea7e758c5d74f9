"""The source tree as data: modules, the rooms they belong to, what they import. Read with `ast`, never imported."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from srok.project.diagrams import PACKAGE, PROJECT, imported_names, lines_of_rooms, rooms
from tests.architecture.exceptions import DOORS

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Module:
    """One source file: its dotted name, its path from the project, its room (None outside rooms), its drawer."""

    name: str
    path: Path
    room: str | None
    drawer: str

    @property
    def shown(self) -> str:
        return str(self.path.relative_to(PROJECT))

    @property
    def source(self) -> str:
        return self.path.read_text("utf-8")

    @property
    def tree(self) -> ast.Module:
        return _parsed(self.path)

    @property
    def is_test(self) -> bool:
        return "tests" in self.path.parts

    @property
    def is_migration(self) -> bool:
        return "migrations" in self.path.parts

    def imports(self) -> list[tuple[str, int]]:
        """The modules of ours that this one imports, as whole dotted module names, with the line."""
        package = self.name if self.path.name == "__init__.py" else self.name.rpartition(".")[0]
        found = [(_module_of(name), line) for name, line in _imported(self.path, package)]
        return [(name, line) for name, line in found if name]

    def outside_imports(self) -> list[tuple[str, int]]:
        """The top-level names of what is not ours that this module imports, with the line."""
        found = [(name.partition(".")[0], line) for name, line in _imported(self.path, self.name)]
        return [(name, line) for name, line in found if name not in ("srok", "tests")]

    def functions(self) -> Iterator[tuple[str, Function]]:
        """Every function and method with its qualified name."""
        yield from _functions(self.tree, "")

    def calls(self) -> Iterator[ast.Call]:
        """Every call in the module."""
        return (node for node in ast.walk(self.tree) if isinstance(node, ast.Call))


def modules(*, tests: bool = False, migrations: bool = False) -> list[Module]:
    """The modules of the package in order of name; those of tests and migrations only when asked for."""
    return [
        module
        for module in _every_module()
        if (tests or not module.is_test) and (migrations or not module.is_migration)
    ]


def pure_modules() -> list[Module]:
    """The drawers that must be pure: every room's `terms` and `rules`, the kernel."""
    return [m for m in modules() if m.room == "kernel" or (m.room and m.drawer in ("terms", "rules"))]


def module(name: str) -> Module | None:
    """The module with this dotted name."""
    return _by_name().get(name)


@cache
def line_of(label: str) -> int:
    """How low the room stands: 0 is the highest line. Rooms on one line share a number."""
    dotted = rooms()[label]
    return next(i for i, line in enumerate(lines_of_rooms()) if dotted in line)


def doors(label: str) -> frozenset[str]:
    """The drawers of a room that other rooms may open."""
    return frozenset({"public", "terms"}) | DOORS.get(label, frozenset())


def called(call: ast.Call) -> str:
    """The dotted text of what is called: `timezone.now`, `Refusal`, `Case.objects.filter().update`."""
    return dotted(call.func)


def dotted(node: ast.AST) -> str:
    """The dotted text of an expression, with `()` for calls inside it; empty where it is none."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    if isinstance(node, ast.Call):
        return f"{dotted(node.func)}()"
    return ""


def report(problems: list[str], what: str) -> None:
    """Fail with one line per problem, told as what is wrong and where."""
    assert not problems, f"{what}:\n  " + "\n  ".join(sorted(set(problems)))


@cache
def _every_module() -> tuple[Module, ...]:
    return tuple(_read(path) for path in sorted(PACKAGE.rglob("*.py")) if path.stat().st_size)


@cache
def _by_name() -> dict[str, Module]:
    return {module.name: module for module in _every_module()}


@cache
def _parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


@cache
def _imported(path: Path, package: str) -> tuple[tuple[str, int], ...]:
    return tuple(imported_names(path.read_text("utf-8"), package))


@cache
def _names_of_files() -> frozenset[str]:
    return frozenset(_dotted_name(path) for path in PACKAGE.rglob("*.py"))


def _read(path: Path) -> Module:
    name = _dotted_name(path)
    found = next(((label, room) for label, room in rooms().items() if f"{name}.".startswith(f"{room}.")), None)
    inside = name[len(found[1]) + 1 :] if found else ""
    return Module(name, path, found[0] if found else None, inside.partition(".")[0])


def _dotted_name(path: Path) -> str:
    parts = path.relative_to(PROJECT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _module_of(name: str) -> str:
    """The module that holds this imported name; empty when it is not ours."""
    if not f"{name}.".startswith("srok."):
        return ""
    return name if name in _names_of_files() else name.rpartition(".")[0]


def _functions(node: ast.AST, prefix: str) -> Iterator[tuple[str, Function]]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, Function):
            yield f"{prefix}{child.name}", child
            yield from _functions(child, f"{prefix}{child.name}.")
        elif isinstance(child, ast.ClassDef):
            yield from _functions(child, f"{prefix}{child.name}.")
        else:
            yield from _functions(child, prefix)
