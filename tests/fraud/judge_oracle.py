"""aics-tlog on proofs as JSON lines (run in `.venv-oracles`); one letter a line, 1 holds, 0 refused."""

import json
import sys

from aics_tlog import tree


def judged(made: dict) -> bool:
    """Whether the proof holds before aics-tlog, under the stricter bounds of ours where it sets none."""
    hashes, path = [bytes.fromhex(one) for one in made["hashes"]], [bytes.fromhex(one) for one in made["path"]]
    at, size = int(made["at"]), int(made["size"])
    if any(len(one) != 32 for one in (*hashes, *path)) or size >= 2**63 or (made["k"] == "c" and at == 0):
        return False
    if made["k"] == "i":
        return tree.verify_inclusion(hashes[0], at, size, path, hashes[1])
    return tree.verify_consistency(at, size, hashes[0], hashes[1], path)


sys.stdout.write("".join("1" if judged(json.loads(line)) else "0" for line in sys.stdin) + "\n")
