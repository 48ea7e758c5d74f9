"""The MRZ before PyPI `mrz`, which has its own idea of Doc 9303: accepted wherever it takes the input at all."""

import json
from hashlib import sha256
from pathlib import Path

import pytest

from tests.contracts import oracles
from tests.contracts.running import srok

pytestmark = [pytest.mark.oracle, oracles.needed]
FAMILIES = ["SOK", "Chan", "NGUON", "Tremblay-Gagnon", "Éam", "O'Connor", "VAN DER MUELLEN", "Lœuk"]
GIVEN = ["SOPHEA", "Sovannarith Reaksmey", "Anne-Sophéa", "Dara", "Marie Claire"]


def card(number: int) -> dict[str, str]:
    """An invented card, always the same for a number."""
    draw = sha256(str(number).encode()).digest()
    return {
        "number": f"9{int.from_bytes(draw[:6]) % 10**8:08}", "family_latin": FAMILIES[draw[6] % len(FAMILIES)],
        "given_latin": GIVEN[draw[7] % len(GIVEN)], "sex": "FMX"[draw[8] % 3],
        "birth_date": f"{1930 + draw[9] % 80}-{1 + draw[10] % 12:02}-{1 + draw[11] % 28:02}",
        "expiry": f"{2026 + draw[12] % 10}-{1 + draw[13] % 12:02}-{1 + draw[14] % 28:02}",
    }  # fmt: skip


def test_two_hundred_cards_are_accepted(home: Path) -> None:
    cards = [card(number) for number in range(200)]
    done = srok("cards", "mrz", "--json", home=home, stdin=json.dumps(cards))
    assert done.status == 0, done.out
    refused = [
        (given, lines)
        for given, lines, answer in zip(cards, done.json, oracles.asked("oracle_mrz.py", done.json), strict=True)
        if not answer["accepted"]
    ]
    assert refused == []


def test_the_oracle_refuses_a_wrong_digit(home: Path) -> None:
    done = srok("cards", "mrz", "--json", home=home, stdin=json.dumps([card(1)]))
    (lines,) = done.json
    digit = str((int(lines[0][14]) + 1) % 10)
    wrong = [lines[0][:14] + digit + lines[0][15:], *lines[1:]]
    assert [answer["accepted"] for answer in oracles.asked("oracle_mrz.py", [lines, wrong])] == [True, False]
