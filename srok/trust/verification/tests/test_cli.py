"""`srok verification check|ask`: stable keys and exit statuses."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from srok.trust.verification.cli import app
from srok.trust.verification.models import Receipt
from srok.trust.verification.tests import cast


def run(*words: str, given: str | bytes = "") -> tuple[int, Any]:
    ran = CliRunner().invoke(app, [*words, "--json"], input=given)
    return ran.exit_code, json.loads(ran.stdout)


@pytest.mark.parametrize(
    ("at", "status", "state", "reasons"),
    [
        ("2025-05-12", 0, "valid", []), ("2025-04-06", 1, "not_active", ["verification.not_handed_over"]),
        ("2035-03-02", 0, "valid", []), ("2035-03-03", 1, "expired", ["verification.expired"]),
    ],
)  # fmt: skip
def test_check(keys: Path, handed_over: None, at: str, status: int, state: str, reasons: list[str]) -> None:
    exit_status, said = run("check", "-", "--at", at, given=cast.qr() + "\n")
    assert exit_status == status
    assert set(said) == {"valid", "state", "reasons", "claims"}
    assert (said["valid"], said["state"], said["reasons"]) == (status == 0, state, reasons)
    assert said["claims"]["name_latin"] == "SOK SOPHEA"


def test_check_of_a_file_and_of_a_picture(keys: Path, handed_over: None, tmp_path: Path) -> None:
    text, picture = tmp_path / "card.txt", tmp_path / "card.png"
    text.write_text("\ufeff" + cast.qr() + "\r\n", encoding="utf-8")
    picture.write_bytes(cast.picture_of(cast.qr()))
    assert run("check", str(text), "--at", "2025-05-12")[0] == 0
    assert run("check", str(picture), "--at", "2025-05-12")[0] == 0


def test_without_a_date_the_clock_says_the_day(keys: Path, handed_over: None) -> None:
    assert run("check", "-", given=cast.qr())[1]["state"] in {"valid", "expired"}


@pytest.mark.parametrize("given", ["", "HELLO", b"\xff\xfe\x00", "A" * 70_000, b"\x89PNG\r\n\x1a\n"])
def test_what_is_unreadable_ends_with_2(keys: Path, given: str | bytes) -> None:
    status, said = run("check", "-", given=given)
    assert status == 2
    assert said["valid"] is False and said["error"]["code"] == said["reasons"][0]
    assert said["error"]["message_km"] and said["error"]["message_en"]


def test_a_missing_file_and_a_bad_date_end_with_2(keys: Path, handed_over: None, tmp_path: Path) -> None:
    assert run("check", str(tmp_path / "none.txt"))[1]["error"]["code"] == "faces.unreadable_file"
    assert run("check", str(tmp_path))[0] == 2
    assert run("check", "-", "--at", "2025-02-30", given=cast.qr())[0] == 2


def test_a_forged_card_ends_with_1(keys: Path, handed_over: None) -> None:
    status, said = run("check", "-", given=cast.forged(keys / "own"))
    assert (status, said["state"], said["claims"]) == (1, "unknown", {})
    assert said["reasons"] == ["credentials.bad_signature"]


def test_check_in_words(keys: Path, book: None) -> None:
    ran = CliRunner().invoke(app, ["check", "-", "--at", "2025-05-12"], input=cast.qr())
    assert ran.exit_code == 1
    assert "not_active: 123456789" in ran.stdout and "មិនទាន់" in ran.stdout


@pytest.mark.parametrize(
    ("party", "purpose", "answer"),
    [("border", "entry", "enter"), ("land", "land_purchase", "yes"), ("election", "voter_registration", "yes")],
)
def test_ask(keys: Path, handed_over: None, party: str, purpose: str, answer: str) -> None:
    status, said = run("ask", "-", "--party", party, "--purpose", purpose, "--at", "2025-05-12", given=cast.qr())
    assert (status, said["answer"], said["reasons"]) == (0, answer, [])
    row = Receipt.objects.get()
    assert (row.reference, row.actor) == (said["receipt"], "service:ask")


def test_ask_as_an_officer(keys: Path, handed_over: None) -> None:
    cast.open_offices()
    words = ("ask", "-", "--party", "border", "--purpose", "exit", "--at", "2025-05-12")
    assert run(*words, "--as", "sokha", given=cast.qr())[0] == 0
    assert Receipt.objects.get().office == "moi.border"
    status, said = run(*words, "--as", "phalla", given=cast.qr())
    assert (status, said["error"]["code"]) == (1, "verification.not_your_party")


@pytest.mark.parametrize(
    ("party", "purpose", "given", "status", "code"),
    [
        ("border", "", "QR", 1, "verification.purpose_missing"),
        ("border", "land_sale", "QR", 1, "verification.purpose_not_yours"),
        ("police", "entry", "QR", 1, "verification.unknown_party"),
        ("border", "entry", "HELLO", 2, "credentials.unreadable"),
    ],
)
def test_ask_refused(keys: Path, party: str, purpose: str, given: str, status: int, code: str) -> None:
    ended, said = run("ask", "-", "--party", party, "--purpose", purpose, given=given)
    assert (ended, said["error"]["code"]) == (status, code)
    assert not Receipt.objects.exists()


def test_ask_in_words(keys: Path, book: None) -> None:
    words = ["ask", "-", "--party", "border", "--purpose", "entry", "--at", "2025-05-12"]
    ran = CliRunner().invoke(app, words, input=cast.qr())
    assert ran.exit_code == 1 and ran.stdout.startswith("refer (")
