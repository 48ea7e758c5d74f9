"""Folders as a consulate sends them, good and bad, written from the documented format alone."""

import csv
import io
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from shutil import copyfile

from PIL import Image

from tests.contracts.running import ROOT

EXAMPLE = ROOT / "examples" / "washington"
TEMPLATE = ROOT / "examples" / "template" / "applications.csv"
FACE = EXAMPLE / "02-portrait.jpg"
SCAN = EXAMPLE / "02-i94.png"
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
BASIC = {
    "lodged_on": "2025-01-15", "family_km": "សុខ", "family_latin": "SOK", "given_km": "សុភា", "sex": "F",
    "birthplace_text": "Battambang", "basis": "descent", "status": "none", "address_option": "post",
    "mother_family_latin": "KEO", "mother_given_latin": "Bopha", "papers": "i94:original:scan.png",
    "portrait": "face.jpg", "language": "en", "channel": "letter", "postal": "1 Example Street", "pickup_post": "WAS",
    "may_contact": "none", "signed_by": "signature",
}  # fmt: skip
GIVEN = ["Sophea", "Bopha", "Dara", "Chanthou", "Vuthy", "Kunthea", "Malis", "Rith", "Sokha", "Phalla"]

Row = dict[str, str]


def columns() -> list[str]:
    """The columns, as the template has them."""
    return TEMPLATE.read_text("utf-8-sig").splitlines()[0].split(",")


def check_character(text: str) -> str:
    """The check character of a reference: ISO 7064, hybrid system MOD 31,30, written apart from the program."""
    size, held = len(ALPHABET), len(ALPHABET)
    for letter in text:
        held = (held + ALPHABET.index(letter)) % size or size
        held = held * 2 % (size + 1)
    return ALPHABET[(size + 1 - held) % size]


def reference(number: int) -> str:
    """A reference with the right check character, always the same for a number."""
    draw = sha256(f"reference {number}".encode()).digest()
    body = "".join(ALPHABET[byte % len(ALPHABET)] for byte in draw[:11])
    whole = body + check_character(body)
    return f"{whole[:4]}-{whole[4:8]}-{whole[8:]}"


def person(number: int, **more: str) -> Row:
    """The row of an invented applicant; each number is another person with a reference of their own."""
    own = {
        "reference": reference(number), "given_latin": GIVEN[number % len(GIVEN)],
        "birth_date": f"{1950 + number % 40}-{1 + number % 12:02}-{1 + number % 27:02}",
    }  # fmt: skip
    return dict.fromkeys(columns(), "") | BASIC | own | more


def people(count: int) -> list[Row]:
    """That many invented applicants."""
    return [person(number) for number in range(count)]


def as_csv(rows: Iterable[Row], heads: list[str] | None = None, ends: str = "\r\n") -> str:
    """The rows as a spreadsheet saves them."""
    text = io.StringIO()
    out = csv.DictWriter(text, heads or columns(), lineterminator=ends, extrasaction="ignore")
    out.writeheader()
    out.writerows(rows)
    return text.getvalue()


def folder(path: Path, text: str | bytes) -> Path:
    """A folder with this `applications.csv`, one portrait and one scanned paper."""
    path.mkdir(parents=True, exist_ok=True)
    (path / "applications.csv").write_bytes(text.encode() if isinstance(text, str) else text)
    copyfile(FACE, path / "face.jpg")
    copyfile(SCAN, path / "scan.png")
    return path


def bomb(path: Path) -> Path:
    """A PNG of a few hundred kilobytes that unpacks to 400 megapixels."""
    Image.new("1", (20_000, 20_000)).save(path)
    return path


def large(path: Path, megabytes: int = 50) -> Path:
    """A photo of that many megabytes: a true JPEG, with nothing behind it."""
    with path.open("wb") as out:
        out.write(FACE.read_bytes())
        out.truncate(megabytes * 1024 * 1024)
    return path
