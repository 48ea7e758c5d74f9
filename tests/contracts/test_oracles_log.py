"""Our log before another witness and another library, and our witness before another log's client."""

import base64
import json
import threading
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from srok.ground.faces import clock
from srok.trust.openlog import notes, witness_files
from srok.trust.openlog.policy import accept, read_policy
from srok.trust.openlog.proofs import Proof
from srok.trust.openlog.tests.logs import TinyLog, witnesses
from srok.trust.openlog.witness_server import Witness, WitnessServer
from srok.trust.openlog.witnessing import Standing, ask_all
from tests.contracts import aics, oracles

pytestmark = [pytest.mark.oracle, pytest.mark.slow]
STEPS = 20


@oracles.needed
def test_an_unmodified_witness_cosigns_every_step_and_another_library_verifies_the_proofs(tmp_path: Path) -> None:
    log = TinyLog()
    with (
        aics.serving(tmp_path / "a", log.origin, log.keys[0].key.text, "one.example/w") as one,
        aics.serving(tmp_path / "b", log.origin, log.keys[0].key.text, "two.example/w") as two,
    ):
        policy = read_policy(log.policy(one, two, "group both all one two", "quorum both"))
        sizes: dict[str, int] = {}
        for step in range(STEPS):
            log.grow(1 + step * 7 % 300)
            found = ask_all(policy, log.note(), sizes, log.proof)
            assert found.met, found.asked
            sizes = {asked.name: asked.size for asked in found.asked}
        assert set(sizes.values()) == {len(log.entries)}
        fork = TinyLog(leaves=len(log.entries))
        fork.keys, fork.entries[3] = log.keys, b"another"
        fork.grow(5)
        assert {a.standing for a in ask_all(policy, fork.note(), sizes, fork.proof).asked} == {Standing.DISAGREES}
        smaller = ask_all(policy, log.note(9), {}, lambda old: log.proof(old, 9))
        assert {asked.standing for asked in smaller.asked} == {Standing.AHEAD}
    assert json.loads(aics.evidence(tmp_path / "a")), "the fork is kept"
    _other_library(log, found.note.data(), [one, two])


def _other_library(log: TinyLog, note: bytes, lines: list[str]) -> None:
    policy = read_policy(log.policy(*lines, "group both all one two", "quorum both"))
    accepted = accept(policy, notes.parse(note))
    indexes = sorted({0, 1, accepted.checkpoint.size // 2, accepted.checkpoint.size - 1})
    question = {
        "log": log.keys[0].key.text, "witnesses": [line.split(" ")[2] for line in lines], "quorum": 2,
        "receipts": [
            {
                "proof": Proof(index, tuple(log.path(index)), notes.parse(note), b'{"row":{}}').data().decode(),
                "entry": base64.b64encode(log.entries[index]).decode(),
            }
            for index in indexes
        ],
    }  # fmt: skip
    answers = oracles.asked("oracle_tlog.py", question)["receipts"]
    assert [answer[0] for answer in answers] == [True] * len(indexes)
    assert all(len(answer) > 5 and not any(answer[1:]) for answer in answers), "every changed hash is refused"
    three = {**question, "witnesses": [*question["witnesses"], next(witnesses(1)).key.text], "quorum": 3}
    assert not any(answer[0] for answer in oracles.asked("oracle_tlog.py", three)["receipts"])


@oracles.needed
def test_our_witness_serves_another_log_and_refuses_its_fork(tmp_path: Path) -> None:
    private, origin = Ed25519PrivateKey.generate(), "other.example/log"
    trusted = notes.VerifierKey(origin, notes.SignatureType.ED25519, private.public_key().public_bytes_raw())
    made = witness_files.create(tmp_path / "w", "witness.example/ours")
    made.add_log([trusted])
    seconds = clock.instant
    server = WitnessServer(("127.0.0.1", 0), Witness(made, lambda: int(seconds().timestamp())))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        steps = [1, 2, 3, 7, 8, 9, 255, 256, 257, 300, 300, 1_000]
        said = oracles.asked(
            "oracle_feeder.py",
            {"seed": private.private_bytes_raw().hex(), "origin": origin, "vkey": made.keys[0].text, "steps": steps,
             "witness": f"http://127.0.0.1:{server.server_address[1]}"},
        )  # fmt: skip
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
    assert said[: len(steps)] == ["cosigned 1"] * len(steps)
    assert said[len(steps) :] == ["WitnessRejected", "WitnessRejected", "WitnessAhead"]
    kept = sorted(path.name.split("-")[0] for path in (tmp_path / "w").glob("evidence/*.txt"))
    assert {"fork", "inconsistent"} <= set(kept)
