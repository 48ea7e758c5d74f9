"""The command line's frame: exit statuses, errors and tables of every verb (docs/formats/cli.md).

Exit status 0 yes, 1 no, 2 unreadable input, 3 internal or busy. `--json` errors are
`{"error":{"code","field","row","message_km","message_en"}}` on standard output.
"""

import json
import os
import sys
import traceback
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, time
from enum import IntEnum
from io import TextIOWrapper
from pathlib import Path
from typing import NoReturn
from zoneinfo import ZoneInfo

from srok.ground.kernel.context import Context
from srok.ground.kernel.dates import PartialDate
from srok.ground.kernel.ids import new_id
from srok.ground.kernel.refusal import Refusal

# What makes a folder a kit: the mission's warrant (srok.trust.parcels writes it there).
KIT_MARK = ("kit", "warrant.cbor")


class Exit(IntEnum):
    """What the exit status of a verb means."""

    YES = 0
    NO = 1
    UNREADABLE = 2
    INTERNAL = 3


def in_kit() -> bool:
    """Say whether `SROK_HOME` is the folder of a kit: it holds a warrant. Needs no Django."""
    home = os.environ.get("SROK_HOME")
    return bool(home) and Path(str(home), *KIT_MARK).is_file()


def choose_settings() -> None:
    """A kit's folder is run with a kit's settings, whatever the shell says; else those named, else the demo's."""
    if in_kit():
        os.environ["DJANGO_SETTINGS_MODULE"] = "srok.project.settings.kit"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "srok.project.settings.demo")


def setup_django() -> None:
    """Load Django once, for the verbs that need a room's tables or words; pure verbs never call it."""
    choose_settings()
    import django

    django.setup()


def emit(value: object) -> None:
    """Print a value as JSON: UTF-8, readable, dates as ISO text."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2, default=str) + "\n")


def error_json(refusal: Refusal) -> Mapping[str, object]:
    """The stable form of an error (keys of docs/formats/cli.md)."""
    setup_django()
    from srok.ground.faces import wording

    return {
        "error": {
            "code": refusal.code, "field": refusal.field, "row": refusal.row,
            "message_km": wording.of(refusal, "km"), "message_en": wording.of(refusal, "en"),
        }
    }  # fmt: skip


def fail(refusal: Refusal, *, as_json: bool, status: Exit = Exit.NO) -> NoReturn:
    """Say why not, in both languages, and end with this status."""
    said = error_json(refusal)
    if as_json:
        emit(said)
    else:
        error = said["error"]
        assert isinstance(error, Mapping)
        where = "".join(f" [{name} {error[name]}]" for name in ("row", "field") if error[name] is not None)
        sys.stderr.write(f"{error['message_en']}{where}\n{error['message_km']}\n({error['code']})\n")
    raise SystemExit(int(status))


# What a database says, in SQLite's and PostgreSQL's words, that is no fault of the program.
INSIDE = {
    "no such table": "faces.no_database", "does not exist": "faces.no_database",
    "unable to open database": "faces.no_database", "connection refused": "faces.no_database",
    "database is locked": "faces.busy", "lock timeout": "faces.busy", "statement timeout": "faces.busy",
}  # fmt: skip
# Said where not even the catalogue can be read.
WORDLESS = ("មានកំហុសខាងក្នុងប្រព័ន្ធ។", "Something failed inside.")


def speak_utf8() -> None:
    """Answers are UTF-8 whatever the terminal speaks; what is no letter at all is escaped."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def broken(problem: Exception, *, as_json: bool) -> NoReturn:
    """End a verb that failed inside: status 3, in words; an unknown cause is shown on standard error as well."""
    if isinstance(problem, Refusal):
        fail(problem, as_json=as_json)
    said = str(problem).lower() if type(problem).__module__.startswith("django.db") else ""
    code = next((code for words, code in INSIDE.items() if words in said), "faces.internal")
    if code == "faces.internal":
        traceback.print_exception(problem)
    try:
        fail(Refusal(code), as_json=as_json, status=Exit.INTERNAL)
    except Exception:  # where the settings themselves fail there are no words to be had
        bare = {"code": code, "field": None, "row": None, "message_km": WORDLESS[0], "message_en": WORDLESS[1]}
        if as_json:
            emit({"error": bare})
        raise SystemExit(int(Exit.INTERNAL)) from None


def stopped(*, as_json: bool) -> NoReturn:
    """End a verb that somebody stopped with Ctrl-C: status 3; acts are whole or not at all."""
    fail(Refusal("faces.stopped"), as_json=as_json, status=Exit.INTERNAL)


@contextmanager
def refusals_told(*, as_json: bool, status: Exit = Exit.NO) -> Iterator[None]:
    """Run a verb's body; a refusal ends it with its words and this status."""
    try:
        yield
    except Refusal as refusal:
        fail(refusal, as_json=as_json, status=status)


def day(text: str) -> datetime:
    """Noon in Phnom Penh of a full date given as `--on` or `--at`; raises `kernel.bad_date`."""
    date = PartialDate.parse(text)
    if date.earliest != date.latest:
        raise Refusal("kernel.bad_date", text=text)
    return datetime.combine(date.earliest, time(12), ZoneInfo("Asia/Phnom_Penh")).astimezone(UTC)


def context_as(username: str, on: str | None = None) -> Context:
    """The context of a verb run `--as` an officer, on the clock's instant or at noon of `on`.

    Faces stand below accounts, so the setting names the function that knows officers.
    """
    setup_django()
    from django.conf import settings
    from django.utils.module_loading import import_string

    from srok.ground.faces import clock

    at = day(on) if on else clock.instant()
    found: Context = import_string(settings.SROK_OFFICER_CONTEXT)(username, at=at, trace=new_id(at))
    return found
