"""A log of aics-tlog asks our witness, through the client of aics-witness (run in `.venv-oracles`).

Standard input: {"seed": hex, "origin", "witness": url, "vkey", "steps": [sizes]}; standard output: what came of each
step, then of a fork and of an older checkpoint.
"""

import json
import sys

import aics_tlog as tlog
from aics_witness import WitnessClient
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey


def main() -> None:
    """Grow a log by the steps asked for, then try what no witness may cosign."""
    question = json.load(sys.stdin)
    key = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(question["seed"]))
    origin, client = question["origin"], WitnessClient(question["witness"], question["vkey"], max_attempts=1)
    tree, said = tlog.MerkleTree(), []

    def submit(grown: tlog.MerkleTree, size: int) -> str:
        checkpoint = tlog.Checkpoint(origin, size, grown.root(size))
        note = tlog.sign_checkpoint(checkpoint, key, origin).serialise()
        try:
            lines = client.submit(note, lambda old, new: grown.consistency_proof(old, new) if old else [])
        except Exception as problem:
            return type(problem).__name__
        return f"cosigned {lines.count(chr(8212))}"

    for size in question["steps"]:
        tree.extend(b"%d" % n for n in range(tree.size, size))
        said.append(submit(tree, size))
    fork = tlog.MerkleTree(b"fork %d" % n for n in range(tree.size + 3))
    said += [submit(fork, fork.size), submit(fork, tree.size), submit(tree, tree.size - 1)]
    json.dump(said, sys.stdout)


if __name__ == "__main__":
    main()
