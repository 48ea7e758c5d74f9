"""aics-tlog on our receipts (run in `.venv-oracles`): the container is split by hand, all else is theirs.

Standard input: {"log": vkey, "witnesses": [vkey], "quorum": n, "folder": path or null,
"receipts": [{"proof", "entry"}]};
standard output: {"receipts": [[ok, ok with each hash's first bit flipped, ...]], "audit": [size, root] or null}.
"""

import base64
import json
import sys

import aics_tlog as tlog


def judged(proof: str, entry: bytes, question: dict) -> bool:
    """Whether checkpoint, policy and inclusion hold before aics-tlog."""
    head, _, note_text = proof.partition("\n\n")
    lines = head.split("\n")
    assert lines.pop(0) == "c2sp.org/tlog-proof@v1"
    if lines[0].startswith("extra "):
        lines.pop(0)
    index = int(lines.pop(0).removeprefix("index "))
    path = [base64.b64decode(line) for line in lines]
    note = tlog.parse_note(note_text)
    policy = tlog.WitnessPolicy(question["quorum"], tuple(tlog.parse_vkey(key) for key in question["witnesses"]))
    key = tlog.parse_vkey(question["log"])
    found = tlog.verify_checkpoint(note, key, expected_origin=key.name, policy=policy)
    return found.ok and tlog.verify_leaf_inclusion(entry, index, found.size, path, found.root)


def flipped(proof: str) -> list[str]:
    """The proof with the first letter of each hash of the path changed."""
    lines = proof.split("\n")
    start = next(at for at, line in enumerate(lines) if line.startswith("index ")) + 1
    changed = []
    for at in range(start, lines.index("")):
        other = ("B" if lines[at][0] != "B" else "C") + lines[at][1:]
        changed.append("\n".join([*lines[:at], other, *lines[at + 1 :]]))
    return changed


def audited(question: dict) -> list | None:
    """Every tile and bundle of a published folder, before aics-tlog."""
    if not question.get("folder"):
        return None
    reader = tlog.FileSystemTileReader(question["folder"])
    with open(f"{question['folder']}/checkpoint", encoding="utf-8") as opened:
        found = tlog.verify_checkpoint(tlog.parse_note(opened.read()), tlog.parse_vkey(question["log"]))
    assert found.ok, found.error
    report = tlog.audit_tiles(reader, found.size, found.root, entries=True)
    return [found.size, found.root.hex(), str(report)]


def main() -> None:
    """Answer one question."""
    question = json.load(sys.stdin)
    answers = []
    for receipt in question["receipts"]:
        entry = base64.b64decode(receipt["entry"])
        proofs = [receipt["proof"], *flipped(receipt["proof"])]
        answers.append([judged(proof, entry, question) for proof in proofs])
    json.dump({"receipts": answers, "audit": audited(question)}, sys.stdout)


if __name__ == "__main__":
    main()
