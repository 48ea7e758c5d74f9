"""Rules are pure (house rule 2), time enters at the edge (rule 4), and the lint bans that hold it are in place."""

import ast
import tomllib

from srok.project.diagrams import PROJECT
from tests.architecture.tree import Module, called, module, modules, pure_modules, report

IMPURE = {
    "django", "ninja", "typer", "requests", "httpx", "urllib", "http", "socket", "ssl", "asyncio", "os", "pathlib",
    "shutil", "tempfile", "subprocess", "sqlite3", "psycopg", "time", "random", "io", "glob", "locale", "threading",
    "multiprocessing", "PIL", "typst", "zxingcpp",
}  # fmt: skip
CLOCKS = (
    "datetime.now",
    "datetime.utcnow",
    "datetime.today",
    "date.today",
    "timezone.now",
    "time.time",
    "time.time_ns",
)
BANNED_CALLS = (*CLOCKS, "uuid.uuid4", "uuid.uuid1", "uuid4", "uuid1", "os.urandom")
EDGE = {"srok.ground.faces.clock", "srok.ground.kernel.ids"}
BANS = {
    "uuid.uuid4", "uuid.uuid1", "random", "datetime.datetime.now", "datetime.datetime.utcnow", "datetime.date.today",
    "django.utils.timezone.now", "time.time",
}  # fmt: skip


def test_terms_rules_and_kernel_reach_nothing_impure() -> None:
    """A walk over the import graph from each pure module, through every module of ours on the way."""
    report(
        [
            f"{one.shown}: {' -> '.join([*path, outside])}"
            for one in pure_modules()
            for path, outside in _reached(one)
            if outside in IMPURE
        ],
        "pure drawers that reach the framework, the clock, the network or a file",
    )


def test_pure_drawers_open_no_file_and_read_no_clock() -> None:
    report(
        [
            f"{one.shown}:{call.lineno} {called(call)}()"
            for one in pure_modules()
            for call in one.calls()
            if called(call) in ("open", "print", "input", "__import__", "eval", "exec", *CLOCKS)
        ],
        "pure drawers that touch the outside",
    )


def test_time_and_ids_come_from_the_edge() -> None:
    """The lint bans again, by hand: no `noqa` gets past this one."""
    problems = []
    for one in modules(tests=True):
        if one.name in EDGE:
            continue
        problems += [
            f"{one.shown}:{call.lineno} {called(call)}()"
            for call in one.calls()
            if called(call).endswith(BANNED_CALLS) and _is_banned(called(call))
        ]
        problems += [f"{one.shown}:{line} imports random" for name, line in one.outside_imports() if name == "random"]
    report(problems, "the clock, uuid4 and random enter only at faces.clock and kernel.ids")


def test_the_lint_bans_are_in_place() -> None:
    ruff = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["tool"]["ruff"]["lint"]
    assert set(ruff["flake8-tidy-imports"]["banned-api"]) >= BANS
    assert {"TID251", "DTZ"} <= set(ruff["select"])
    assert "TID251" not in ruff.get("ignore", [])
    lifted = {path for path, rules in ruff.get("per-file-ignores", {}).items() if {"TID251", "TID", "DTZ"} & set(rules)}
    assert lifted <= {"srok/ground/faces/clock.py", "srok/ground/kernel/ids.py"}


def test_nothing_is_patched_in_tests() -> None:
    """Doubles are small real classes (house rule 15)."""
    report(
        [
            f"{one.shown}:{line} imports {name}"
            for one in modules(tests=True)
            for name, line in one.outside_imports()
            if name == "mock" or (name == "unittest" and "mock" in one.source.splitlines()[line - 1])
        ],
        "tests that patch instead of using a small real double",
    )


def test_no_entropy_but_secrets_below_the_edge() -> None:
    report(
        [
            f"{one.shown}:{node.lineno} {ast.unparse(node)}"
            for one in modules()
            for node in ast.walk(one.tree)
            if isinstance(node, ast.Attribute) and ast.unparse(node) in ("os.urandom", "secrets.SystemRandom")
        ],
        "entropy comes from `secrets` alone",
    )


def _is_banned(name: str) -> bool:
    last_two = ".".join(name.split(".")[-2:])
    return name in BANNED_CALLS or last_two in BANNED_CALLS


def _reached(start: Module) -> list[tuple[list[str], str]]:
    """What is not ours that `start` reaches through modules of ours, with the way there."""
    found: list[tuple[list[str], str]] = []
    seen, ahead = {start.name}, [(start, [start.name])]
    while ahead:
        here, path = ahead.pop()
        found += [(path, name) for name, _line in here.outside_imports()]
        for name, _line in here.imports():
            target = module(name)
            if target and name not in seen:
                seen.add(name)
                ahead.append((target, [*path, name]))
    return found
