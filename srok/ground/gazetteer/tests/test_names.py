"""Places by the names that people write, in both scripts."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from srok.ground.gazetteer import public
from srok.ground.gazetteer.names import _held
from srok.ground.kernel.context import Context
from srok.ground.kernel.ids import new_id

LINES = (
    "code,name_km,name_latin", "06,កំពង់ធំ,Kampong Thom", "0601,បារាយណ៍,Baray", "060101,បាក់ស្នា,Bak Sna",
    "06010101,បាក់ស្នា,Bak Sna", "06010102,ថ្មី,Thmei", "0602,កំពង់ស្វាយ,Kampong Svay", "060201,ជ័យ,Chey",
    "06020101,ថ្មី,Thmei",
)  # fmt: skip


@pytest.fixture(autouse=True)
def places(db, tmp_path: Path):
    file = tmp_path / "places.csv"
    file.write_text("\n".join(LINES), "utf-8")
    at = datetime(2025, 1, 13, 3, 0, tzinfo=UTC)
    public.forget()
    _held.size = 0
    public.import_file(file, Context("loader", "moi.gdi", frozenset(), at, date(2025, 1, 13), new_id(at)))
    yield
    public.forget()
    _held.size = 0


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("Thmei", ["06010102", "06020101"]),
        ("Thmei, Kampong Svay", ["06020101"]),
        ("ភូមិថ្មី ស្រុកបារាយណ៍", ["06010102"]),
        ("ថ្មី, ឃុំជ័យ, ខេត្តកំពង់ធំ", ["06020101"]),
        ("bak sna", ["060101", "06010101"]),
        ("Bak Sna commune", ["060101"]),
        ("ឃុំបាក់ស្នា", ["060101"]),
        ("ភូមិ បាក់ស្នា", ["06010101"]),
        ("Fresno, California", []),
        (" , ", []),
        ("", []),
    ],
)
def test_a_name_finds_its_places(typed: str, codes: list[str]):
    assert [one.code for one in public.named(typed)] == codes
