"""A log that grows by made-up entries into a folder of the test."""

from pathlib import Path
from typing import Any

import pytest

from srok.ground.kernel.context import Context
from srok.ground.kernel.refusal import Refusal
from srok.trust.openlog import notes
from srok.trust.openlog import public as openlog
from srok.trust.openlog.checkpoints import Checkpoint, parse_checkpoint
from srok.trust.openlog.entries import write_entry
from srok.trust.openlog.folder import Folder
from srok.trust.openlog.terms import Log
from srok.trust.openlog.tests.acts import context
from srok.trust.openlog.verifying import verify_log

LOG = Log.ELECTION


def made(start: int, end: int) -> list[bytes]:
    return [
        write_entry({"v": 1, "t": "incident", "at": "2025-05-12T04:00Z", "case": f"{n:032x}", "by": ["0" * 16], "n": n})
        for n in range(start, end)
    ]


def grow(count: int) -> int:
    start = openlog.head(LOG).size
    return openlog.append(LOG, made(start, start + count))


def publish(home: Path, ctx: Context | None = None, **more: object) -> openlog.Published:
    return openlog.publish(LOG, Folder(home / "out" / LOG), ctx or context(), **more)  # type: ignore[arg-type]


def checked(home: Path) -> openlog.Checked:
    return verify_log(home / "out" / LOG, openlog.verifier_keys(LOG), processes=1)


def shown(home: Path) -> Checkpoint:
    return parse_checkpoint(notes.parse((home / "out" / LOG / "checkpoint").read_bytes()).text)


def refused(code: str, function: Any, *arguments: Any, **more: Any) -> None:
    with pytest.raises(Refusal) as told:
        function(*arguments, **more)
    assert told.value.code == code
