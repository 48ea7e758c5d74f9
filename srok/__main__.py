"""`srok ROOM VERB`: the command line. A room's verbs are loaded only when asked for, so pure verbs start at once."""

import importlib
import sys
from importlib.util import find_spec

from srok.project.rooms import path_of

PROGRAM = {
    "serve": "srok.project.verbs.serve",
    "work": "srok.project.verbs.work",
    "codes": "srok.project.verbs.codes",
    "demo": "srok.project.verbs.demo",
}


def usage() -> str:
    """The rooms and the program's own verbs."""
    from srok.project.settings.base import ROOMS

    rooms = sorted(room.rsplit(".", 1)[1] for room in ROOMS if find_spec(room) and find_spec(f"{room}.cli"))
    return f"usage: srok ROOM VERB ...\nrooms: {', '.join(rooms)}\nalso: srok {' | '.join(PROGRAM)}\n"


def main() -> None:
    """Run one verb; unknown rooms end with status 2 and the list of those there are."""
    words = sys.argv[1:]
    if not words or words[0] in {"-h", "--help"}:
        sys.stdout.write(usage())
        raise SystemExit(0 if words else 2)
    module = PROGRAM.get(words[0])
    if module is None:
        room = path_of(words[0])
        module = f"{room}.cli" if room and find_spec(f"{room}.cli") else None
    if module is None:
        sys.stderr.write(f"srok: there is no room {words[0]}\n{usage()}")
        raise SystemExit(2)
    sys.argv = [f"srok {words[0]}", *words[1:]]
    importlib.import_module(module).app(prog_name=sys.argv[0])


if __name__ == "__main__":
    main()
