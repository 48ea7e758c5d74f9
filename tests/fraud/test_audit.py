"""`srok_audit.py` on folders: what it checked, what it could not and why, what it found, in both languages."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import srok_audit
from srok.ground.journal.terms import LEAF_TYPES
from tests.fraud import folder
from tests.fraud.conftest import Published, publish
from tests.fraud.folder import REGISTER, Log

pytestmark = pytest.mark.slow

PROGRAM = Path(srok_audit.__file__)


def audit(*words: object) -> tuple[int, dict]:
    done = subprocess.run([sys.executable, str(PROGRAM), *map(str, words), "--json"], capture_output=True, text=True,
                          check=False)  # fmt: skip
    assert not done.stderr, done.stderr
    return done.returncode, json.loads(done.stdout)


def test_a_clean_year_is_clean(published: Published):
    status, told = audit(published.top, "--old", published.old, "--receipt", published.receipt)
    assert status == 0 and told["findings"] == []
    checked = {one["rule"] for one in told["checked"]}
    assert checked >= set(srok_audit.RULES) - {"A4", "R8"}
    assert {one["rule"] for one in told["not_checked"]} >= set(srok_audit.HIDDEN)
    assert all(one["why_en"] and one["why_km"] for one in told["not_checked"])


def test_every_word_is_there_in_both_languages():
    for words in (srok_audit.RULES, srok_audit.HIDDEN, srok_audit.SAYS, srok_audit.ALARMS):
        for name, (english, khmer) in words.items():
            assert english and any("\u1780" <= letter <= "\u17ff" for letter in khmer), name
    assert {code.partition(".")[0] for code in srok_audit.SAYS} <= set(srok_audit.RULES)


def test_the_types_are_those_of_the_log():
    for log in ("register", "election"):
        assert srok_audit.TYPES[log] == {name for name, kind in LEAF_TYPES.items() if log in kind.logs}
    for name, kind in LEAF_TYPES.items():
        if kind.about.value == "nation":
            assert name in srok_audit.NATIONAL
        else:
            assert srok_audit.MEMBERS.get(name, set()) == set(kind.members), name


def test_a_second_view_and_a_larger_one_are_found(published: Published, tmp_path: Path):
    other = Log(REGISTER, [*published.register.entries[:-1], b'{"n":1}'])
    view, larger = tmp_path / "view", tmp_path / "larger"
    view.write_bytes(other.note(signers=folder.log_keys(REGISTER)))
    larger.write_bytes(Log(REGISTER, [*published.register.entries, b'{"n":1}']).note())
    status, told = audit(published.top, "--old", view, larger)
    assert status == 1 and {one["code"] for one in told["findings"]} == {"L1.split", "L1.shrunk"}


def test_too_few_witnesses_a_torn_tile_and_a_bad_partial_are_found(tmp_path: Path):
    made = publish(tmp_path / "p", "torn")
    (made.top / "register" / "checkpoint").write_bytes(
        made.register.note(signers=[*folder.log_keys(REGISTER), folder.WITNESSES[0]])
    )
    assert {one["code"] for one in audit(made.top)[1]["findings"]} == {"L6.no_quorum"}
    stale = made.top / "register" / "tile" / "0" / "000.p" / "9"
    stale.parent.mkdir()
    stale.write_bytes(bytes(9 * 32))
    assert {one["code"] for one in audit(made.top)[1]["findings"]} == {"L6.no_quorum", "L3.partial"}
    (made.top / "register" / "tile" / "0" / "000").unlink()
    assert "L3.broken" in {one["code"] for one in audit(made.top)[1]["findings"]}


def test_posted_files_by_content(tmp_path: Path):
    made = publish(tmp_path / "p", "posted")
    for path in (made.top / "posted").iterdir():
        path.write_bytes(path.read_bytes() + b" ")
    status, told = audit(made.top)
    assert status == 0 and {"R12", "P9"} <= {one["rule"] for one in told["not_checked"]}


def test_a_superseded_receipt_is_a_remark_and_a_forged_one_a_finding(published: Published, tmp_path: Path):
    forged = tmp_path / "x.tlog-proof"
    forged.write_bytes(published.receipt.read_bytes().replace(b"index ", b"index 1"))
    status, told = audit(published.top, "--receipt", forged)
    assert status == 1 and told["findings"][0]["code"] == "R15.receipt"


def test_nothing_to_read_is_told(tmp_path: Path):
    status, told = audit(tmp_path)
    assert (status, told["code"]) == (2, "verify.unreadable_file")
    folder.write_index(tmp_path)
    shutil.copy(PROGRAM, tmp_path / "checkpoint")
    assert audit(tmp_path)[0] == 1


def test_it_speaks_to_people(published: Published):
    done = subprocess.run(
        [sys.executable, str(PROGRAM), str(published.top)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0 and "Checked / បានពិនិត្យ" in done.stdout and "Could not check" in done.stdout


def test_entries_of_every_evil_form_never_stop_it():
    evil = [b"", b"null", b"[]", b'"x"', b"{}", b'{"t":1}', b'{"t":"row.add"}', b"\xff", b'{"t":"batch","at":"x"}',
            b'{"a":1e5}', b"[" * 9000, b'{"at":"2025-13-45","by":[],"case":"","t":"row.add","v":1}'] + [
        folder.canonical({"v": 1, "t": name, "at": "2025-05-05T00:00Z", "case": "ab" * 16, "by": []})
        for types in srok_audit.TYPES.values() for name in types
    ] + [
        folder.canonical({"v": 1, "t": name, "at": "2025-05-05", "case": "ab" * 16, "by": [], "c": "cd" * 32,
                          "commune": 7, "prev": 10**30, "reason": [], "evid": "ef" * 32, "notice": {}})
        for types in srok_audit.TYPES.values() for name in types
    ]  # fmt: skip
    made = srok_audit.Audit()
    for log in ("register", "election", "other"):
        for index, raw in enumerate(evil):
            made.feed(log, index, raw)
    made.finish()
    assert made.findings and made.report()["ok"] is False


def test_what_communes_held_back_makes_nothing_late_but_an_old_card_is():
    def entry(kind: str, on: str, **more: object) -> bytes:
        return folder.canonical(
            {"v": 1, "t": kind, "at": on, "case": "ab" * 16, "by": ["cd" * 8], "c": "ef" * 32, **more}
        )

    made = srok_audit.Audit()
    rows = [entry("row.add", "2025-05-26", commune="120101"), entry("card.ordered", "2025-04-07")]
    for index, raw in enumerate([*rows, entry("card.ordered", "2025-04-20"), entry("card.issued", "2025-04-12")]):
        made.feed("register", index, raw)
    assert [(one.code, one.index) for one in made.findings if one.code == "L9.late"] == [("L9.late", 3)]
