"""Words of the journal: facts, leaves and promises (កំណត់ហេតុ)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from enum import StrEnum
from types import MappingProxyType
from uuid import UUID

FactValue = str | int | bool | None | list[str]
Facts = Mapping[str, FactValue]
PublicValue = str | int | list[str] | list[int] | Mapping[str, str | int]

# A promised entry stands in the public log at the latest on the seventh day (design/transparency.md section 2).
LATEST_INCLUSION_DAYS = 7
CAMBODIA = timezone(timedelta(hours=7))


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


class About(StrEnum):
    """Whom an entry of the public log is about: it decides how the entry is hidden (transparency.md section 2)."""

    NATION = "nation"  # a person, hidden among all of the nation: cards and the resident list
    COMMUNE = "commune"  # a person, hidden among those of the commune: voter rows, claims, objections
    NOBODY = "nobody"  # no person: periods, lists, stations, forms, keys; sequenced at once, with UTC minutes


@dataclass(frozen=True, slots=True)
class LeafType:
    """One type of entry: its logs, whom it is about, and the members it must carry beside v, t, at, case and by."""

    logs: frozenset[str]
    about: About
    members: frozenset[str] = frozenset()


REGISTER, ELECTION = "register", "election"
_OPEN_MEMBERS = {
    REGISTER: {
        About.NATION: (
            "card.ordered card.issued card.handed_over card.revoked card.destroyed person.add person.correct "
            "person.remove"
        ),
        About.COMMUNE: "row.add row.move row.correct claim.filed claim.decided objection.filed objection.decided",
        About.NOBODY: "period.open period.close person.import list.provisional list.final dedup.run law.changed",
    },
    ELECTION: {
        About.NOBODY: (
            "calendar manifest.station station.open station.turnout station.close form.results form.tabulation "
            "incident complaint decision recount audit.seed audit.draw audit.result allocation release role.grant "
            "role.revoke"
        ),
    },
}
_OF_PEOPLE = {About.NATION: frozenset({"c"}), About.COMMUNE: frozenset({"c", "commune"})}
# Every type an entry may have (invariant L4), with the members that are demanded of it (R4: a removal has a reason,
# evidence and a notice; R7: a batch has its approvals).
LEAF_TYPES: Mapping[str, LeafType] = MappingProxyType(
    {
        name: LeafType(frozenset({log}), about, _OF_PEOPLE.get(about, frozenset()))
        for log, kinds in _OPEN_MEMBERS.items()
        for about, names in kinds.items()
        for name in names.split()
    }
    | {
        "row.remove": LeafType(
            frozenset({REGISTER}), About.COMMUNE, frozenset({"c", "commune", "reason", "evid", "notice"})
        ),
        "batch": LeafType(frozenset({REGISTER}), About.NOBODY, frozenset({"n", "reason", "approvals"})),
        "alarm": LeafType(frozenset({REGISTER, ELECTION}), About.NOBODY, frozenset({"code"})),
        "key.rotate": LeafType(frozenset({REGISTER, ELECTION}), About.NOBODY),
    }
)


@dataclass(frozen=True, slots=True)
class Leaf:
    """What the public log will show of an act: a type, public members, and a commitment to `row`.

    `row` itself never leaves the program: only `HMAC(opening, row)` does (transparency.md section 2); without a row
    there is no commitment. `public` are members that everybody may read (`commune`, `reason`, `notice`, counts);
    `prev` names the fact of the row's previous leaf, whose index the sequencer fills in.
    """

    log: str
    type: str
    label: str
    row: Mapping[str, object] | None = None
    version: int = 1
    public: Mapping[str, PublicValue] = field(default_factory=dict)
    prev: UUID | None = None


def day_of_leaf(on: date, at: datetime) -> date:
    """The day from which the time to inclusion counts: the act's, or that of its recording in Cambodia where later.

    An act of a mission without a network is recorded days after it happened.
    """
    return max(on, at.astimezone(CAMBODIA).date())


def latest_inclusion(about: About, day: date, posted: date | None) -> date:
    """The day on which at the latest a leaf of this day stands in its log.

    `posted` is when the commune's list of that period is posted: until then its few rows are held.
    """
    latest = day + timedelta(days=LATEST_INCLUSION_DAYS)
    return max(latest, posted) if about is About.COMMUNE and posted is not None else latest


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


@dataclass(frozen=True, slots=True)
class PlacedLeaf:
    """A leaf in the one order of facts, for the log's sequencer: `on` is the act's day, `day` that of `day_of_leaf`.

    `prev` is the fact of the row's previous leaf.
    """

    seq: int
    fact: UUID
    log: str
    type: str
    on: date
    day: date
    entry: Mapping[str, object]
    prev: UUID | None


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """What a covered table says now of one row, for the comparison with the public log (drawer `ledger` of a room).

    `row` must stand word for word in the row that the leaf of `subject` commits to: in the newest leaf, or in the one
    whose row has this `version`. `reference` names the row to an operator.
    """

    label: str
    subject: str
    row: Mapping[str, object]
    reference: str
    version: int | None = None


@dataclass(frozen=True, slots=True)
class FoldedLeaf:
    """A leaf opened for the comparison: `opened` is None where the opening was destroyed, `sound` whether it fits."""

    fact: UUID
    subject: str
    log: str
    type: str
    on: date
    placed: bool
    entry: Mapping[str, object]
    prev: UUID | None
    opened: OpenedLeaf | None
    sound: bool
