"""The door of the journal."""

from srok.ground.journal.actions import destroy_opening, promise, record
from srok.ground.journal.drain import drain
from srok.ground.journal.reads import (
    facts_about,
    leaves_after,
    leaves_named,
    leaves_of,
    offices_about,
    opening_of,
    parked_count,
    seen,
)
from srok.ground.journal.terms import FactRow, Facts, Leaf, LeafFacts, LeafPromise, OpenedLeaf, PlacedLeaf

__all__ = [
    "FactRow", "Facts", "Leaf", "LeafFacts", "LeafPromise", "OpenedLeaf", "PlacedLeaf", "destroy_opening", "drain",
    "facts_about", "leaves_after", "leaves_named", "leaves_of", "offices_about", "opening_of", "parked_count",
    "promise", "record", "seen",
]  # fmt: skip
