"""A process that has the packages loaded and forks one child for each command: the same command, a second sooner.

Only other people's packages are loaded beforehand; the child reads its environment and imports the program afresh, as
a new process does. Read by `running.py`: a request is a line of JSON on standard input, the answer a line with the
child's exit status.
"""

import json
import os
import runpy
import sys
from importlib import import_module

PACKAGES = (
    "typer.main", "rich.progress", "rich.table", "pypdf", "numpy", "PIL.Image", "PIL.JpegImagePlugin",
    "PIL.PngImagePlugin", "cbor2", "rfc8785", "cryptography.hazmat.primitives.asymmetric.ed25519", "typst", "tomllib",
    "django.core.management", "django.contrib.sessions.backends.db", "django.db.models", "django.forms",
    "django.db.backends.sqlite3.base", "django.shortcuts", "django.views.generic",
    "django.contrib.messages.middleware", "zxingcpp", "uharfbuzz", "icu", "zoneinfo", "csv", "sqlite3",
)  # fmt: skip


def main() -> None:
    """Load the packages, then serve requests until standard input closes."""
    for name in PACKAGES:
        import_module(name)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    for line in sys.stdin:
        asked = json.loads(line)
        child = os.fork()
        if child == 0:
            run(**asked)
        _, status = os.waitpid(child, 0)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(status)}\n")
        sys.stdout.flush()


def run(words: list[str], environment: dict[str, str], files: list[str]) -> None:
    """In the child: become `python -m srok WORDS` with these three files as its standard streams."""
    status = 3
    try:
        for number, (name, mode) in enumerate(zip(files, (os.O_RDONLY, os.O_WRONLY, os.O_WRONLY), strict=True)):
            os.dup2(os.open(name, mode), number)
        os.environ.clear()
        os.environ.update(environment)
        sys.argv = ["srok", *words]
        runpy.run_module("srok", run_name="__main__", alter_sys=True)
        status = 0
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:
        sys.excepthook(*sys.exc_info())
        status = 1
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


if __name__ == "__main__":
    main()
