"""`srok openlog receipt`, `witness ...`, `opening ...`: verbs of the desk, and of whoever is a witness for others."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from srok.ground.faces import cli as frame
from srok.ground.kernel.refusal import Refusal

if TYPE_CHECKING:
    from srok.ground.kernel.context import Context
    from srok.trust.openlog.notes import VerifierKey
    from srok.trust.openlog.policy import Policy

_desk_app = typer.Typer()
witness = typer.Typer(help="Be a witness for logs of others (c2sp.org/tlog-witness).", no_args_is_help=True)
opening = typer.Typer(help="Have an opening destroyed: one officer asks, another does it.", no_args_is_help=True)

Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
As = Annotated[str, typer.Option("--as", help="The officer who acts.")]
On = Annotated[str | None, typer.Option("--on", metavar="DATE", help="The day of the act (default: today).")]
Reference = Annotated[str, typer.Argument(metavar="REF", help="Commitment, fact, subject or case.")]
Dir = Annotated[Path, typer.Option("--dir", help="The witness's own folder.")]


def add_to(app: typer.Typer) -> None:
    """Give these verbs to the room's command."""
    app.registered_commands += _desk_app.registered_commands
    app.add_typer(witness, name="witness")
    app.add_typer(opening, name="opening")


@_desk_app.command()
def receipt(
    reference: Reference,
    out: Annotated[Path, typer.Option("--out", help="The file to write: .tlog-proof, or .srok-promise before it.")],
    slip: Annotated[Path | None, typer.Option("--slip", help="Also write the slip as a PDF here.")] = None,
    type_: Annotated[str, typer.Option("--type", help="Of a subject's entries, one such as card.issued.")] = "",
    officer: Annotated[str, typer.Option("--as", help="The officer at the desk (default: the service).")] = "",
    on: On = None,
    as_json: Json = False,
) -> None:
    """Write the receipt of an act for its holder, or the log's promise until the entry is in the log."""
    frame.setup_django()
    from srok.trust.openlog import desk
    from srok.trust.openlog.slip import slip_pdf

    with frame.refusals_told(as_json=as_json), _written():
        ctx = frame.context_as(officer, on) if officer else _service(on)
        given = desk.give_receipt(desk.GiveReceipt(reference, type_), ctx=ctx)
        out.write_bytes(given.data)
        if slip is not None:
            slip.write_bytes(slip_pdf(given))
    said = {
        "kind": "promise" if given.promise else "receipt", "log": given.log, "type": given.type,
        "commitment": given.commitment, "index": given.index, "size": given.size,
        "latest_on": given.promise.latest if given.promise else None, "file": str(out),
    }  # fmt: skip
    if as_json:
        frame.emit(said)
    elif given.promise:
        typer.echo(f"promise: in the log {given.log} at the latest on {given.promise.latest}: {out}")
    else:
        typer.echo(f"receipt: entry {given.index} of the log {given.log}: {out}")


@witness.command()
def create(
    folder: Dir,
    name: Annotated[str, typer.Option("--name", help="The witness's name, such as witness.example/w1.")],
) -> None:
    """Make a witness: its folder, name and keys. Prints its verifier keys, to be published."""
    from srok.trust.openlog import witness_files

    with frame.refusals_told(as_json=False), _written():
        made = witness_files.create(folder, name)
    typer.echo("\n".join(key.text for key in made.keys))


@witness.command("add-log")
def add_log(
    folder: Dir,
    keys: Annotated[list[str], typer.Argument(metavar="VKEY...", help="The keys of one log to witness.")],
) -> None:
    """Trust a log's keys. Its state begins empty, or stays what it is."""
    from srok.trust.openlog import notes, witness_files

    with frame.refusals_told(as_json=False), _written():
        found = witness_files.WitnessFolder(folder)
        with found.alone():
            found.add_log([notes.parse_key(key) for key in keys])
    typer.echo(notes.parse_key(keys[0]).name)


@witness.command()
def serve(
    folder: Dir,
    host: Annotated[str, typer.Option()] = "127.0.0.1",
    port: Annotated[int, typer.Option()] = 8090,
    prefix: Annotated[str, typer.Option(help="A path before every address, such as /w1.")] = "",
) -> None:
    """Answer add-checkpoint requests until interrupted. Its clock is the machine's own."""
    frame.setup_django()
    from srok.ground.faces import clock
    from srok.trust.openlog.witness_files import WitnessFolder
    from srok.trust.openlog.witness_server import Witness, WitnessServer

    with frame.refusals_told(as_json=False), _written():
        found = WitnessFolder(folder)
        with found.alone():
            answers = Witness(found, lambda: int(clock.instant().timestamp()))
            with WitnessServer((host, port), answers, prefix.rstrip("/")) as server:
                typer.echo(f"{found.name} on http://{host}:{server.server_address[1]}{prefix}, logs: {len(found.logs)}")
                server.serve_forever()


@witness.command()
def status(folder: Dir, as_json: Json = False) -> None:
    """What the witness cosigned last of each log, its keys, and how much evidence it keeps."""
    from srok.trust.openlog.witness_files import WitnessFolder

    with frame.refusals_told(as_json=as_json):
        found = WitnessFolder(folder)
        logs = [{"origin": origin, "size": found.known(origin).size, "root": found.known(origin).root.hex(),
                 "time": found.known(origin).time} for origin in found.logs]  # fmt: skip
    kept = sorted(path.name for path in folder.glob("evidence/*.txt"))
    if as_json:
        frame.emit({"name": found.name, "keys": [key.text for key in found.keys], "logs": logs, "evidence": kept})
        return
    for row in logs:
        typer.echo(f"{row['origin']}: cosigned {row['size']}")
    typer.echo(f"evidence: {len(kept)}")


@opening.command()
def ask(
    reference: Reference,
    officer: As,
    reason: Annotated[str, typer.Option(help="retention_over, court_order, withdrawn or by_mistake.")],
    on: On = None,
) -> None:
    """Ask that the opening of an entry be destroyed."""
    frame.setup_django()
    from srok.trust.openlog import openings

    with frame.refusals_told(as_json=False):
        if reason not in set(openings.DestroyReason):
            raise Refusal("openlog.unknown_reason", reason=reason[:40])
        command = openings.AskDestruction(reference, openings.DestroyReason(reason))
        typer.echo(str(openings.ask_destruction(command, ctx=frame.context_as(officer, on))))


@opening.command()
def destroy(reference: Reference, officer: As, on: On = None) -> None:
    """Destroy an opening that another officer asked to have destroyed. It cannot be undone."""
    frame.setup_django()
    from srok.trust.openlog import openings

    with frame.refusals_told(as_json=False):
        command = openings.DestroyOpening(reference)
        typer.echo(str(openings.destroy_opening(command, ctx=frame.context_as(officer, on))))


def read_policy(file: Path | None, roots: list[Path]) -> "Policy | None":
    """The policy of `--policy`, or None; one without logs trusts those of the folder's index.

    Raises `openlog.bad_policy`, `openlog.unreadable_file`.
    """
    from srok.trust.openlog import policy, verifying

    if file is None:
        return None
    found = policy.read_policy(_read(file, policy.MAX_BYTES))
    if not found.logs:
        found.logs = [policy.LogLine(key, "") for root in roots for key in verifying.keys_in_index(root)]
    return found


def keys_for(root: Path, trusted: "Policy | None") -> "tuple[VerifierKey, ...]":
    """The keys to believe about a log's folder: those of the policy where one is given, else those of its index."""
    from srok.trust.openlog import verifying

    return tuple(line.key for line in trusted.logs) if trusted is not None else verifying.keys_in_index(root)


def more_checks(
    folder: Path, roots: list[Path], trusted: "Policy | None", receipt: Path | None
) -> list[dict[str, object]]:
    """The quorum of each log where a policy is given, and the paper of `--receipt`: each with `valid` and its code.

    Raises what cannot be read at all: `openlog.bad_receipt`, `openlog.bad_note`, `openlog.unreadable_file`.
    """
    from srok.trust.openlog.proofs import MAX_BYTES

    found = [_quorum(root, trusted) for root in roots if trusted is not None]
    if receipt is not None:
        found.append(_paper(folder, _read(receipt, MAX_BYTES), trusted))
    return found


def as_members(found: list[dict[str, object]]) -> dict[str, object]:
    """The further checks as members of the verb's JSON: `policy` for each log, `receipt` where one was given."""
    paper = next((one for one in found if "kind" in one), None)
    said: dict[str, object] = {"policy": [one for one in found if "kind" not in one]}
    return said if paper is None else {**said, "receipt": paper}


def tell(found: list[dict[str, object]]) -> None:
    """The further checks, a line each."""
    for one in found:
        what = one.get("kind", one["origin"])
        state = one.get("state") or one.get("code") or f"cosigned by {len(_names(one))}"
        typer.echo(f"{what}: {'holds' if one['valid'] else 'DOES NOT HOLD'} ({state})")


def _quorum(root: Path, trusted: "Policy | None") -> dict[str, object]:
    from srok.trust.openlog import policy, verifying
    from srok.trust.openlog.folder import Folder

    assert trusted is not None
    note, checkpoint = verifying.read_checkpoint(Folder(root))
    said: dict[str, object] = {"origin": checkpoint.origin, "valid": True, "code": None, "cosigned": []}
    try:
        said["cosigned"] = sorted(policy.accept(trusted, note).cosigned)
    except Refusal as refusal:
        said |= {"valid": False, "code": refusal.code}
    return said


def _paper(folder: Path, data: bytes, trusted: "Policy | None") -> dict[str, object]:
    from srok.trust.openlog import judging

    try:
        found = judging.judge(folder, data, trusted)
    except Refusal as refusal:
        if refusal.code in ("openlog.bad_receipt", "openlog.bad_note"):
            raise
        return {"kind": "paper", "origin": None, "valid": False, "state": None, "code": refusal.code}
    return {
        "kind": found.kind, "origin": found.origin, "valid": found.valid, "state": found.state, "index": found.index,
        "size": found.size, "cosigned": list(found.cosigned),
        "latest_on": found.promise.latest if found.promise else None,
        "code": None if found.valid else "openlog.promise_broken",
    }  # fmt: skip


def _names(one: dict[str, object]) -> list[object]:
    cosigned = one.get("cosigned")
    return list(cosigned) if isinstance(cosigned, list) else []


def _read(file: Path, limit: int) -> bytes:
    try:
        with file.open("rb") as opened:
            return opened.read(limit + 1)
    except OSError as error:
        raise Refusal("openlog.unreadable_file", name=file.name) from error


@contextmanager
def _written() -> Iterator[None]:
    """A file or port that cannot be had is told in words."""
    try:
        yield
    except OSError as error:
        raise Refusal("faces.unwritable_file", name=Path(error.filename or "").name or str(error)[:80]) from error


def _service(on: str | None) -> "Context":
    from srok.ground.accounts.public import service_context
    from srok.ground.faces import clock
    from srok.ground.kernel.ids import new_id

    at = frame.day(on) if on else clock.instant()
    return replace(service_context("receipts", "moi.gdi", at=at, trace=new_id(at)), roles=frozenset())
