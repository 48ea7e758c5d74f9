"""`srok biometrics VERB`: the quality of a picture, without a database."""

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


def _tell(ok: bool, codes: list[str]) -> None:
    frame.setup_django()
    from srok.ground.faces import wording

    typer.echo("ok" if ok else "not ok")
    for code in codes:
        typer.echo(f"- {wording.sentence(code, language='en')}\n  {wording.sentence(code, language='km')} ({code})")
