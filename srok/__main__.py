"""`srok ROOM VERB`: the command line. A room's verbs are loaded only when asked for, so pure verbs start at once."""

import importlib
import sys
from importlib.util import find_spec

from srok.ground.faces.cli import in_kit
from srok.project.kit import VERBS, answers
from srok.project.rooms import installed, path_of

FRAME = "srok.ground.faces.cli"
INTERRUPTED = 130  # what typer makes of Ctrl-C
PROGRAM = {
    "serve": "srok.project.verbs.serve",
    "work": "srok.project.verbs.work",
    "codes": "srok.project.verbs.codes",
    "demo": "srok.project.verbs.demo",
}


def usage() -> str:
    """The rooms and the program's own verbs."""
    rooms = sorted(room.rsplit(".", 1)[1] for room in installed() if verbs_of(room))
    ours = sorted(PROGRAM)
    if in_kit():
        rooms, ours = [room for room in rooms if room in VERBS], [verb for verb in ours if verb in VERBS[""]]
    return f"usage: srok ROOM VERB ...\nrooms: {', '.join(rooms)}\nalso: srok {' | '.join(ours)}\n"


def verbs_of(room: str | None) -> str | None:
    """The module with a room's verbs, if it has any; the frame of all verbs is no room of its own."""
    module = f"{room}.cli"
    return module if room and module != FRAME and find_spec(room) and find_spec(module) else None


def shut(words: list[str]) -> bool:
    """Say whether these words ask for a verb that has nothing to do in the kit of this folder."""
    room, verb = ("", words[0]) if words[0] in PROGRAM else (words[0], next(iter(words[1:]), "-h"))
    return in_kit() and verb not in {"-h", "--help"} and not answers(VERBS, room, verb)


def main() -> None:
    """Run one verb; unknown rooms end with status 2 and the list of those there are."""
    words = sys.argv[1:]
    if not words or words[0] in {"-h", "--help"}:
        sys.stdout.write(usage())
        raise SystemExit(0 if words else 2)
    module = PROGRAM.get(words[0])
    if module is None:
        module = verbs_of(path_of(words[0]))
    if module is None:
        sys.stderr.write(f"srok: there is no room {words[0]}\n{usage()}")
        raise SystemExit(2)
    sys.argv = [f"srok {words[0]}", *words[1:]]
    frame = importlib.import_module(FRAME)
    frame.speak_utf8()
    if shut(words):
        frame.fail(frame.Refusal("web.not_in_kit"), as_json="--json" in words)
    app = importlib.import_module(module).app
    try:
        app(prog_name=sys.argv[0])
    except SystemExit as end:
        if end.code != INTERRUPTED:
            raise
        frame.stopped(as_json="--json" in words)
    except Exception as problem:
        frame.broken(problem, as_json="--json" in words)


if __name__ == "__main__":
    main()
