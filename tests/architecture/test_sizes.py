"""Small things (house rule 12), typed and told (rule 14); every exception is named, with its reason."""

import ast
from statistics import median

from tests.architecture.exceptions import LONG_FILES, LONG_FUNCTIONS, WIDE_FUNCTIONS
from tests.architecture.tree import Function, Module, modules, report

LONGEST_FILE, LONGEST_FUNCTION, MOST_PARAMETERS = 300, 40, 5
FRAMEWORK_METHODS = {"__init__", "__new__", "handle", "render"}


def test_files_are_small() -> None:
    long = {one.shown: _lines(one) for one in modules(tests=True) if _lines(one) > LONGEST_FILE}
    report([f"{path}: {n} lines" for path, n in long.items() if path not in LONG_FILES], "files over 300 lines")
    report([path for path in LONG_FILES if path not in long], "listed exceptions that are no longer needed")


def test_functions_are_small() -> None:
    long = {name: n for name, n in _function_lengths().items() if n > LONGEST_FUNCTION}
    report([f"{name}: {n} lines" for name, n in long.items() if name not in LONG_FUNCTIONS], "functions over 40 lines")
    report([name for name in LONG_FUNCTIONS if name not in long], "listed exceptions that are no longer needed")


def test_many_parameters_become_a_command() -> None:
    wide = {
        f"{one.shown}::{name}": _width(function)
        for one in modules()
        for name, function in one.functions()
        if _width(function) > MOST_PARAMETERS
        if name.rpartition(".")[2] not in FRAMEWORK_METHODS and not _is_verb(function)
    }
    unlisted = [f"{name}: {n} parameters" for name, n in wide.items() if name not in WIDE_FUNCTIONS]
    report(unlisted, "functions with more than five parameters")
    report([name for name in WIDE_FUNCTIONS if name not in wide], "listed exceptions that are no longer needed")


def test_every_function_is_typed() -> None:
    report(
        [
            f"{one.shown}:{function.lineno} {name}"
            for one in modules()
            for name, function in one.functions()
            if function.returns is None or any(a.annotation is None for a in _parameters(function))
        ],
        "functions without types",
    )


def test_every_module_and_public_thing_is_told() -> None:
    problems = [f"{one.shown}: no docstring" for one in modules() if not ast.get_docstring(one.tree)]
    for one in modules():
        for node in one.tree.body:
            if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                continue
            if not node.name.startswith("_") and not ast.get_docstring(node):
                problems.append(f"{one.shown}:{node.lineno} {node.name}: no docstring")
    report(problems, "what has no docstring")


def test_names_say_what_they_are() -> None:
    vague = {"utils", "util", "helpers", "helper", "manager", "managers", "misc", "common", "signals", "admin"}
    report([one.shown for one in modules() if vague & set(one.name.split("."))], "vague or banned module names")


def trend() -> list[str]:
    """The figures that are printed and never chased."""
    files = [_lines(one) for one in modules()]
    functions = list(_function_lengths().values())
    tests = sum(_lines(one) for one in modules(tests=True) if one.is_test)
    return [
        f"files {len(files)}, median {median(files):.0f} lines, longest {max(files)}, together {sum(files)}",
        f"functions {len(functions)}, median {median(functions):.0f} lines, longest {max(functions)}",
        f"tests {tests} lines, {tests / sum(files):.2f} a line of code",
    ]


def _lines(one: Module) -> int:
    return len(one.source.splitlines())


def _function_lengths() -> dict[str, int]:
    return {
        f"{one.shown}::{name}": (function.end_lineno or 0) - function.lineno + 1
        for one in modules()
        for name, function in one.functions()
    }


def _parameters(function: Function) -> list[ast.arg]:
    arguments = function.args
    every = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
    every += [extra for extra in (arguments.vararg, arguments.kwarg) if extra]
    return [one for i, one in enumerate(every) if not (i == 0 and one.arg in ("self", "cls", "_cls"))]


def _is_verb(function: Function) -> bool:
    """A verb of the command line: its parameters are its options."""
    return any("app.command" in ast.unparse(decorator) for decorator in function.decorator_list)


def _width(function: Function) -> int:
    """How many things a caller says; `ctx` is the circumstance, not one of them."""
    return len([one for one in _parameters(function) if one.arg not in ("ctx", "context", "request")])
