"""Which rooms are installed and what each offers: pages, operations, verbs. Found, never listed twice."""

import importlib
from collections.abc import Iterator
from importlib.util import find_spec
from types import ModuleType

from srok.project.settings.base import ROOMS


def drawers(name: str) -> Iterator[tuple[str, ModuleType]]:
    """The module `name` of every room that has one, with the room's label."""
    for room in ROOMS:
        if find_spec(room) and find_spec(f"{room}.{name}"):
            yield room.rsplit(".", 1)[1], importlib.import_module(f"{room}.{name}")


def path_of(label: str) -> str | None:
    """The dotted path of the room with this label, or None."""
    return next((room for room in ROOMS if room.rsplit(".", 1)[1] == label), None)
