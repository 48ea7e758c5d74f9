"""`srok credentials VERB`."""

import json
from pathlib import Path

from typer.testing import CliRunner

from srok.trust.credentials.cli import app
from srok.trust.credentials.terms import Purpose


def test_keys_as_json_is_a_jwks_with_the_cose_key_set(keys: Path) -> None:
    ran = CliRunner().invoke(app, ["keys", "--json"])
    assert ran.exit_code == 0
    read = json.loads(ran.stdout)
    assert {row["kty"] for row in read["keys"]} == {"OKP"}
    assert bytes.fromhex(read["cose_key_set"])
    (sealing,) = read["sealing_keys"]
    assert (sealing["kid"], len(bytes.fromhex(sealing["public"]))) == ("parcels-2025-1", 1_216)


def test_keys_in_words(keys: Path) -> None:
    ran = CliRunner().invoke(app, ["keys"])
    assert ran.exit_code == 0 and "card-2025-1" in ran.stdout


def test_no_keys_yet(keys_folder: Path) -> None:
    ran = CliRunner().invoke(app, ["keys"])
    assert ran.exit_code == 0 and "srok credentials create" in ran.stdout


def test_create_makes_what_is_missing_and_then_nothing(keys_folder: Path, db: None) -> None:
    first = json.loads(CliRunner().invoke(app, ["create", "--json"]).stdout)
    assert {kid.partition("-")[0] for kid in first["created"]} == {*map(str, Purpose), "parcels"}
    assert json.loads(CliRunner().invoke(app, ["create", "--json"]).stdout) == {"created": []}
