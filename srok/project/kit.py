"""What a mission's kit is made of: its rooms, the pages and the verbs that answer there. Everything else says why not.

A kit stands on the rooms that `cases` stands on, since their tables are its tables, but it holds none of their
contents: no resident list, no search keys, no card keys, no answer book, no public log, nobody else's
case. So their desks are shut there: an empty desk would look like an answer.
"""

from collections.abc import Sequence
from fnmatch import fnmatchcase
from typing import Final

# Voting has nothing to do on a mission.
NOT_INSTALLED: Final = ("srok.vote.",)

# Pages by the name of their room: those that are named, with `*` for any ending.
PAGES: Final[dict[str, frozenset[str]]] = {
    "web": frozenset({"*"}),
    "accounts": frozenset({"*"}),
    # The line of people and today's mission; booking, planning and kits are of the centre.
    "missions": frozenset({"kit", "today", "days", "line", "act", "screen", "day_plan", "switch", "end"}),
    "parcels": frozenset({"kit", "file"}),
    "biometrics": frozenset({"*"}),
    # The cards that the mission carries to their holders.
    "cards": frozenset({"bag", "bag_*"}),
    # The counter only: no queue, no case, no candidates, no letters.
    "cases": frozenset({"capture", "capture_*", "captures", "new", "keep"}),
}

# Verbs by their room, in the same way; the program's own stand under "".
VERBS: Final[dict[str, frozenset[str]]] = {
    "": frozenset({"serve", "work", "codes"}),
    "missions": frozenset({"*"}),
    # What arrives at the centre, and its receipts, are the centre's.
    "parcels": frozenset({"export", "confirm", "send", "status"}),
    "biometrics": frozenset({"*"}),
    "law": frozenset({"*"}),
    "gazetteer": frozenset({"show"}),
    "cases": frozenset({"intake", "captures", "capture", "prefill", "references"}),
}


def rooms_of_kit(rooms: Sequence[str]) -> list[str]:
    """The rooms that a kit installs, in their order."""
    return [room for room in rooms if not room.startswith(NOT_INSTALLED)]


def answers(table: dict[str, frozenset[str]], room: str, name: str) -> bool:
    """Say whether this page or verb of a room answers in a kit."""
    return any(fnmatchcase(name, opened) for opened in table.get(room, ()))
