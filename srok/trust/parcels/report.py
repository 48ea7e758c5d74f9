"""What an import did, as the desks, the command line and an upload tell it."""

from dataclasses import dataclass, field

from srok.trust.parcels.terms import Gap


@dataclass(frozen=True, slots=True)
class KeptApart:
    """An event that was not opened: of which kit and number (empty and 0 where unreadable), and why."""

    kit: str
    seq: int
    code: str


@dataclass(frozen=True, slots=True)
class Disputed:
    """An event whose act stands beside something else: an officer decides."""

    kit: str
    seq: int
    reference: str
    with_: str


@dataclass
class ImportReport:
    """`opened` and `already` count events; `quarantined` also lists refused ones and what a cut file lacks."""

    opened: int = 0
    already: int = 0
    stored: int = 0
    gaps: list[Gap] = field(default_factory=list)
    quarantined: list[KeptApart] = field(default_factory=list)
    waiting: list[KeptApart] = field(default_factory=list)
    conflicts: list[Disputed] = field(default_factory=list)

    def json(self) -> dict[str, object]:
        """The stable form (docs/formats/cli.md): numbers of a gap are both inclusive."""
        return {
            "opened": self.opened,
            "already": self.already,
            "gaps": [{"kit": gap.kit, "from": gap.from_, "until": gap.until} for gap in self.gaps],
            "quarantined": [{"kit": one.kit, "seq": one.seq, "code": one.code} for one in self.quarantined],
            "conflicts": [
                {"kit": one.kit, "seq": one.seq, "reference": one.reference, "with": one.with_}
                for one in self.conflicts
            ],
            "waiting": [{"kit": one.kit, "seq": one.seq, "code": one.code} for one in self.waiting],
        }
