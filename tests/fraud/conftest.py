"""Folders that every test of the verifiers reads."""

import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.fraud.folder import ELECTION, KC, REGISTER, Log, canonical, commit, write_index
from tests.fraud.synthetic import world


@dataclass
class Published:
    """A published folder, its logs, a receipt of the first row, and an older checkpoint."""

    top: Path
    register: Log
    election: Log
    receipt: Path
    old: Path


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Published:
    """A clean synthetic year, published by hand; written once, never changed by a test."""
    return publish(tmp_path_factory.mktemp("published"))


def publish(top: Path, seed: object = "published") -> Published:
    """Write a world's folder."""
    made = world(seed)
    register, election = Log(REGISTER), Log(ELECTION)
    for log, entries in ((register, made.register), (election, made.election)):
        for entry in entries:
            log.add(entry)
        log.write(top / log.origin.rpartition("/")[2])
    write_index(top)
    (top / "posted").mkdir()
    for sha256, raw in made.posted.items():
        (top / "posted" / sha256).write_bytes(raw)
    index = next(place for place, entry in enumerate(made.register) if entry["t"] == "row.add")
    opening, label, version, row = made.openings[str(made.register[index]["c"])]
    assert commit(opening, label, version, row).hex() == made.register[index]["c"]
    extra = {"v": 1, "entry": json.loads(register.entries[index]), "label": label, "version": version, "row": row,
             "opening": opening.hex(), "key": KC.hex()}  # fmt: skip
    receipt, old = top / "row.tlog-proof", top / "old-checkpoint"
    receipt.write_bytes(register.receipt(index, extra))
    old.write_bytes(register.note(300))
    assert canonical(extra)
    return Published(top, register, election, receipt, old)
