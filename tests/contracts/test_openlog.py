"""The public log from the command line: a witness that serves, receipts of the demo's cards, and papers judged."""

import json
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.contracts.conftest import Demo
from tests.contracts.running import ROOT, SROK, environment, srok

pytestmark = pytest.mark.slow


@contextmanager
def serving(home: Path, folder: Path) -> Iterator[str]:
    """`srok openlog witness serve` on a free port; gives its address."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [*SROK, "openlog", "witness", "serve", "--dir", str(folder), "--port", str(port), "--prefix", "/w"]
    with subprocess.Popen(command, cwd=ROOT, env=environment(home), stdout=subprocess.DEVNULL) as server:
        try:
            for _ in range(400):
                with socket.socket() as trial:
                    if trial.connect_ex(("127.0.0.1", port)) == 0:
                        break
                threading.Event().wait(0.05)
            yield f"http://127.0.0.1:{port}/w"
        finally:
            server.terminate()


def keys(folder: Path, log: str) -> list[str]:
    rows = json.loads((folder / "index.json").read_bytes())["logs"]
    return next(row["keys"] for row in rows if row["name"] == log)


def entries(path: Path, start: int, count: int) -> Path:
    rows = [
        {"at": "2025-05-12T01:00Z", "by": ["0" * 16], "case": f"{n:032x}", "t": "law.changed", "v": 1}
        for n in range(start, start + count)
    ]  # fmt: skip
    path.write_text("".join(json.dumps(row, separators=(",", ":")) + "\n" for row in rows))
    return path


def test_a_witness_from_the_command_line_cosigns_and_the_policy_holds(house: Path, tmp_path: Path) -> None:
    out, folder = tmp_path / "out", tmp_path / "witness"
    assert srok("openlog", "publish", "--out", str(out), home=house).status == 0
    made = srok("openlog", "witness", "create", "--dir", str(folder), "--name", "witness.example/w1", home=house)
    vkey = made.out.split("\n")[0]
    assert srok("openlog", "witness", "create", "--dir", str(folder), "--name", "x", home=house).status == 1
    for log in ("register", "election"):
        assert srok("openlog", "witness", "add-log", "--dir", str(folder), *keys(out, log), home=house).status == 0
    with serving(house, folder) as url:
        policy = house / "openlog.policy"
        policy.write_text(f"witness one {vkey} {url}\nquorum one\n")
        busy = srok("openlog", "witness", "serve", "--dir", str(folder), "--port", "0", home=house)
        assert busy.status == 1 and "openlog.witness_busy" in busy.err
        for step in range(3):
            file = entries(tmp_path / "e.jsonl", 1_000 * step, 300)
            assert srok("openlog", "append", "register", str(file), home=house).status == 0
            assert srok("openlog", "publish", "--out", str(out), home=house).status == 0
        found = srok("openlog", "verify", str(out), "--policy", str(policy), "--json", home=house)
    assert found.status == 0, found.out
    assert [one["cosigned"] for one in found.json["policy"]] == [["one"], ["one"]]
    state = srok("openlog", "witness", "status", "--dir", str(folder), "--json", home=house).json
    assert {row["size"] for row in state["logs"]} >= {900} and state["evidence"] == []
    other = tmp_path / "other"
    stranger = srok("openlog", "witness", "create", "--dir", str(other), "--name", "w.example/2", home=house).out
    policy.write_text(f"witness two {stranger.split()[0]}\nquorum two\n")
    refused = srok("openlog", "verify", str(out), "--policy", str(policy), "--json", home=house)
    assert refused.status == 1 and {one["code"] for one in refused.json["policy"]} == {"openlog.quorum_missing"}


def test_a_holder_gets_a_receipt_that_both_verifiers_accept(demo: Demo, tmp_path: Path) -> None:
    out, paper = tmp_path / "out", tmp_path / "mine.tlog-proof"
    house = Path(shutil.copytree(demo.home, tmp_path / "house"))
    assert srok("openlog", "publish", "--out", str(out), home=house).status == 0
    case = next(one["reference"] for one in demo.summary["applications"] if one["card"])
    given = srok(
        "openlog", "receipt", case, "--type", "card.issued", "--out", str(paper), "--slip", str(tmp_path / "slip.pdf"),
        "--json", home=house,
    )  # fmt: skip
    assert given.status == 0, given.out
    assert (tmp_path / "slip.pdf").read_bytes().startswith(b"%PDF")
    judged = srok("openlog", "verify", str(out), "--receipt", str(paper), "--json", home=house)
    assert judged.json["receipt"]["valid"] and judged.json["receipt"]["kind"] == given.json["kind"], judged.out
    if given.json["kind"] == "receipt":
        alone = subprocess.run(
            [sys.executable, str(ROOT / "srok_verify.py"), str(out), "--receipt", str(paper)], capture_output=True,
            text=True, check=False,
        )  # fmt: skip
        assert alone.returncode == 0, alone.stdout + alone.stderr
    spoiled = paper.read_bytes().replace(b"extra ", b"extra A")
    paper.write_bytes(spoiled)
    assert srok("openlog", "verify", str(out), "--receipt", str(paper), "--json", home=house).error(2)
    missing = srok("openlog", "receipt", "ABCD-EFGH-JKMN", "--out", str(paper), "--json", home=house)
    assert missing.error(1)["code"] == "openlog.unknown_leaf"
