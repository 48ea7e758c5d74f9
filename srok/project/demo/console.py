"""What the demo says while it works: in Khmer and English, a progress bar for each step, nothing on a pipe."""

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar

from rich.console import Console as Terminal
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

T = TypeVar("T")
PIPE_WIDTH = 150
Tick = Callable[[int, int], None]

STEPS = {
    "home": ("Creating the database", "បង្កើតមូលដ្ឋានទិន្នន័យ"),
    "people": ("Opening offices, appointing the cast", "បើកការិយាល័យ និងតែងតាំងមន្ត្រី"),
    "gazetteer": ("Loading the gazetteer", "ផ្ទុកបញ្ជីភូមិសាស្ត្ររដ្ឋបាល"),
    "generate": ("Making a synthetic resident list", "បង្កើតបញ្ជីអ្នករស់នៅសាកល្បង"),
    "register": ("Importing the resident list", "នាំចូលបញ្ជីអ្នករស់នៅ"),
    "index": ("Making the search keys", "រៀបចំការស្វែងរក"),
    "intake": ("Dara lodges the consulate's folder", "ដារ៉ា ទទួលពាក្យពីស្ថានកុងស៊ុល"),
    "examine": ("Chanthou (Foreign Affairs) examines", "ចន្ធូ (ក្រសួងការបរទេស) ពិនិត្យ"),
    "decide": ("Vuthy (Interior) decides", "វុទ្ធី (ក្រសួងមហាផ្ទៃ) សម្រេច"),
    "approve": ("Kunthea (Interior) approves", "គន្ធា (ក្រសួងមហាផ្ទៃ) អនុម័ត"),
    "sign": ("Both ministries sign the orders", "ក្រសួងទាំងពីរចុះហត្ថលេខាលើបញ្ជា"),
    "issue": ("Cards are made", "ផលិតប័ណ្ណ"),
    "receive": ("The bag is counted in at the post", "ទទួលថង់ការទូតនៅស្ថានទូត"),
    "hand_over": ("Cards are handed to their holders", "ប្រគល់ប័ណ្ណជូនម្ចាស់"),
    "ask": ("Border, land office and election committee ask", "ច្រកព្រំដែន សុរិយោដី និង គ.ជ.ប សួរ"),
    "desk": ("Commune desks in Cambodia", "តុចុះឈ្មោះនៅឃុំ សង្កាត់"),
    "write": ("Writing cards, letters and receipts", "បោះពុម្ពប័ណ្ណ លិខិត និងបង្កាន់ដៃ"),
}


class Console:
    """The demo's voice, on standard error; standard output stays for what a script may read."""

    def __init__(self) -> None:
        # A pipe has no width of its own; the closing table needs some.
        self.terminal = Terminal(stderr=True, width=None if sys.stderr.isatty() else PIPE_WIDTH)

    def say(self, text: str) -> None:
        """A line of text."""
        self.terminal.print(text, highlight=False)

    @contextmanager
    def step(self, name: str) -> Iterator[Tick]:
        """A step whose length is told while it goes: `tick(done, total)`."""
        english, khmer = STEPS[name]
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        with Progress(*columns, console=self.terminal) as progress:
            task = progress.add_task(f"{english} · {khmer}", total=None)

            def tick(done: int, total: int) -> None:
                progress.update(task, completed=done, total=total)

            yield tick
            total = progress.tasks[0].total or 1
            progress.update(task, completed=total, total=total)

    def track(self, name: str, items: Sequence[T]) -> Iterable[T]:
        """Go through items with a bar."""
        with self.step(name) as tick:
            for number, item in enumerate(items, start=1):
                yield item
                tick(number, len(items))
