"""Made-up entries for tests and benchmarks; never in production."""

from collections.abc import Sequence

from django.conf import settings

from srok.ground.kernel.refusal import Refusal
from srok.trust.openlog import rows, sequencing
from srok.trust.openlog.entries import canonical, check_entry
from srok.trust.openlog.terms import Log


def check_allowed() -> None:
    """Only in a trial (`SROK_SYNTHETIC_ENTRIES`), whose empty home gets its tables; raises `openlog.synthetic_only`."""
    if not getattr(settings, "SROK_SYNTHETIC_ENTRIES", False):
        raise Refusal("openlog.synthetic_only")
    rows.be_durable()
    if not rows.tables_stand():
        from django.core.management import call_command

        call_command("migrate", verbosity=0, interactive=False)


def append_lines(log: Log, lines: Sequence[bytes], *, first: int = 1) -> int:
    """Append one entry a line, made canonical first; return the new size, durable.

    Raises `openlog.bad_entry` and `openlog.entry_too_long` with the line (`row`, counted from `first`); then nothing
    of this batch was added.
    """
    entries: list[bytes] = []
    for row, line in enumerate(lines, start=first):
        try:
            entries.append(_entry(log, line))
        except Refusal as refusal:
            raise refusal.at(row=row) from refusal
    return sequencing.append(log, entries)


def _entry(log: Log, line: bytes) -> bytes:
    try:
        check_entry(log, line)
    except Refusal as refusal:
        if refusal.facts.get("part") != "canonical":
            raise
        line = canonical(line)
        check_entry(log, line)
    return line
