"""What the command line says of kits: as JSON (docs/formats/cli.md) or for a reader."""

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from srok.ground.faces import wording
from srok.identity.missions.kits import Made, SealsCompared
from srok.trust.parcels.terms import KitFacts

PIPE_WIDTH = 150
WORDS = {
    "place": ("a place for the kit", "រៀបចំទីតាំង"),
    "tables": ("tables", "បង្កើតតារាង"),
    "places": ("places of Cambodia", "បញ្ជីភូមិសាស្ត្ររដ្ឋបាល"),
    "warrant": ("the warrant is signed", "ចុះហត្ថលេខាលើលិខិតបេសកកម្ម"),
    "people": ("office and officers", "ការិយាល័យ និងមន្ត្រី"),
    "packs": ("appointments", "ការណាត់ជួប"),
    "whole": ("done", "រួចរាល់"),
}


@contextmanager
def bar(steps: Sequence[str], *, show: bool) -> Iterator[Callable[[str], None]]:
    """A progress bar on standard error, where somebody looks at it; it names the step at hand."""
    if not show:
        yield lambda step: None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True)) as progress:
        task = progress.add_task("", total=len(steps))

        def told(step: str) -> None:
            english, khmer = WORDS[step]
            progress.update(task, completed=steps.index(step) + (step == steps[-1]), description=f"{khmer} · {english}")

        yield told


def plain(made: Made) -> dict[str, Any]:
    """The stable form of a prepared kit. The passphrases stand here once and nowhere else."""
    return {
        "kit": made.kit, "folder": str(made.folder), "post": made.post,
        "from": made.period.from_.isoformat(), "until": made.period.until.isoformat(),
        "references": made.references,
        "officers": [{name: one[name] for name in ("username", "passphrase")} for one in made.issued],
    }  # fmt: skip


def say(made: Made) -> None:
    """A prepared kit for the head of the mission, who hands each officer their passphrase."""
    out = _terminal()
    out.print(f"[bold]{made.kit}[/bold]  {made.post}  {made.period.from_} – {made.period.until}")
    out.print(f"{made.folder}", markup=False)
    table = Table("user name · ឈ្មោះប្រើប្រាស់", "passphrase · ឃ្លាសម្ងាត់")
    for one in made.issued:
        table.add_row(one["username"], one["passphrase"])
    out.print(table)
    out.print("ឃ្លាសម្ងាត់ទាំងនេះបង្ហាញតែម្ដងគត់ ហើយមិនត្រូវបានរក្សាទុកនៅទីណាឡើយ។ សូមប្រគល់ជូនមន្ត្រីម្នាក់ៗដោយឡែក។")
    out.print("These passphrases are shown once and kept nowhere. Hand each officer their own.")
    out.print(
        "The kit now: START.txt in its folder. Its seals: srok missions kit check-out " + made.kit + " --seal N ..."
    )


def kit_row(found: KitFacts) -> dict[str, Any]:
    """A kit as the command line prints it."""
    return {
        "kit": found.kit, "post": found.post, "office": found.office, "state": str(found.standing),
        "from": found.from_.isoformat(), "until": found.until.isoformat(), "reason": found.reason,
        "seals_out": list(found.seals_out), "seals_in": list(found.seals_in), "forked": found.forked,
        "last_contact": found.last_seen_at and found.last_seen_at.isoformat(),
        "officers": [one.username for one in found.officers],
    }  # fmt: skip


def say_kits(rows: Sequence[Mapping[str, Any]]) -> None:
    """Kits as a table."""
    table = Table("kit", "post", "from", "until", "state", "seals out", "seals in", "last contact")
    for row in rows:
        state = row["state"] + (f" ({row['reason']})" if row["reason"] else "")
        table.add_row(
            row["kit"], row["post"], row["from"], row["until"], state, " ".join(row["seals_out"]),
            " ".join(row["seals_in"]), row["last_contact"] or "-",
        )  # fmt: skip
    _terminal().print(table)


def _terminal() -> Console:
    """Standard output; a pipe has no width of its own, and the table needs some."""
    return Console(highlight=False, soft_wrap=True, width=None if sys.stdout.isatty() else PIPE_WIDTH)


def say_difference(found: SealsCompared) -> None:
    """What differs between the seals that left and those that came back, in both languages."""
    out = Console(stderr=True, highlight=False, soft_wrap=True)
    for language in ("km", "en"):
        out.print(wording.sentence("missions.kit_seals_differ", {}, language), markup=False)
    for mark, numbers in (("-", found.missing), ("+", found.unknown)):
        for number in numbers:
            out.print(f"  {mark} {number}", markup=False)
