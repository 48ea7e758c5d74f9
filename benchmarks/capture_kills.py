"""Fourteen days without a network, 500 cases, 1,000 power cuts: is anything lost, or here twice?

    python benchmarks/capture_kills.py [CASES] [KILLS]

A real kit (`srok missions kit prepare`) captures and approves through the acts of the counter; at random moments its
process is killed with SIGKILL and started again. What the kit had said was done (a line on a pipe, written after the
act returned) must be there afterwards. Then the sealed events travel: cut, doubled, shuffled; the centre is killed
while it imports, and the kit while it confirms its receipts. At the end every acknowledged case is one case.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import secrets
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

PROJECT = Path(__file__).resolve().parents[1]
EXAMPLES = PROJECT / "examples" / "washington"
DAYS = 14
LONGEST_LIFE = 0.3
OFFICERS = ("dara", "sreymom")

if TYPE_CHECKING:
    from collections.abc import Callable

    from srok.ground.kernel.context import Context


def settings_of(home: Path, which: str) -> dict[str, str]:
    """The environment of a program in this folder."""
    return {
        **os.environ, "SROK_HOME": str(home), "DJANGO_SETTINGS_MODULE": f"srok.project.settings.{which}",
        "SROK_KIT_UNENCRYPTED": "accepted", "PYTHONPATH": str(PROJECT),
    }  # fmt: skip


def ask(home: Path, which: str, *words: str) -> Any:
    """Run this file again in another folder, and read what it says last."""
    command = [sys.executable, __file__, *words]
    done = subprocess.run(command, env=settings_of(home, which), text=True, stdout=subprocess.PIPE, check=True)
    return json.loads(done.stdout.splitlines()[-1])


def begin() -> None:
    """Django, in the folder that the environment names, with what the children would each load again."""
    import django

    django.setup()
    from srok.identity.biometrics import public as biometrics
    from srok.identity.cases import approving, capturing
    from srok.trust.parcels import public as parcels

    biometrics.quality(PORTRAIT)
    assert approving and capturing and parcels


def centre(more: list[str]) -> None:
    """Make a centre: tables, keys, places, offices and the cast of the demo, with `more` consular officers."""
    begin()
    from django.conf import settings

    from srok.ground.accounts import public as accounts
    from srok.ground.accounts.terms import AppointOfficer
    from srok.ground.faces import clock
    from srok.ground.gazetteer import public as gazetteer
    from srok.ground.kernel.ids import new_id
    from srok.project.demo import home, people
    from srok.trust.credentials import public as credentials

    home.prepare(settings.SROK_HOME)
    at = clock.instant()
    for act in (credentials.create_keys, gazetteer.import_packaged):
        act(ctx=accounts.service_context("benchmark", "moi.gdi", at=at, trace=new_id(at)))
    people.settle(accounts.service_context("benchmark", "moi.gdi", at=at, trace=new_id(at)), [])
    for username in more:
        named = AppointOfficer(username, "មន្ត្រី", username.title(), "mfa.was", ("consular_officer", "card_officer"))
        accounts.appoint(named, ctx=accounts.service_context("benchmark", "moi.gdi", at=at, trace=new_id(at)))
    print(json.dumps({"centre": "made"}))


def acting(username: str, at: datetime) -> Context:
    from srok.ground.accounts import public as accounts
    from srok.ground.kernel.ids import new_id

    return accounts.context_for(username, at=at, trace=new_id(at))


def cells(number: int) -> dict[str, str]:
    """The form of one applicant: invented, and nobody's twin."""
    day = date(1950, 1, 2) + timedelta(days=17 * number)
    letters = "".join(chr(ord("A") + int(digit)) for digit in str(number))
    return {
        "family_km": "សុខ", "given_km": "សុភា", "family_latin": "SOK", "given_latin": f"SOPHEA {letters}",
        "name_order": "family_first", "sex": "F", "birth_date": day.isoformat(), "birthplace_text": "Battambang",
        "basis": "descent", "status": "none", "address_option": "post", "language": "km", "channel": "letter",
        "postal": "1 Example Street", "where": "post", "kind_0": "i94", "seen_0": "plain_copy",
    }  # fmt: skip


def capture_one(number: int, started: datetime, cases: int, tell: Callable[[str], None]) -> None:
    """One case as two officers do it; each step is told once it is done."""
    from srok.ground.kernel.ids import new_id
    from srok.identity.cases import approving, capturing
    from srok.identity.cases.capture_commands import ApproveCapture, CaptureApplication, ReadBack
    from srok.identity.cases.capture_models import Capture
    from srok.identity.cases.capture_terms import Confirmed

    at = started + timedelta(days=DAYS) * number / cases
    typed = cells(number) | {"lodged_on": acting(OFFICERS[0], at).on.isoformat()}
    known = Capture.objects.filter(ticket="").order_by("started_at")
    mine = next(
        (row for row in known if row.captured_by == OFFICERS[0] and row.state in ("captured", "read_back")), None
    )
    if mine is None:
        files = {"portrait": PORTRAIT, "paper_0": PAPER}
        command = CaptureApplication(new_id(at), typed, files)
        capture = capturing.capture(command, ctx=acting(OFFICERS[0], at)).id
        tell(f"captured {number}")
    else:
        capture = mine.id
    row = Capture.objects.get(pk=capture)
    if row.state == "captured":
        capturing.read_back(ReadBack(capture, Confirmed.SIGNATURE), ctx=acting(OFFICERS[0], at + timedelta(minutes=2)))
        tell(f"confirmed {number}")
    done = approving.approve(ApproveCapture(capture), ctx=acting(OFFICERS[1], at + timedelta(minutes=4)))
    tell(f"approved {number} {done.capture.reference}")


def kill_while(work: Callable[[Callable[[str], None]], None], life: float) -> tuple[list[str], bool]:
    """Run `work` in a process of its own and kill it after `life` seconds; what it had told, and whether it ended."""
    from django.db import connections

    connections.close_all()
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(read)
        status = 1
        try:
            work(lambda said: os.write(write, f"{said}\n".encode()) and None)
            status = 0
        except BaseException:
            import traceback

            traceback.print_exc()
        finally:
            os._exit(status)
    os.close(write)
    deadline = time.monotonic() + life
    while time.monotonic() < deadline:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            break
        time.sleep(0.002)
    else:
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
    with os.fdopen(read, "rb") as pipe:
        told = pipe.read().decode().splitlines()
    if os.WIFEXITED(status) and os.WEXITSTATUS(status):
        raise SystemExit("the work itself failed")
    return told, os.WIFEXITED(status)


def lives(kills: int) -> list[float]:
    """How long each process lives, at random; the last one is left to end."""
    return [LONGEST_LIFE * secrets.randbelow(10_000) / 10_000 for _ in range(kills)] + [3600.0]


def kit(cases: int, kills: int) -> None:
    """In the kit: capture and approve, killed again and again."""
    begin()
    from srok.ground.faces import clock
    from srok.trust.parcels import public as parcels

    started = clock.instant()
    approved: dict[str, str] = {}
    cut = 0
    for life in lives(kills):
        done = len({line.subject for line in _events()})

        def work(tell: Callable[[str], None], done: int = done) -> None:
            for number in range(done, cases):
                capture_one(number, started, cases, tell)

        told, ended = kill_while(work, life)
        cut += not ended
        for line in told:
            if line.startswith("approved"):
                _, number, reference = line.split()
                approved[number] = reference
        if ended and done >= cases:
            break
    events = _events()
    subjects = Counter(line.subject for line in events)
    parcels.export(Path(os.environ["SROK_HOME"]) / "out.parcel")
    print(json.dumps({
        "cut": cut, "acknowledged": len(approved), "events": len(events),
        "lost": sorted(set(approved.values()) - set(subjects)), "doubled": [s for s, n in subjects.items() if n > 1],
        "numbers": [one.seq for one in parcels.pending()] == list(range(1, len(parcels.pending()) + 1)),
        "references": sorted(subjects),
    }))  # fmt: skip


def _events() -> list[Any]:
    from srok.trust.parcels import public as parcels

    return [line for line in parcels.pending() if line.kind == "cases.lodge"]


def deliver(folder: str, kills: int) -> None:
    """At the centre: the pieces in any order, killed while they are imported; then once more in peace."""
    begin()
    from srok.ground.accounts import public as accounts
    from srok.ground.faces import clock
    from srok.ground.kernel.ids import new_id
    from srok.trust.parcels import public as parcels

    pieces = sorted(Path(folder).iterdir())
    later = clock.instant() + timedelta(days=DAYS + 1)

    def work(tell: Callable[[str], None]) -> None:
        secrets.SystemRandom().shuffle(pieces)
        ctx = accounts.service_context("parcels", "mfa.consular", at=later, trace=new_id(later))
        tell(json.dumps(parcels.import_files(pieces, ctx=ctx).json()))

    cut = sum(not kill_while(work, life)[1] for life in lives(kills))
    last, _ = kill_while(work, 3600)
    from srok.identity.cases.models import Case

    references = list(Case.objects.values_list("reference", flat=True))
    parcels.receipts(Path(os.environ["SROK_HOME"]) / "receipts.cbor", ctx=acting("chanthou", later))
    print(json.dumps({"cut": cut, "last": json.loads(last[-1]), "references": sorted(references)}))


def confirm(file: str, kills: int) -> None:
    """In the kit again: the receipts, killed while they are read."""
    begin()
    from srok.ground.faces import clock
    from srok.trust.parcels import public as parcels

    later = clock.instant() + timedelta(days=DAYS + 1)

    def work(tell: Callable[[str], None]) -> None:
        parcels.confirm_receipts(Path(file), acting(OFFICERS[0], later))
        tell("confirmed")

    cut = sum(not kill_while(work, life / 20)[1] for life in lives(kills))
    kill_while(work, 3600)
    print(json.dumps({"cut": cut, "pending": len(parcels.pending())}))


def pieces_of(file: Path, folder: Path) -> int:
    """Cut the export at random places, double some of it: what sticks and lines do to a file."""
    data = file.read_bytes()
    chance = secrets.SystemRandom()
    folder.mkdir()
    (folder / "whole-1").write_bytes(data)
    for number in range(12):
        (folder / f"cut-{number}").write_bytes(data[: chance.randrange(1, len(data))])
    (folder / "whole-2").write_bytes(data)
    return len(data)


def main(cases: int, kills: int) -> None:
    """Everything in order, and the table."""
    with tempfile.TemporaryDirectory() as folder:
        there, away = Path(folder) / "centre", Path(folder) / "kit"
        ask(there, "demo", "--centre")
        today = date.fromisoformat(subprocess.check_output(["date", "-u", "+%F"], text=True).strip())
        first, last = today - timedelta(days=1), today + timedelta(days=DAYS + 1)
        prepare = [sys.executable, "-m", "srok", "missions", "kit", "prepare", "--post", "WAS", "--from", str(first),
                   "--until", str(last), "--out", str(away), "--json"]  # fmt: skip
        subprocess.run(prepare, env=settings_of(there, "demo"), check=True, stdout=subprocess.DEVNULL)
        began = time.monotonic()
        captured = ask(away, "kit", "--kit", str(cases), str(kills))
        size = pieces_of(away / "out.parcel", Path(folder) / "pieces")
        arrived = ask(there, "demo", "--deliver", str(Path(folder) / "pieces"), str(kills // 10))
        receipted = ask(away, "kit", "--confirm", str(there / "receipts.cbor"), str(kills // 10))
        took = time.monotonic() - began
    lost = sorted(set(captured["references"]) - set(arrived["references"]))
    extra = sorted(set(arrived["references"]) - set(captured["references"]))
    phases = (captured, arrived, receipted)
    rows = [
        ("machine", f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"),
        ("cases captured over days", f"{cases} over {DAYS}"),
        ("power cuts in the kit, at the centre, at the receipts", ", ".join(str(one["cut"]) for one in phases)),
        ("acknowledged, events, bytes", f"{captured['acknowledged']}, {captured['events']}, {size:,}"),
        ("lost in the kit, doubled in the kit", f"{len(captured['lost'])}, {len(captured['doubled'])}"),
        ("numbers without a gap", captured["numbers"]),
        ("lost on the way, doubled or foreign at the centre", f"{len(lost)}, {len(extra)}"),
        ("left without a receipt", receipted["pending"]),
        ("took", f"{took:.0f} s"),
    ]  # fmt: skip
    for what, figure in rows:
        print(f"{what:55} {figure}")
    good = not (captured["lost"] or captured["doubled"] or lost or extra or receipted["pending"])
    raise SystemExit(0 if good and captured["numbers"] and captured["events"] == cases else 1)


if __name__ == "__main__":
    PORTRAIT, PAPER = (EXAMPLES / "02-portrait.jpg").read_bytes(), (EXAMPLES / "02-i94.png").read_bytes()
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("cases", nargs="?", type=int, default=500)
    words.add_argument("kills", nargs="?", type=int, default=1_000)
    words.add_argument("--centre", nargs="*")
    words.add_argument("--kit", nargs=2, type=int)
    words.add_argument("--deliver", nargs=2)
    words.add_argument("--confirm", nargs=2)
    given = words.parse_args()
    if given.centre is not None:
        centre(given.centre)
    elif given.kit:
        kit(*given.kit)
    elif given.deliver:
        deliver(given.deliver[0], int(given.deliver[1]))
    elif given.confirm:
        confirm(given.confirm[0], int(given.confirm[1]))
    else:
        main(given.cases, given.kills)
