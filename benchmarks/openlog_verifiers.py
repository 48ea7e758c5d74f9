"""Do the verifiers agree, do they refuse every single-bit change, and does any entry hold personal data?

    flock /tmp/bench.lock .venv/bin/python -m benchmarks.openlog_verifiers

Proofs: the library, `srok_verify.py`, the browser's page in Node, and aics-tlog; every second proof is a false one.
Bits: a receipt whose every byte counts, before the three of ours. Entries: synthetic years. `--proofs`, `--bits` and
`--entries` say how many of each (100,000, 100,000, 1,000,000).
"""

import argparse
import json
import os
import re
import time
from collections.abc import Iterator
from itertools import islice

PIECE = 10_000
PATTERNS = {
    "Khmer letters": re.compile("[\u1780-\u17ff]"),
    "a Latin name": re.compile(r'"[A-Z][A-Za-z]+[ ,]+[A-Z][A-Za-z]+"|<<|\bSOK\b|\bSOPHEA\b|\bBOPHA\b'),
    "9 to 12 digits alone": re.compile(r"(?<![0-9A-Za-z])\+?[0-9]{9,12}(?![0-9A-Za-z])"),
    "a birth date": re.compile(r'"(?:1[0-9]{3}|200[0-9]|201[0-4])-[01][0-9]-[0-3][0-9]"'),
    "a word of a person": re.compile(r'"(?:name|birth|sex|phone|family|given|father|mother|address)[a-z_]*":'),
}


def start() -> None:
    """The rooms' models, for the library's parts."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "srok.project.settings.test")
    import django

    django.setup()


def proofs(n: int) -> None:
    """Random proofs, half of them false, before four implementations."""
    from tests.fraud import vectors

    began, wrong, oracle = time.monotonic(), 0, vectors.PYTHON.exists()
    for seed in range(0, n, PIECE):
        made = list(vectors.proofs(min(PIECE, n - seed), seed))
        wanted = "".join("10"[place % 2] for place in range(len(made)))
        lines = [json.dumps(one) for one in made]
        said = ["".join(str(int(judge(one))) for one in made) for judge in (vectors.by_file, vectors.by_library)]
        said += [vectors.by_browser(lines)] + ([vectors.by_oracle(lines)] if oracle else [])
        wrong += sum(a != b for answers in said for a, b in zip(answers, wanted, strict=True))
    names = "library, srok_verify.py, browser" + (", aics-tlog" if oracle else " (aics-tlog not installed)")
    print(f"{n} proofs before {names}: {wrong} disagreements, {time.monotonic() - began:.0f} s")


def bits(n: int) -> None:
    """Single-bit changes of a receipt before the three of ours."""
    from tests.fraud import vectors

    began, passed = time.monotonic(), [0, 0, 0]
    file, library = vectors.receipt_by_file(), vectors.receipt_by_library()
    assert file(vectors.receipt()) and library(vectors.receipt())
    for seed in range(0, n, PIECE):
        made = list(vectors.flips(min(PIECE, n - seed), seed))
        passed[0] += sum(file(raw) for raw in made)
        passed[1] += sum(library(raw) for raw in made)
        passed[2] += vectors.by_browser(vectors.receipt_lines(made)).count("1")
    print(f"{n} single-bit changes: accepted by srok_verify.py {passed[0]}, library {passed[1]}, browser {passed[2]}, "
          f"{time.monotonic() - began:.0f} s")  # fmt: skip


def made_entries() -> Iterator[bytes]:
    """Entries of synthetic years, without end."""
    from tests.fraud.folder import canonical
    from tests.fraud.synthetic import world

    seed = 0
    while True:
        made = world(("personal", seed))
        for entry in (*made.register, *made.election):
            yield canonical(entry)
        seed += 1


def entries(n: int) -> None:
    """Personal patterns in entries; each pattern must first be found where it was planted."""
    from srok_audit import PERSONAL

    planted = {
        "Khmer letters": '{"x":"សុខ"}', "a Latin name": '{"x":"Sok Sophea"}', "a birth date": '{"x":"1960-05-03"}',
        "9 to 12 digits alone": '{"x":"012345678"}', "a word of a person": '{"name_km":"x"}',
    }  # fmt: skip
    for name, pattern in PATTERNS.items():
        assert pattern.search(planted[name]) and PERSONAL.search(planted[name].encode()), name
    began, found = time.monotonic(), dict.fromkeys(PATTERNS, 0)
    for raw in islice(made_entries(), n):
        text = raw.decode()
        for name, pattern in PATTERNS.items():
            found[name] += pattern.search(text) is not None
        assert not PERSONAL.search(raw)
    print(f"{n} entries: {found}, {time.monotonic() - began:.0f} s")


def main() -> None:
    """All three."""
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    words.add_argument("--proofs", type=int, default=100_000)
    words.add_argument("--bits", type=int, default=100_000)
    words.add_argument("--entries", type=int, default=1_000_000)
    given = words.parse_args()
    start()
    proofs(given.proofs)
    bits(given.bits)
    entries(given.entries)


if __name__ == "__main__":
    main()
