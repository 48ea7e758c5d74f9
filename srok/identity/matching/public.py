"""The door of the matching."""

from srok.identity.matching.actions import search
from srok.identity.matching.indexing import index_changes, index_now
from srok.identity.matching.keys import sound_keys
from srok.identity.matching.reads import report
from srok.identity.matching.terms import Candidate, FieldReason, Hint, MatchReport, SearchedAs, SearchPerson

__all__ = [
    "Candidate", "FieldReason", "Hint", "MatchReport", "SearchPerson", "SearchedAs", "index_changes", "index_now",
    "report", "search", "sound_keys",
]  # fmt: skip
