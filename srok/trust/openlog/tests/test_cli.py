"""The verbs: append, publish, verify, status, serve, each in a process of its own as a person would run it."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.test.utils import override_settings

from srok.ground.kernel.refusal import Refusal
from srok.trust.openlog import public as openlog
from srok.trust.openlog import synthetic
from srok.trust.openlog.entries import write_entry
from srok.trust.openlog.terms import Log
from srok.trust.openlog.tests.acts import context

ROOT = Path(__file__).resolve().parents[4]


def entry(n: int) -> bytes:
    return write_entry(
        {"v": 1, "t": "card.issued", "at": "2025-05-12", "case": f"{n:032x}", "by": ["0" * 16], "c": f"{n:064x}"}
    )


def srok(home: Path, *words: str, said: bytes = b"") -> tuple[int, str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("SROK_", "DJANGO_", "PG"))}
    done = subprocess.run(
        [sys.executable, "-m", "srok", "openlog", *words], cwd=ROOT, env={**clean, "SROK_HOME": str(home)}, input=said,
        capture_output=True, timeout=120, check=False,
    )  # fmt: skip
    return done.returncode, done.stdout.decode()


@pytest.mark.slow
def test_from_lines_to_a_checked_folder(tmp_path: Path) -> None:
    home, out = tmp_path / "home", tmp_path / "out"
    lines = [entry(n) for n in range(300)]
    loose = json.dumps({**json.loads(entry(300)), "at": "2025-05-13"}).encode()
    (tmp_path / "e.jsonl").write_bytes(b"\n".join([*lines, loose, b""]))
    assert srok(home, "append", "register", str(tmp_path / "e.jsonl")) == (0, "register: 301 entries added\n")
    status, told = srok(home, "publish", "--out", str(out), "--json")
    assert status == 0 and {one["log"]: one["size"] for one in json.loads(told)["logs"]} == {
        "register": 301, "election": 0,
    }  # fmt: skip
    status, told = srok(home, "verify", str(out), "--json")
    found: dict[str, Any] = json.loads(told)
    assert status == 0 and found["valid"] and [one["size"] for one in found["logs"]] == [0, 301]
    assert srok(home, "verify", str(out / "register"))[0] == 0
    (out / "register/tile/0/000").write_bytes(b"x" * 8_192)
    assert srok(home, "verify", str(out))[0] == 1
    assert srok(home, "publish", "--out", str(out), "--repair")[0] == 0 and srok(home, "verify", str(out))[0] == 0
    assert srok(home, "serve", "--out", str(tmp_path / "served"), "--rounds", "2", "--every", "0.01")[0] == 0
    assert srok(home, "verify", str(tmp_path / "served"))[0] == 0
    status, told = srok(home, "status", "--json")
    assert status == 0 and [row["signed_size"] for row in json.loads(told)["logs"]] == [301, 0]


@pytest.mark.slow
def test_bad_input_ends_in_words(tmp_path: Path) -> None:
    home = tmp_path / "home"
    status, told = srok(home, "append", "register", "-", "--json", said=entry(0) + b'\n{"v":1}\n')
    assert status == 1 and json.loads(told)["error"]["code"] == "openlog.bad_entry"
    assert json.loads(told)["error"]["row"] == 2
    for words in (("append", "gossip", "-"), ("append", "register", str(tmp_path / "none.jsonl"))):
        assert srok(home, *words, said=entry(0))[0] == 1
    assert srok(home, "verify", str(tmp_path))[0] == 2
    assert srok(home, "verify", str(tmp_path), "--key", "rubbish")[0] == 2


def test_production_takes_no_made_up_entries(db: None) -> None:
    with override_settings(SROK_SYNTHETIC_ENTRIES=False), pytest.raises(Refusal, match="openlog.synthetic_only"):
        synthetic.check_allowed()


def test_the_files_are_served_as_they_lie(home: Path, client: Client) -> None:
    openlog.append(Log.REGISTER, [entry(n) for n in range(300)])
    openlog.work(context())
    out = home / "openlog"
    moving, still = "public, max-age=2", "public, max-age=31536000, immutable"
    for path, cache in (
        ("index.json", moving), ("register/checkpoint", moving), ("election/checkpoint", moving),
        ("register/tile/0/000", still), ("register/tile/0/001.p/44", still), ("register/tile/entries/001.p/44", still),
    ):  # fmt: skip
        answer = client.get(f"/openlog/{path}")
        assert answer.status_code == 200 and answer.content == (out / path).read_bytes(), path
        assert answer["Cache-Control"] == cache and answer["Access-Control-Allow-Origin"] == "*"
    assert client.get("/openlog/register/checkpoint")["Content-Type"] == "text/plain; charset=utf-8"
    for path in (
        "gossip/checkpoint", "register/tile/0/002", "register/tile/0/0", "register/tile/0/../0/000",
        "register/tile/entries/001", "register/tile/0/001.p/044", "register/.staging", "register/tile/",
    ):  # fmt: skip
        assert client.get(f"/openlog/{path}").status_code == 404, path
