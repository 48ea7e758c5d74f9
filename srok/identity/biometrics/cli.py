"""`srok biometrics VERB`: the quality of a picture without a database; the worker of the search; devices."""

from pathlib import Path
from typing import Annotated

import typer

from srok.ground.faces import cli as frame
from srok.ground.kernel.refusal import Refusal

app = typer.Typer(help="Portraits: quality codes. No names are kept here.", no_args_is_help=True)


@app.callback()
def room() -> None:
    """Portraits under opaque keys (rooms with one verb still name it)."""


@app.command()
def quality(
    file: Annotated[Path, typer.Argument(help="A JPEG or PNG file.")],
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Say whether FILE can be a portrait on a card. Exit status 0 yes, 1 no, 2 unreadable file."""
    from srok.identity.biometrics.checks import quality as judged
    from srok.identity.biometrics.terms import MAX_BYTES, Problem

    try:
        with file.open("rb") as stream:
            verdict = judged(stream.read(MAX_BYTES + 1))
    except OSError:
        frame.fail(Refusal("faces.unreadable_file", name=file.name), as_json=json, status=frame.Exit.UNREADABLE)
    if json:
        frame.emit({"ok": verdict.ok, "problems": verdict.problems, "not_checked": verdict.not_checked})
    else:
        _tell(verdict.ok, [*verdict.problems, *verdict.not_checked])
    unread = {Problem.UNREADABLE, Problem.TOO_LARGE} & set(verdict.problems)
    no = frame.Exit.UNREADABLE if unread else frame.Exit.NO
    raise typer.Exit(int(frame.Exit.YES if verdict.ok else no))


@app.command()
def work(
    once: Annotated[bool, typer.Option("--once", help="Answer what is due and stop.")] = False,
    every: Annotated[float, typer.Option(help="Seconds between rounds.")] = 1.0,
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Answer the messages to the identification system. Exit status 0 answered, 1 some still wait, 3 no system here."""
    import time

    frame.setup_django()
    with frame.refusals_told(as_json=json, status=frame.Exit.INTERNAL):
        from srok.identity.biometrics.abis import abis

        if abis() is None:
            raise Refusal("biometrics.no_system")
        while True:
            done = _round()
            if once:
                break
            time.sleep(every if not done["answered"] else 0)
    if json:
        frame.emit(done)
    else:
        typer.echo(", ".join(f"{name} {number}" for name, number in done.items()))
    raise typer.Exit(int(frame.Exit.NO if done["waiting"] else frame.Exit.YES))


def _round() -> dict[str, int]:
    """Rounds until nothing more is answered; what they did in all, and what still waits."""
    from srok.ground.accounts import public as accounts
    from srok.ground.faces import clock
    from srok.ground.kernel.ids import new_id
    from srok.identity.biometrics import public as biometrics

    total = {"answered": 0, "put_off": 0, "unable": 0}
    while True:
        at = clock.instant()
        did = biometrics.work(accounts.service_context("biometrics", "moi.gdi", at=at, trace=new_id(at)))
        for name in total:
            total[name] += getattr(did, name)
        if not did.answered and not did.unable:
            return total | {"waiting": biometrics.queue_facts().waiting}


@app.command()
def pending(json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False) -> None:
    """How many messages wait for the identification system, and since when. Exit status 0 none waits, 1 some wait."""
    frame.setup_django()
    from srok.identity.biometrics import public as biometrics

    stands = biometrics.queue_facts()
    told = {
        "waiting": stands.waiting, "unable": stands.unable, "done": stands.done, "oldest_at": stands.oldest_at,
        "most_attempts": stands.most_attempts,
    }  # fmt: skip
    if json:
        frame.emit(told)
    else:
        typer.echo("\n".join(f"{name:14} {value}" for name, value in told.items()))
    raise typer.Exit(int(frame.Exit.NO if stands.waiting else frame.Exit.YES))


@app.command()
def conformance(
    device: Annotated[str, typer.Option("--device", help="simulator, or module:Class of a device.")],
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Check that a fingerprint device keeps the promise of its seam. Exit status 0 every check held, 1 one did not."""
    from srok.identity.biometrics import conformance as kit
    from srok.identity.biometrics.devices import named_device

    with frame.refusals_told(as_json=json, status=frame.Exit.UNREADABLE):
        found = named_device(device)
        if found is None:
            raise Refusal("biometrics.no_finger_device")
        checks = list(kit.check_device(found, wait=lambda said: None if json else typer.echo(f"… {said}", err=True)))
    held = all(check.held for check in checks)
    if json:
        rows = [{"name": one.name, "held": one.held, "measured": one.measured} for one in checks]
        frame.emit({"device": found.name, "serial": found.serial, "held": held, "checks": rows})
    else:
        from rich.console import Console
        from rich.table import Table

        table = Table("check", "held", "measured", title=f"{found.name} {found.serial}")
        for one in checks:
            table.add_row(one.name, "yes" if one.held else "NO", one.measured)
        Console().print(table)
    raise typer.Exit(int(frame.Exit.YES if held else frame.Exit.NO))


def _tell(ok: bool, codes: list[str]) -> None:
    frame.setup_django()
    from srok.ground.faces import wording

    typer.echo("ok" if ok else "not ok")
    for code in codes:
        typer.echo(f"- {wording.sentence(code, language='en')}\n  {wording.sentence(code, language='km')} ({code})")
