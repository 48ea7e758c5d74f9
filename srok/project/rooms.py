"""Which rooms are installed and what each offers: pages, operations, verbs. Found, never listed twice."""

import importlib
from collections.abc import Iterator
from importlib.util import find_spec
from types import ModuleType

from srok.ground.faces.cli import in_kit
from srok.project.kit import rooms_of_kit
from srok.project.settings.base import ROOMS


def drawers(name: str) -> Iterator[tuple[str, ModuleType]]:
    """The module `name` of every installed room that has one, with the room's label."""
    from django.conf import settings

    for room in settings.ROOMS:
        if find_spec(room) and find_spec(f"{room}.{name}"):
            yield room.rsplit(".", 1)[1], importlib.import_module(f"{room}.{name}")


def installed() -> list[str]:
    """The rooms of this folder, known without Django: pure verbs start at once."""
    return rooms_of_kit(ROOMS) if in_kit() else ROOMS


def path_of(label: str) -> str | None:
    """The dotted path of the installed room with this label, or None."""
    return next((room for room in installed() if room.rsplit(".", 1)[1] == label), None)
