"""Another witness cosigns every growth step of our log, another library verifies it; and ours witnesses another log.

    flock /tmp/bench.lock .venv/bin/python benchmarks/openlog_witness.py [STEPS]

An unmodified `aics-witness` runs in `.venv-oracles` (tools/oracles.py); our log is the real one: sequenced, written as
tiles, signed and published at each step, cosigned before its checkpoint is put in place.
"""

from __future__ import annotations

import base64
import json
import os
import secrets
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "srok.project.settings.test")
RECEIPTS = 200


def main(steps: int) -> None:
    """Grow, publish and be cosigned; then have the last checkpoint, all tiles and some receipts verified."""
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from srok.trust.openlog import cosigning, policy, public, signing
    from tests.contracts import aics
    from tools.oracles import fresh

    if not fresh():
        raise SystemExit("the oracles are missing: .venv/bin/python -m tools.oracles")
    signing.keys_of(public.Log.REGISTER)
    key = public.verifier_keys(public.Log.REGISTER)[0]
    folder = Path(tempfile.mkdtemp())
    with aics.serving(folder, key.name, key.text) as line:
        Path(settings.SROK_OPENLOG_POLICY).write_text(f"{line}\nquorum {line.split()[1]}\n")
        started = time.perf_counter()
        size, slowest = _grow(steps)
        seconds = time.perf_counter() - started
        evidence = aics.evidence(folder).strip()
    trusted = policy.read_policy(cosigning.policy_bytes())
    _told("steps cosigned by aics-witness", steps, "entries", size, "seconds", round(seconds, 1))
    _told("milliseconds a step, mean", round(1_000 * seconds / steps, 1), "slowest", round(1_000 * slowest, 1))
    _told("evidence kept against our log", evidence or "none")
    _told("aics-tlog on the folder and on receipts:", _verified(size, key.text, line, trusted))


def _grow(steps: int) -> tuple[int, float]:
    from srok.ground.kernel.context import Context
    from srok.ground.kernel.ids import new_id
    from srok.trust.openlog import cosigning, notes, policy, public, reads
    from srok.trust.openlog.entries import write_entry

    trusted, slowest, size = cosigning.own_policy(), 0.0, 0
    start = datetime(2025, 5, 12, tzinfo=UTC)
    for step in range(steps):
        began = time.perf_counter()
        count = 1 + secrets.randbelow(9) ** 2
        entry = {"v": 1, "t": "law.changed", "at": "2025-05-12T00:00Z", "by": ["0" * 16]}
        size = public.append(
            public.Log.REGISTER, [write_entry({**entry, "case": f"{size + n:032x}"}) for n in range(count)]
        )
        at = start + timedelta(seconds=20 * step)
        ctx = Context("service:work", "moi.gdi", frozenset(), at, at.date(), new_id(at))
        folder = reads.published_folder(public.Log.REGISTER)
        public.publish(public.Log.REGISTER, folder, ctx, cosign=cosigning.cosigner(ctx))
        shown = policy.accept(trusted, notes.parse(folder.get("checkpoint") or b""))
        assert shown.checkpoint.size == size, "each published checkpoint carries its quorum"
        slowest = max(slowest, time.perf_counter() - began)
    return size, slowest


def _verified(size: int, vkey: str, line: str, trusted: object) -> str:
    from srok.trust.openlog import cosigning, desk, public, reads, tiles, tree
    from srok.trust.openlog.proofs import Proof
    from tools.oracles import PYTHON

    note = cosigning.best_note(public.Log.REGISTER, size - 1)
    assert note is not None
    read = tiles.reader(size, desk.tiles_of(public.Log.REGISTER))
    indexes = sorted({secrets.randbelow(size) for _ in range(RECEIPTS)})
    question = {
        "log": vkey, "witnesses": [line.split()[2]], "quorum": 1,
        "folder": str(reads.published_folder(public.Log.REGISTER).root),
        "receipts": [
            {
                "proof": Proof(index, tuple(tree.inclusion_proof(index, size, read)), note).data().decode(),
                "entry": base64.b64encode(_entry(index)).decode(),
            }
            for index in indexes
        ],
    }  # fmt: skip
    script = Path(__file__).resolve().parents[1] / "tests" / "contracts" / "oracle_tlog.py"
    done = subprocess.run(
        [str(PYTHON), str(script)], input=json.dumps(question), text=True, capture_output=True, check=True
    )
    found = json.loads(done.stdout)
    good = sum(answer[0] for answer in found["receipts"])
    flipped = sum(len(answer) - 1 for answer in found["receipts"])
    wrong = sum(sum(answer[1:]) for answer in found["receipts"])
    assert trusted is not None and found["audit"][0] == size
    return f"{good} of {len(indexes)} proofs hold, {wrong} of {flipped} changed ones; audit {found['audit'][2]}"


def _entry(index: int) -> bytes:
    from srok.trust.openlog import public

    found = public.entry(public.Log.REGISTER, index)
    assert found is not None
    return found.data


def _told(*parts: object) -> None:
    sys.stdout.write(" ".join(map(str, parts)) + "\n")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000)
