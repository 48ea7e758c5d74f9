"""The doors: every function that a room offers is typed and told (house rule 14)."""

import importlib
import inspect
import re
from collections.abc import Iterator
from types import ModuleType
from typing import Any

import pytest

from srok.project.diagrams import PACKAGE, rooms
from tests.architecture.tree import doors, module, report

CALLABLE_DOORS = [
    f"{dotted}.{door}"
    for label, dotted in rooms().items()
    for door in sorted(doors(label) - {"terms"})
    if module(f"{dotted}.{door}") or (PACKAGE / dotted / door / "__init__.py").exists()
]


@pytest.mark.parametrize("door", CALLABLE_DOORS)
def test_every_function_of_a_door_is_typed_and_told(door: str) -> None:
    problems = []
    for name, function in offered(importlib.import_module(door)):
        signature = inspect.signature(function)
        untyped = [p.name for p in signature.parameters.values() if p.annotation is inspect.Parameter.empty]
        if untyped or signature.return_annotation is inspect.Signature.empty:
            problems.append(f"{name}: no type of {', '.join(untyped) or 'the result'}")
        if not inspect.getdoc(function):
            problems.append(f"{name}: no docstring")
    report(problems, door)


@pytest.mark.parametrize("door", [door for door in CALLABLE_DOORS if door.endswith(".public")])
def test_a_public_door_lists_what_it_offers(door: str) -> None:
    """`__all__`, in order, with nothing private and nothing that is not there."""
    offers = list(getattr(importlib.import_module(door), "__all__", ()))
    assert offers, f"{door} has no __all__"
    assert len(set(offers)) == len(offers)
    assert not [name for name in offers if name.startswith("_")]
    missing = [name for name in offers if not hasattr(importlib.import_module(door), name)]
    assert not missing


def test_every_room_says_what_it_owns_and_promises() -> None:
    """The room's docstring: what it owns, promises, refuses, and under which law."""
    problems = []
    for label, dotted in rooms().items():
        told = module(dotted)
        text = (told and told.source) or ""
        missing = [word for word in ("Owns", "Promises", "Refuses") if not re.search(rf"{word}\b", text)]
        if missing and label != "web":
            problems.append(f"{dotted}: does not say {', '.join(missing)}")
    report(problems, "room docstrings")


def offered(door: ModuleType) -> Iterator[tuple[str, Any]]:
    names = getattr(door, "__all__", [name for name in vars(door) if not name.startswith("_")])
    for name in names:
        thing = getattr(door, name, None)
        if inspect.isfunction(thing) and str(getattr(thing, "__module__", "")).startswith("srok."):
            yield name, inspect.unwrap(thing)
