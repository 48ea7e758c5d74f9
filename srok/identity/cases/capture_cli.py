"""`srok cases capture VERB`: the second officer's acts, for scripts."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

import typer

from srok.ground.faces import cli as frame
from srok.ground.kernel.refusal import Refusal

if TYPE_CHECKING:
    from srok.ground.kernel.context import Context

app = typer.Typer(help="Captures: what one officer took waits for a second one.", no_args_is_help=True)

References = Annotated[list[str], typer.Argument(help="References of the captures.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
AsUser = Annotated[str, typer.Option("--as", envvar="SROK_OFFICER", help="User name of the officer who acts.")]
OnDay = Annotated[str, typer.Option("--on", help="The day of the act (YYYY-MM-DD); today when left out.")]


@app.callback()
def room() -> None:
    """Captures by their references."""


@app.command()
def approve(
    references: References,
    statement: Annotated[str, typer.Option(help="Why it was taken elsewhere, where it was.")] = "",
    user: AsUser = "",
    json: AsJson = False,
    on: OnDay = "",
) -> None:
    """Approve captures as the second officer: each is lodged, or sealed into the kit's next event."""
    frame.setup_django()
    from srok.identity.cases import approving
    from srok.identity.cases.capture_commands import ApproveCapture

    _each(references, lambda id_, ctx: approving.approve(ApproveCapture(id_, statement), ctx=ctx), user, json, on)


@app.command("send-back")
def send_back(
    references: References,
    reason: Annotated[list[str], typer.Option("--reason", help="cases.back_name, cases.back_papers, ...")],
    user: AsUser = "",
    json: AsJson = False,
    on: OnDay = "",
) -> None:
    """Send captures back to whoever took them, with reasons."""
    frame.setup_django()
    from srok.identity.cases import approving
    from srok.identity.cases.acting import word
    from srok.identity.cases.capture_commands import SendBackCapture
    from srok.identity.cases.capture_terms import SentBack

    with frame.refusals_told(as_json=json):
        reasons = tuple(word(SentBack, code, "reason") for code in reason)
    _each(references, lambda id_, ctx: approving.send_back(SendBackCapture(id_, reasons), ctx=ctx), user, json, on)


@app.command()
def discard(references: References, user: AsUser = "", json: AsJson = False, on: OnDay = "") -> None:
    """Give captures up; until the next day's sweep they can be taken up again."""
    frame.setup_django()
    from srok.identity.cases import approving
    from srok.identity.cases.capture_commands import DiscardCapture

    _each(references, lambda id_, ctx: approving.discard(DiscardCapture(id_), ctx=ctx), user, json, on)


def _each(references: list[str], act: Callable[[UUID, "Context"], Any], user: str, json: bool, on: str) -> None:
    """Do one act to each capture, each in its own transaction; the first refusal ends the verb with its words."""
    from srok.ground.kernel.ids import new_id, read_reference
    from srok.identity.cases import capture_reads, capture_telling

    done = []
    with frame.refusals_told(as_json=json):
        if not user:
            raise Refusal("cases.unknown_officer")
        for reference in references:
            ctx = frame.context_as(user, on or None)
            capture = capture_reads.named(read_reference(reference), ctx)
            act(capture.id, ctx.for_command(new_id(ctx.at)))
            done.append(capture_telling.plain(capture_reads.capture(capture.id, ctx)))
    frame.emit({"captures": done}) if json else capture_telling.say(done)
