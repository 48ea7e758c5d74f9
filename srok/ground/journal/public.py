"""The door of the journal."""

from srok.ground.journal.actions import promise, record
from srok.ground.journal.drain import drain
from srok.ground.journal.reads import facts_about, parked_count, seen
from srok.ground.journal.terms import FactRow, Facts, Leaf, LeafPromise

__all__ = [
    "FactRow", "Facts", "Leaf", "LeafPromise", "drain", "facts_about", "parked_count", "promise", "record", "seen",
]  # fmt: skip
