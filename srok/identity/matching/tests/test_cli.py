"""The command line of the matching."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from srok.identity.matching.cli import app
from srok.identity.register import public as register
from srok.identity.register.tests.lists import FAMILY, context, write_list

pytestmark = pytest.mark.django_db


@pytest.fixture
def family(tmp_path: Path) -> None:
    register.import_file(write_list(tmp_path / "list.csv", FAMILY), context())


def run(*words: str, asked: object = None) -> tuple[int, str]:
    result = CliRunner().invoke(app, list(words), input=json.dumps(asked))
    return result.exit_code, result.stdout


@pytest.mark.usefixtures("family")
def test_a_search_answers_in_json_and_in_words() -> None:
    assert json.loads(run("index", "--json")[1]) == {"people": 4}
    asked = {"family_latin": "Sophea", "given_latin": "Sok", "birth_date": "1982-01-01", "mother": FAMILY_MOTHER}
    status, out = run("search", "--json", asked=asked)
    report = json.loads(out)
    assert (status, report["searched"], report["candidates"][0]["register_no"]) == (0, 4, "0100000003")
    status, words = run("search", "--lang", "km", asked=asked)
    assert status == 0
    assert "សុខ សុភា" in words and "នាម: ដូចគ្នាជាអក្សរឡាតាំង" in words


@pytest.mark.usefixtures("family")
def test_nobody_is_1_and_nonsense_is_2() -> None:
    run("index")
    status, out = run("search", "--lang", "en", asked={"family_latin": "NGUYEN", "given_latin": "HOA"})
    assert status == 1
    assert "does not mean not listed" in out
    for asked in ([1], {"surname": "SOK"}, {"family_km": "SOK"}, {"birth_date": "x"}, {}):
        status, out = run("search", "--json", asked=asked)
        assert status == 2
        assert "error" in json.loads(out)


FAMILY_MOTHER = {"family_latin": "CHEA", "given_latin": "BOPHA"}
