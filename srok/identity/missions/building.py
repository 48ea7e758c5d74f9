"""Build a kit's folder beside its place and move it there whole: a preparation that stops leaves nothing behind."""

import csv
import errno
import io
import json
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, Final

import cbor2

from srok.ground.gazetteer import public as gazetteer
from srok.ground.kernel.refusal import Refusal
from srok.identity.missions.readiness import LEAST_FREE, MEGABYTE

# The names that settings/kit.py reads; a test holds that both lists are one.
SECRETS: Final = ("commitments", "data", "django", "openings", "pseudonyms")
# A fresh kit with its tables and places, before anybody is captured.
FRESH: Final = 64 * MEGABYTE
SETTINGS: Final = "srok.project.settings.kit"
# What a shell of the centre may say that a kit must never hear.
OF_THE_CENTRE: Final = ("SROK_", "PG", "DJANGO_")
FULL: Final = (errno.ENOSPC, errno.EDQUOT)
FULL_WORDS: Final = ("disk is full", "No space left on device", "Disk quota exceeded")
Progress = Callable[[str], None]


@contextmanager
def beside(out: Path) -> Iterator[Path]:
    """A folder beside `out`, moved there when the body ends well and removed when it does not.

    Raises `missions.kit_already_there`, `missions.kit_folder_not_empty`, `missions.kit_disk_full`,
    `faces.unwritable_file`.
    """
    check_place(out)
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        if shutil.disk_usage(out.parent).free < LEAST_FREE + FRESH:
            raise Refusal("missions.kit_disk_full", name=out.name)
        partial = out.parent / f".{out.name}.{secrets.token_hex(4)}.partial"
        partial.mkdir(mode=0o700)
    except OSError as error:
        raise _unwritable(out, error) from error
    try:
        yield partial
        check_place(out)
        if out.is_dir():
            out.rmdir()
        partial.rename(out)
        _sync(out.parent)
    except OSError as error:
        raise _unwritable(out, error) from error
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def check_place(out: Path) -> None:
    """Refuse a folder in which anything lies."""
    if out.is_dir() and any(out.iterdir()):
        made = (out / "kit" / "warrant.cbor").exists()
        raise Refusal("missions.kit_already_there" if made else "missions.kit_folder_not_empty", name=out.name)
    if out.exists() and not out.is_dir():
        raise Refusal("missions.kit_folder_not_empty", name=out.name)


def make_secrets(home: Path) -> None:
    """The kit's own secrets: 32 bytes each, for nobody but their owner."""
    folder = home / "secrets"
    folder.mkdir(mode=0o700)
    for name in SECRETS:
        write(folder / name, secrets.token_bytes(32), mode=0o600)


def write(path: Path, data: bytes, *, mode: int) -> None:
    """Write a new file with this mode and have it on the disk before going on."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(descriptor, "wb") as opened:
        opened.write(data)
        opened.flush()
        os.fsync(opened.fileno())


def places() -> bytes:
    """The centre's places of today (docs/formats/gazetteer.md) by code: the same places give the same bytes."""
    text = io.StringIO(newline="")
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(("code", "name_km", "name_latin", "parent"))
    ahead = [""]
    while ahead:
        for place in sorted(gazetteer.children(ahead.pop() or None), key=lambda one: one.code):
            if place.until is None:
                rows.writerow((place.code, place.name_km, place.name_latin, place.parent))
                ahead.append(place.code)
    return text.getvalue().encode()


def run_inside(home: Path, verb: str, given: Mapping[str, Any], progress: Progress) -> list[dict[str, str]]:
    """Run a hidden verb of the kit in its own folder, hand it `given`, tell its steps; what it answered at its end.

    Raises `missions.kit_disk_full` where the disk ran full in there, `missions.kit_not_built` for anything else.
    """
    with tempfile.TemporaryFile() as problems:
        with subprocess.Popen(
            [sys.executable, "-m", "srok", "missions", "kit", verb],
            env=_environment(home), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=problems,
            umask=0o077,
        ) as child:  # fmt: skip
            assert child.stdin and child.stdout
            child.stdin.write(cbor2.dumps(dict(given)))
            child.stdin.close()
            answer = _listened(child.stdout, progress)
        if child.returncode:
            problems.seek(0)
            said = problems.read().decode("utf-8", "replace")
            full = any(words in said for words in FULL_WORDS)
            code = "missions.kit_disk_full" if full else "missions.kit_not_built"
            raise Refusal(code, name=_meant(home)) from RuntimeError(said)
    return answer


def _meant(partial: Path) -> str:
    """The name under which a folder that is being built will stand."""
    return partial.name.removesuffix(".partial").rpartition(".")[0].lstrip(".")


def _environment(home: Path) -> dict[str, str]:
    """The shell's own, without what it says of the centre; the program is the one that runs here."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(OF_THE_CENTRE)}
    ours = str(Path(__file__).resolve().parents[3])
    paths = os.pathsep.join(filter(None, (ours, kept.get("PYTHONPATH", ""))))
    return {**kept, "SROK_HOME": str(home), "DJANGO_SETTINGS_MODULE": SETTINGS, "PYTHONUTF8": "1", "PYTHONPATH": paths}


def _listened(lines: IO[bytes], progress: Progress) -> list[dict[str, str]]:
    """Pass the child's steps on; return what it issued."""
    issued: list[dict[str, str]] = []
    for line in lines:
        said = json.loads(line)
        if "step" in said:
            progress(said["step"])
        issued = said.get("issued", issued)
    return issued


def _unwritable(out: Path, error: OSError) -> Refusal:
    full = error.errno in FULL
    return Refusal("missions.kit_disk_full" if full else "faces.unwritable_file", name=out.name)


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
