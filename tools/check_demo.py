"""The demo against `examples/washington/expected.csv`, on its stated dates and on a day without a voter window.

Run as a stranger would: `./demo --no-serve --out DIR` in a home of its own; only `summary.json` and the files it
names are read.
"""

import argparse
import csv
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
EXPECTED = ROOT / "examples" / "washington" / "expected.csv"
UNANNOUNCED = "2026-11-23"

Row = Mapping[str, str]


def run_demo(out: Path, *words: str) -> dict[str, Any]:
    """Run the demo into `out` with a home of its own; return its summary."""
    with tempfile.TemporaryDirectory(prefix="srok-demo-home-") as home:
        environment = {**os.environ, "SROK_HOME": home, "DJANGO_SETTINGS_MODULE": "srok.project.settings.demo"}
        command = [sys.executable, "-m", "srok", "demo", "--no-serve", "--out", str(out), *words]
        subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)
    found: dict[str, Any] = json.loads((out / "summary.json").read_text("utf-8"))
    return found


def as_row(application: Mapping[str, Any]) -> dict[str, str]:
    """An application of the summary in the columns of expected.csv."""
    card, voter = application["card"], application["voter"]
    return {
        "row": str(application["row"]),
        "outcome": application["outcome"],
        "reasons": ";".join(application["reasons"]),
        "card_state": card["state"] if card else "",
        "voter_state": voter["state"] if voter else "",
    }


def expected_rows(*, announced: bool) -> list[dict[str, str]]:
    """The rows of expected.csv; on a day without a window nobody is entered."""
    with EXPECTED.open(encoding="utf-8", newline="") as text:
        rows = [dict(row) for row in csv.DictReader(text)]
    for row in rows:
        if not announced and row["voter_state"] == "entered":
            row["voter_state"] = "refused"
    return rows


def differences(summary: Mapping[str, Any], *, announced: bool) -> Iterator[str]:
    """What the summary says otherwise than expected, a line each."""
    got = {row["row"]: row for row in map(as_row, summary["applications"])}
    for want in expected_rows(announced=announced):
        have = got.pop(want["row"], None)
        if have != want:
            yield f"row {want['row']}: expected {want}, got {have}"
    for row in got:
        yield f"row {row}: not expected"


def missing_files(summary: Mapping[str, Any], out: Path) -> Iterator[str]:
    """Files that the summary names and that are not there."""
    for application in summary["applications"]:
        for name in ("pdf", "qr"):
            card = application["card"]
            if card and not (out / card[name]).is_file():
                yield f"row {application['row']}: no file {card[name]}"


def wrong_window_reasons(summary: Mapping[str, Any], entered: set[str]) -> Iterator[str]:
    """Rows that were entered on a day of the window, and are now refused for another reason than the window."""
    for application in summary["applications"]:
        if str(application["row"]) in entered and application["voter"]["reasons"] != ["roll.window_not_announced"]:
            yield f"row {application['row']}: {application['voter']['reasons']}"


def main() -> None:
    """Print every difference; status 1 when there is one."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--out", type=Path, required=True)
    out = words.parse_args().out
    stated = run_demo(out / "stated")
    later = run_demo(out / "later", "--on", UNANNOUNCED)
    entered = {row["row"] for row in expected_rows(announced=True) if row["voter_state"] == "entered"}
    wrong = [
        *differences(stated, announced=True), *missing_files(stated, out / "stated"),
        *differences(later, announced=False), *wrong_window_reasons(later, entered),
    ]  # fmt: skip
    sys.stdout.writelines(f"{line}\n" for line in wrong)
    sys.stdout.write(f"{len(stated['applications'])} applications, {len(wrong)} differences\n")
    raise SystemExit(1 if wrong else 0)


if __name__ == "__main__":
    main()
