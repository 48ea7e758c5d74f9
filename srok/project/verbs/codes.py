"""`srok codes --json`: every code that the program can answer with, and its sentence in both languages."""

from typing import Annotated

import typer

app = typer.Typer()


@app.command()
def codes(as_json: Annotated[bool, typer.Option("--json")] = False) -> None:
    """List every code with its Khmer and English sentence (facts in braces)."""
    from srok.ground.faces import cli

    cli.setup_django()
    from django.utils.translation import override

    from srok.ground.faces.wording import sentences

    listed = []
    for code, text in sorted(sentences().items()):
        with override("km"):
            km = str(text)
        with override("en"):
            listed.append({"code": code, "km": km, "en": str(text)})
    if as_json:
        cli.emit(listed)
        return
    for row in listed:
        typer.echo(f"{row['code']}\n  {row['km']}\n  {row['en']}")
