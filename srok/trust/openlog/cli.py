"""`srok openlog VERB`: publish the logs, keep them published, check a published log, add made-up entries."""

import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from srok.ground.faces import cli as frame
from srok.ground.kernel.refusal import Refusal
from srok.trust.openlog import cli_check, cli_desk

if TYPE_CHECKING:
    from srok.ground.kernel.context import Context
    from srok.trust.openlog.terms import Checked, Published

app = typer.Typer(help="The public logs: publish them, and check them.", no_args_is_help=True)
cli_check.add_to(app)

Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Out = Annotated[Path, typer.Option("--out", help="The folder of both logs.")]
BATCH = 20_000
# What is wrong inside: another publisher, a full disk, a lost key. Everything else is a plain no.
_INSIDE = frozenset({"openlog.busy", "openlog.disk_full", "openlog.key_lost", "openlog.damaged"})


@app.command()
def publish(
    out: Out,
    repair: Annotated[bool, typer.Option("--repair", help="Compare every tile with the database.")] = False,
    as_json: Json = False,
) -> None:
    """Sequence what is due, write the tiles, sign and publish both checkpoints. Safe to stop and to run again."""
    frame.setup_django()
    from django.conf import settings

    from srok.trust.openlog import cosigning, public
    from srok.trust.openlog.folder import Folder

    with _told(as_json=as_json):
        ctx = _context()
        # Witnesses get their proofs from the tiles that are published here.
        settings.SROK_OPENLOG = out
        while (done := public.sequence(ctx)).sequenced:
            pass
        found = public.publish_all(Folder(out), ctx, cosign=cosigning.cosigner(ctx), repair=repair)
    if as_json:
        frame.emit({"logs": [_published(one) for one in found], "held": done.held})
        return
    for one in found:
        typer.echo(f"{one.log}: {one.size} entries, {one.files} files written{', signed' if one.signed else ''}")
        if one.clock_behind:
            typer.echo("The clock is behind the last signature; its time was stated again.", err=True)


@app.command()
def serve(
    out: Annotated[
        Path | None, typer.Option("--out", help="The folder of both logs (default: the home's own).")
    ] = None,
    every: Annotated[float, typer.Option(help="Seconds between rounds.")] = 1.0,
    rounds: Annotated[int, typer.Option(help="Stop after so many rounds; 0 never stops.")] = 0,
) -> None:
    """Keep the logs published: a round a second, a new checkpoint when something changed or the last grew old."""
    import time

    frame.setup_django()
    from django.conf import settings

    from srok.ground.journal import public as journal
    from srok.trust.openlog import public

    if out is not None:
        settings.SROK_OPENLOG = out
    count = 0
    while True:
        try:
            journal.drain()
            if moved := public.work(_context()):
                typer.echo(f"{moved} entries sequenced")
        except Refusal as refusal:
            frame_says(refusal)
        count += 1
        if count == rounds:
            return
        time.sleep(every)


@app.command()
def adopt(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The published folder of both logs.")],
    as_json: Json = False,
) -> None:
    """After a restore of an older database: take back from the published folder what the database lacks."""
    frame.setup_django()
    from srok.trust.openlog import public, rows
    from srok.trust.openlog.folder import Folder

    rows.be_durable()
    with _told(as_json=as_json):
        ctx = _context()
        found = {str(log): public.adopt(log, Folder(folder / log), ctx) for log in public.Log}
    if as_json:
        frame.emit({"adopted": found})
    else:
        typer.echo("\n".join(f"{log}: {count} entries taken back" for log, count in found.items()))


@app.command()
def append(
    log: Annotated[str, typer.Argument(help="register or election.")],
    file: Annotated[Path, typer.Argument(metavar="FILE.jsonl|-", help="One entry a line; - for standard input.")],
    as_json: Json = False,
) -> None:
    """Add made-up entries to a log of a trial, in batches, each durable before the next. Refused in production."""
    frame.setup_django()
    from srok.trust.openlog import public, synthetic

    size = 0
    with _told(as_json=as_json), _Lines(file) as lines:
        synthetic.check_allowed()
        named = public.log_named(log)
        added = 0
        while batch := list(islice(lines, BATCH)):
            size = synthetic.append_lines(named, batch, first=added + 1)
            added += len(batch)
    if as_json:
        frame.emit({"log": log, "added": added, "size": size})
    else:
        typer.echo(f"{log}: {added} entries added")


@app.command()
def verify(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder of one published log, or of several.")],
    key: Annotated[
        list[str] | None, typer.Option("--key", help="A key to believe (default: those of index.json).")
    ] = None,
    receipt: Annotated[
        Path | None, typer.Option("--receipt", help="A receipt, a promise or a slip's text to judge as well.")
    ] = None,
    policy: Annotated[
        Path | None, typer.Option("--policy", help="The policy to go by (default: the published one).")
    ] = None,
    as_json: Json = False,
) -> None:
    """Check a published log: signatures, every tile, every entry, the root. Exit 0 holds, 1 does not, 2 unreadable."""
    from srok.trust.openlog import notes, verifying

    with _told(as_json=as_json, status=frame.Exit.UNREADABLE):
        roots = verifying.log_folders(folder)
        given = [notes.parse_key(text) for text in key or []]
        bar = None if as_json or not sys.stderr.isatty() else _bar
        trusted = cli_desk.read_policy(policy, roots)
        found = [verifying.verify_log(root, given or cli_desk.keys_for(root, trusted), progress=bar) for root in roots]
        more = cli_desk.more_checks(folder, roots, trusted, receipt)
    valid = all(one.valid for one in found) and all(one["valid"] for one in more)
    if as_json:
        frame.emit({"valid": valid, "logs": [_checked(one) for one in found], **cli_desk.as_members(more)})
    else:
        for one in found:
            _tell(one)
        cli_desk.tell(more)
    raise typer.Exit(int(frame.Exit.YES if valid else frame.Exit.NO))


@app.command()
def status(as_json: Json = False) -> None:
    """Where both logs stand: entries, the last signed size, and what is held back for its batch."""
    frame.setup_django()
    from srok.trust.openlog import public

    rows = []
    for log in public.Log:
        head, held = public.head(log), public.held(log)
        rows.append({"log": log, "size": head.size, "root": head.root.hex(), "signed_size": head.signed_size,
                     "signed_at": head.signed_at, "held": held})  # fmt: skip
    if as_json:
        frame.emit({"logs": rows})
        return
    for row in rows:
        typer.echo(f"{row['log']}: {row['size']} entries, signed {row['signed_size']}, held {row['held'] or 0}")


def frame_says(refusal: Refusal) -> None:
    """Say on standard error why a round of the daemon did nothing; the next one tries again."""
    said = frame.error_json(refusal)["error"]
    assert isinstance(said, dict)
    typer.echo(f"{said['message_en']}\n{said['message_km']}\n({said['code']})", err=True)


def _told(*, as_json: bool, status: frame.Exit = frame.Exit.NO) -> "_Told":
    return _Told(as_json, status)


class _Told:
    """Ends a verb on a refusal: with 3 where something is wrong inside, else with the given status."""

    def __init__(self, as_json: bool, status: frame.Exit) -> None:
        self.as_json, self.status = as_json, status

    def __enter__(self) -> None:
        """Nothing to prepare."""

    def __exit__(self, kind: object, problem: object, trace: object) -> None:
        """Tell a refusal in words and end the verb."""
        if isinstance(problem, Refusal):
            status = frame.Exit.INTERNAL if problem.code in _INSIDE else self.status
            frame.fail(problem, as_json=self.as_json, status=status)


def _context() -> "Context":
    from srok.ground.accounts.public import service_context
    from srok.ground.faces import clock
    from srok.ground.kernel.ids import new_id

    at = clock.instant()
    return service_context("openlog", "moi.gdi", at=at, trace=new_id(at))


class _Lines:
    """The lines of a file or of standard input, without their ends; raises `openlog.unreadable_file`."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def __enter__(self) -> Iterator[bytes]:
        """Open it."""
        try:
            self.opened = sys.stdin.buffer if str(self.file) == "-" else self.file.open("rb")
        except OSError as error:
            raise Refusal("openlog.unreadable_file", name=self.file.name) from error
        return (line.rstrip(b"\r\n") for line in self.opened if line.strip())

    def __exit__(self, *problem: object) -> None:
        """Close it."""
        self.opened.close()


def _published(one: "Published") -> dict[str, object]:
    return {"log": one.log, "size": one.size, "signed": one.signed, "files": one.files, "repaired": one.repaired,
            "tidied": one.tidied, "clock_behind": one.clock_behind}  # fmt: skip


def _checked(one: "Checked") -> dict[str, object]:
    return {
        "origin": one.origin, "valid": one.valid, "size": one.size, "root": one.root.hex(),
        "signed_by": list(one.signed_by),
        "problems": [{"code": problem.code, "where": problem.where} for problem in one.problems],
    }  # fmt: skip


def _tell(one: "Checked") -> None:
    typer.echo(f"{one.origin or '?'}: {one.size} entries, {'holds' if one.valid else 'DOES NOT HOLD'}")
    for signer in one.signed_by:
        typer.echo(f"  signed by {signer}")
    for problem in one.problems:
        typer.echo(f"  {problem.code} {problem.where}")


def _bar(done: int, size: int) -> None:
    sys.stderr.write(f"\r{done * 100 // size:3d} % of {size} entries" + ("\n" if done == size else ""))
    sys.stderr.flush()


cli_desk.add_to(app)
