"""Words of the journal: facts, leaves and promises (កំណត់ហេតុ)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

FactValue = str | int | bool | None | list[str]
Facts = Mapping[str, FactValue]

# A promised entry stands in the public log at the latest on the seventh day (design/transparency.md section 2).
LATEST_INCLUSION_DAYS = 7


@dataclass(frozen=True, slots=True)
class FactRow:
    """One fact as readers see it. `seq` is None until the sequencer has given it its place."""

    id: UUID
    seq: int | None
    kind: str
    subject: str
    facts: Facts
    actor: str
    office: str
    at: datetime
    on: date
    trace: UUID
    happened_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Leaf:
    """What the public log will show of an act: a type, perhaps an office, and a commitment to `row`.

    `row` itself never leaves the program: only `HMAC(opening, row)` does (transparency.md section 2).
    `counts` are public integers beside it; `prev` names the fact of the row's previous leaf.
    """

    log: str
    type: str
    label: str
    row: Mapping[str, object]
    org: str | None = None
    version: int = 1
    counts: Mapping[str, int] = field(default_factory=dict)
    prev: UUID | None = None


@dataclass(frozen=True, slots=True)
class LeafPromise:
    """What a receipt says of the leaf: its commitment, and the latest day on which the log must hold it."""

    commitment: str
    type: str
    latest_on: date


@dataclass(frozen=True, slots=True)
class OpenedLeaf:
    """What opens a leaf's commitment: `HMAC(Kc, opening || label || version || row)`, 32 bytes of opening."""

    opening: bytes
    label: str
    version: int
    row: Mapping[str, object] | None


@dataclass(frozen=True, slots=True)
class LeafFacts:
    """A leaf as it waits for its log: the fact that brought it, its public entry, and whether it can be opened."""

    fact: UUID
    log: str
    type: str
    commitment: str
    entry: Mapping[str, object]
    subject: str
    office: str
    on: date
    has_opening: bool
