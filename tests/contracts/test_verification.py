"""`srok verification check FILE|- [--at DATE] --json`: every state it can answer, and everything it cannot read."""

import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.contracts.conftest import Demo
from tests.contracts.running import Done, check_error, cold, srok, told

KEYS = {"valid", "state", "reasons", "claims"}
CLAIMS = {"number", "name_km", "name_latin", "birth_date", "sex", "expires", "kid"}
HANDED_OVER, NOT_COLLECTED = 2, 8  # rows of the example folder


def check(home: Path, *words: object, stdin: str = "", status: int) -> dict[str, Any]:
    done: Done = srok("verification", "check", *words, "--json", home=home, stdin=stdin)
    assert done.status == status, done.out + done.err
    found: dict[str, Any] = done.json
    assert set(found) == KEYS | ({"error"} if status == 2 else set())
    assert found["valid"] is (status == 0)
    if status == 2:
        check_error(found["error"])
        assert found["reasons"] == [found["error"]["code"]] and found["state"] == "unknown" and found["claims"] == {}
    return found


UNREADABLE = {
    "nothing": b"",
    "a word": b"SOK SOPHEA",
    "bytes": bytes(range(256)),
    "base 45 of nothing": b"6BF-0",
    "a long text": b"A" * 200_000,
    "a picture without a QR": None,
    "zeros": b"\0" * 4096,
}


@pytest.mark.parametrize("what", UNREADABLE)
def test_what_is_no_qr_is_unreadable(what: str, house: Path, tmp_path: Path) -> None:
    content = UNREADABLE[what]
    path = tmp_path / "qr.txt"
    if content is None:
        from tests.contracts.folders import FACE

        content = FACE.read_bytes()
    path.write_bytes(content)
    check(house, path, status=2)


@pytest.mark.slow
def test_no_file_a_folder_and_an_empty_input_are_unreadable(house: Path, tmp_path: Path) -> None:
    assert check(house, tmp_path / "none.txt", status=2)["reasons"] == ["faces.unreadable_file"]
    assert check(house, tmp_path, status=2)["reasons"] == ["faces.unreadable_file"]
    check(house, "-", status=2)
    os.mkfifo(tmp_path / "pipe")
    assert srok("verification", "check", home=house).status == 2


def qr(demo: Demo, row: int) -> Path:
    path: Path = demo.out / demo.application(row)["card"]["qr"]
    return path


@pytest.mark.slow
def test_a_card_in_its_holders_hand_is_valid(demo: Demo) -> None:
    one = demo.application(HANDED_OVER)
    done = cold("verification", "check", qr(demo, HANDED_OVER), "--json", home=demo.home)
    told(f"\nsrok verification check: {done.seconds:.2f} s")
    found = check(demo.home, qr(demo, HANDED_OVER), status=0)
    assert found == done.json
    assert (found["state"], found["reasons"]) == ("valid", []) and set(found["claims"]) >= CLAIMS
    person, claims = one["person"], found["claims"]
    assert claims["number"] == one["card"]["number"] and claims["birth_date"] == person["birth_date"]
    assert claims["name_latin"] == f"{person['family_latin']} {person['given_latin']}"
    assert claims["name_km"].replace(" ", "") == person["family_km"] + person["given_km"]
    text = qr(demo, HANDED_OVER).read_text()
    assert check(demo.home, "-", stdin=text, status=0) == found
    assert check(demo.home, "-", stdin="\ufeff" + text.strip() + "\r\n\r\n", status=0) == found


@pytest.mark.slow
def test_a_card_that_nobody_has_collected_is_not_active(demo: Demo) -> None:
    found = check(demo.home, qr(demo, NOT_COLLECTED), status=1)
    assert found["state"] == "not_active" and found["reasons"] and set(found["claims"]) >= CLAIMS


@pytest.mark.slow
def test_a_card_is_good_to_its_last_day_and_not_before_its_first(demo: Demo) -> None:
    path = qr(demo, HANDED_OVER)
    last = check(demo.home, path, status=0)["claims"]["expires"]
    assert check(demo.home, path, "--at", last, status=0)["state"] == "valid"
    assert check(demo.home, path, "--at", f"{int(last[:4]) + 1}{last[4:]}", status=1)["state"] == "expired"
    assert check(demo.home, path, "--at", "2010-01-01", status=1)["state"] in {"not_active", "unknown"}
    assert check(demo.home, path, "--at", "2025-02-30", status=2)["reasons"] == ["kernel.bad_date"]
    assert check(demo.home, path, "--at", "2025", status=2)["reasons"] == ["kernel.bad_date"]


@pytest.mark.slow
def test_a_revoked_card_is_revoked_from_that_day(demo: Demo, tmp_path: Path) -> None:
    house = Path(shutil.copytree(demo.home, tmp_path / "house"))
    number, path = demo.application(HANDED_OVER)["card"]["number"], qr(demo, HANDED_OVER)
    act = ("cards", "revoke", number, "--as", "dara", "--reason", "cards.lost", "--on", "2025-06-01", "--json")
    assert srok(*act, home=house).json["state"] == "revoked"
    assert check(house, path, "--at", "2025-05-31", status=0)["state"] == "valid"
    found = check(house, path, "--at", "2025-06-02", status=1)
    assert found["state"] == "revoked" and found["reasons"]
    assert check(demo.home, path, status=0)["state"] == "valid"


@pytest.mark.slow
def test_another_house_knows_neither_the_key_nor_the_card(demo: Demo, prepared: Path, tmp_path: Path) -> None:
    """A card signed by somebody else; and a card signed by us of which the answer book says nothing."""
    path = qr(demo, HANDED_OVER)
    found = check(prepared, path, status=1)
    assert found["state"] == "unknown" and found["reasons"] and found["claims"] == {}
    house = Path(shutil.copytree(demo.home, tmp_path / "house"))
    shutil.copyfile(prepared / "srok.sqlite3", house / "srok.sqlite3")
    for name in ("srok.sqlite3-wal", "srok.sqlite3-shm"):
        (house / name).unlink(missing_ok=True)
    assert check(house, path, status=1)["state"] == "unknown"


@pytest.mark.slow
def test_no_changed_character_passes(demo: Demo) -> None:
    text = qr(demo, HANDED_OVER).read_text().strip()
    for place in range(0, len(text), len(text) // 12):
        changed = text[:place] + ("A" if text[place] != "A" else "B") + text[place + 1 :]
        done = srok("verification", "check", "-", "--json", home=demo.home, stdin=changed)
        assert done.status in (1, 2) and done.json["valid"] is False, place
    for cut in (text[:-3], text[3:], text + text):
        assert srok("verification", "check", "-", "--json", home=demo.home, stdin=cut).json["valid"] is False


@pytest.mark.slow
def test_the_parties_answers_have_receipts(demo: Demo, tmp_path: Path) -> None:
    path, house = qr(demo, HANDED_OVER), Path(shutil.copytree(demo.home, tmp_path / "house"))
    for party, purpose in (("border", "entry"), ("land", "land_purchase"), ("election", "voter_registration")):
        words = ("verification", "ask", path, "--party", party, "--purpose", purpose, "--at", "2025-05-12", "--json")
        done = srok(*words, home=house)
        assert done.status == 0 and done.json["receipt"], done.out
    done = srok("verification", "ask", path, "--party", "police", "--purpose", "search", "--json", home=house)
    assert done.error(1)["code"].startswith("verification.")
