"""The QR of each card before MOSIP's own reader and another COSE library, and read back from the printed page."""

import base64
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import cbor2
import pytest

from tests.contracts import oracles
from tests.contracts.conftest import Demo
from tests.contracts.running import srok

pytestmark = [pytest.mark.oracle, pytest.mark.slow]
PDFTOPPM = shutil.which("pdftoppm")


def texts(demo: Demo) -> dict[str, str]:
    """The QR text of each card, by the card's number."""
    found = (one["card"] for one in demo.summary["applications"] if one["card"])
    return {card["number"]: (demo.out / card["qr"]).read_text("ascii").strip("\n") for card in found}


@oracles.needed
def test_two_other_readers_verify_every_card(demo: Demo) -> None:
    keys = srok("credentials", "keys", "--json", home=demo.home).json
    card = next(key for key in keys["keys"] if key["purpose"] == "card")
    cose = next(key for key in cbor2.loads(bytes.fromhex(keys["cose_key_set"])) if key[2] == card["kid"].encode())
    question = {
        "key": base64.urlsafe_b64decode(card["x"] + "==").hex(), "cose_key": cbor2.dumps(cose).hex(),
        "texts": list(texts(demo).values()),
    }  # fmt: skip
    answers = oracles.asked("oracle_qr.py", question)
    assert len(answers) > 15
    for (number, text), (mosip, cwt) in zip(texts(demo).items(), answers, strict=True):
        ours = srok("verification", "check", "-", "--at", "2025-06-01", "--json", home=demo.home, stdin=text).json
        claims = ours["claims"]
        assert (mosip["status"], mosip["id"], cwt["id"]) == ("verified", number, number)
        assert mosip["name"] == claims["name_km"] and mosip["expires"] == cwt["expires"]
        assert (
            claims["birth_date"].replace("-", "")
            == (mosip["birth"] or "")[: len(claims["birth_date"].replace("-", ""))]
        )
        last = datetime.fromtimestamp(cwt["expires"] - 1, UTC)
        assert last.strftime("%Y-%m-%d") == claims["expires"], "the last second of the last day, in Phnom Penh"


@pytest.mark.skipif(PDFTOPPM is None, reason="poppler's pdftoppm is not installed")
def test_the_printed_qr_is_read_back_by_another_decoder(demo: Demo, tmp_path: Path) -> None:
    pyzbar = pytest.importorskip("pyzbar.pyzbar", reason="libzbar is not installed", exc_type=ImportError)
    from PIL import Image

    assert PDFTOPPM
    for one in [one for one in demo.summary["applications"] if one["card"]][:3]:
        pages = tmp_path / one["reference"]
        pages.mkdir()
        subprocess.run(
            [PDFTOPPM, "-r", "600", "-png", str(demo.out / one["card"]["pdf"]), str(pages / "page")], check=True
        )
        assert len(list(pages.iterdir())) == 2, "a card has two sides"
        read = {code.data.decode() for page in pages.iterdir() for code in pyzbar.decode(Image.open(page))}
        assert texts(demo)[one["card"]["number"]] in read
