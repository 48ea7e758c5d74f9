"""`srok credentials VERB`: the published keys, for verifiers to take along."""

from typing import Annotated

import typer

from srok.ground.faces import cli as frame

app = typer.Typer(help="Keys and signatures.", no_args_is_help=True)


@app.callback()
def room() -> None:
    """Keys and signatures (rooms with few verbs still name them)."""


@app.command()
def keys(
    as_json: Annotated[bool, typer.Option("--json", help="Print a JWKS with the COSE key set.")] = False,
) -> None:
    """Print the published keys: a JWKS (RFC 7517), with the COSE_KeySet (CBOR in hexadecimal) beside it."""
    frame.setup_django()
    from srok.trust.credentials import public
    from srok.trust.credentials.terms import SEALING_SUITE

    found = public.published_keys()
    sealing = [{"kid": key.kid, "suite": SEALING_SUITE, "public": key.public.hex()} for key in public.sealing_keys()]
    if as_json:
        frame.emit({**found.jwks, "cose_key_set": found.cose_key_set.hex(), "sealing_keys": sealing})
        return
    rows = found.jwks["keys"]
    assert isinstance(rows, list)
    for row in rows:
        typer.echo(f"{row['kid']:<18}{row['purpose']:<9}{row['x']}")
    for key in sealing:
        typer.echo(f"{key['kid']:<18}{'sealing':<9}{key['suite']}")
    if not rows:
        typer.echo("No keys yet: `srok credentials create` makes them.")


@app.command()
def create(as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False) -> None:
    """Make the keys of this year that are missing. Keys on file are never overwritten."""
    frame.setup_django()
    from srok.ground.accounts.public import service_context
    from srok.ground.faces import clock
    from srok.ground.kernel.ids import new_id
    from srok.trust.credentials import public

    at = clock.instant()
    with frame.refusals_told(as_json=as_json, status=frame.Exit.INTERNAL):
        made = public.create_keys(service_context("keys", "moi.gdi", at=at, trace=new_id(at)))
    if as_json:
        frame.emit({"created": [key.kid for key in made]})
    else:
        typer.echo("\n".join(key.kid for key in made) or "Nothing was missing.")
