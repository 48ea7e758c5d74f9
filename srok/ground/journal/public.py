"""The door of the journal."""

from srok.ground.journal.actions import destroy_opening, promise, record
from srok.ground.journal.drain import drain
from srok.ground.journal.folding import all_leaves, facts_without_leaf, leaves_about
from srok.ground.journal.reads import (
    fact_committed,
    facts_about,
    leaves_after,
    leaves_named,
    leaves_of,
    offices_about,
    offices_of,
    opening_of,
    parked_count,
    seen,
)
from srok.ground.journal.terms import (
    FactRow,
    Facts,
    FoldedLeaf,
    Leaf,
    LeafFacts,
    LeafPromise,
    LedgerRow,
    OpenedLeaf,
    PlacedLeaf,
)

__all__ = [
    "FactRow", "Facts", "FoldedLeaf", "Leaf", "LeafFacts", "LeafPromise", "LedgerRow", "OpenedLeaf",
    "PlacedLeaf", "all_leaves", "destroy_opening", "drain", "fact_committed", "facts_about",
    "facts_without_leaf", "leaves_about", "leaves_after", "leaves_named", "leaves_of", "offices_about",
    "offices_of", "opening_of", "parked_count", "promise", "record", "seen",
]  # fmt: skip
