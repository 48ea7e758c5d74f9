"""Writes docs/openlog-fraud.md: what reveals which fraud, with what chance. `python -m tests.fraud.table [TRIALS]`."""

import os
import sys
from collections import Counter
from pathlib import Path

TARGET = Path(__file__).resolve().parents[2] / "docs" / "openlog-fraud.md"
HEAD = """<!-- Written by `python -m tests.fraud.table`; a test compares its kinds with the code. Do not edit. -->

# What the public log shows of a fraud, and what it does not

Every kind was planted as often as the column "found" says, in synthetic worlds (a roll year and a polling day of three
communes, seeded by hash; `tests/fraud`). **Around** the application means: tables or published files were changed by
hand. **Through** it means: two officers collude, and everything they enter is in order. Intervals are Wilson's, 95 %.

## Around the application

`srok openlog check` compares the tables with the log; `srok_audit.py` reads public files alone.

| kind | changed | found by | found | first of its codes |
|---|---|---|---|---|
"""
MIDDLE = """
**False alarms**: {alarms} in {trials} clean worlds (95 % below {bound:.2f} %).

## Through the application, by two colluding officers

The chances rest on these assumptions, which are ours and no measurement: {assumed}.

| kind | what is done | public evidence | chance | other audit | chance | stays invisible |
|---|---|---|---|---|---|---|
"""
FOOT = """
A low chance in the column of public evidence is the honest answer: the log proves that nothing was changed afterwards
and that everybody sees the same; whether an officer told the truth when entering must be found by people.
"""


ALARMS = "clean worlds with an alarm"


def main() -> None:
    """Run the trials in this process and write the page."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "srok.project.settings.test")
    import django

    django.setup()
    trials = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    TARGET.write_text(page(trials, piece(range(trials))), encoding="utf-8")


def names() -> list[str]:
    """The kinds around the application."""
    from tests.fraud.kinds import KINDS

    return [one.name for one in KINDS]


def piece(seeds: range, further: int = 10**9) -> Counter[str]:
    """How often each kind was planted and found in the worlds of these seeds, and how many clean ones raised an alarm.

    Kinds beyond those that were asked for (`kinds.WANTED`) are planted in worlds below `further` only.
    """
    from tests.fraud.kinds import KINDS, WANTED, clean, trial

    found: Counter[str] = Counter()
    for seed in seeds:
        found[ALARMS] += bool(clean(seed))
        for one in KINDS:
            if one.name in WANTED or seed < further:
                found[f"planted {one.name}"] += 1
                found[one.name] += trial(one, seed)
    return found


def through(name: str, trials: int) -> str:
    """The row of a kind through the application."""
    from tests.fraud.through import THROUGH, chance_of

    one = next(one for one in THROUGH if one.name == name)
    public = chance_of(one.public, f"{name} public", trials)
    other = chance_of(one.other, f"{name} other", trials)
    return f"| {name} | {one.done} | {one.evidence} | {public} | {one.audit} | {other} | {one.invisible} |\n"


def page(trials: int, found: Counter[str], rows: list[str] | None = None) -> str:
    """The whole page; `rows` are those of the kinds through the application, where they were made elsewhere."""
    from tests.fraud.kinds import KINDS, PROOFS, TABLES
    from tests.fraud.through import ASSUMED, THROUGH, wilson

    rows = rows if rows is not None else [through(one.name, trials) for one in THROUGH]
    alarms = found[ALARMS]
    places = {
        TABLES: ("tables", "`srok openlog check`"),
        PROOFS: ("published files", "`srok_verify.py`, `srok_audit.py`"),
    }
    lines = []
    for one in KINDS:
        place, by = places.get(one.where, ("published files", "`srok_audit.py`"))
        planted = found[f"planted {one.name}"]
        low, _ = wilson(found[one.name], planted)
        share = f"{found[one.name]} of {planted} (at least {100 * low:.1f} %)"
        lines.append(f"| {one.name} | {place} | {by} | {share} | `{sorted(one.codes)[0]}` |\n")
    assumed = (
        f"{ASSUMED.own_row:.0%} of voters look at their own row, receipt or the removal list; a poster's root is "
        f"compared at {ASSUMED.poster:.0%} of stations; an audit of the list visits {ASSUMED.sample} of "
        f"{ASSUMED.nation} rows, of which {ASSUMED.touched} are false; {ASSUMED.witness:.0%} of 4 witnesses collude; "
        f"{ASSUMED.demanding:.0%} of verifiers demand that a card stands in the log"
    )
    middle = MIDDLE.format(alarms=alarms, trials=trials, bound=100 * wilson(alarms, trials)[1], assumed=assumed)
    return HEAD + "".join(lines) + middle + "".join(rows) + FOOT


if __name__ == "__main__":
    main()
