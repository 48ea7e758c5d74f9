"""Our log before another witness and another library, and our witness before another log's client."""

import base64
import json
from pathlib import Path

import pytest

from srok.trust.openlog import notes
from srok.trust.openlog.policy import accept, read_policy
from srok.trust.openlog.proofs import Proof
from srok.trust.openlog.tests.logs import TinyLog, witnesses
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
