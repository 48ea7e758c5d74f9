"""Words of the public log: its two logs, entries, heads, what publishing and checking report (កំណត់ហេតុសាធារណៈ)."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from srok.ground.journal.terms import ELECTION, REGISTER


class Log(StrEnum):
    """The two logs of transparency.md section 2."""

    REGISTER = REGISTER  # អត្តសញ្ញាណប័ណ្ណ បញ្ជីអ្នករស់នៅ និងបញ្ជីឈ្មោះអ្នកបោះឆ្នោត
    ELECTION = ELECTION  # ការបោះឆ្នោត


# `.example` until the ministries name their own domain, as for the credentials.
ORIGINS: Final = {Log.REGISTER: "srok.example/register", Log.ELECTION: "srok.example/election"}

# A person's entry stands among at least so many of the same group (transparency.md section 2).
SMALLEST_BATCH: Final = 20
# What one round takes in and sequences at most, so that a round needs little memory whatever waits.
ROUND: Final = 50_000

# L5: a checkpoint is signed anew at the latest after so many seconds (the invariant allows 10 minutes in an open
# period, 1 minute on polling night).
FRESH_SECONDS: Final = {Log.REGISTER: 300, Log.ELECTION: 50}
# A partial tile stays so many days beside its full one, for whoever still holds an older checkpoint.
KEEP_PARTIALS_DAYS: Final = 7

# Facts of the journal that must carry a public leaf: none of this room's own.
COVERED: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Head:
    """Where a log stands: how many entries are sequenced, and the newest checkpoint that was signed (`note`)."""

    log: Log
    size: int
    root: bytes
    signed_size: int
    note: bytes
    signed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Entry:
    """A sequenced entry: its place, its bytes (RFC 8785), and the fact of the act where one brought it."""

    log: Log
    index: int
    data: bytes
    fact: UUID | None


@dataclass(frozen=True, slots=True)
class Sequenced:
    """What a round of the sequencer did: leaves taken in, entries sequenced, leaves still held back."""

    taken: int
    sequenced: int
    held: int


@dataclass(frozen=True, slots=True)
class Published:
    """What publishing one log did: its size, whether a checkpoint was signed, files written, repaired or tidied."""

    log: Log
    size: int
    signed: bool
    files: int
    repaired: int = 0
    tidied: int = 0
    clock_behind: bool = False


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that does not hold in a published log: a code, and where."""

    code: str
    where: str = ""


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found in one published log; `valid` where nothing is wrong."""

    origin: str
    size: int = 0
    root: bytes = b""
    signed_by: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = field(default=())

    @property
    def valid(self) -> bool:
        """Whether every check held."""
        return not self.problems
