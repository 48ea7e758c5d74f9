"""Calling `srok cases intake` and reading its report by the contract."""

import sqlite3
from pathlib import Path
from typing import Any

from tests.contracts.running import INSIDES, Done, srok

ON = "2025-01-20"
FAULT_KEYS = {"row", "field", "code", "reason", "message_km", "message_en"}


def intake(folder: Path, home: Path, *words: str) -> Done:
    """Dara lodges the folder on a stated day."""
    return srok("cases", "intake", folder, "--json", "--as", "dara", "--on", ON, *words, home=home)


def report(done: Done, status: int) -> dict[str, Any]:
    """The report, if it has the contract's keys, its counts agree and its exit status is this."""
    assert done.status == status, (done.status, done.out[-3000:], done.err[-3000:])
    assert not any(word in done.err for word in INSIDES), done.err[-3000:]
    found: dict[str, Any] = done.json
    assert {"counts", "accepted", "already", "rejected"} <= set(found)
    counts = found["counts"]
    assert counts["accepted"] == len(found["accepted"]) and counts["already"] == len(found["already"])
    rejected = {fault["row"] for fault in found["rejected"]}
    assert counts["rejected"] == len(rejected)
    if status < 3:
        assert counts["rows"] == counts["accepted"] + counts["already"] + counts["rejected"]
    for row in found["accepted"] + found["already"]:
        assert row["row"] not in rejected and row["reference"]
    for fault in found["rejected"]:
        assert set(fault) >= FAULT_KEYS and fault["message_km"] and fault["message_en"], fault
        assert "{" not in fault["message_km"] + fault["message_en"], fault
    return found


def faults(found: dict[str, Any]) -> set[tuple[int, str | None, str]]:
    """What was rejected: (row, field, code)."""
    return {(fault["row"], fault["field"], fault["code"]) for fault in found["rejected"]}


def kept(home: Path) -> dict[str, int]:
    """How many rows each table holds: what a refusal must not change, and a second run not double."""
    with sqlite3.connect(f"file:{home / 'srok.sqlite3'}?mode=ro", uri=True) as book:
        names = [name for (name,) in book.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: book.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}
