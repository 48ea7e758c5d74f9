"""`srok matching`: search the list for a person, build the index anew."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from srok.ground.faces.cli import Exit, context_as, emit, refusals_told, setup_django
from srok.ground.kernel.refusal import Refusal

if TYPE_CHECKING:
    from srok.ground.kernel.context import Context
    from srok.identity.matching.terms import MatchReport

app = typer.Typer(help="Who on the list could this be? Proposes and explains; never decides.", no_args_is_help=True)

Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Language = Annotated[str, typer.Option("--lang", help="Reasons in words: km or en.")]


@app.command()
def search(
    as_json: Json = False,
    lang: Language = "en",
    as_: Annotated[str, typer.Option("--as", help="The officer who searches; without one, the program itself.")] = "",
) -> None:
    """Search for the person described in JSON on standard input (docs/formats/matching.md).

    Exit status 0 when anybody is proposed, 1 when nobody is, 2 when the question cannot be read.
    """
    setup_django()
    from srok.identity.matching import public
    from srok.identity.matching.asking import read_asked, report_json

    with refusals_told(as_json=as_json, status=Exit.UNREADABLE):
        try:
            value = json.load(sys.stdin)
        except ValueError as problem:
            raise Refusal("matching.unreadable", what="JSON") from problem
        report = public.search(read_asked(value), _context(as_))
    emit(report_json(report)) if as_json else _tell(report, lang)
    if not report.candidates:
        raise SystemExit(int(Exit.NO))


@app.command()
def index(as_json: Json = False) -> None:
    """Build the index anew from the register."""
    setup_django()
    from srok.identity.matching import public

    people = public.index_now()
    emit({"people": people}) if as_json else typer.echo(f"people in the index: {people}")


def _tell(report: MatchReport, lang: str) -> None:
    from srok.ground.faces.public import wording
    from srok.identity.register import public as register

    def said(code: str, one_in: int = 0) -> str:
        return wording.sentence(code, {"one_in": one_in}, lang)

    typer.echo(f"searched {report.searched} people, weights {report.weights}, report {report.report_id}")
    for one in report.candidates:
        known = register.person(one.subject)
        hint = said(f"matching.hint_{one.hint}")
        typer.echo(f"\n{one.register_no}  {known.name.khmer}  {known.name.latin}  {one.score:.3f}  {hint}")
        for reason in one.reasons:
            label, words = said(f"matching.field_{reason.field}"), said(reason.code, reason.one_in)
            typer.echo(f"  {reason.bits:+6.1f}  {label}: {words}")
    if not report.candidates:
        typer.echo(said("matching.not_found_is_not_unlisted"))


def _context(officer: str) -> Context:
    if officer:
        return context_as(officer)
    from srok.ground.accounts.public import service_context
    from srok.ground.faces import clock
    from srok.ground.kernel.ids import new_id

    at = clock.instant()
    return service_context("matching", "moi.gdi", at=at, trace=new_id(at))
