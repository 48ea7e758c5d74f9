"""`srok biometrics quality FILE --json`."""

import json

import pytest
from typer.testing import CliRunner

from srok.identity.biometrics.cli import app
from srok.identity.biometrics.tests.pictures import Head, blurred, coded, face, people

RUN = CliRunner()


def test_a_good_portrait_exits_0_with_the_stable_keys(tmp_path, no_engine):
    (tmp_path / "a.jpg").write_bytes(coded(face()))
    result = RUN.invoke(app, ["quality", str(tmp_path / "a.jpg"), "--json"])
    assert result.exit_code == 0
    assert json.loads(result.stdout) == {"ok": True, "problems": [], "not_checked": ["biometrics.no_face_engine"]}


def test_what_the_engine_saw_counts_for_the_answer(tmp_path, with_dlib):
    (tmp_path / "a.jpg").write_bytes(
        coded(people(Head(at=(0.28, 0.42), size=0.17), Head(1, at=(0.72, 0.42), size=0.17)))
    )
    result = RUN.invoke(app, ["quality", str(tmp_path / "a.jpg"), "--json"])
    said = json.loads(result.stdout)
    assert (result.exit_code, said["ok"], said["not_checked"]) == (1, False, [])
    assert "biometrics.several_faces" in said["problems"]


@pytest.mark.parametrize(("data", "status"), [(coded(blurred(face())), 1), (b"no picture", 2), (b"", 2)])
def test_bad_ones_say_so(tmp_path, data, status):
    (tmp_path / "a.jpg").write_bytes(data)
    result = RUN.invoke(app, ["quality", str(tmp_path / "a.jpg"), "--json"])
    assert result.exit_code == status
    assert json.loads(result.stdout)["ok"] is False


def test_a_missing_file_is_unreadable_input(tmp_path):
    result = RUN.invoke(app, ["quality", str(tmp_path / "none.jpg"), "--json"])
    assert result.exit_code == 2
    assert json.loads(result.stdout)["error"]["code"] == "faces.unreadable_file"


def test_in_words_it_speaks_both_languages(tmp_path):
    (tmp_path / "a.jpg").write_bytes(coded(face(300, 400)))
    result = RUN.invoke(app, ["quality", str(tmp_path / "a.jpg")])
    assert result.exit_code == 1
    assert "too small" in result.stdout
