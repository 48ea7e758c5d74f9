"""The vendored files are the ones whose hashes and licences stand in VENDORED.md."""

import gzip
import hashlib
import re
from pathlib import Path

FACES = Path(__file__).resolve().parents[1]
VENDOR = FACES / "static" / "faces" / "vendor"


def listed() -> dict[str, str]:
    lines = re.findall(r"^([0-9a-f]{64})  (\S+)$", (FACES / "VENDORED.md").read_text("utf-8"), re.M)
    return {name: digest for digest, name in lines}


def test_every_vendored_file_is_listed_with_its_hash() -> None:
    there = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in VENDOR.iterdir()}
    assert there == listed()


def test_nothing_of_another_government_is_taken() -> None:
    css = (VENDOR / "govuk-frontend.css").read_text("utf-8")
    assert "GDS Transport" not in css and "crest" not in css and "url(" not in css


def test_each_vendored_thing_brings_its_licence() -> None:
    assert "MIT License" in (VENDOR / "govuk-frontend.LICENSE.txt").read_text("utf-8")
    assert "SIL OPEN FONT LICENSE" in (VENDOR / "noto-sans-khmer.LICENSE.txt").read_text("utf-8")


def test_the_compressed_styles_are_the_styles() -> None:
    packed = gzip.decompress((VENDOR / "govuk-frontend.css.gz").read_bytes())
    assert packed == (VENDOR / "govuk-frontend.css").read_bytes()
