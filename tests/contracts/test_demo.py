"""`srok demo --no-serve --out DIR`: the keys and values of `summary.json` that others script by, and its files."""

import json
import re
import unicodedata
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.contracts.conftest import Demo
from tests.contracts.mrz_by_hand import faults
from tests.contracts.running import srok

pytestmark = pytest.mark.slow
OUTCOMES = {"issued", "refused", "waiting", "rejected_input"}
CARD_STATES = {"ordered", "issued", "handed_over", "suspended", "revoked", "expired", "destroyed"}
VOTER_STATES = {"entered", "refused", "not_tried"}
PERSON = {"family_km", "given_km", "family_latin", "given_latin", "birth_date"}


def test_the_keys_of_the_summary(demo: Demo) -> None:
    assert set(demo.summary) == {"applications", "counts"} and len(demo.summary["applications"]) == 28
    for one in demo.summary["applications"]:
        assert set(one) == {"reference", "row", "outcome", "reasons", "person", "card", "voter"}, one
        assert one["outcome"] in OUTCOMES and set(one["person"]) == PERSON
        assert one["card"] is None or set(one["card"]) == {"number", "pdf", "qr", "mrz", "state"}
        assert one["voter"] is None or set(one["voter"]) == {"commune", "state", "reasons"}
        assert (one["card"] is None) == (one["outcome"] != "issued"), one["row"]
        assert one["voter"] is None or one["card"], "nobody is on the voter list without a card"
    rows = [one["row"] for one in demo.summary["applications"]]
    assert rows == list(range(2, 30)), "the header is row 1"


def test_states_and_reasons_come_from_closed_lists(demo: Demo, home: Path) -> None:
    codes = {row["code"] for row in srok("codes", "--json", home=home).json}
    for one in demo.summary["applications"]:
        voter = one["voter"] or {"state": "not_tried", "reasons": []}
        assert one["card"] is None or one["card"]["state"] in CARD_STATES
        assert voter["state"] in VOTER_STATES and set(one["reasons"] + voter["reasons"]) <= codes
        assert bool(voter["reasons"]) == (voter["state"] == "refused"), one
        assert bool(one["reasons"]) == (one["outcome"] != "issued"), "an outcome against somebody has its reason"


def test_the_counts_are_those_of_the_list(demo: Demo) -> None:
    counts, found = demo.summary["counts"], demo.summary["applications"]
    outcomes = Counter(one["outcome"] for one in found)
    voters = Counter(f"voter_{one['voter']['state']}" for one in found if one["voter"])
    assert {name: number for name, number in counts.items() if number} == {
        "applications": len(found), **outcomes, **voters
    }  # fmt: skip
    assert set(outcomes) == OUTCOMES


def cards(demo: Demo) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    return [(one["card"], one["person"]) for one in demo.summary["applications"] if one["card"]]


def test_every_card_has_its_files_inside_the_folder(demo: Demo) -> None:
    for card, _ in cards(demo):
        for name in (card["pdf"], card["qr"]):
            path = demo.out / name
            assert not Path(name).is_absolute() and path.resolve().is_relative_to(demo.out.resolve())
            assert path.is_file(), name
        assert (demo.out / card["pdf"]).read_bytes().startswith(b"%PDF-")
        assert re.fullmatch(r"[0-9A-Z $%*+\-./:]+\s*", (demo.out / card["qr"]).read_text("ascii")), "base 45"


def test_the_lines_of_every_card_are_right_and_say_the_person(demo: Demo) -> None:
    numbers = [card["number"] for card, _ in cards(demo)]
    assert len(set(numbers)) == len(numbers) and all(re.fullmatch("[0-9]{9}", number) for number in numbers)
    for card, person in cards(demo):
        one, two, three = card["mrz"]
        assert faults(card["mrz"]) == [] and one[5:14] == card["number"]
        year, month, day = (*person["birth_date"].split("-"), "<<", "<<")[:3]
        assert two[:6] == year[2:] + month + day
        plain = unicodedata.normalize("NFD", f"{person['family_latin']}<<{person['given_latin']}")
        letters = re.sub("[\u0300-\u036f]", "", plain).replace(" ", "<").replace("-", "<")
        assert three.rstrip("<") == letters[:30]


def test_the_same_lines_come_from_the_verb(demo: Demo, home: Path) -> None:
    """What the card prints is what `srok cards mrz` would print of the same person."""
    given, printed = [], []
    for card, person in cards(demo):
        _, two, _ = card["mrz"]
        names = {key: person[key] for key in ("family_latin", "given_latin", "birth_date")}
        expiry = f"20{two[8:10]}-{two[10:12]}-{two[12:14]}"
        given.append({**names, "number": card["number"], "sex": two[7].replace("<", "X"), "expiry": expiry})
        printed.append(card["mrz"])
    assert srok("cards", "mrz", "--json", home=home, stdin=json.dumps(given)).json == printed


def test_a_refused_person_has_a_letter_and_a_registered_one_a_receipt(demo: Demo) -> None:
    for one in demo.summary["applications"]:
        letters = list(demo.out.rglob(f"letters/*{one['reference']}*.pdf"))
        assert bool(letters) == (one["outcome"] == "refused"), one["reference"]
        entered = bool(one["voter"]) and one["voter"]["state"] == "entered"
        assert bool(list(demo.out.rglob(f"roll/*{one['reference']}*.pdf"))) == entered, one["reference"]


def test_a_home_that_holds_something_else_is_left_alone(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / "thesis.txt").write_text("years of work")
    done = srok("demo", "--no-serve", "--out", tmp_path / "out", home=home)
    assert done.status == 2 and "faces.not_a_demo_home" in done.err and "Traceback" not in done.err
    assert (home / "thesis.txt").read_text() == "years of work" and not (tmp_path / "out").exists()


def test_a_day_that_never_was_is_unreadable(home: Path, tmp_path: Path) -> None:
    done = srok("demo", "--no-serve", "--out", tmp_path / "out", "--on", "2025-02-30", home=home)
    assert done.status == 2 and "kernel.bad_date" in done.err
